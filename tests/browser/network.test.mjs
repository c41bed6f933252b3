// The network of more entities than it draws: a node has the number of those that it stands for, which leads to their names.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { launch } from "./browser.mjs";
import { publish } from "./portal.mjs";

const LEAVES = 600;

const FILES = {
  "site.toml": 'title = "Hubs"\nbase_url = "https://example.org"\nlanguages = ["en"]\ntheme = "atlas"\n',
  "content/actors/_type.toml": 'name = "Actor"\nplural = "Actors"\n[fields]\npart_of = { to = "actors", label = "Part of", inverse = { id = "parts", label = "Parts" } }\n',
  "content/actors/_list.toml": `[hub]\ntitle = "The hub"\n${Array.from({ length: LEAVES }, (_, at) => `[leaf-${at}]\ntitle = "Leaf ${at}"\npart_of = ["hub"]\n`).join("")}`,
  "content/network.md": '+++\ntitle = "Network"\nview = { kind = "network", of = "actors" }\n+++\n',
};

let root;
let site;
let browser;

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), "filiere-hubs-"));
  await mkdir(path.join(root, "content/actors"), { recursive: true });
  for (const [file, text] of Object.entries(FILES)) await writeFile(path.join(root, file), text);
  site = await publish("", root);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
  await rm(root, { recursive: true, force: true });
});

const open = async (options = {}) => {
  const tab = await browser.newPage(options);
  await tab.goto(`${site.address}/network/`);
  return tab;
};

const COUNT = LEAVES + 1 - 400;
const cluster = (tab) => tab.getByRole("link", { name: `The hub: Stands for ${COUNT} more entries` });

for (const [what, options] of Object.entries({ "with JavaScript": {}, "without JavaScript": { javaScriptEnabled: false } })) {
  test(`the number in a node opens the list of the entities that it stands for, ${what}`, async () => {
    const tab = await open(options);
    const names = tab.locator(".network-table [id^=network_] a");
    assert.equal(await names.count(), COUNT, "the list names each of them");
    assert.equal(await names.first().isVisible(), false);
    await cluster(tab).click();
    await names.first().waitFor();
    await tab.close();
  });
}

test("the boxes that are ticked can be seen", async () => {
  const tab = await open();
  await tab.locator(".network-relations summary").click();
  for (const box of await tab.locator(".network-search input[type=checkbox]").all()) {
    const { width, height } = await box.boundingBox();
    assert.ok(Math.min(width, height) >= 12, `${width} × ${height} px`);
  }
  await tab.close();
});

test("a name that is not drawn marks the node that stands for it", async () => {
  const tab = await open();
  const name = await tab.locator(".network-table [id^=network_] a").nth(7).textContent();
  await tab.getByLabel("Mark a name").fill(name);
  assert.match(await tab.locator(".network-search output").innerText(), /^1 name found/);
  assert.equal(await tab.locator("svg a.match text").textContent(), "The hub");
  await tab.close();
});
