// A site of long words, long addresses, many fields, many links and text from right to left: no page is wider than its window,
// and the filters of an index of thousands can be used.

import assert from "node:assert/strict";
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

/** The index of the items, with the filters open. */
const openIndex = async (t, query = "") => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  t.after(() => context.close());
  const tab = await context.newPage();
  await tab.goto(`${site.address}/items/${query}`);
  const facet = tab.locator("[data-facet=groups]");
  await facet.locator("summary").click();
  await facet.getByRole("checkbox").first().waitFor();
  const options = () => facet.locator("li:visible label span:first-of-type").allTextContents();
  return { tab, facet, options };
};

test("a hierarchy of more than a hundred options is a tree that opens, and a field finds an option in it", async (t) => {
  const { facet, options } = await openIndex(t);
  const closed = await options();
  await facet.locator(".branch:visible").first().click();
  const open = await options();
  assert.ok(open.length > closed.length, `${closed.length} options, ${open.length} after a branch was opened`);
  await facet.getByRole("searchbox").fill("observability");
  const found = await options();
  assert.ok(found.length > 1 && found.every((text) => /Observability/.test(text)), found.join(", "));
  assert.equal(new Set(found).size, found.length, `options of the same name are told apart: ${found.join(", ")}`);
});

test("options without results are shown only on demand", async (t) => {
  const { tab, facet, options } = await openIndex(t, "?f6=a");
  await tab.getByRole("status").filter({ hasText: /entr(y|ies)$/ }).waitFor();
  await facet.getByRole("searchbox").fill("e");
  const few = await options();
  await tab.getByLabel(/^Show all options/).check();
  const all = await options();
  assert.ok(few.length > 0 && few.length < all.length / 2, `${few.length} options with results, ${all.length} in all`);
});

test("a listing of thousands loads in parts, and ends with all of them", async (t) => {
  const { tab } = await openIndex(t, "?q=member");
  await tab.getByRole("status").filter({ hasText: /^3,000 entries$/ }).waitFor();
});

test("the address keeps the view of a list, on all its pages", async (t) => {
  const { tab } = await openIndex(t);
  await tab.getByLabel("Show as").selectOption("logos");
  await tab.waitForURL(/\/items\/\?view=logos$/);
  assert.equal(await tab.locator(".gazetteer.logos").count(), 1);
  await tab.locator(".pages a[rel=next]").click();
  await tab.waitForURL(/\/items\/page\/2\/\?view=logos$/);
  await tab.locator(".gazetteer.logos").waitFor();
});
