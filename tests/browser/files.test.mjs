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
  const result = await checker.check({
    path: `${portal.address}/`,
    recurse: true,
    checkCss: true,
    redirects: "error",
    linksToSkip: async (link) => !link.startsWith(portal.origin),
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

/** Style sheets or scripts of the theme, with their sizes in gzip. */
const assets = async (extension) => {
  const names = (await readdir(path.join(portal.folder, "assets"), { recursive: true })).filter((name) => name.endsWith(extension)).sort();
  return Promise.all(names.map(async (name) => ({ address: `/assets/${name}`, bytes: gzipSync(await readFile(path.join(portal.folder, "assets", name))).length })));
};

test("style sheets are at most 10 KB in gzip, own scripts at most 6 KB apart from the search, and those of the search 7 KB", async (t) => {
  const scripts = await assets(".js");
  const ofSearch = (script) => /\/search[^/]*$/.test(script.address);
  const found = [];
  for (const [what, limit, list] of [
    ["style sheets", 10 * KB, await assets(".css")],
    ["scripts apart from the search", 6 * KB, scripts.filter((script) => !ofSearch(script))],
    ["scripts of the search", 7 * KB, scripts.filter(ofSearch)],
  ]) {
    const sum = list.reduce((bytes, item) => bytes + item.bytes, 0);
    t.diagnostic(`${what}: ${sum} bytes (${largest(list, 9)})`);
    if (list.length === 0) found.push(`${what}: there are none to measure`);
    if (sum > limit) found.push(`${what}: ${sum} bytes, ${sum - limit} too many`);
  }
  expectNone(found, "each group of files stays in its budget");
});
