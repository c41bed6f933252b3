// The built portal, file by file and without a browser: valid HTML, links that lead somewhere, pages that are not too heavy.

import { readdir, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";

import { LinkChecker } from "linkinator";

import { expectNone } from "./browser.mjs";
import { pages, publish, redirects } from "./portal.mjs";

/** 1 KB is 1,000 bytes. Pages are measured as they are; style sheets and scripts compressed by gzip, as hosts send them. */
const KB = 1000;

let portal;
let all;
let former;

before(async () => {
  portal = await publish();
  [all, former] = await Promise.all([pages(portal), redirects(portal)]);
});

after(() => portal?.close());

/** The same sentence about many places becomes one, with the number of places and the first of them. */
const grouped = (found) => {
  const places = new Map();
  for (const { what, where } of found) places.set(what, [...(places.get(what) ?? []), where]);
  return [...places].map(([what, list]) => `${what}: ${list.length} times, as in ${list.slice(0, 3).join("; ")}`);
};

/** Checks a share of the pages in a thread of its own. */
const validate = (share) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./validate.worker.mjs", import.meta.url), { workerData: { folder: portal.folder, files: share } });
    worker.once("message", resolve);
    worker.once("error", reject);
  });

test("the HTML of every page is valid", async () => {
  const threads = availableParallelism();
  const files = [...all, ...former];
  const shares = Array.from({ length: threads }, (_, thread) => files.filter((_, number) => number % threads === thread).map((page) => page.file));
  const found = (await Promise.all(shares.map(validate))).flat();
  expectNone(grouped(found), `all ${files.length} pages pass html-validate with the rules of html-rules.mjs`);
});

/** fetch with so many requests at a time; linkinator asks for all links of a page at once, and a busy machine does not open hundreds of connections in time. */
const fewAtATime = (fetch, most) => {
  const waiting = [];
  let running = 0;
  return async (...request) => {
    if (running >= most) await new Promise((turn) => waiting.push(turn));
    else running += 1;
    try {
      return await fetch(...request);
    } finally {
      // The place goes to the next in the queue, or is free.
      if (waiting.length) waiting.shift()();
      else running -= 1;
    }
  };
};

test("no link leads to a page or a file that is not there", async (t) => {
  const { fetch } = globalThis;
  globalThis.fetch = fewAtATime(fetch, 16);
  t.after(() => (globalThis.fetch = fetch));
  const checker = new LinkChecker();
  // A query chooses what a script shows: the file is the same for all queries.
  const addresses = new Set(all.map((page) => portal.basePath + page.address));
  const isQueryOfPage = ({ pathname, search }) => search !== "" && addresses.has(pathname);
  const result = await checker.check({
    path: `${portal.address}/`,
    recurse: true,
    checkCss: true,
    redirects: "error",
    linksToSkip: async (link) => !link.startsWith(portal.origin) || isQueryOfPage(new URL(link)),
  });
  const short = (address) => address?.replace(portal.address, "") ?? "the start";
  const broken = result.links.filter((link) => link.state === "BROKEN" && link.url !== link.parent);
  expectNone(
    broken.map((link) => `${short(link.parent)} leads to ${short(link.url)}: ${link.status || (link.failureDetails?.[0]?.cause ?? "no answer")}`).sort(),
    "each link, picture, style sheet, script, canonical and alternate address of the portal answers with 200, without a redirect",
  );
  const forms = all.flatMap((page) => [...page.html.matchAll(/<form[^>]*? action="([^"]*)"/g)].map(([, action]) => new URL(plain(action), portal.address).href));
  const reached = new Set([...forms, ...result.links.map((link) => link.url)]);
  const lost = all.filter((page) => page.kind !== "not_found" && !reached.has(portal.address + page.address));
  expectNone(lost.map((page) => page.address), "every page can be reached from the home page by following links or sending a form");
  t.diagnostic(`${result.links.length} addresses`);
});

test("every former address leads to a page in its own language", () => {
  const languages = new Map(all.map((page) => [page.address, page.lang]));
  const found = former.filter((page) => languages.get(page.to) !== page.lang).map((page) => `${page.address} leads to ${page.to}`);
  expectNone(found, `the ${former.length} former addresses lead to pages that are there`);
});

// linkinator looks for fragments only on pages that it meets for the first time, and would miss most; so they are looked up here.
test("no link leads to a part of a page that is not there", () => {
  const anchors = new Map(all.map((page) => [page.address, new Set([...page.html.matchAll(/<[a-z][^>]*?\sid="([^"]*)"/g)].map(([, id]) => plain(id)))]));
  const found = [];
  for (const page of all) {
    for (const [, href] of page.html.matchAll(/<a\s[^>]*?href="([^"]*#[^"]*)"/g)) {
      const target = new URL(plain(href), portal.address + page.address);
      if (target.origin !== portal.origin || !anchors.has(target.pathname) || target.hash.length < 2) continue;
      if (!anchors.get(target.pathname).has(decodeURIComponent(target.hash.slice(1)))) found.push(`${page.address}: href="${plain(href)}", but ${target.pathname} has no such id`);
    }
  }
  expectNone(found, "the fragment of each link is the id of an element of the page that it leads to");
});

/** The value of an attribute, without the five entities that the program writes. */
const plain = (text) => text.replace(/&(?:lt|gt|quot|#39|#x27|#x2F|amp);/g, (entity) => ({ "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&", "&#x2F;": "/" })[entity] ?? "'");

test("pages have no script or style inside that the Content-Security-Policy would block", () => {
  const found = [];
  for (const page of all) {
    if (!/<meta http-equiv="Content-Security-Policy" content="default-src (?:'|&#39;|&#x27;)self/.test(page.html)) found.push(`${page.address}: no Content-Security-Policy of default-src 'self'`);
    for (const [tag] of page.html.matchAll(/<(?:style\b|script(?![^>]*\bsrc=)(?![^>]*type="application\/(?:ld\+)?json"))[^>]*>|<[a-z][^>]*?\s(?:style|on[a-z]+)="[^>]*>/g)) found.push(`${page.address}: ${tag.slice(0, 120)}`);
  }
  expectNone(found, "a policy on every page, and no <style>, no inline script, no attribute style or on…");
});

test("the same policy is in _headers, for servers that read it", async () => {
  const headers = await readFile(path.join(portal.folder, "_headers"), "utf8").catch(() => "");
  expectNone(/Content-Security-Policy: default-src 'self'/.test(headers) ? [] : [`_headers says: ${headers || "nothing"}`], "a line Content-Security-Policy: default-src 'self'…");
});

/** The largest of a list, for the report. */
const largest = (list, count = 3) => [...list].sort((a, b) => b.bytes - a.bytes).slice(0, count).map((item) => `${item.address} ${item.bytes}`).join(", ");

const tooLarge = (list, limit) =>
  list.filter((item) => item.bytes > limit).sort((a, b) => b.bytes - a.bytes).map((item) => `${item.address}: ${item.bytes} bytes, ${item.bytes - limit} too many`);

test("a profile is at most 40 KB of HTML", (t) => {
  const profiles = all.filter((page) => page.kind === "entity" && ["actors", "projects"].includes(page.type));
  t.diagnostic(`the largest of ${profiles.length}: ${largest(profiles)}`);
  expectNone(tooLarge(profiles, 40 * KB), "the page of an actor or a project has at most 40,000 bytes");
});

test("the page of the network is at most 200 KB of HTML", (t) => {
  const networks = all.filter((page) => page.kind === "page" && /class="[^"]*\bnetwork\b/.test(page.html));
  t.diagnostic(largest(networks));
  expectNone(networks.length ? tooLarge(networks, 200 * KB) : ["no free page has an element of the class network"], "a page with the view network, of at most 200,000 bytes");
});

/** The size of a file of the theme in gzip, by its address. */
const compressed = new Map();
const inGzip = async (address) => {
  if (!compressed.has(address)) compressed.set(address, gzipSync(await readFile(path.join(portal.folder, ...address.split("/")))).length);
  return compressed.get(address);
};

/** The addresses of the style sheets, or of the scripts, that a page names. */
const named = (html, pattern) => new Set([...html.matchAll(pattern)].map(([, address]) => address));

test("a page loads at most 10 KB of style sheets and 6 KB of scripts in gzip, and the search 7 KB of scripts", async (t) => {
  const scriptsOfSearch = (await readdir(path.join(portal.folder, "assets"))).filter((name) => /^search.*\.js$/.test(name)).map((name) => `/assets/${name}`);
  const found = [];
  const total = async (addresses) => (await Promise.all([...addresses].map(inGzip))).reduce((sum, bytes) => sum + bytes, 0);
  for (const [what, limit, pattern] of [
    ["style sheets", 10 * KB, /<link rel="stylesheet" href="([^"]+)"/g],
    ["scripts", 6 * KB, /<script\b[^>]* src="([^"]+)"/g],
  ]) {
    const pages = await Promise.all(
      all.map(async (page) => {
        const addresses = [...named(page.html, pattern)].filter((address) => !scriptsOfSearch.includes(address));
        return { address: page.address, bytes: await total(addresses), count: addresses.length };
      }),
    );
    t.diagnostic(`${what}: ${largest(pages)}`);
    if (pages.every((page) => page.count === 0)) found.push(`${what}: there are none to measure`);
    found.push(...tooLarge(pages, limit).map((line) => `${what}: ${line}`));
  }
  // What a script of a page loads when a reader asks for it.
  const scripts = (await readdir(path.join(portal.folder, "assets"), { recursive: true })).filter((name) => name.endsWith(".js")).map((name) => `/assets/${name}`);
  const onDemand = scripts.filter((address) => !scriptsOfSearch.includes(address) && !all.some((page) => page.html.includes(`src="${address}"`)));
  for (const address of onDemand) {
    const bytes = await inGzip(address);
    t.diagnostic(`on demand: ${address} ${bytes}`);
    if (bytes > 3 * KB) found.push(`${address} has ${bytes} bytes`);
  }
  const search = await total(scriptsOfSearch);
  t.diagnostic(`scripts of the search: ${search}`);
  if (search === 0 || search > 7 * KB) found.push(`the scripts of the search have ${search} bytes`);
  expectNone(found, "each page stays in its budget");
});
