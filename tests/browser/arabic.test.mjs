// Pages that run from right to left: a site in Arabic with the theme `atlas`, at the widths of a phone, a tablet and two desktops.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { writeArabicSite } from "./arabic.mjs";
import { complaintsOf, expectNone, inTabs, launch, PROGRAM, ROOT, tooWide } from "./browser.mjs";
import { oneOfEveryKind, pages, publish } from "./portal.mjs";

const WIDTHS = [320, 390, 768, 1280];

let folder;
let site;
let browser;
let kinds;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "filiere-arabic-"));
  await writeArabicSite(folder);
  [site, browser] = await Promise.all([publish("", folder), launch()]);
  kinds = oneOfEveryKind(await pages(site));
});

after(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const open = async (t, width, address) => {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  t.after(() => context.close());
  const tab = await context.newPage();
  await tab.goto(site.address + address);
  return tab;
};

/** What is seen of a page but sticks out to the left, which a window from right to left shows only by scrolling, or to the right, which it never shows. */
const cutOff = (tab) =>
  tab.evaluate(() => {
    const scrolls = (element) => element && element !== document.body && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    const isOut = (element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < -0.5 || right > document.documentElement.clientWidth + 0.5);
    };
    const out = [...document.body.querySelectorAll("*:not(.skip)")].filter((element) => element.checkVisibility() && isOut(element) && !scrolls(element.parentElement));
    return out.map((element) => `${element.localName}.${element.className} “${element.textContent.trim().slice(0, 40)}”`);
  });

/** The first line of each text of a page that does not start at the right edge of its box. */
const startingElsewhere = (tab) =>
  tab.evaluate(() => {
    const isMeantElsewhere = (element) => /center$|^end$/.test(getComputedStyle(element).textAlign);
    const texts = [...document.querySelectorAll("main :is(h1, h2, p, dt, .prose li, td), .colophon :is(p, li)")];
    return texts.flatMap((element) => {
      const style = getComputedStyle(element);
      // The names beside the centre of a neighbourhood run towards it; a mark in front of a name is in the padding.
      if (!element.checkVisibility() || element.matches(".sr-only, .neighbours *") || isMeantElsewhere(element) || style.display.includes("flex")) return [];
      const range = document.createRange();
      range.selectNodeContents(element);
      const lines = [...range.getClientRects()].filter(({ width }) => width > 1);
      if (lines.length === 0) return [];
      const start = element.getBoundingClientRect().right - parseFloat(style.paddingRight) - parseFloat(style.borderRightWidth);
      const away = start - Math.max(...lines.map(({ right }) => right));
      return away > 3 ? [`${element.localName}.${element.className} “${element.textContent.trim().slice(0, 40)}” starts ${Math.round(away)} px away from the right`] : [];
    });
  });

test("the theme has all its words in Arabic, and the site has no mistake", async () => {
  await promisify(execFile)(PROGRAM, ["check", "--strict", "--root", folder]);
});

test("every kind of page runs from right to left, and nothing of it is cut off", async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  const complaints = complaintsOf(context, site.origin);
  const shown = { "/views/search/": [`?q=${encodeURIComponent("شركة")}`, ".search-results li"] };
  const table = { address: "/actors/", query: ["?view=table&compare=a0,a1", ".table-view > .table-scroll tbody tr"] };
  const found = await inTabs(context, [...kinds, table], async (tab, page) => {
    const [query, waitedFor] = page.query ?? shown[page.address] ?? ["", "main"];
    await tab.goto(site.address + page.address + query);
    await tab.locator(waitedFor).first().waitFor();
    await tab.evaluate(() => document.querySelectorAll("main details").forEach((details) => (details.open = true)));
    const out = [];
    if ((await tab.evaluate(() => getComputedStyle(document.body).direction)) !== "rtl") out.push(`${page.address}: runs from left to right`);
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 800 });
      out.push(...(await tooWide(tab, page, `${width} px`)));
      for (const finding of [...(await cutOff(tab)), ...(await startingElsewhere(tab))]) out.push(`${page.address} (${width} px): ${finding}`);
    }
    return out;
  });
  expectNone([...complaints, ...found], `${kinds.length} pages fit their window and start at the right`);
});

test("the margin is at the left and the contents are at the right", async (t) => {
  const tab = await open(t, 1280, "/actors/example/");
  const left = async (selector) => (await tab.locator(selector).first().boundingBox()).x;
  const columns = [await left(".facts"), await left(".body"), await left(".contents")];
  assert.deepEqual(columns, columns.toSorted((a, b) => a - b), `facts, text and contents from left to right: ${columns}`);
  await tab.goto(`${site.address}/actors/`);
  assert.ok((await left(".facets")) > (await left(".body")), "the facets are right of the list");
});

test("drawings whose direction means something are mirrored, and maps are not", async (t) => {
  const tab = await open(t, 1280, "/projects/p0/");
  /** 1 if the x of a drawing grows to the right, -1 if it grows to the left. */
  const direction = (selector) => tab.locator(selector).first().evaluate((element) => Math.sign(element.getScreenCTM().a));
  assert.deepEqual([await direction(".shares svg"), await direction(".period svg")], [-1, -1], "shares and the axis of time");
  const ticks = await tab.locator(".period svg text").evaluateAll((texts) => texts.map((text) => [Number(text.textContent), text.getBoundingClientRect().x]));
  assert.deepEqual(ticks.toSorted((a, b) => b[1] - a[1]), ticks.toSorted((a, b) => a[0] - b[0]), "years from right to left");
  assert.equal(await direction(".period svg text"), 1, "the years themselves can be read");

  await tab.goto(`${site.address}/views/timeline/`);
  const row = await tab.locator(".timeline .ledger-row").first().evaluate((row) => [".mark", "h3", "bdi"].map((part) => row.querySelector(part).getBoundingClientRect().x));
  assert.ok(row[1] > row[0] && row[0] > row[2], `the year, then its bar, then its entries, from right to left: ${row}`);

  await tab.goto(`${site.address}/views/series/`);
  assert.deepEqual([await direction(".plot:not(.line)"), await direction(".plot text")], [-1, 1], "an axis of time, and its text");
  const edge = async (selector, side) => Math.round((await tab.locator(selector).first().evaluate((element, side) => element.getBoundingClientRect()[side], side)));
  const plot = await edge(".plot:not(.line)", "right");
  assert.ok(Math.abs((await edge(".plot:not(.line) text", "right")) - plot) < 3, "the numbers of the axis are at the right, inside of the drawing");
  const years = await tab.locator(".plot:not(.line) text[y='99%']").evaluateAll((texts) => texts.map((text) => [text.textContent, text.getBoundingClientRect().x]));
  assert.deepEqual(years.toSorted((a, b) => b[1] - a[1]), years.toSorted((a, b) => (a[0] < b[0] ? -1 : 1)), "years from right to left");

  await tab.goto(`${site.address}/views/flows/`);
  assert.deepEqual([await direction(".sankey"), await direction(".sankey text.wide")], [-1, 1], "money from right to left, with names that can be read");
  const [from, to] = [await edge(".sankey text.wide[text-anchor=start]", "right"), await edge(".sankey text.wide[text-anchor=end]", "left")];
  assert.deepEqual([Math.abs(from - (await edge(".sankey", "right"))) < 3, Math.abs(to - (await edge(".sankey", "left"))) < 3], [true, true], "payers at the right edge, recipients at the left one");

  await tab.goto(`${site.address}/views/map/`);
  assert.equal(await direction(".map figure > svg"), 1, "the map");
  const bar = await tab.locator(".map .bar path").boundingBox();
  const number = await tab.locator(".kilometres").boundingBox();
  assert.ok(bar.x + bar.width > number.x, `the scale bar is above its number: ${bar.x}, ${number.x}`);

  await tab.goto(`${site.address}/actors/`);
  assert.match(await tab.locator("a[rel=next]").innerText(), /←$/, "the arrow to the next page");
});

test("a name that is cut in a drawing has its ellipsis at the left", async (t) => {
  const tab = await open(t, 1280, "/views/network/");
  const names = await tab.locator(".network text").evaluateAll((texts) =>
    texts.filter((text) => text.textContent.endsWith("…")).map((text) => [text.getStartPositionOfChar(0).x, text.getStartPositionOfChar(text.getNumberOfChars() - 1).x]),
  );
  assert.ok(names.length > 0 && names.every(([first, last]) => last < first), `x of the first letter and of the ellipsis: ${JSON.stringify(names)}`);
});

/** The only rules that name a side: which way the names run on the two sides of a neighbourhood. */
const SIDES = { "neighbourhood.css": 2 };

test("no style sheet names a side, so that all of them follow the direction of the language", async () => {
  const css = path.join(ROOT, "themes/atlas/static/css");
  const physical = /^\s*((margin|padding|border)-(left|right)\b|(left|right):|(text-align|float|clear):\s*(left|right)\b)/;
  const found = [];
  for (const file of (await readdir(css)).sort()) {
    const lines = (await readFile(path.join(css, file), "utf8")).split("\n").filter((line) => physical.test(line));
    if (lines.length !== (SIDES[file] ?? 0)) found.push(`${file}: ${lines.map((line) => line.trim()).join(" ")}`);
  }
  expectNone(found, "logical properties, such as margin-inline-start");
});
