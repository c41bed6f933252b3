// A site of long words, long addresses, many fields, many links and text from right to left: no page is wider than its window.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { complaintsOf, expectNone, inTabs, launch, tooWide } from "./browser.mjs";
import { oneOfEveryKind, pages, publish } from "./portal.mjs";
import { writeTortureSite } from "./torture.mjs";

const WIDTHS = [320, 390, 640, 768, 960, 1024, 1280, 1536, 1920];

let folder;
let site;
let browser;
let kinds;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "filiere-torture-"));
  await writeTortureSite(folder);
  [site, browser] = await Promise.all([publish("", folder), launch()]);
  const all = await pages(site);
  // All profiles with long values, beside one page of every kind.
  const long = all.filter((page) => /^\/items\/(item-\d+|broad)\/$/.test(page.address));
  kinds = [...new Set([...oneOfEveryKind(all), ...long])];
});

after(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test("no page scrolls sideways, whatever its values are", async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  const complaints = complaintsOf(context, site.origin);
  const found = await inTabs(context, kinds, async (tab, page) => {
    await tab.goto(site.address + page.address);
    // All that can be opened is open.
    await tab.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    const out = [];
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 800 });
      out.push(...(await tooWide(tab, page, `${width} px`)));
    }
    return out;
  });
  expectNone([...complaints, ...found], `no page of ${kinds.length} is wider than its window from ${WIDTHS[0]} to ${WIDTHS.at(-1)} px`);
});
