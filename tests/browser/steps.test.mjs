// What readers come for takes them at most three steps from the home page: on a phone, by the keyboard alone, and with a mouse. A step is a link, button or
// box that is used (also to open what is folded), or a field that is filled in. tasks.test.mjs compares what they find with the data; here are the ways to it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaintsOf, expectNone, launch } from "./browser.mjs";
import { publish } from "./portal.mjs";
import { eventually, Reader } from "./reader.mjs";

const MOST = 3;
const WAYS = {
  "with a finger at 360 px": { hand: "finger", options: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
  "with the keyboard alone at 360 px": { hand: "keyboard", options: { viewport: { width: 360, height: 740 } } },
  "with a mouse at 1280 px": { hand: "mouse", options: { viewport: { width: 1280, height: 800 } } },
};

let portal;
let browser;

before(async () => {
  [portal, browser] = await Promise.all([publish(), launch()]);
});

after(async () => {
  await browser?.close();
  await portal?.close();
});

/** A task that begins on the home page. `way` does it, and asserts that what was looked for is seen. */
const inThreeSteps = (task, way) => {
  for (const [name, { hand, options }] of Object.entries(WAYS)) {
    test(`${task}, ${name}`, async (t) => {
      const context = await browser.newContext({ locale: "fr-BE", ...options });
      t.after(() => context.close());
      const complaints = complaintsOf(context, portal.origin);
      const tab = await context.newPage();
      await tab.goto(`${portal.address}/`);
      const reader = new Reader(tab, hand);
      await way(reader, (pattern, part) => sees(reader, pattern, part));
      t.diagnostic(`${reader.steps.length} steps`);
      assert.ok(reader.steps.length > 0 && reader.steps.length <= MOST, `${reader.steps.length} steps:\n${reader.steps.join("\n")}`);
      expectNone(complaints, "no message in the console, no error, no request to another host");
    });
  }
};

/** Fails unless a part of the page says something that can be seen. */
const sees = async (reader, pattern, part) => {
  await eventually(async () => pattern.test(await reader.text(part)), true, `${reader.tab.url()} says ${pattern}`);
};

const menu = (reader) => ({ within: reader.menu("Menu principal") });

/** Types into the search and follows a result. */
const find = async (reader, query, name) => {
  await reader.write("Rechercher", query, "/");
  const results = reader.tab.locator(".search-results");
  await reader.follow(name, { within: results });
};

inThreeSteps("who makes viral vectors for others, at commercial stage, and where", async (reader, says) => {
  await find(reader, "AAV", "Vecteurs viraux");
  await says(/pour des tiers à Gosselies, Jumet et Seneffe/);
  for (const name of ["Exothera", "Thermo Fisher Scientific"]) await says(/Produit pour des tiers.*commercial/, reader.under(/^Acteurs/).locator("li").filter({ hasText: name }));
});

inThreeSteps("which funders pay whom, with sums", async (reader, says) => {
  await reader.follow("Qui finance quoi, et pour combien", { heading: "Financements" });
  await says(/Région wallonne .*€/, reader.tab.getByRole("table", { name: "Par financeur" }));
});

inThreeSteps("two CDMOs side by side", async (reader, says) => {
  await reader.follow("Des CDMO à comparer", { heading: "Acteurs" });
  for (const name of ["Exothera", "Catalent"]) await reader.use(reader.tab.getByRole("checkbox", { name: `Comparer ${name}`, exact: true }));
  for (const name of ["Implantations", "Approches", "Stades"]) await says(new RegExp(name), reader.tab.locator(".comparison"));
});

inThreeSteps("what happened from 2015 to 2024", async (reader) => {
  await reader.follow("Ce qui s’est passé, année par année", { heading: "Chronologie" });
  await reader.write("Première année", "2015");
  await reader.write("Dernière année", "2024");
  const years = () => reader.tab.locator(".timeline li[data-year]").evaluateAll((rows) => rows.filter((row) => row.checkVisibility()).map((row) => Number(row.dataset.year)));
  await eventually(async () => { const all = await years(); return [all[0], all.at(-1)]; }, [2015, 2024], "the first and the last year");
});

inThreeSteps("who is a bridge between universities and companies", async (reader, says) => {
  await reader.follow("Réseau", menu(reader));
  await says(/Ponts : BioWin/);
  await says(/Entreprises Universités et recherche/, reader.tab.getByRole("table").first());
});

inThreeSteps("the actors in Gosselies for a spreadsheet", async (reader) => {
  await reader.follow("Gosselies");
  await reader.use(reader.under(/^Acteurs/).getByRole("link", { name: /Filtrer/ }).first());
  await reader.arrive("Acteurs");
  const download = reader.tab.waitForEvent("download");
  await reader.use(reader.tab.getByRole("main").getByText(/CSV/).first());
  assert.match((await download).suggestedFilename(), /\.csv$/);
});

inThreeSteps("how to cite a figure", async (reader, says) => {
  await reader.follow(/plus de 470|Emplois directs/, { heading: /./ });
  await reader.use(reader.tab.getByText("Citer cette page"));
  await says(/plus de 470 emplois.*http/, reader.tab.locator(".cite p"));
});

inThreeSteps("the code of the map for a page of another site", async (reader, says) => {
  await reader.follow("Carte", menu(reader));
  await reader.use(reader.tab.getByText("Intégrer cette carte"));
  await says(/<iframe/, reader.tab.locator(".map .cite code"));
});

inThreeSteps("a profile to share, with a picture and a sentence", async (reader) => {
  await find(reader, "novadip", "Novadip");
  const property = (name) => reader.tab.locator(`meta[property="og:${name}"]`).getAttribute("content");
  for (const name of ["title", "description", "image", "url"]) assert.ok(await property(name), `og:${name}`);
});

inThreeSteps("the pillars of the PIT, and who is in each", async (reader, says) => {
  await reader.follow("ATMP-PIT");
  const pillars = reader.under(/^Comprend/);
  await says(/Pilier nouvelles approches.*Pilier thérapie cellulaire.*Pilier thérapie génique/, pillars);
  await reader.follow(/^Pilier thérapie génique/, { within: pillars, heading: /^Pilier thérapie génique/ });
  // The documents do not say it, and the page says so.
  await says(/ne nomment pas les partenaires de ce pilier/);
});

inThreeSteps("what the thesis finds missing, and which project answers it", async (reader, says) => {
  await reader.follow("Ce qui manque ou freine", { heading: "Manques et obstacles" });
  await reader.follow("Pénurie de talents spécialisés");
  await says(/Urgence Talent/i);
  await says(/mémoire/i);
});

inThreeSteps("a feed of the actors", async (reader) => {
  await reader.follow("Acteurs", menu(reader));
  const feed = reader.tab.getByRole("link", { name: /Atom|flux/i }).first();
  await reader.there(feed);
  assert.match(await feed.getAttribute("href"), /acteurs\/feed\.xml$/);
});

inThreeSteps("where to be trained", async (reader, says) => {
  await reader.follow("Une formation", { heading: "Acteurs" });
  await says(/Aptaskil.*Culture In Vivo/);
});

inThreeSteps("what a word means", async (reader, says) => {
  await find(reader, "novadip", "Novadip");
  const term = reader.tab.locator(".prose").getByRole("link", { name: "allogéniques" });
  await reader.use(term);
  await says(/donneur/, reader.tab.locator(reader.hand === "finger" ? ".preview" : "main"));
});
