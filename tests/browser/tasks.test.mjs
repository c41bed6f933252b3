// What readers come for, done as they do it: with a mouse on a desktop, with a finger on a phone, with the keyboard alone, and twice without JavaScript.
// What they should find is worked out from the data that the portal publishes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { complaintsOf, expectNone, launch } from "./browser.mjs";
import { data, publish } from "./portal.mjs";
import { eventually, Reader } from "./reader.mjs";

const WAYS = {
  "with a mouse at 1280 px": { hand: "mouse", options: { viewport: { width: 1280, height: 800 } } },
  "with a finger at 360 px": { hand: "finger", options: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
  "with the keyboard alone at 360 px": { hand: "keyboard", options: { viewport: { width: 360, height: 740 } } },
};
const WITHOUT_SCRIPTS = { "without JavaScript": { hand: "mouse", options: { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false } } };
const DESKTOP = { "with a mouse at 1280 px": WAYS["with a mouse at 1280 px"] };

let portal;
let browser;
let ecosystem;

before(async () => {
  [portal, browser] = await Promise.all([publish(), launch()]);
  ecosystem = await data(portal);
});

after(async () => {
  await browser?.close();
  await portal?.close();
});

/** A test of a task in several ways; each begins on the home page in French. */
const task = (name, ways, steps) => {
  for (const [way, { hand, options }] of Object.entries(ways)) {
    test(`${name}, ${way}`, async (t) => {
      const context = await browser.newContext({ locale: "fr-BE", ...options });
      t.after(() => context.close());
      const complaints = complaintsOf(context, portal.origin);
      const tab = await context.newPage();
      await tab.goto(`${portal.address}/`);
      await steps(new Reader(tab, hand), context);
      expectNone(complaints, "no message in the console, no error, no request to another host");
    });
  }
};

const entity = (key) => ecosystem.entities.find(({ type, id }) => `${type}/${id}` === key);
const title = (key) => entity(key).title.fr.replaceAll("'", "’");
const linked = (from, relation) => ecosystem.relations.filter((link) => link.from === from && link.relation === relation).map((link) => link.to);
const linking = (to, relation) => ecosystem.relations.filter((link) => link.to === to && link.relation === relation).map((link) => link.from);
const sorted = (list) => [...list].sort();
/** An entity and all below it: a place with the places in it, an approach with the narrower ones, as the schema declares with `hierarchy`. */
const withParts = (key, relation) => [key, ...linking(key, relation).flatMap((part) => withParts(part, relation))];
const isLinked = (from, relation, to) => linked(from, relation).some((key) => to.includes(key));

const cdmosInGosselies = () => linking("categories/cdmo", "category").filter((actor) => isLinked(actor, "towns", withParts("places/gosselies", "within")));
/** The CDMOs in Gosselies that work on gene therapy. */
const expectedActors = () => sorted(cdmosInGosselies().filter((actor) => isLinked(actor, "approaches", withParts("approaches/gene-therapy", "broader"))).map(title));

task("find every CDMO in Gosselies that works on gene therapy, and share the address", WAYS, async (reader, context) => {
  await reader.follow("Acteurs", { within: reader.menu("Menu principal") });
  await reader.choose("Catégorie", "CDMO");
  await reader.choose("Implantations", "Gosselies");
  await reader.choose("Approches", "Thérapie génique");
  const seen = (tab) => async () => sorted(await new Reader(tab, "mouse").names(tab.getByRole("region", { name: /^Liste/ })));
  await eventually(seen(reader.tab), expectedActors(), "the list has exactly these names");
  const count = reader.tab.getByRole("status").filter({ hasText: new RegExp(`^\\D*${expectedActors().length}\\D*$`) });
  await eventually(() => count.count(), 1, `the number of results, ${expectedActors().length}, is announced as a status`);

  const shared = await context.newPage();
  await shared.goto(reader.tab.url());
  await eventually(seen(shared), expectedActors(), `the shared address ${reader.tab.url()} opens with the same list`);
  for (const option of ["CDMO", "Gosselies", "Thérapie génique"]) {
    await eventually(() => shared.locator("label").filter({ hasText: option }).locator("input").first().isChecked(), true, `“${option}” is ticked at the shared address`);
  }
  // A step back takes the last choice back.
  await reader.tab.goBack();
  await eventually(seen(reader.tab), sorted(cdmosInGosselies().map(title)), "the way back takes the last choice back");
});

/** The actors that a page lists, and those of the pages that it names as its parts. */
const actorsOf = async (reader) => {
  const names = await reader.names(reader.under(/^Acteurs/));
  const here = reader.tab.url();
  const parts = await reader.tab.getByRole("main").getByRole("heading", { name: /^Comprend/ }).count() ? await reader.names(reader.under(/^Comprend/)) : [];
  for (const part of parts) {
    await reader.follow(part, { within: reader.under(/^Comprend/) });
    names.push(...(await actorsOf(reader)));
    await reader.tab.goto(here);
  }
  return names;
};

// Without scripts a list for each of the three, whose addresses can be shared as well.
task("find every CDMO in Gosselies that works on gene therapy", WITHOUT_SCRIPTS, async (reader) => {
  const lists = [];
  for (const [facet, option] of [["Catégorie", "CDMO"], ["Implantations", "Gosselies"], ["Approches", "Thérapie génique"]]) {
    await reader.follow("Acteurs", { within: reader.menu("Menu principal") });
    const group = reader.facet(facet);
    await reader.use(group.locator("summary"));
    await reader.follow(option, { within: group });
    lists.push(new Set(await actorsOf(reader)));
  }
  const [first, ...others] = lists;
  assert.deepEqual(sorted([...first].filter((name) => others.every((list) => list.has(name)))), expectedActors(), "the names that stand in all three lists");
});

task("see which strategic area MitoSIR serves and who takes part, and go on to a partner’s other projects", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  const project = "projects/mitosir";
  await reader.follow("Projets", { within: reader.menu("Menu principal") });
  await reader.follow("MitoSIR");
  const areas = linked(project, "part_of").flatMap((whole) => linked(whole, "areas")).map(title);
  assert.deepEqual(sorted(await reader.names(reader.under(/^Stratégie \(S3\)/))), sorted(areas), "the strategic areas are named");
  const partners = linked(project, "partners");
  assert.deepEqual(sorted(await reader.names(reader.under(/^Partenaires/))), sorted(partners.map(title)), "all partners are named");

  const partner = "actors/uliege";
  await reader.follow(title(partner), { within: reader.under(/^Partenaires/) });
  const others = linking(partner, "partners").filter((key) => key.startsWith("projects/") && key !== project).map(title);
  assert.ok(others.length > 0, "the partner has other projects in the data");
  const listed = await reader.names(reader.under(/^Projets/));
  for (const other of others) assert.ok(listed.includes(other), `“${other}” is among the projects of ${title(partner)}: ${listed.join(", ")}`);
  await reader.follow(others[0], { within: reader.under(/^Projets/) });
});

/** Opens a link of the value chain: from the menu, then its row. */
const openLink = async (reader, key) => {
  await reader.follow("Chaîne de valeur", { within: reader.menu("Menu principal") });
  const row = reader.tab.locator(".chain ol > li").filter({ has: reader.tab.getByRole("heading", { level: 3, name: title(key), exact: true }) });
  await reader.use(row.locator("summary").first());
  return row;
};

task("see what is missing in production, who says so, and which project answers it", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  const row = await openLink(reader, "segments/production");
  const gaps = linking("segments/production", "segments").filter((key) => key.startsWith("gaps/"));
  assert.ok(gaps.length > 5, "the documents name gaps in production");
  const items = row.locator(".chain-gaps > li");
  for (const folded of await row.locator("details:not([open]) > summary").filter({ hasText: "Manques" }).all()) await reader.use(folded);
  assert.deepEqual(sorted(await items.locator("> a").allInnerTexts()), sorted(gaps.map(title)), "each gap is named");
  for (const gap of gaps) {
    const item = items.filter({ has: reader.tab.getByRole("link", { name: title(gap), exact: true }) });
    const links = (await item.locator("dd").getByRole("link").allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
    for (const other of [...linked(gap, "addressed_by"), ...linked(gap, "sources")]) {
      assert.ok(links.some((link) => link.endsWith(title(other))), `${title(gap)}: ${title(other)} is named: ${links}`);
    }
  }
  const [gap] = gaps.filter((key) => linked(key, "addressed_by").includes("projects/atmp-pit"));
  const item = items.filter({ has: reader.tab.getByRole("link", { name: title(gap), exact: true }) });
  await reader.follow(/ATMP-PIT/, { within: item, heading: title("projects/atmp-pit") });
});

task("find who can make viral vectors for others, and at what stage", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  const row = await openLink(reader, "segments/production");
  const option = row.locator(".chain-options > li").filter({ has: reader.tab.locator("summary").filter({ hasText: new RegExp(`^${title("approaches/viral-vectors")}`) }) });
  await reader.use(option.locator("summary"));
  const makers = linking("approaches/viral-vectors", "approaches").filter((key) => key.startsWith("actors/") && isLinked(key, "segments", ["segments/production"]));
  assert.deepEqual(sorted(await option.locator("li > a").allInnerTexts()), sorted(makers.map(title)), "the names of those who produce them");
  const text = await reader.text(option.locator("li").filter({ hasText: "Exothera" }));
  for (const words of [/Produit pour des tiers/, /clinique/, /commercial/]) assert.match(text, words, `what Exothera does, and at which stages: ${text}`);
});

task("find which links of the value chain nobody covers for phage therapy", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  await reader.follow("Chaîne de valeur", { within: reader.menu("Menu principal") });
  const table = reader.tab.getByRole("main").getByRole("table").first();
  const columns = (await table.locator("thead th").allInnerTexts()).map((name) => name.trim());
  const approach = "approaches/bacteriophages";
  const anyActor = linking(approach, "approaches").some((key) => key.startsWith("actors/"));
  assert.equal(anyActor, false, "nobody works on it, in the data");
  const sentence = reader.tab.getByRole("main").locator("p").filter({ hasText: /Rien dans aucune case/ }).filter({ hasText: title(approach) });
  assert.equal(await sentence.count(), 1, "a sentence says that nobody works on it");

  // Those with gaps show them in their row: cell therapy has actors in some links and in others none.
  const therapy = "approaches/cell-therapy";
  const fold = table.locator("tbody").filter({ hasText: title(therapy) }).locator(".fold summary");
  await reader.use(fold);
  const row = table.locator("tbody tr").filter({ has: reader.tab.locator("th").filter({ hasText: new RegExp(`^${title(therapy)}$`) }) });
  const cells = await row.locator("th, td:not(.fold)").evaluateAll((all) => all.filter((cell) => cell.checkVisibility()).map((cell) => cell.querySelector("summary")?.innerText ?? cell.innerText.trim()));
  const actors = (segment) => linking(segment, "segments").filter((key) => key.startsWith("actors/") && isLinked(key, "approaches", withParts(therapy, "broader")));
  for (const [column, name] of columns.entries()) {
    const segment = ecosystem.entities.find(({ type, title }) => type === "segments" && title.fr.replaceAll("'", "’") === name);
    if (segment) assert.equal(cells[column], actors(`segments/${segment.id}`).length ? String(actors(`segments/${segment.id}`).length) : "", `${title(therapy)} × ${name}`);
  }
  // A number opens its names, and the index shows them alone.
  const production = row.locator("td:not(.fold)").nth(columns.indexOf(title("segments/production")) - 1);
  await reader.use(production.locator("summary"));
  assert.deepEqual(sorted(await production.locator("li a").allInnerTexts()), sorted(actors("segments/production").map(title)), "the names of the cell");
  await reader.follow("En liste", { within: production, heading: "Acteurs" });
});

task("learn who joins universities and companies, and who holds the network together", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  await reader.follow("Réseau", { within: reader.menu("Menu principal") });
  const table = reader.tab.getByRole("table").first();
  const heads = (await table.locator("thead th").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  const column = (pattern) => heads.findIndex((head) => pattern.test(head));
  const key = "actors/ulb";
  const row = table.locator("tbody tr").filter({ has: reader.tab.getByRole("link", { name: title(key) }) }).first();
  const cell = async (pattern) => Number((await row.locator("th, td").nth(column(pattern)).innerText()) || 0);
  const isOf = (other) => ["actors", "projects"].includes(other.split("/")[0]);
  const links = ecosystem.relations.filter(({ relation, from, to }) => relation !== "involved" && isOf(from) && isOf(to) && from !== to);
  const near = new Set(links.flatMap(({ from, to }) => (from === key ? [to] : to === key ? [from] : [])));
  const inCategory = (...ids) => [...near].filter((other) => isLinked(other, "category", ids.map((id) => `categories/${id}`))).length;
  assert.equal(await cell(/^Relations$/), near.size, "the number of relations");
  assert.equal(await cell(/^Universités/), inCategory("university", "research-centre", "hospital"), "how many are universities and research");
  assert.equal(await cell(/^Entreprises/), inCategory("biopharma", "cdmo", "service-provider", "other-company", "logistics"), "how many are companies");
  assert.match(await row.locator("th, td").nth(column(/^Pont/)).innerText(), /\d.*%/, "its share as a bridge");
  assert.match(await reader.text(), /Ponts : BioWin \d+(,\d)? %/, "the bridges are named, the greatest first");
  // The relation is named.
  await reader.use(row.locator("summary").first());
  assert.match(await reader.text(row), /(Projets|Partenaires|Spin-offs) :/, "with whom, by which relation");
});

task("leave one kind of relation on in the network, and see who is within two steps", DESKTOP, async (reader) => {
  await reader.follow("Réseau", { within: reader.menu("Menu principal") });
  const shown = () => reader.tab.locator("path.edges:not([hidden])").count();
  const all = await shown();
  await reader.use(reader.tab.locator(".network-relations summary"));
  await reader.use(reader.tab.locator(".network-relations input").first());
  assert.equal(await shown(), all - 1, "its lines are gone");
  await reader.write("Marquer un nom", "Novadip");
  const marked = () => reader.tab.locator(".network svg .neighbour").count();
  const near = await marked();
  await reader.use(reader.tab.getByLabel("jusqu’à deux pas"));
  assert.ok((await marked()) > near, "more are within two steps");
  const address = reader.tab.url();
  assert.match(address, /q=Novadip&steps=2/);
  await reader.tab.goto(address);
  await eventually(marked, (await marked()) || -1, "the address can be shared");
  assert.ok((await marked()) > near, "and shows the same");
});

task("see how the strategy is divided, and how many projects serve each part", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  await reader.follow("Stratégie (S3)", { within: reader.menu("Menu principal") });
  const tree = reader.tab.locator(".tree");
  const item = (key) => tree.locator("li").filter({ has: reader.tab.locator(":scope > a", { hasText: new RegExp(`^${title(key).replace(/[()]/g, "\\$&")}$`) }) });
  const parts = (key) => linking(key, "within");
  const whole = ecosystem.entities.map(({ type, id }) => `${type}/${id}`).find((key) => key.startsWith("areas/") && parts(key).some((part) => parts(part).length));
  for (const part of parts(whole)) await eventually(() => item(part).count(), 1, `${title(part)} is in the tree`);
  // A branch opens.
  const branch = parts(whole).find((key) => parts(key).length);
  const [leaf] = parts(branch);
  assert.equal(await item(leaf).isVisible(), false, "what is deeper is folded");
  await reader.use(item(branch).locator("> details > summary"));
  await eventually(() => item(leaf).isVisible(), true, "and opens");
  const serve = new Set(withParts(branch, "within").flatMap((key) => linking(key, "areas").filter((other) => other.startsWith("projects/"))));
  const said = (await item(branch).locator("> .meta").allInnerTexts()).join(" ");
  assert.match(said, new RegExp(`Projets ${serve.size}\\b`), "the number of projects that serve it or one of its parts");
});

/** The least number of relations between two entities, through entities of these types. */
const distance = (from, to, types) => {
  const near = new Map();
  const join = (a, b) => near.set(a, [...(near.get(a) ?? []), b]);
  const isOf = (key) => types.includes(key.split("/")[0]);
  for (const link of ecosystem.relations.filter((link) => isOf(link.from) && isOf(link.to))) {
    join(link.from, link.to);
    join(link.to, link.from);
  }
  const steps = new Map([[from, 0]]);
  for (const key of steps.keys()) for (const other of near.get(key) ?? []) if (!steps.has(other)) steps.set(other, steps.get(key) + 1);
  return steps.get(to);
};

task("learn how Novadip and Exothera are connected, and share the address", WAYS, async (reader, context) => {
  await reader.tab.goto(new URL(entity("actors/novadip").url.fr, portal.address).href);
  await reader.follow(/^Quel lien/, { heading: /./ });
  await reader.write("À", "Exothera");
  await reader.tab.keyboard.press("Enter");
  const chains = (tab) => tab.locator(".path-chains > li");
  await chains(reader.tab).first().waitFor();
  const strong = ["actors", "projects", "areas", "products", "events"];
  const steps = distance("actors/novadip", "actors/exothera", strong);
  assert.ok(steps > 1, "the two are not related directly, in the data");
  for (const chain of await chains(reader.tab).all()) {
    const names = await chain.getByRole("link").allInnerTexts();
    assert.deepEqual([names.length - 1, names[0], names.at(-1)], [steps, "Novadip", "Exothera"], `a chain from one to the other in ${steps} steps: ${names}`);
    assert.equal((await chain.locator("span").allInnerTexts()).filter((label) => label.length > 3).length, steps, "each step names its relation");
  }
  const status = reader.tab.getByRole("status").filter({ hasText: new RegExp(`étapes : ${steps}\\.`) });
  await eventually(() => status.count(), 1, "how many steps is announced");
  const seen = await chains(reader.tab).allInnerTexts();
  const shared = await context.newPage();
  await shared.goto(reader.tab.url());
  await eventually(() => chains(shared).allInnerTexts(), seen, `the shared address ${reader.tab.url()} shows the same`);
  await reader.use(reader.menu("Langues").getByRole("link", { name: "English" }));
  await eventually(() => chains(reader.tab).count(), seen.length, "the same chains in English");
});

task("read what it takes to see how two are connected", WITHOUT_SCRIPTS, async (reader) => {
  await reader.tab.goto(`${portal.address}/liens/?from=actors/novadip`);
  assert.match(await reader.text(), /demande JavaScript/, "the page says what is needed");
  assert.equal(await reader.tab.locator("#path_form").isVisible(), false, "and shows no field that does nothing");
});

task("see all actors on one page, by link of the chain, and find those who train", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  await reader.follow("Panorama", { within: reader.tab.getByRole("contentinfo") });
  const segment = "segments/training";
  const wall = reader.tab.locator(".wall");
  await reader.use(wall.getByRole("navigation").getByRole("link", { name: title(segment), exact: true }));
  const section = reader.tab.locator(new URL(reader.tab.url()).hash);
  const names = (part) => part.locator(".wall-group li a").evaluateAll((links) => links.filter((link) => link.checkVisibility()).map((link) => link.innerText.trim().replace(/\s/g, " ")));
  const trainers = linking(segment, "segments").filter((key) => key.startsWith("actors/")).map(title);
  assert.deepEqual(sorted(await names(section)), sorted(trainers), "the section has all of them");
  const all = ecosystem.entities.filter(({ type }) => type === "actors").map(({ type, id }) => title(`${type}/${id}`));
  assert.deepEqual(sorted(new Set(await names(wall))), sorted(all).map((name) => name.replace(/\s/g, " ")), "no actor is missing from the page");
  if (!(await wall.getByRole("searchbox").isVisible())) return;
  await reader.write("Filtrer par mots", "formation centre");
  const centres = linking(segment, "segments").filter((key) => isLinked(key, "category", ["categories/training-centre"])).map(title);
  await eventually(async () => sorted(await names(section)), sorted(centres), "the words leave those whose category or section has them");
  assert.match(await wall.getByRole("status").innerText(), /^\d+ noms?$/, "the number of names is announced");
});

task("put two CDMOs side by side, and share the address", WAYS, async (reader, context) => {
  const [first, second] = ["actors/exothera", "actors/catalent"];
  await reader.tab.goto(new URL(entity(first).url.fr, portal.address).href);
  await reader.follow("Comparer avec…", { heading: "Acteurs" });
  await reader.choose("Catégorie", "CDMO");
  const side = (tab) => tab.locator(".comparison");
  assert.match(await reader.text(side(reader.tab)), /Cochez deux à quatre fiches/, "the page says what to do");
  await reader.use(reader.tab.getByRole("checkbox", { name: `Comparer ${title(second)}`, exact: true }));
  const row = (tab, label) => side(tab).getByRole("row").filter({ has: tab.getByRole("rowheader", { name: label, exact: true }) });
  for (const [relation, label] of [["approaches", "Approches"], ["towns", "Implantations"], ["stages", "Stades"]]) {
    const cells = row(reader.tab, label).getByRole("cell");
    await eventually(() => cells.count(), 2, `${label} of both`);
    for (const [at, key] of [first, second].entries()) {
      assert.deepEqual(sorted(await cells.nth(at).getByRole("link").allInnerTexts()), sorted(linked(key, relation).map(title)), `${label} of ${title(key)}`);
    }
  }
  const focus = await reader.tab.evaluate(() => document.activeElement.ariaLabel);
  if (reader.hand === "keyboard") assert.equal(focus, `Comparer ${title(second)}`, "the box keeps the focus");
  assert.match(reader.tab.url(), /compare=exothera,catalent/, "the address can be read");

  const shared = await context.newPage();
  await shared.goto(reader.tab.url());
  await eventually(() => side(shared).getByRole("columnheader").getByRole("link").allInnerTexts(), [title(first), title(second)], "the shared address shows the same two");
  await reader.use(side(reader.tab).getByRole("button", { name: `Retirer ${title(first)}` }));
  await eventually(() => reader.tab.getByRole("checkbox", { name: `Comparer ${title(first)}`, exact: true }).isChecked(), false, "the first one is taken out");
});

const LOOKED_FOR = {
  "Un CDMO": () => linking("categories/cdmo", "category"),
  "Un financement": () => linking("categories/investor", "category"),
  "Une formation": () => linking("segments/training", "segments"),
  "Une équipe de recherche": () => ["university", "research-centre", "hospital"].flatMap((id) => linking(`categories/${id}`, "category")),
};
for (const [words, expected] of Object.entries(LOOKED_FOR)) {
  task(`look for “${words}” from home`, { ...WAYS }, async (reader) => {
    await reader.follow(words, { heading: "Acteurs" });
    const region = reader.tab.getByRole("region", { name: /^Liste/ });
    const found = sorted(expected().filter((key) => key.startsWith("actors/")).map(title));
    await eventually(async () => sorted(await reader.names(region)), found, "only these are listed");
  });
}

task("cite a figure", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  const figure = "figures/fig-pit-jobs-direct";
  await reader.follow(title(figure));
  await reader.use(reader.tab.getByText("Citer cette page"));
  const text = await reader.text(reader.tab.locator(".cite p"));
  const { href } = new URL(entity(figure).url.fr, portal.address);
  assert.equal(text, `« ${title(figure)} » : plus de 470 emplois, Filière santé wallonne. ${href}`, "title, number, publisher and address");
});

task("put the map into a page of another site", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader, context) => {
  await reader.follow("Carte", { within: reader.menu("Menu principal") });
  await reader.use(reader.tab.getByText("Intégrer cette carte"));
  const code = (await reader.tab.locator(".map .cite code").innerText()).replace(/loading="lazy"/, "");
  const { tab: page } = new Reader(await context.newPage(), "mouse");
  await page.route(`${portal.address}/embedding`, (route) => route.fulfill({ contentType: "text/html", body: `<!DOCTYPE html><title>Page</title>${code}` }));
  await page.goto(`${portal.address}/embedding`);
  const frame = page.frameLocator("iframe");
  await frame.locator("svg text:visible").filter({ hasText: "Gosselies" }).first().waitFor();
  assert.deepEqual([await frame.getByRole("banner").isVisible(), await frame.getByRole("heading", { level: 1 }).isVisible(), await frame.locator(".map-list").isVisible()], [false, false, false], "nothing but the map");
  assert.equal(await frame.locator(".address").innerText(), `${portal.address}/carte/`, "and where it is from");
});

task("share a page, and subscribe to the actors", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  await reader.follow("Acteurs", { within: reader.menu("Menu principal") });
  const picture = await reader.tab.locator('meta[property="og:image"]').getAttribute("content");
  const answer = await reader.tab.request.get(picture);
  assert.deepEqual([answer.status(), answer.headers()["content-type"]], [200, "image/png"], picture);
  const link = reader.tab.getByRole("link", { name: "Flux Atom des mises à jour : Acteurs" });
  const feed = await (await reader.tab.request.get(new URL(await link.getAttribute("href"), reader.tab.url()).href)).text();
  const addresses = [...feed.matchAll(/<entry>\s*<id>([^<]*)/g)].map(([, address]) => address);
  assert.ok(addresses.length > 5 && addresses.every((address) => address.startsWith(`${portal.address}/acteurs/`)), `actors alone: ${addresses}`);
});

/** The cells of a file that Excel opens: rows of texts, without the marks around them. */
const cellsOf = (csv) => csv.slice(1).trimEnd().split("\r\n").map((line) => line.match(/"(?:[^"]|"")*"|[^;]+|(?<=;|^)(?=;|$)/g).map((cell) => cell.replace(/^"|"$/g, "").replaceAll('""', '"')));

task("put the actors of Gosselies with their category and year into a spreadsheet, sorted by category", WAYS, async (reader) => {
  await reader.follow("Acteurs", { within: reader.menu("Menu principal") });
  await reader.choose("Implantations", "Gosselies");
  await reader.tab.getByLabel("Afficher en").selectOption("table");
  const table = reader.tab.locator(".table-view > .table-scroll");
  const heads = () => table.getByRole("columnheader").allInnerTexts();
  await table.getByRole("columnheader", { name: "Implantations" }).waitFor();
  const column = (name) => reader.tab.locator(".columns").getByLabel(name, { exact: true });
  for (const name of await heads()) {
    if (!["", "Acteur", "Catégorie", "Fondation"].includes(name)) await reader.use(column(name));
  }
  await reader.use(column("Fondation"));
  await eventually(heads, ["Acteur", "Catégorie", "Fondation"], "the table has the columns that were chosen");
  await reader.use(table.getByRole("columnheader").getByRole("button", { name: "Catégorie" }));
  await table.locator("[aria-sort=ascending]").getByText("Catégorie").waitFor();

  const downloading = reader.tab.waitForEvent("download");
  await reader.use(reader.tab.getByRole("button", { name: "CSV pour Excel" }));
  const file = await downloading;
  assert.equal(file.suggestedFilename(), "Acteurs.csv");
  const csv = await readFile(await file.path(), "utf8");
  assert.equal(csv[0], "\ufeff", "a mark of the encoding, so that Excel reads accents");
  const [head, ...rows] = cellsOf(csv);
  assert.deepEqual(head, ["Acteur", "Catégorie", "Fondation"]);
  const expected = ecosystem.entities.filter(({ type, id }) => type === "actors" && isLinked(`actors/${id}`, "towns", withParts("places/gosselies", "within")));
  const plain = (text) => text.replace(/\s/g, " ");
  assert.deepEqual(sorted(rows.map(([name]) => plain(name))), sorted(expected.map(({ id }) => plain(title(`actors/${id}`)))), "all actors of Gosselies and nobody else");
  const categories = rows.map(([, category]) => category).filter(Boolean);
  assert.deepEqual(categories, categories.toSorted(new Intl.Collator("fr").compare), "in the order of the table");
  for (const { id, fields } of expected.filter(({ fields }) => fields.founded)) {
    assert.equal(rows.find(([name]) => plain(name) === plain(title(`actors/${id}`)))[2], String(fields.founded), `the year of ${id}`);
  }
});

/** Points at a link with the reader's own hand. */
const pointAt = (reader, link) => (reader.hand === "mouse" ? link.hover() : reader.hand === "finger" ? link.tap() : reader.reach(link));

task("learn what a term means and what a citation cites, and stay on the page", WAYS, async (reader) => {
  await reader.tab.goto(`${portal.address}/acteurs/novadip/`);
  const preview = reader.tab.locator(".preview");
  const content = reader.tab.locator(".prose");
  const term = content.getByRole("link", { name: "allogéniques" });
  const citation = content.getByRole("link", { name: "[1, annexe 5]" }).first();
  for (const [link, words] of [
    [citation, title("sources/biomanufacturing-thesis-2022")],
    [term, entity("terms/term-allogenique").summary.fr.replaceAll("'", "’")],
  ]) {
    await pointAt(reader, link);
    await eventually(async () => (await preview.isVisible()) && (await preview.innerText()).includes(words), true, `the preview says “${words}”`);
    assert.equal(await link.getAttribute("aria-describedby"), await preview.getAttribute("id"), "the link says what describes it");
    const { x, width } = await preview.boundingBox();
    assert.ok(x >= 0 && x + width <= reader.tab.viewportSize().width, "the preview is inside the window");
  }
  assert.match(reader.tab.url(), /\/acteurs\/novadip\/$/, "the reader is where they were");
  if (reader.hand === "mouse") {
    await preview.hover();
    await reader.tab.waitForTimeout(500);
    assert.ok(await preview.isVisible(), "it stays while the pointer is on it");
  }
  await reader.tab.keyboard.press("Escape");
  assert.ok(await preview.isHidden(), "Escape closes it");
  await pointAt(reader, reader.tab.getByRole("link", { name: "Accueil" }).first());
});

task("follow the link of a term", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  await reader.tab.goto(`${portal.address}/acteurs/novadip/`);
  const term = reader.tab.locator(".prose").getByRole("link", { name: "allogéniques" });
  await reader.use(term);
  // A finger sees the preview first, and follows the link the second time.
  if (reader.hand === "finger") {
    await eventually(() => term.getAttribute("aria-describedby"), "v_preview", "the preview is open");
    await reader.use(term);
  }
  await reader.arrive("Allogénique");
});

task("learn how many jobs the PIT is expected to bring, according to whom, and that the documents differ", WAYS, async (reader) => {
  await reader.follow("Projets", { within: reader.menu("Menu principal") });
  await reader.follow(title("projects/atmp-pit"));
  const figure = "figures/fig-pit-jobs-direct";
  await reader.follow(title(figure), { within: reader.under(/^Chiffres/) });
  const text = await reader.text();
  const says = (pattern, what) => assert.match(text, pattern, `the page of the figure says ${what}`);
  says(/plus de 470 emplois/i, "the number");
  assert.ok(text.includes(title("sources/pit-press-2024")), "the page of the figure names the release that states it");
  says(/divergent|désaccord|contredi/i, "that the documents differ");
  says(/\b600 emplois/, "what the proposal summary expects directly");
  says(/plus de 1[  ]?800 emplois/, "what the proposal summary expects in all");
  assert.ok(text.includes(title("sources/pit-summary")), "the page of the figure names the proposal summary, which states the others");
});

task("see how the sector has grown, and who says so", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  await reader.follow("Chiffres clés", { within: reader.menu("Menu principal") });
  const series = reader.tab.getByRole("article").filter({ has: reader.tab.getByRole("heading", { name: title("indicators/be-biopharma-exports") }) });
  const rows = await series.getByRole("row").allInnerTexts();
  const figures = linking("indicators/be-biopharma-exports", "indicator").map(entity);
  const years = figures.map(({ fields }) => String(fields.period.from)).sort();
  const said = rows.map((row) => row.match(/^\s*(\d{4})/)?.[1]).filter(Boolean);
  assert.deepEqual(said, years, "each figure has a row with its year, in order");
  assert.match(rows.join("\n"), /2015[^]*41,01\sMd€[^]*2020[^]*56,28\sMd€/, "and with its amount in words");
  assert.ok(await series.locator("svg circle").count() >= 2, "the same is drawn");
  const citation = series.getByRole("link", { name: /^1\b/ }).first();
  await reader.use(citation);
  // A finger sees the source at once, all others come to the list of sources.
  const isTouch = reader.hand === "finger";
  const source = reader.tab.locator(isTouch ? ".preview" : new URL(reader.tab.url()).hash);
  await reader.use(source.getByRole("link").first());
  await reader.arrive(title("sources/biomanufacturing-thesis-2022"));
});

task("learn who funds whom, with how much, and what is counted once", { ...WAYS, ...WITHOUT_SCRIPTS }, async (reader) => {
  await reader.follow("Qui finance quoi, et pour combien", { heading: "Financements" });
  const stated = ecosystem.relations.filter(({ relation }) => relation === "funded_by" || relation === "funders");
  const [withAmount, without] = [stated.filter(({ attributes }) => attributes?.amount), stated.filter(({ attributes }) => !attributes?.amount)];
  const table = reader.tab.getByRole("table", { name: "Par financeur" });
  const rows = (await table.getByRole("row").allInnerTexts()).map((row) => row.replaceAll(/\s/g, " "));
  for (const { from } of withAmount) assert.ok(rows.some((row) => row.startsWith(title(from))), `${title(from)} is among the recipients: ${rows.join(" | ")}`);
  // The loan of the European Investment Bank is stated by Univercells and by its plant.
  const amounts = withAmount.map(({ to, attributes }) => [to, attributes.amount.amount].join()).filter((key, at, all) => all.indexOf(key) === at);
  const region = amounts.filter((key) => key.startsWith("actors/region-wallonne,")).reduce((sum, key) => sum + Number(key.split(",")[1]), 0);
  const digits = (text) => text.replaceAll(/\D/g, "");
  const sum = rows.find((row) => row.startsWith(title("actors/region-wallonne")));
  assert.equal(digits(sum), String(region), "what the Walloon Region pays is summed");
  assert.equal(rows.filter((row) => row.includes("déjà compté")).length, withAmount.length - amounts.length, "what is stated twice is marked");
  assert.match(await reader.text(), /1 montant énoncé deux fois n’est compté qu’une fois/);
  const unstated = reader.tab.getByRole("table", { name: `${without.length} liens sans montant` });
  assert.equal(await unstated.getByRole("rowheader").count(), without.length, "links without an amount are listed");
  await reader.follow(title("actors/novadip"), { within: table });
});

/** The years of a timeline that a reader sees, with the number of entries in each. */
const yearsOf = (reader) => reader.tab.locator(".timeline li[data-year]").evaluateAll((rows) => rows.filter((row) => row.checkVisibility()).map((row) => [Number(row.dataset.year), [...row.querySelectorAll("li")].filter((entry) => entry.checkVisibility()).length]));
const namesOf = (reader) => reader.tab.locator(".timeline li li bdi").evaluateAll((names) => names.filter((name) => name.checkVisibility()).map((name) => name.innerText));
const natured = (nature) => ecosystem.entities.filter(({ type, fields }) => type === "events" && fields.nature === nature);

task("see the acquisitions from 2015 to 2024 on the timeline, and share the address", WAYS, async (reader, context) => {
  await reader.follow("Ce qui s’est passé, année par année", { heading: "Chronologie" });
  await reader.write("Première année", "2015");
  await reader.write("Dernière année", "2024");
  await reader.use(reader.menu("Choisir une nature").getByRole("link", { name: "Rachat", exact: true }));
  const expected = new Map();
  for (const { fields } of natured("acquisition")) {
    const year = Number(fields.date.slice(0, 4));
    if (year >= 2015 && year <= 2024) expected.set(year, (expected.get(year) ?? 0) + 1);
  }
  assert.ok(expected.size > 0, "there are acquisitions in the data");
  const seen = [...expected].sort(([a], [b]) => a - b);
  await eventually(() => yearsOf(reader), seen, "only these years and entries are seen");
  const shared = await context.newPage();
  await shared.goto(reader.tab.url());
  await eventually(() => yearsOf(new Reader(shared, "mouse")), seen, "the address keeps them");
});

task("see the laws on the timeline", WITHOUT_SCRIPTS, async (reader) => {
  await reader.follow("Ce qui s’est passé, année par année", { heading: "Chronologie" });
  await reader.use(reader.menu("Choisir une nature").getByRole("link", { name: "Loi et règles", exact: true }));
  const titles = natured("law").map(({ id }) => title(`events/${id}`));
  assert.deepEqual(sorted(await namesOf(reader)), sorted(titles), "all of them, and nothing else");
  await reader.use(reader.menu("Choisir une nature").getByRole("link", { name: "Tout", exact: true }));
  assert.ok((await yearsOf(reader)).length > 20, "all years are back");
});

const QUERIES = {
  liege: "places/liege",
  sarcopenie: "projects/mitosir",
  "CAR-T": "actors/celyad-oncology",
  Promethera: "actors/cellaion",
  // What French elides is no part of the word.
  arthrose: "projects/theramir",
  acétone: "events/1914-acetone-cordite",
  "l'ULiège": "actors/uliege",
};
for (const [query, key] of Object.entries(QUERIES)) {
  task(`type ${query} into search and find what is meant`, WAYS, async (reader) => {
    await reader.write("Rechercher", query, "/");
    const status = reader.tab.getByRole("status").filter({ hasText: /résultat/i });
    await status.waitFor();
    const results = status.locator("xpath=..").getByRole("listitem");
    const link = results.getByRole("link", { name: title(key), exact: true });
    await link.waitFor().catch(async () => {
      throw new Error(`“${title(key)}” is not among the first results of “${query}”: ${(await reader.names(status.locator("xpath=.."))).join(", ")}`);
    });
    await reader.use(link);
    await reader.arrive(title(key));
  });
}

/** What the page of the search says of a query, and the names, excerpts and filters that it shows. */
const search = async (reader, query, address = "recherche") => {
  await reader.tab.goto(`${portal.address}/${address}/?q=${encodeURIComponent(query)}`);
  const status = reader.tab.getByRole("main").getByRole("status").filter({ hasText: /résultat|result/i });
  await status.waitFor();
  const found = status.locator("xpath=..");
  const rows = found.locator("ol > li");
  return { said: await status.innerText(), names: await rows.locator("bdi").allInnerTexts(), texts: await rows.allInnerTexts(), filters: await found.getByRole("navigation").count() };
};

task("search for what nobody wrote, and learn what to do", DESKTOP, async (reader) => {
  for (const query of ["zzqqzzq", "x".repeat(500), "cartilage", "cellules zzqqzzq"]) {
    const { said, names, filters } = await search(reader, query);
    assert.match(said, /^Aucun résultat\. Essayez .* listes ci-dessous/, `“${query}” is not found`);
    assert.deepEqual([names, filters], [[], 0], `“${query}” has neither results nor filters`);
    await reader.tab.getByRole("main").getByRole("link", { name: /^Acteurs/ }).waitFor();
  }
  assert.match((await search(reader, "zzqqzzq", "en/search")).said, /^No results\. Try .* lists below/);
  const { names } = await search(reader, "sarcop");
  assert.ok(names.includes(title("projects/mitosir")), "the beginning of a word finds it");
  await reader.tab.goto(`${portal.address}/`);
  await reader.write("Rechercher", "zzqqzzq");
  await reader.tab.getByRole("status").filter({ hasText: /^Aucun résultat\. Essayez [^.]*\.$/ }).waitFor();
});

task("search for a name and find it first", DESKTOP, async (reader) => {
  for (const [query, key] of [["gosselies", "places/gosselies"], ["novadip", "actors/novadip"], ["CELLAION", "actors/cellaion"], ["promethera", "actors/cellaion"], ["EIB", "actors/eib"], ["training", "segments/training"]]) {
    const { names, texts } = await search(reader, query);
    assert.equal(names[0], title(key), query);
    assert.equal(texts.filter((text) => text === texts[0]).length, 1, `${query}: no page stands twice`);
    assert.ok(texts[0].includes(entity(key).summary.fr.slice(0, 20).replaceAll("'", "’")), `${query}: the summary says what it is`);
  }
});

task("search for a word that the documents do not use, and find first what is meant", DESKTOP, async (reader) => {
  for (const [query, first] of [["AAV", title("approaches/viral-vectors")], ["lentivirus", title("approaches/viral-vectors")], ["lentiviral", title("approaches/viral-vectors")], ["cGMP", title("terms/term-gmp")], ["lacune", "Manques et obstacles"], ["embauche", "Métiers"], ["NIHDI", title("actors/inami")]]) {
    const { names, said } = await search(reader, query);
    assert.equal(names[0], first, `${query}: ${names}`);
    assert.doesNotMatch(said, /pour «/, `${query} is not taken for a slip: ${said}`);
    assert.doesNotMatch((await reader.text()).replaceAll(query, ""), /adéno-associé|RIZIV/, "no keyword is shown");
  }
});

task("search for a name with a slip and find what is meant", DESKTOP, async (reader) => {
  for (const [query, key, words] of [["novadp", "actors/novadip", "Novadip"], ["cellion", "actors/cellaion", "Cella[iï]on"], ["l’ULiègue", "actors/uliege", "ULiège"], ["goselies", "places/gosselies", "Gosselies"]]) {
    const { said, names } = await search(reader, query);
    assert.equal(names[0], title(key), query);
    assert.match(said, new RegExp(`^\\d+ résultats? pour « ${words} »$`), "the reader learns which words were searched for");
  }
  await reader.tab.goto(`${portal.address}/`);
  await reader.write("Rechercher", "novadp");
  await reader.tab.getByRole("status").filter({ hasText: /pour « Novadip »$/ }).waitFor();
});

task("search for a word with and without what French elides before it", DESKTOP, async (reader) => {
  const plain = await search(reader, "ULiège");
  assert.ok(plain.names.length > 10, `many speak of the ULiège: ${plain.said}`);
  for (const query of ["l'ULiège", "L’ULIÈGE", "d’ULiège"]) assert.deepEqual(await search(reader, query), plain, query);
  assert.match(plain.texts[plain.names.indexOf("theramir")], /\nRecherche sur .*l’ULiège et le CER groupe\.$/, "a summary with the word is shown whole");
  assert.match(plain.texts.join("\n\n"), /\n…\u00a0\p{Ll}.*l’ULiège.*\u00a0…\n/u, "an excerpt has its apostrophes, and dots where it is cut");
  assert.doesNotMatch(plain.texts.join(), /’[ \u2060]/, "no trace of the index");
  const phrase = await search(reader, '"l’ARN messager"');
  assert.notDeepEqual(phrase.names, [], "a phrase keeps its elisions");
});

// Its stem is "deb", with which "début" begins as well.
task("search for a word with a short stem", DESKTOP, async (reader) => {
  const { names, texts } = await search(reader, "débit");
  assert.ok(names.includes("Ncardia"), names.join(", "));
  assert.deepEqual(texts.filter((text) => !text.includes("débit")), [], "each result has the word");
});

task("search for CAR-T and find no map before it", DESKTOP, async (reader) => {
  const { names } = await search(reader, "CAR-T");
  assert.equal(names[0], "CAR-T");
  assert.ok(names.indexOf("Carte") > names.indexOf(title("actors/celyad-oncology")), names.join(", "));
});

task("ask for more results", DESKTOP, async (reader) => {
  const { names } = await search(reader, "liege");
  const more = reader.tab.getByRole("button", { name: "Plus de résultats" });
  assert.deepEqual(await more.evaluate((button) => [getComputedStyle(button).borderTopWidth, getComputedStyle(button).backgroundColor]), ["0px", "rgba(0, 0, 0, 0)"], "the button looks like the theme");
  await reader.use(more);
  await eventually(async () => (await reader.tab.getByRole("main").locator(".search-results ol > li").count()) > names.length, true, "there are more results");
});

task("switch to English on a profile and stay on it", WAYS, async (reader) => {
  const key = "actors/biowin";
  await reader.follow("Acteurs", { within: reader.menu("Menu principal") });
  await reader.follow(title(key));
  const english = new URL(entity(key).url.en, portal.address).href;
  await reader.use(reader.menu("Langues").getByRole("link", { name: "English" }));
  await reader.tab.waitForURL(english);
  assert.equal(await reader.tab.locator("html").getAttribute("lang"), "en");
  await reader.arrive(title(key));
  assert.ok(await reader.menu("Main menu").getByRole("link", { name: "Actors" }).isVisible(), "the menu is in English");
  await reader.use(reader.menu("Languages").getByRole("link", { name: "Français" }));
  await reader.tab.waitForURL(new URL(entity(key).url.fr, portal.address).href);
});
