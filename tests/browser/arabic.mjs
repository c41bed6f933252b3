// A small site in Arabic with the theme `atlas`, which has no words of that language: a theme of the site brings them. It has a
// page of every kind, and every drawing that shows a direction.

import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { ROOT } from "./browser.mjs";

const SITE = `title = "منظومة الصناعات الدوائية"
description = "الشركات والمشاريع والمدن وما يربط بينها."
base_url = "https://arabic.example.org"
languages = ["ar"]
theme = "own"
menu = ["actors", "projects", { label = "نظرات عامة", items = ["views/map", "views/network", "views/matrix", "views/timeline"] }]
page_size = 10
map = { outline = "outline.json" }
[params]
footer = ["about", "views/glossary"]
`;

const TYPES = {
  actors: `name = "شركة"
plural = "شركات"
[fields]
founded = { kind = "year", facet = true, label = "سنة التأسيس" }
website = { kind = "url", label = "الموقع" }
category = { to = "categories", one = true, facet = true, brief = true, label = "الفئة", inverse = { id = "actors", label = "شركات" } }
towns = { to = "towns", facet = true, label = "المدن", inverse = { id = "actors", label = "شركات" } }
partners = { to = "actors", label = "شركاء", inverse = { id = "partners" } }
within = { to = "segments", label = "الحلقات", facet = true, inverse = { id = "actors", label = "شركات" } }
sources = { to = "sources", label = "المصادر" }
`,
  projects: `name = "مشروع"
plural = "مشاريع"
[fields]
start = { kind = "date", label = "البداية" }
end = { kind = "date", label = "النهاية" }
budget = { kind = "money", label = "الميزانية" }
public_share = { kind = "money", label = "الحصة العامة" }
private_share = { kind = "money", label = "الحصة الخاصة" }
actors = { to = "actors", label = "المشاركون", inverse = { id = "projects", label = "مشاريع" } }
funders = { to = "actors", label = "الممولون", inverse = { id = "funds", label = "يمول" }, attributes.amount = { kind = "money", label = "المبلغ" }, attributes.year = { kind = "year", label = "السنة" } }
sources = { to = "sources", label = "المصادر" }
`,
  categories: `name = "فئة"
plural = "فئات"
[fields]
within = { to = "categories", one = true, hierarchy = true, label = "جزء من", inverse = { id = "parts", label = "أجزاء" } }
`,
  towns: `name = "مدينة"
plural = "مدن"
[fields]
position = { kind = "point", label = "الموقع" }
`,
  segments: `name = "حلقة"
plural = "حلقات"
`,
  gaps: `name = "فجوة"
plural = "فجوات"
[fields]
segments = { to = "segments", label = "الحلقات", inverse = { id = "gaps", label = "فجوات" } }
addressed_by = { to = "projects", label = "تعالجها", inverse = { id = "answers", label = "تعالج" } }
sources = { to = "sources", label = "المصادر" }
`,
  indicators: `name = "مؤشر"
plural = "مؤشرات"
`,
  sources: `name = "مصدر"
plural = "مصادر"
citation = true
`,
  figures: `name = "رقم"
plural = "أرقام"
[fields]
value = { kind = "number", label = "القيمة" }
unit = { kind = "text", label = "الوحدة" }
year = { kind = "year", label = "السنة" }
indicator = { to = "indicators", one = true, label = "المؤشر", inverse = { id = "figures", label = "أرقام" } }
about = { to = ["actors", "projects"], label = "عن", inverse = { id = "figures", label = "أرقام" } }
conflicts_with = { to = "figures", label = "يخالف", inverse = { id = "conflicts_with" } }
sources = { to = "sources", label = "المصادر" }
`,
};

const NAMES = ["شركة الأدوية الحيوية", "مختبرات النيل", "معهد بحوث الخلايا الجذعية", "جامعة العلوم", "صندوق الاستثمار الصحي", "مصنع اللقاحات"];

const text = (value) => JSON.stringify(value);
const list = (count, entry) => Array.from({ length: count }, (_, number) => entry(number)).join("\n");

const LISTS = {
  actors: list(24, (at) => {
    const partners = [1, 5, 9].map((step) => `"a${(at + step) % 24}"`).slice(0, 1 + (at % 3));
    return `[a${at}]
title = ${text(`${NAMES[at % NAMES.length]} ${at}`)}
summary = "تطور علاجات جديدة وتنتجها في المنطقة."
founded = ${1990 + at}
category = "c${at % 6}"
towns = ["t${at % 5}"]
partners = [${partners}]
within = ["g${at % 3}"]
sources = ["s${at % 2}"]
`;
  }),
  projects: list(4, (at) => `[p${at}]
title = "مشروع رقم ${at}"
start = "${2012 + at}-03-01"
end = "${2018 + at}"
budget = "${10 + at}000000 EUR"
public_share = "7000000 EUR"
private_share = "${3 + at}000000 EUR"
actors = ["a${at}", "a${at + 4}"]
funders = [{ to = "a${at + 8}", amount = "${4 + at}000000 EUR", year = ${2015 + at} }]
sources = ["s0"]
`),
  categories: list(6, (at) => `[c${at}]\ntitle = "فئة ${at}"\n${at > 1 ? `within = "c${Math.floor(at / 2) - 1}"\n` : ""}`),
  towns: list(5, (at) => `[t${at}]\ntitle = "مدينة ${at}"\nposition = [${29.2 + at / 4}, ${30.3 + at / 3}]\n`),
  segments: list(3, (at) => `[g${at}]\ntitle = "حلقة ${at}"\n`),
  gaps: list(2, (at) => `[x${at}]\ntitle = "فجوة ${at}"\nsummary = "ما ينقص في الحلقة."\nsegments = ["g${at}"]\n${at ? "" : 'addressed_by = ["p0"]\n'}sources = ["s${at}"]\n`),
  indicators: list(2, (at) => `[n${at}]\ntitle = "عدد الوظائف ${at}"\n`),
  sources: list(2, (at) => `[s${at}]\ntitle = "تقرير ${at}"\n`),
  figures: list(8, (at) => `[f${at}]
title = "عدد الوظائف ${at}"
value = ${1200 + at}
unit = "وظيفة"
year = ${at < 4 ? 2020 : 2010 + at}
indicator = "n${at < 4 ? 0 : 1}"
about = ["a0"]
conflicts_with = [${at < 4 && at % 2 ? `"f${at - 1}"` : ""}]
sources = ["s${at % 2}"]
`),
};

const PROSE = `
تأسست الشركة لتطوير علاجات [[p0|المشروع الأول]] كما جاء في التقرير [[s0|ص. 12]].

## النشاط

- تطوير
- إنتاج

1. المرحلة الأولى
2. المرحلة الثانية

> نص مقتبس من التقرير.

| المرحلة | السنة |
|---|--:|
| الأولى | 2015 |

## الشراكات

![[a1]]

## المستقبل

خطط الشركة كثيرة.[^1]

[^1]: حاشية.
`;

const PROFILE = `+++
title = "شركة المثال"
summary = "ملف كامل فيه كل شيء."
aliases = ["المثال"]
founded = 2001
website = "https://example.org/"
category = "c2"
towns = ["t1"]
partners = ["a1", "a2", "a3"]
sources = ["s0", "s1"]
+++
${PROSE}`;

const VIEWS = {
  matrix: 'of = "actors", rows = "category", columns = "towns"',
  map: 'of = "actors", by = "towns"',
  network: 'of = ["actors", "projects"]',
  timeline: 'of = ["projects"]',
  figures: 'of = "figures"',
  glossary: 'of = "categories"',
  wall: 'of = "actors", sections = "category", groups = "towns"',
  chain: 'of = "segments", actors = "actors", show = ["category"], gaps = "gaps"',
  tree: 'of = "categories", count = ["actors"]',
  series: 'of = "figures", by = "indicator"',
  flows: 'of = "projects", relations = ["funders"]',
  path: "",
  search: "",
};

const BLOCKS = `[
  { kind = "search" },
  { kind = "figures", ids = ["f4", "f0"], by = "indicator" },
  { kind = "links", title = "أبحث عن…", items = [{ to = "actors", where = { category = "c1" }, title = "فئة" }] },
  { kind = "view", page = "views/chain" },
  { kind = "list", of = "projects", sort = "-budget", limit = 2 },
  { kind = "types" },
  { kind = "text" },
  { kind = "changes" },
]`;

const OUTLINE = JSON.stringify({
  type: "FeatureCollection",
  features: [{ type: "Feature", properties: { name: "الإقليم" }, geometry: { type: "Polygon", coordinates: [[[30, 29], [32, 29], [32, 30.5], [30, 30.5], [30, 29]]] } }],
});

/** Writes the site into a folder. */
export const writeArabicSite = async (folder) => {
  const files = {
    "site.toml": SITE,
    "themes/own/theme.toml": 'extends = "atlas"\n',
    "content/outline.json": OUTLINE,
    "content/_index.md": `+++\ntitle = "منظومة الصناعات الدوائية"\nsummary = "من يعمل مع من وأين."\nblocks = ${BLOCKS}\n+++\n`,
    "content/about.md": `+++\ntitle = "عن الموقع"\nsummary = "من كتبه ولماذا."\n+++\n${PROSE}`,
    "content/actors/example.md": PROFILE,
  };
  for (const [type, declaration] of Object.entries(TYPES)) {
    files[`content/${type}/_type.toml`] = declaration;
    files[`content/${type}/_list.toml`] = LISTS[type];
  }
  for (const [kind, keys] of Object.entries(VIEWS)) {
    files[`content/views/${kind}.md`] = `+++\ntitle = ${text(`صفحة ${kind}`)}\nview = { kind = "${kind}"${keys && ", "}${keys} }\n+++\n`;
  }
  for (const [name, contents] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), contents);
  }
  await cp(path.join(ROOT, "tests/browser/arabic/strings.toml"), path.join(folder, "themes/own/strings/ar.toml"), { recursive: true });
};
