#!/usr/bin/env node
// Writes the site with its 1,000 profiles and their logos to a new folder: node make.mjs FOLDER
// The same seed gives the same profiles on every machine.
import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
if (!folder) {
  console.error("name the folder to write: node make.mjs FOLDER");
  process.exit(2);
}

// Random numbers from 0 to 1: the generator mulberry32.
let state = 20260421;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const below = (count) => Math.floor(random() * count);
const pick = (list) => list[below(list.length)];
// Small numbers are drawn more often than large ones, so that a few entities have many links.
const hub = (list) => list[Math.floor(list.length * random() ** 3)];

const AREAS = {
  Storage: ["Databases", "Object stores", "Caches", "Backups", "Queues"],
  Networks: ["Proxies", "Meshes", "Name services", "Load balancing"],
  Observability: ["Metrics", "Logs", "Traces", "Alerts", "Chaos engineering"],
  Security: ["Secrets", "Policies", "Signatures", "Scanners"],
  Orchestration: ["Schedulers", "Edge", "Serverless", "Workflows"],
  Delivery: ["Builds", "Releases", "Registries", "Feature flags"],
  Data: ["Streams", "Notebooks", "Feature stores", "Model serving"],
};
const SYLLABLES = [
  "ka",
  "lo",
  "mi",
  "ven",
  "dra",
  "sol",
  "tek",
  "ri",
  "bor",
  "na",
  "quil",
  "zen",
  "fjo",
  "tam",
  "ur",
  "wex",
];
const STAGES = ["accepted", "incubating", "graduated"];
const MATURITY = ["sandbox", "incubating", "graduated"];
const COUNTRIES = ["be", "br", "fr", "de", "in", "jp", "ke", "nl", "us"];
const PURPOSES = ["keeps", "moves", "watches", "builds", "checks", "routes", "signs", "schedules"];
const THINGS = [
  "what clusters store",
  "traffic between services",
  "every release",
  "jobs at the edge",
  "keys and certificates",
  "streams of events",
];

const id = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
const names = new Set();
const name = () => {
  for (;;) {
    const parts = Array.from({ length: 2 + below(2) }, () => pick(SYLLABLES)).join("");
    const text = parts[0].toUpperCase() + parts.slice(1);
    if (!names.has(text)) {
      names.add(text);
      return text;
    }
  }
};

// A logo: two shapes and a letter.
const logo = (text) => {
  const hue = below(360);
  const shape = pick([
    `<circle cx="32" cy="32" r="28" fill="hsl(${hue} 60% 45%)"/>`,
    `<rect x="6" y="6" width="52" height="52" rx="12" fill="hsl(${hue} 55% 40%)"/>`,
    `<path d="M32 4 60 56H4Z" fill="hsl(${hue} 65% 42%)"/>`,
  ]);
  const dot = `<circle cx="46" cy="46" r="8" fill="hsl(${(hue + 150) % 360} 70% 60%)"/>`;
  const letter = `<text x="30" y="42" font-family="sans-serif" font-size="26" font-weight="700" text-anchor="middle" fill="#fff">${text[0]}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">${shape}${dot}${letter}</svg>\n`;
};

const list = (items) => `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;
const some = (items, count) => [...new Set(Array.from({ length: count }, () => hub(items)))];

const write = async (file, text) => {
  const target = path.join(folder, "content", file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
};

await mkdir(folder, { recursive: true });
for (const part of ["site.toml", "content", "themes"]) {
  await cp(path.join(here, part), path.join(folder, part), { recursive: true });
}

let categories = "";
const groups = [];
for (const [area, parts] of Object.entries(AREAS)) {
  categories += `[${id(area)}]\ntitle = ${JSON.stringify(area)}\nlevel = "area"\n\n`;
  for (const part of parts) {
    groups.push(id(part));
    categories += `[${id(part)}]\ntitle = ${JSON.stringify(part)}\nlevel = "group"\npart_of = "${id(area)}"\n\n`;
  }
}
await write("categories/_list.toml", categories);
const categoryCount = groups.length + Object.keys(AREAS).length;

const organisations = Array.from({ length: 260 }, name);
for (const title of organisations) {
  await write(`organisations/logos/${id(title)}.svg`, logo(title));
  const facts = [
    `title   = ${JSON.stringify(title)}`,
    `image   = { src = "logos/${id(title)}.svg", alt = "Logo of ${title}" }`,
    `country = "${pick(COUNTRIES)}"`,
    `founded = ${1985 + below(40)}`,
    `website = "https://${id(title)}.example.org"`,
  ];
  await write(`organisations/${id(title)}.toml`, `${facts.join("\n")}\n`);
}

const projects = Array.from({ length: 1000 - categoryCount - organisations.length }, name);
for (const [at, title] of projects.entries()) {
  await write(`projects/logos/${id(title)}.svg`, logo(title));
  const stage = Math.min(2, below(6));
  const start = 2012 + below(10);
  const milestones = STAGES.slice(0, stage + 1).map(
    (name, step) => `{ stage = "${name}", date = "${start + step * 2}-${String(1 + below(12)).padStart(2, "0")}" }`,
  );
  const facts = [
    `title      = ${JSON.stringify(title)}`,
    `summary    = "A tool that ${pick(PURPOSES)} ${pick(THINGS)}."`,
    `image      = { src = "logos/${id(title)}.svg", alt = "Logo of ${title}" }`,
    `category   = "${pick(groups)}"`,
    `maturity   = "${MATURITY[stage]}"`,
    `licence    = "${pick(["apache", "apache", "mit", "bsd", "mpl"])}"`,
    `stars      = ${Math.floor(40000 * random() ** 4)}`,
    `website    = "https://${id(title)}.example.org"`,
    `repository = "https://code.example.org/${id(hub(organisations))}/${id(title)}"`,
    `package    = "${id(title)}"`,
    `milestones = [${milestones.join(", ")}]`,
    `makers     = ${list(some(organisations, 1 + below(3)).map(id))}`,
  ];
  if (random() < 0.3) {
    const amount = `${50000 * (1 + below(200))} ${pick(["EUR", "USD"])}`;
    facts.push(
      `funding    = [{ round = "${pick(["grant", "seed", "series-a"])}", amount = "${amount}", date = "${start}" }]`,
    );
  }
  // Integrations lead to earlier projects, so that none is stated twice.
  const partners = at > 20 ? some(projects.slice(0, at), below(4)).map(id) : [];
  if (partners.length) facts.push(`integrates = ${list(partners)}`);
  await write(`projects/${id(title)}.toml`, `${facts.join("\n")}\n`);
}
console.log(
  `${categoryCount} categories, ${organisations.length} organisations and ${projects.length} projects in ${folder}`,
);
