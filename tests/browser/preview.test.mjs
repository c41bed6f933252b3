// `filiere serve` as somebody sees it who writes a profile: the real server, the real portal, a real browser.

import assert from "node:assert/strict";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { copyOfPortal, launch, serve } from "./browser.mjs";

let browser;
let portal;
let preview;
let context;
/** What pages have complained about. */
let complaints;

before(async () => {
  browser = await launch();
  portal = await copyOfPortal();
  preview = await serve(portal.folder);
});

after(async () => {
  await browser?.close();
  await preview?.stop();
  await portal?.remove();
});

beforeEach(async () => {
  complaints = [];
  context = await browser.newContext({ viewport: { width: 1280, height: 700 } });
});

afterEach(async () => {
  await context.close();
});

/** Opens a page in a tab that knows whether it was reloaded. */
const open = async (address, within = context) => {
  const page = await within.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  const told = page.waitForEvent("websocket").then((socket) => socket.waitForEvent("framereceived"));
  await page.goto(preview.address + address);
  await told;
  await mark(page);
  return page;
};

const mark = (page) => page.evaluate(() => (globalThis.isStillHere = true));
const isStillHere = (page) => page.evaluate(() => globalThis.isStillHere === true);

/** Changes a file of the portal for as long as a test runs. */
const change = async (t, file, edit) => {
  const name = path.join(portal.folder, file);
  const before = await readFile(name, "utf8");
  const text = edit(before);
  assert.notEqual(text, before, "nothing was changed");
  t.after(() => restore(name, before));
  await writeFile(name, text);
  return () => writeFile(name, before);
};

/** Puts a file back and waits until the preview has seen it, so that the next test does not see it as a change. */
const restore = async (name, before) => {
  if ((await readFile(name, "utf8").catch(() => "")) === before) return;
  const rebuilds = () => preview.printed().split("changed: ").length;
  const earlier = rebuilds();
  await writeFile(name, before);
  for (let waits = 0; rebuilds() === earlier; waits++) {
    assert.ok(waits < 3000, `the preview has not seen that ${name} is as before`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

const retitle = (title) => (text) => text.replace(/^title = .*$/m, `title = "${title}"`);

const NOVADIP = "content/actors/novadip.md";
/** A part of the style sheet of all pages. */
const STYLE_SHEET = "themes/atlas/static/css/title.css";

test("a page reloads by itself where it was, and others stay still", async (t) => {
  const [profile, other] = [await open("/acteurs/biowin/"), await open("/en/about/")];
  await profile.evaluate(() => scrollTo({ top: 400, behavior: "instant" }));
  const reloaded = profile.waitForEvent("load");
  await change(t, "content/actors/biowin.md", retitle("BioWin, le pôle"));
  await reloaded;
  await profile.locator("h1", { hasText: "BioWin, le pôle" }).waitFor();
  await profile.waitForFunction(() => scrollY === 400);
  assert.ok(await isStillHere(other), "a page that does not change is not reloaded");
  assert.deepEqual(complaints, []);
});

test("several tabs in several browsers see the same change, in both languages", async (t) => {
  const elsewhere = await browser.newContext();
  t.after(() => elsewhere.close());
  const pages = [await open("/acteurs/novadip/"), await open("/acteurs/novadip/", elsewhere), await open("/en/actors/novadip/", elsewhere)];
  await change(t, NOVADIP, (text) => text.replace(/^founded = .*$/m, "founded = 1999"));
  for (const page of pages) await page.getByText("1999").first().waitFor();
  assert.deepEqual(complaints, []);
});

test("a style sheet changes without a reload", async (t) => {
  const page = await open("/acteurs/novadip/");
  await change(t, STYLE_SHEET, (text) => `${text}\nh1 { letter-spacing: 7px !important; }\n`);
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "7px");
  assert.ok(await isStillHere(page));
  assert.equal(await page.locator('link[rel="stylesheet"][href*="atlas.css"]').count(), 1, "the old one is gone");
  assert.deepEqual(complaints, []);
});

test("a style sheet that changes faster than it loads is there once", async (t) => {
  const page = await open("/acteurs/novadip/");
  // The first new one loads only after the second change has come.
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  let first = true;
  await page.route(/preview=/, async (route) => {
    if (first) {
      first = false;
      await held;
    }
    await route.continue();
  });
  await change(t, STYLE_SHEET, (text) => `${text}\nh1{letter-spacing:5px!important}\n`);
  await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"][href*="atlas.css"]').length === 2);
  await change(t, STYLE_SHEET, (text) => `${text}\nh1{letter-spacing:9px!important}\n`);
  await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"][href*="atlas.css"]').length !== 2);
  letGo();
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "9px");
  await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"][href*="atlas.css"]').length === 1);
  assert.ok(await isStillHere(page));
});

test("a mistake lies over the page until it is mended", async (t) => {
  const page = await open("/acteurs/novadip/");
  const mend = await change(t, NOVADIP, (text) => text.replace(/^category = .*$/m, 'category = "biofarma"'));
  const overlay = page.locator("filiere-preview section");
  await overlay.waitFor();
  const text = await overlay.innerText();
  for (const part of ["1 error", "unknown-reference", "content/actors/novadip.md", 'category = "biofarma"', "did you mean"]) {
    assert.ok(text.includes(part), `${part} is not in:\n${text}`);
  }
  assert.match(preview.printed(), /unknown-reference/, "the terminal says the same");
  assert.ok(await page.locator("h1", { hasText: "Novadip" }).isVisible(), "the last good page stays underneath");
  // It can be put aside, with the keyboard too, and comes back.
  await page.keyboard.press("Escape");
  await overlay.waitFor({ state: "detached" });
  await page.locator("filiere-preview button", { hasText: "1 error" }).click();
  await overlay.waitFor();
  await mend();
  await overlay.waitFor({ state: "detached" });
  assert.ok(await isStillHere(page), "what has not changed is not reloaded");
  assert.deepEqual(complaints, []);
});

test("a warning is a word in the corner", async (t) => {
  const page = await open("/acteurs/novadip/");
  await change(t, NOVADIP, (text) => `${text}\nUn <b>mot</b>.\n`);
  const badge = page.locator("filiere-preview button", { hasText: "warning" });
  await badge.waitFor();
  assert.equal(await page.locator("filiere-preview section").count(), 0);
  await badge.click();
  await page.locator("filiere-preview section", { hasText: "raw-html" }).waitFor();
});

test("a page that is deleted shows the page for wrong addresses and comes back", async () => {
  const page = await open("/acteurs/mycellhub/");
  const title = await page.locator("h1").innerText();
  const [name, aside] = [path.join(portal.folder, "content/actors/mycellhub.toml"), path.join(portal.folder, "mycellhub.toml")];
  await rename(name, aside);
  await page.waitForFunction((title) => document.querySelector("h1")?.innerText !== title, title);
  await rename(aside, name);
  await page.locator("h1", { hasText: title }).waitFor();
});

test("a mistake in a template is shown, and gone when it is mended", async (t) => {
  const page = await open("/");
  const mend = await change(t, "themes/atlas/templates/base.html", (text) => text.replace("{%", "{% iff %}{%"));
  await page.locator("filiere-preview section", { hasText: "template-syntax" }).waitFor();
  await mend();
  await page.locator("filiere-preview section").waitFor({ state: "detached" });
});

test("a tab waits for a server that is away", async (t) => {
  const page = await open("/acteurs/novadip/");
  const { port } = preview;
  await preview.stop();
  await page.locator("filiere-preview .badge", { hasText: "waiting for it to start again" }).waitFor();
  await change(t, NOVADIP, retitle("Novadip de retour"));
  preview = await serve(portal.folder, port);
  assert.equal(preview.port, port);
  await page.locator("h1", { hasText: "Novadip de retour" }).waitFor();
});

test("nothing is there to show before the first mistakes are mended", async (t) => {
  const broken = await copyOfPortal();
  t.after(broken.remove);
  const config = path.join(broken.folder, "site.toml");
  const good = await readFile(config, "utf8");
  await rm(config);
  await writeFile(config, good.replace("languages", "langages"));
  const server = await serve(broken.folder);
  t.after(server.stop);
  const page = await context.newPage();
  await page.goto(`${server.address}/acteurs/`);
  await page.getByText("There is no page to show here yet").waitFor();
  await writeFile(config, good);
  await page.locator("h1", { hasText: "Acteurs" }).waitFor();
});
