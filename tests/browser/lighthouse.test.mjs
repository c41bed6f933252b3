// Lighthouse on five pages. Accessibility, best practices and SEO have to reach 98; performance depends on the machine and is only reported.

import { after, before, test } from "node:test";

import lighthouse from "lighthouse";

import { expectNone, launchOnPort } from "./browser.mjs";
import { publish } from "./portal.mjs";

const GATES = ["accessibility", "best-practices", "seo"];
const LEAST = 98;

let portal;
let browser;

before(async () => {
  [portal, browser] = await Promise.all([publish(), launchOnPort()]);
});

after(async () => {
  await browser?.stop();
  await portal?.close();
});

/** The audits of a category that cost points, with the elements that they name. */
const reasons = (result, category) =>
  result.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && result.audits[id].score !== null && result.audits[id].score < 1)
    .map(({ id }) => {
      const places = (result.audits[id].details?.items ?? []).slice(0, 3).map((item) => item.node?.selector ?? item.description ?? item.url ?? "");
      return `${id} (${result.audits[id].title}${places.length ? `; ${places.join(", ")}` : ""})`;
    });

for (const address of ["/", "/acteurs/", "/acteurs/biowin/", "/projets/atmp-pit/", "/en/value-chain/"]) {
  test(`Lighthouse on ${address}`, async (t) => {
    const { lhr: result } = await lighthouse(portal.address + address, { port: browser.port, logLevel: "silent", output: "json", onlyCategories: [...GATES, "performance"] });
    if (result.runtimeError) throw new Error(`Lighthouse could not look at ${address}: ${result.runtimeError.message}`);
    const points = (category) => Math.round(result.categories[category].score * 100);
    t.diagnostic(["performance", ...GATES].map((category) => `${category} ${points(category)}`).join(", "));
    const found = GATES.filter((category) => points(category) < LEAST).map((category) => `${address}: ${category} has ${points(category)}: ${reasons(result, category).join("; ")}`);
    expectNone(found, `at least ${LEAST} points for ${GATES.join(", ")}`);
  });
}
