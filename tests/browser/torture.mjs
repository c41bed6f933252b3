// A site of values that test a layout: long words and addresses, many fields, many links, text from right to left. The
// values come from a random generator with a fixed seed, so the site is the same each time.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { deflateSync } from "node:zlib";

/** The number of small profiles that all belong to one group. */
const CROWD = 3000;
const FIELDS = 40;

/** A generator of numbers from 0 to 1 (mulberry32). */
const randomNumbers = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
};

const random = randomNumbers(20240117);
const pick = (list) => list[Math.floor(random() * list.length)];
const letters = (count) => Array.from({ length: count }, () => pick("abcdefghijklmnopqrstuvwxyz0123456789")).join("");

const COMPOUNDS = [
  "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
  "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung",
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
  "Straßenentwässerungsinvestitionskostenschuldendienstumlage",
];
const ARABIC = "منظومة الشركات والمشاريع والمؤسسات في مجال الصناعات الدوائية الحيوية";
const HEBREW = "מיפוי של חברות, פרויקטים וארגונים בתחום הביוטכנולוגיה 2024 (Wallonia)";
const CHINESE = "生物医药产业生态系统的企业项目与机构名录".repeat(4);

/** An address of this many characters, without a place where a browser breaks lines. */
const address = (length, host = "registry.example.org") => {
  const start = `https://${host}/`;
  return start + letters(length - start.length);
};

const HOSTS = ["github.com", "www.linkedin.com", "en.wikipedia.org", "www.youtube.com", "doi.org", "orcid.org", "x.com", "mastodon.social"];

const NAMES = [
  ...COMPOUNDS,
  `${COMPOUNDS[2]}s${COMPOUNDS[1].toLowerCase()}`.slice(0, 120),
  "The international observatory of biomanufacturing, advanced therapies and decentralised production of medicinal products in Europe",
  `${ARABIC} ${HEBREW}`,
  ARABIC,
  CHINESE,
  "W".repeat(120),
  "a_b-c/d.e@f:".repeat(10),
  address(120),
];

const text = (value) => JSON.stringify(value);

/** A table of TOML: keys and values that are TOML already. */
const table = (entries) => Object.entries(entries).map(([key, value]) => `${key} = ${value}\n`).join("");

const field = (number) => {
  const kinds = ["text", "url", "number", "date", "email", "boolean", "choice", "markdown", "integer", "year"];
  const kind = kinds[number % kinds.length];
  const label = pick([pick(COMPOUNDS), ARABIC, "Label", `The ${letters(60)}`]);
  const more = { choice: `, choices = { a = ${text(pick(COMPOUNDS))}, b = "B" }`, number: `, unit = ${text(pick(["%", "Kubikmeterproquadratzentimeterundstunde"]))}` }[kind] ?? "";
  const facet = ["text", "choice", "year"].includes(kind) ? ", facet = true" : "";
  const brief = number < 3 && kind === "text" ? ", brief = true" : "";
  return { kind, declaration: `f${number} = { kind = "${kind}", label = ${text(label)}${more}${facet}${brief} }\n` };
};

const VALUES = {
  text: () => text(pick([letters(200), pick(COMPOUNDS), ARABIC, HEBREW, CHINESE, "A few words of plain text, as most values are"])),
  url: () => text(address(pick([40, 200]), pick(HOSTS))),
  number: () => String(Math.round(random() * 1e15) / 100),
  date: () => "2024-01-17",
  email: () => text(`${letters(60)}@${letters(60)}.example.org`),
  boolean: () => "true",
  choice: () => text("a"),
  markdown: () => text(`${letters(120)} and \`${letters(120)}\` and [${address(90)}](${address(120)})`),
  integer: () => "9007199254740991",
  year: () => "2024",
};

const PROSE = `
${COMPOUNDS.join(" ")}

## ${COMPOUNDS[2]}${COMPOUNDS[0].toLowerCase()}

${letters(300)} **${letters(150)}** [${address(200)}](${address(200)}) <${address(180)}>

> ${letters(200)}

- ${ARABIC}
  - ${letters(200)}
    - ${COMPOUNDS[1]}

1. ${HEBREW}

\`\`\`
${letters(400)}
\`\`\`

| ${COMPOUNDS[0]} | ${COMPOUNDS[1]} | ${COMPOUNDS[2]} |
|---|--:|:-:|
| ${letters(80)} | ${letters(80)} | ${ARABIC} |

![a wide picture](../wide.png)

![[broad]]

### ${letters(100)}

${ARABIC} ${letters(100)}[^1], and \`${letters(120)}\`.

[^1]: ${letters(200)}
`;

/** A picture of one colour, in the format PNG. */
const picture = (width, height) => {
  const crcOf = (bytes) => {
    let crc = ~0;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
  };
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crcOf(body));
    return Buffer.concat([length, body, crc]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const row = Buffer.alloc(1 + Math.ceil(width / 8), 0b10101010);
  row[0] = 0;
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
};

const types = (fields) => ({
  "items/_type.toml": `name = ${text(COMPOUNDS[3])}\nplural = "Items"\n[fields]\n${fields.map(({ declaration }) => declaration).join("")}
links = { kind = "url", many = true, label = "Addresses" }
start = { kind = "date", label = "Start" }
end = { kind = "date", label = "End" }
places = { to = "places", label = "Places", inverse = { id = "items", label = "Items" } }
groups = { to = "groups", facet = true, brief = true, label = ${text(COMPOUNDS[0])}, inverse = { id = "items", label = ${text(COMPOUNDS[1])} } }
partners = { to = "items", label = ${text(ARABIC)}, inverse = { id = "partners" }, attributes.role = { kind = "text" }, attributes.page = { kind = "url" } }
sources = { to = "sources", label = "Sources" }
`,
  "groups/_type.toml": `name = "Group"\nplural = ${text(COMPOUNDS[2])}\n[fields]\nwithin = { to = "groups", hierarchy = true, label = "Part of", inverse = { id = "parts", label = "Parts" } }\n`,
  "places/_type.toml": `name = "Place"\n[fields]\nposition = { kind = "point", label = "Position" }\n`,
  "sources/_type.toml": `name = "Source"\ncitation = true\n[fields]\naddress = { kind = "url", label = "Address" }\n`,
  "figures/_type.toml": `name = "Figure"\n[fields]\nvalue = { kind = "number", label = "Value" }\nvalue_max = { kind = "number", label = "To" }
unit = { kind = "text", label = "Unit" }\nqualifier = { kind = "text", label = "About" }\nnote = { kind = "text", label = "Note" }\nyear = { kind = "year", label = "Year" }
about = { to = ["items", "groups"], label = "About", inverse = { id = "figures", label = "Figures" } }
conflicts_with = { to = "figures", label = "Contradicts", inverse = { id = "conflicts_with" } }\nsources = { to = "sources", label = "Sources" }\n`,
});

/** The profiles with everything. The first one is the broadest. */
const profiles = (fields) =>
  NAMES.map((name, number) => {
    const links = Array.from({ length: 24 }, () => text(address(pick([30, 60, 200]), pick(HOSTS))));
    const facts = fields.flatMap(({ kind }, at) => (number === 0 || random() < 0.5 ? [[`f${at}`, VALUES[kind]()]] : []));
    const id = number === 0 ? "broad" : `item-${number}`;
    const front = table({
      title: text(name),
      summary: text(pick([letters(200), ARABIC, `${pick(COMPOUNDS)} `.repeat(3).trim()])),
      aliases: `[${text(letters(100))}, ${text(ARABIC)}]`,
      image: `{ src = "../${pick(["wide.png", "tall.png"])}", alt = ${text(letters(120))} }`,
      ...Object.fromEntries(facts),
      links: `[${links.join(", ")}]`,
      start: "2001-01-01",
      end: "2024-01-17",
      places: `["p${number % 12}"]`,
      groups: number === 0 ? `["g0", "g1", "g2"]` : `["g${number % 60}"]`,
      partners: number === 0 ? `[${NAMES.slice(1).map((_, other) => `{ to = "item-${other + 1}", role = ${text(letters(100))}, page = ${text(address(150))} }`)}]` : "[]",
      sources: `["s0", { to = "s1", at = ${text(letters(120))} }]`,
    });
    return [`items/${id}.md`, `+++\n${front}+++\n${number === 0 ? PROSE : ""}`];
  });

const lists = () => {
  const list = (count, entry) => Array.from({ length: count }, (_, number) => entry(number)).join("\n");
  return {
    "items/_list.toml": list(CROWD, (number) => `[crowd-${number}]\n${table({ title: text(`Member ${letters(12)}`), groups: `["g1"${number < 600 && number % 120 > 1 ? `, "g${number % 120}"` : ""}]` })}`),
    // Groups inside of groups, and several with the same name, whose parents have other names.
    "groups/_list.toml": list(120, (number) => `[g${number}]\n${table({ title: text(number % 7 === 0 && Math.floor(number / 6) % 7 !== 0 ? "Observability" : `${pick(NAMES)} ${number}`), ...(number > 5 && { within: `["g${Math.floor(number / 6)}"]` }) })}`),
    "places/_list.toml": list(12, (number) => `[p${number}]\n${table({ title: text(pick(NAMES)), position: `[${49.5 + random()}, ${3 + 3 * random()}]` })}`),
    "sources/_list.toml": list(4, (number) => `[s${number}]\n${table({ title: text(pick(NAMES)), address: text(address(200)) })}`),
    "figures/_list.toml": list(
      12,
      (number) =>
        `[n${number}]\n${table({ title: text(pick(NAMES)), value: "1234567890123.25", value_max: "9876543210123.75", unit: text(pick(COMPOUNDS)), qualifier: text(letters(40)), note: text(letters(200)), year: "2024", about: `["broad"]`, conflicts_with: number % 3 === 0 ? "[]" : `["n${number - 1}"]`, sources: `["s${number % 4}"]` })}`,
    ),
  };
};

const VIEWS = {
  matrix: 'of = "items", rows = "groups", columns = "sources"',
  map: 'of = "items", by = "places"',
  network: 'of = ["items", "groups"]',
  timeline: 'of = "items"',
  figures: 'of = "figures"',
  glossary: 'of = "items"',
};

const pages = () => ({
  "_index.md": `+++\ntitle = ${text(COMPOUNDS[0])}\nsummary = ${text(letters(150))}\n+++\n${PROSE.replace("../wide.png", "wide.png")}`,
  "about.md": `+++\ntitle = ${text(`${COMPOUNDS[1]} ${address(100)}`)}\nsummary = ${text(ARABIC)}\n+++\n${PROSE.replace("../wide.png", "wide.png")}`,
  ...Object.fromEntries(Object.entries(VIEWS).map(([kind, keys]) => [`views/${kind}.md`, `+++\ntitle = ${text(pick(NAMES))}\nview = { kind = "${kind}", ${keys} }\n+++\n`])),
});

const SITE = `title = ${text(COMPOUNDS[2])}
description = ${text(letters(150))}
base_url = "https://torture.example.org"
languages = ["en"]
menu = ["items", "groups", "about", "views/map"]
map = { outline = "outline.json" }
[params]
footer = ["about", "views/glossary"]
`;

const OUTLINE = JSON.stringify({
  type: "FeatureCollection",
  features: [{ type: "Feature", properties: { name: COMPOUNDS[0] }, geometry: { type: "Polygon", coordinates: [[[3, 49.5], [6, 49.5], [6, 50.5], [3, 50.5], [3, 49.5]]] } }],
});

/** Writes the site into a folder. */
export const writeTortureSite = async (folder) => {
  const fields = Array.from({ length: FIELDS }, (_, number) => field(number));
  const content = { ...types(fields), ...Object.fromEntries(profiles(fields)), ...lists(), ...pages(), "outline.json": OUTLINE, "wide.png": picture(2400, 40), "tall.png": picture(40, 1600) };
  const files = { "site.toml": SITE, ...Object.fromEntries(Object.entries(content).map(([name, text]) => [`content/${name}`, text])) };
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), bytes);
  }
};
