// One page of every kind in a real browser: quiet, accessible in both colour schemes, usable narrow, enlarged, without a mouse, without scripts, and on paper.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import axe from "axe-core";

import { complaintsOf, expectNone, inTabs, launch, tooWide } from "./browser.mjs";
import { data, oneOfEveryKind, pages, publish } from "./portal.mjs";

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

let portal;
let browser;
let all;
let kinds;

before(async () => {
  [portal, browser] = await Promise.all([publish(), launch()]);
  all = await pages(portal);
  kinds = oneOfEveryKind(all);
});

after(async () => {
  await browser?.close();
  await portal?.close();
});

/** A context that is closed after the test. */
const contextFor = async (t, options = {}) => {
  const context = await browser.newContext({ viewport: DESKTOP, colorScheme: "light", ...options });
  t.after(() => context.close());
  return context;
};

const visit = (tab, page) => tab.goto(portal.address + page.address);

/** Pages of a language and of a few kinds, for what does not depend on the type. */
const some = (lang) => kinds.filter((page) => page.lang === lang && (page.kind !== "index" || page.type === "actors") && (page.kind !== "entity" || ["actors", "projects", "places", "figures"].includes(page.type)));

test("there is a page of every kind to look at", async () => {
  const types = new Set((await data(portal)).entities.map((entity) => entity.type));
  for (const lang of ["fr", "en"]) {
    const of = (kind) => kinds.filter((page) => page.lang === lang && page.kind === kind);
    assert.deepEqual(new Set(of("entity").map((page) => page.type)), types, `a profile of each type in ${lang}`);
    assert.deepEqual(new Set(of("index").map((page) => page.type)), types, `an index of each type in ${lang}`);
    assert.equal(of("home").length, 1, `a home page in ${lang}`);
    assert.ok(of("page").length >= 3, `free pages in ${lang}`);
  }
  assert.ok(kinds.some((page) => page.kind === "not_found"), "a page for wrong addresses");
});

test("no page complains in the console or asks another host", async (t) => {
  const context = await contextFor(t);
  const complaints = complaintsOf(context, portal.origin);
  await inTabs(context, kinds, async (tab, page) => {
    await visit(tab, page);
    // What is loaded late, such as pictures further down, is loaded too.
    await tab.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
    await tab.waitForFunction(() => [...document.images].every((image) => image.complete || !image.checkVisibility()));
  });
  expectNone(complaints, `no message, no error and no request to another host on ${kinds.length} pages`);
});

/** The violations that axe finds on the page in a tab. */
const violations = async (tab, page, as, rules) => {
  if (!(await tab.evaluate(() => Boolean(globalThis.axe)))) await tab.evaluate(axe.source);
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) };
  const found = (await tab.evaluate((options) => globalThis.axe.run(document, options), options)).violations;
  return found.flatMap((rule) => rule.nodes.map((node) => `${page.address} (${as}) ${node.target.join(" ")}: ${rule.id}, ${node.failureSummary.replace(/\s+/g, " ")}`));
};

test("axe finds nothing on any kind of page, in light and dark", async (t) => {
  const context = await contextFor(t);
  const found = await inTabs(context, kinds, async (tab, page) => {
    await tab.emulateMedia({ colorScheme: "light" });
    await visit(tab, page);
    const light = await violations(tab, page, "light, 1280 px");
    // Nothing else depends on the colours.
    await tab.emulateMedia({ colorScheme: "dark" });
    return [...light, ...(await violations(tab, page, "dark, 1280 px", ["color-contrast", "link-in-text-block"]))];
  });
  expectNone(found, "no violation of the rules of axe-core");
});

test("axe finds nothing on a phone", async (t) => {
  const context = await contextFor(t, { viewport: PHONE, hasTouch: true });
  const found = await inTabs(context, some("fr"), async (tab, page) => {
    await visit(tab, page);
    // Targets for fingers have 24 px, or room around them (WCAG 2.2, 2.5.8); axe leaves this rule out unless asked.
    return [...(await violations(tab, page, "light, 360 px")), ...(await violations(tab, page, "light, 360 px", ["target-size"]))];
  });
  expectNone(found, "no violation of the rules of axe-core");
});

test("what leads to a place on the map can be hit", async (t) => {
  const context = await contextFor(t, { hasTouch: true });
  const found = await inTabs(context, [{ address: "/" }, { address: "/carte/" }], async (tab, page) => {
    await visit(tab, page);
    const out = [];
    for (const width of [360, 390, 1280]) {
      await tab.setViewportSize({ width, height: 800 });
      const misses = await tab.evaluate((least) => {
        const middleOf = (element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2, width, height };
        };
        const hits = [...document.querySelectorAll(".map .hit")].map((link) => ({ address: link.getAttribute("href"), circle: link.querySelector("circle"), ...middleOf(link.querySelector("circle")) }));
        const out = hits.length > 20 ? [] : ["there are hardly any places"];
        for (const hit of hits) {
          const name = `${hit.address} (${hit.width.toFixed(1)} px)`;
          if (Math.min(hit.width, hit.height) < least) out.push(`${name}: it is too small`);
          hit.circle.scrollIntoView({ block: "center", behavior: "instant" });
          const { x, y } = middleOf(hit.circle);
          const top = document.elementFromPoint(x, y)?.closest("a");
          if (top?.getAttribute("href") !== hit.address) out.push(`${name}: in its middle is ${top?.getAttribute("href")}`);
          // Where towns are close, so are their dots (WCAG 2.5.8, "essential"). Then a word leads there too: its name beside the dot, or in a list.
          const isClose = hits.some((other) => other !== hit && Math.hypot(other.x - hit.x, other.y - hit.y) < least);
          const isWord = (link) => link.getAttribute("href") === hit.address && [...link.querySelectorAll("text")].some((text) => text.checkVisibility() && getComputedStyle(text).display !== "none");
          const isListed = (link) => !link.closest("svg") && link.checkVisibility() && (link.getAttribute("href") === hit.address || link.closest(hit.address.startsWith("#") ? hit.address : "none"));
          if (isClose && ![...document.querySelectorAll("main a[href]")].some((link) => isWord(link) || isListed(link))) out.push(`${name}: it is close to another place, and no word leads there`);
        }
        return out;
      }, 24);
      out.push(...misses.map((miss) => `${page.address} (${width} px) ${miss}`));
    }
    return out;
  });
  expectNone(found, "no place is out of reach");
});

test("colours follow the preference of the system", async (t) => {
  const context = await contextFor(t);
  const tab = await context.newPage();
  // The paper is the background of body or, where that is transparent, of html; a canvas turns any notation of a colour into numbers.
  const lightness = () =>
    tab.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d");
      for (const element of [document.documentElement, document.body]) {
        canvas.fillStyle = getComputedStyle(element).backgroundColor;
        canvas.fillRect(0, 0, 1, 1);
      }
      return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)].reduce((sum, part) => sum + part, 0);
    });
  await visit(tab, { address: "/" });
  const light = await lightness();
  await tab.emulateMedia({ colorScheme: "dark" });
  const dark = await lightness();
  assert.ok(light > 3 * 230, `the background in the light scheme is near white, not ${light} of 765`);
  assert.ok(dark < 3 * 60, `the background in the dark scheme is near black, not ${dark} of 765`);
});

test("no page scrolls sideways at 320 px, at 360 px, at 2,000 px or with text twice as large", async (t) => {
  const context = await contextFor(t);
  const found = await inTabs(context, kinds, async (tab, page) => {
    await tab.setViewportSize({ width: 320, height: 640 });
    await visit(tab, page);
    const out = await tooWide(tab, page, "320 px");
    for (const width of [360, 768, 2000]) {
      await tab.setViewportSize({ width, height: 800 });
      out.push(...(await tooWide(tab, page, `${width} px`)));
    }
    await tab.setViewportSize(DESKTOP);
    const size = () => tab.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main p") ?? document.body).fontSize));
    const before = await size();
    await tab.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    const grown = await size();
    if (grown < before * 1.5) out.push(`${page.address}: text has ${before} px, and ${grown} px when the reader asks for twice as much; sizes should be in rem or em`);
    out.push(...(await tooWide(tab, page, "1280 px, text at 200 %")));
    return out;
  });
  expectNone(found, "no page is wider than its window; what is wider scrolls by itself");
});

/** What has the focus: a name for people, whether it lies in the window, and whether it looks different from an element without the focus. */
const focused = (tab) =>
  tab.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const box = element.getBoundingClientRect();
    const looks = () => ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "textDecoration", "borderColor"].map((key) => getComputedStyle(element)[key]);
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const withFocus = looks().join();
    element.blur();
    const without = looks().join();
    element.focus({ preventScroll: true });
    globalThis.known ??= new Map();
    if (!globalThis.known.has(element)) globalThis.known.set(element, globalThis.known.size);
    return {
      number: globalThis.known.get(element),
      href: element.getAttribute("href"),
      name: `${element.localName}${[...element.classList].map((name) => `.${name}`).join("")} “${element.textContent.trim().slice(0, 40)}”`,
      inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      visible: outlined || withFocus !== without,
    };
  });

test("the keyboard reaches everything, the first stop skips to the content, and the focus is seen", async (t) => {
  const context = await contextFor(t);
  const found = await inTabs(context, some("fr"), async (tab, page) => {
    await visit(tab, page);
    await tab.keyboard.press("Tab");
    const first = await focused(tab);
    const out = [];
    const say = (what) => out.push(`${page.address}: ${what}`);
    if (first?.href !== "#p_main") say(`the first stop is ${first?.name ?? "nothing"}, not the link to #p_main`);
    await tab.keyboard.press("Enter");
    if ((await tab.evaluate(() => document.activeElement.id)) !== "p_main") say("the first stop does not lead into main");
    // From the top once more, through all stops or the first 150 of a long page.
    await visit(tab, page);
    const stops = new Set();
    for (let step = 0; step < 150; step += 1) {
      await tab.keyboard.press("Tab");
      const stop = await focused(tab);
      if (!stop) break;
      // After the last stop the first one follows again; any other that comes back is a trap.
      if (stops.has(stop.number)) {
        if (stop.number !== 0) say(`the focus comes back to ${stop.name} and never leaves the page`);
        break;
      }
      stops.add(stop.number);
      if (!stop.inside) say(`${stop.name} has the focus outside of the window`);
      if (!stop.visible) say(`${stop.name} looks the same with and without the focus`);
    }
    const expected = await tab.evaluate(() => [...document.querySelectorAll("a[href], button:not([disabled]), input:not([disabled]), summary")].filter((element) => element.checkVisibility()).length);
    if (stops.size < Math.min(150, expected)) say(`${stops.size} stops for ${expected} links and controls`);
    return out;
  });
  expectNone(found, "“skip to the content” first, then every link and control, each with a focus that is seen");
});

test("without JavaScript every index lists all entities over its pages", async (t) => {
  const context = await contextFor(t, { javaScriptEnabled: false });
  const { entities } = await data(portal);
  const indexes = kinds.filter((page) => page.kind === "index" && !/\/page\//.test(page.address));
  const found = await inTabs(context, indexes, async (tab, page) => {
    await visit(tab, page);
    const listed = new Set();
    for (;;) {
      for (const address of await tab.locator("main a[href]").evaluateAll((links) => links.map((link) => new URL(link.getAttribute("href"), location).pathname))) listed.add(address);
      const next = tab.getByRole("main").getByRole("link", { name: page.lang === "fr" ? /Suivante/ : /Next/ });
      if ((await next.count()) === 0) break;
      const address = await next.getAttribute("href");
      await next.click();
      await tab.waitForURL(new URL(address, portal.address).href);
    }
    const missing = entities.filter((entity) => entity.type === page.type && !listed.has(entity.url[page.lang]));
    return missing.length ? [`${page.address}: ${missing.length} entities are on none of its pages: ${missing.slice(0, 5).map((entity) => entity.id).join(", ")}`] : [];
  });
  expectNone(found, "every entity has a link on one of the pages of its index");
});

test("what scripts do without does not stand about without JavaScript", async (t) => {
  const context = await contextFor(t, { javaScriptEnabled: false });
  const found = await inTabs(context, some("fr"), async (tab, page) => {
    await visit(tab, page);
    const dead = await tab.locator("button:visible:not([type=submit]), input:visible:not(form[action] input), select:visible:not(form[action] select)").all();
    return Promise.all(dead.map(async (element) => `${page.address}: ${await element.evaluate((element) => element.outerHTML.slice(0, 120))} does nothing without a script`));
  });
  expectNone(found, "no button or field is seen that only a script answers");
});

/** The number of pages of a PDF, and the addresses that its links lead to. */
const read = (pdf) => {
  const text = pdf.toString("latin1");
  return { pages: [...text.matchAll(/\/Type\s*\/Page\b/g)].length, addresses: [...text.matchAll(/\/URI\s*\(([^)]*)\)/g)].map(([, address]) => address) };
};

test("a profile prints on a page, in black on white, and its links have their addresses", async (t) => {
  const context = await contextFor(t, { colorScheme: "dark" });
  const tab = await context.newPage();
  await visit(tab, { address: "/acteurs/masthercell/" });
  const pdf = read(await tab.pdf({ format: "A4", printBackground: false }));
  assert.equal(pdf.pages, 1, "the profile of MaSTherCell fits on a sheet of A4");
  assert.ok(pdf.addresses.some((address) => address.endsWith("/acteurs/catalent/")), `links stay links in the PDF; it has ${pdf.addresses.length}`);

  await tab.emulateMedia({ media: "print", colorScheme: "dark" });
  const printed = await tab.evaluate(() => {
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).map((element) => element.className || element.localName);
    const links = [...document.querySelectorAll("main a[href]")].filter((link) => link.checkVisibility());
    return {
      ink: getComputedStyle(document.body).color.match(/[\d.]+/g).slice(0, 3).map(Number),
      menus: shown(".skip, .menu, .languages, .contents, form"),
      addresses: links.map((link) => ["::before", "::after"].map((part) => getComputedStyle(link, part).content).join("")).filter((content) => /\/|http/.test(content)),
    };
  });
  assert.ok(printed.ink.every((part) => part < 90), `ink is dark on paper also where the screen is dark, not rgb(${printed.ink})`);
  assert.deepEqual(printed.menus, [], "menus and forms are not printed");
  assert.ok(printed.addresses.length > 0, "links of the page show their addresses on paper, as a::after { content: attr(href) } does");
});

test("everything works below a path", async (t) => {
  const below = await publish("/portal");
  t.after(below.close);
  const context = await contextFor(t);
  const complaints = complaintsOf(context, below.origin);
  context.on("request", (request) => request.url().startsWith(`${below.address}/`) || complaints.push(`${request.headers().referer}: ${request.url()} is not below ${below.basePath}/`));
  const found = await inTabs(context, oneOfEveryKind(await pages(below)).filter((page) => page.lang === "fr"), async (tab, page) => {
    await tab.goto(below.address + page.address);
    const links = await tab.evaluate(() => [...document.querySelectorAll("a[href], form[action]")].map((element) => new URL(element.getAttribute("href") ?? element.getAttribute("action"), location).href));
    const astray = links.filter((link) => link.startsWith(below.origin) && !link.startsWith(`${below.address}/`));
    return astray.map((link) => `${page.address}: ${link} is not below ${below.basePath}/`);
  });
  const tab = await context.newPage();
  await tab.goto(`${below.address}/acteurs/?category=cdmo`);
  await tab.getByRole("status").filter({ hasText: /^[1-9]\d* fiches$/ }).waitFor();
  await tab.locator(".gazetteer a").first().click();
  await tab.waitForURL(`${below.address}/acteurs/*/`);
  await tab.getByRole("searchbox").pressSequentially("sarcopenie");
  await tab.locator(".search-results").getByRole("link", { name: "MitoSIR", exact: true }).click();
  await tab.waitForURL(`${below.address}/projets/mitosir/`);
  expectNone([...complaints, ...found], "all requests and links stay below the path, and no page complains");
});

test("parameters that are not of the list leave it as it is", async (t) => {
  const context = await contextFor(t);
  const tab = await context.newPage();
  await visit(tab, { address: "/acteurs/page/2/" });
  const names = await tab.locator(".gazetteer .name").allTextContents();
  await visit(tab, { address: "/acteurs/page/2/?utm_source=mail" });
  await tab.locator("#f_form").waitFor();
  assert.deepEqual(await tab.locator(".gazetteer .name").allTextContents(), names);
  assert.ok(await tab.locator(".pages").isVisible());
});

test("on a phone the filters say what they leave, and lead there", async (t) => {
  const context = await contextFor(t, { viewport: { width: 360, height: 700 } });
  const tab = await context.newPage();
  await visit(tab, { address: "/acteurs/" });
  await tab.locator(".facets > summary").click();
  await tab.locator("[data-facet=category] summary").click();
  await tab.getByLabel(/^CDMO/).check();
  const left = tab.locator(".filter-result a");
  await left.filter({ hasText: /^[1-9]\d* fiches/ }).waitFor();
  const box = await left.boundingBox();
  assert.ok(box.y + box.height <= 700, `it is in sight, at ${JSON.stringify(box)}`);
  await left.click();
  await tab.waitForFunction(() => document.querySelector("#r_list").getBoundingClientRect().top < innerHeight / 2);
});

test("a wrong address is answered with a page that leads on", async (t) => {
  const context = await contextFor(t);
  const tab = await context.newPage();
  const response = await visit(tab, { address: "/acteurs/nulle-part/" });
  assert.equal(response.status(), 404);
  await tab.getByRole("heading", { level: 1, name: "Page introuvable" }).waitFor();
  await tab.getByRole("main").getByRole("link", { name: "Acteurs" }).first().click();
  await tab.getByRole("heading", { level: 1, name: "Acteurs" }).waitFor();
});
