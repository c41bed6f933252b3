// Text that tries to run a script, in every place where an editor can write, in both themes and both treatments of raw
// HTML. The pages are opened with their security policy and without it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { expectNone, inTabs, launch, PROGRAM } from "./browser.mjs";
import { serveFolder } from "./portal.mjs";

/** Whether every page is opened, with the policy and without it. If not, the actors' pages are opened without it. */
const IS_WHOLE = process.env.FILIERE_CAMPAIGN !== undefined;

/** What a script does that runs. */
const RUN = "top.hit=1";

/** Text that would run a script where something is not escaped, closed or filtered. */
const PAYLOADS = [
  `<script>${RUN}</script>`,
  `<script src="/x.js"></script>`,
  `<img src=x onerror=${RUN}>`,
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>${RUN}</script></svg>#x">`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${RUN}>`,
  `<body onload=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<details open ontoggle=${RUN}><summary>x</summary></details>`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}></audio>`,
  `<iframe srcdoc="<script>${RUN}</script>"></iframe>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<form action="javascript:${RUN}"><button autofocus>x</button></form>`,
  `<meta http-equiv="refresh" content="0;url=javascript:${RUN}">`,
  `<base href="https://evil.invalid/">`,
  `<link rel=stylesheet href="https://evil.invalid/x.css">`,
  `<style>@import 'https://evil.invalid/x.css';</style>`,
  `<p style="background:url(https://evil.invalid/x)">x</p>`,
  `<a href="javascript:${RUN}" autofocus onfocus=${RUN}>x</a>`,
  `<a href=" java\tscript:${RUN}">x</a>`,
  `<a href="&#106;avascript:${RUN}">x</a>`,
  `[x](javascript:${RUN})`,
  `[x](JaVaScRiPt:${RUN})`,
  `[x](data:text/html,<script>${RUN}</script>)`,
  `[x](&#x6A;avascript:${RUN})`,
  `![x](javascript:${RUN})`,
  `![x" onerror="${RUN}](x.svg)`,
  `[x](https://example.org "t\\" onmouseover=\\"${RUN}")`,
  `<javascript:${RUN}>`,
  `"><script>${RUN}</script>`,
  `'><script>${RUN}</script>`,
  `" autofocus onfocus="${RUN}`,
  `' autofocus onfocus='${RUN}`,
  "` autofocus onfocus=`" + RUN,
  `</title><script>${RUN}</script>`,
  `</textarea><script>${RUN}</script>`,
  `</script><script>${RUN}</script>`,
  `</style><script>${RUN}</script>`,
  `--><script>${RUN}</script>`,
  `]]><script>${RUN}</script>`,
  `<!--<img src="--><img src=x onerror=${RUN}>">`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>"></noscript>`,
  `<textarea>[[a0]]</textarea><img src=x onerror=${RUN}>`,
  `<template><script>${RUN}</script></template>`,
  `<b title="&#xe000;0&#xe001;" onfocus=${RUN} tabindex=0 autofocus>x</b>`,
  `<b title="[[a0|x]]" onmouseover=${RUN}>x</b>`,
  `<slot-0 n=0 onclick=${RUN}></slot-0>`,
  `[[a0|<script>${RUN}</script>x]]`,
  `[[a0|<img src=x onerror=${RUN}>x]]`,
  `[[a0|<meta http-equiv="refresh" content="0;url=https://evil.invalid/">x]]`,
  `[x](/actors/?/autofocus/onfocus=${RUN}//)`,
  "```\ue0000\ue001 onclick=" + RUN + "\nx\n```",
  `## x {#a" onfocus="${RUN}" tabindex="0" autofocus="}`,
  `## x {.a onclick=${RUN}}`,
  `{{ "<script>${RUN}</script>" | safe }}`,
  `{% raw %}<script>${RUN}</script>{% endraw %}`,
  `\u2028<script>${RUN}</script>`,
  `<scr\tipt>${RUN}</script>`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `\\x3cscript\\x3e${RUN}\\x3c/script\\x3e`,
];

/** A string of TOML. */
const toml = (text) => JSON.stringify(text).replace(/\\u2028/g, "\\u2028").replace(/\u007f/g, "\\u007f");

/**
 * The site: an actor and a page for each payload, which stands in every field, and some payloads in the words of the site itself. Prose that the
 * program refuses is left out.
 */
const files = (theme, html, refused = new Set()) => {
  const site = PAYLOADS[0];
  const labels = PAYLOADS.filter((payload) => payload.startsWith('"') || payload.startsWith("</")).join(" ");
  const all = {
    "site.toml": `title = ${toml(`T ${labels}`)}\ndescription = ${toml(`D ${labels}`)}\nbase_url = "https://example.org"\nlanguages = ["en"]\ntheme = "${theme}"\nhtml = "${html}"\nmenu = ["actors", { label = ${toml(labels)}, items = ["p0"] }, { label = ${toml(labels)}, url = "https://example.org" }]\n${theme === "plain" ? `[params]\nnote = ${toml(labels)}\n` : ""}`,
    "content/_index.md": `+++\nblocks = [{ kind = "links", title = ${toml(labels)}, items = [{ to = "p0", title = ${toml(labels)} }] }, { kind = "list", of = "actors", title = ${toml(labels)} }]\n+++\n${site}\n`,
    "content/x.js": `${RUN}\n`,
    "content/actors/_type.toml": `name = ${toml(`A ${labels}`)}\nplural = ${toml(`As ${labels}`)}\nschema_org = "Organization"
[fields]
text = { kind = "text", facet = true, brief = true, label = ${toml(labels)}, schema_org = "slogan" }
prose = { kind = "markdown", label = "P" }
amount = { kind = "number", unit = ${toml(labels)}, brief = true }
said = { kind = "text", label = ${toml(labels)}, attributes = { reason = { kind = "text", label = ${toml(labels)} } } }
steps = { kind = "record", many = true, label = "S", fields = { name = { kind = "text", label = ${toml(labels)} } } }
choice = { kind = "choice", facet = true, choices = { one = ${toml(labels)} } }
peers = { to = "actors", facet = true, label = ${toml(labels)}, inverse = { id = "peers" }, attributes = { role = { kind = "text", label = ${toml(labels)} } } }
`,
  };
  PAYLOADS.forEach((payload, at) => {
    const text = toml(payload);
    const actor = `content/actors/a${at}.md`;
    const page = `content/p${at}.md`;
    const inProse = refused.has(actor) ? "x" : payload;
    all[actor] =
      `+++\ntitle = ${text}\nsummary = ${text}\naliases = [${text}]\ntext = ${text}\nprose = ${toml(inProse)}\namount = 5\nsaid = { value = ${text}, reason = ${text} }\nsteps = [{ name = ${text} }]\nchoice = "one"\npeers = [{ to = "a${(at + 1) % PAYLOADS.length}", role = ${text} }]\n+++\n${inProse}\n\n## ${inProse}\n\n- ${inProse}\n\n| a |\n|---|\n| ${inProse} |\n\n[${inProse}](https://example.org) [[a0|${inProse}]] ![${inProse}](/pixel.svg) \`${inProse}\` x[^1]\n\n[^1]: ${inProse}\n`;
    const ofPage = refused.has(page) ? "x" : payload;
    all[page] = `+++\ntitle = ${text}\nsummary = ${text}\n+++\n> ${ofPage}\n\n${ofPage}\n\n    ${payload}\n`;
  });
  return all;
};

const PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** What a page has that it must not have: a marker, an element, an attribute or an address that runs something. */
const harm = () => {
  const found = [];
  if (window.hit !== undefined) found.push("a script ran");
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    for (const { name: attribute, value } of element.attributes) {
      if (/^on|^srcdoc$|^formaction$/.test(attribute)) found.push(`<${name} ${attribute}="${value}">`);
      if (/^(href|src|action|data|xlink:href)$/.test(attribute) && /^[\s\0-\x20]*(java|vb)?script:|^[\s\0-\x20]*data:text/i.test(value)) found.push(`<${name} ${attribute}="${value}">`);
    }
    if (["iframe", "object", "embed", "base", "frame", "applet"].includes(name)) found.push(`<${name}>`);
    if (name === "meta" && element.httpEquiv === "refresh") found.push("<meta http-equiv=refresh>");
    if (name === "script" && element.type !== "application/ld+json" && !element.getAttribute("src")?.includes("/assets/")) found.push(`<script src="${element.getAttribute("src")}">${element.textContent}`);
    // A view links its own style sheet.
    const isOfTheTheme = name === "link" && element.rel === "stylesheet" && new URL(element.href).origin === location.origin && /^\/assets\/(css\/[a-z]+|profile)\.css$/.test(new URL(element.href).pathname);
    if (["link", "style"].includes(name) && element.closest("main") && !isOfTheTheme) found.push(`<${name}>`);
  }
  return found;
};

for (const theme of ["plain", "atlas"]) {
  for (const html of ["escape", "sanitize"]) {
    test(`${theme}, html = "${html}": no text runs a script`, async (t) => {
      const root = await mkdtemp(path.join(tmpdir(), "filiere-xss-"));
      t.after(() => rm(root, { recursive: true, force: true }));
      const run = (...given) => promisify(execFile)(PROGRAM, [...given, "--root", root], { maxBuffer: 1 << 26 }).catch((error) => error);
      const write = async (site) => {
        for (const [name, text] of Object.entries({ ...site, "content/pixel.svg": PIXEL })) {
          await mkdir(path.dirname(path.join(root, name)), { recursive: true });
          await writeFile(path.join(root, name), text);
        }
      };
      await write(files(theme, html));
      const checked = JSON.parse((await run("check", "--format", "json")).stdout);
      const refused = new Set(checked.filter((problem) => problem.severity === "error").map((problem) => problem.path));
      assert.ok(refused.size < PAYLOADS.length / 2, `most payloads are refused, so that little is tried: ${[...refused].join(", ")}`);
      await write(files(theme, html, refused));
      const output = path.join(root, "public");
      const built = await run("build", "--output", output, "--no-search");
      assert.equal(built.code ?? 0, 0, `the site could not be built:\n${built.stdout}${built.stderr}`);
      const server = await serveFolder(output);
      t.after(() => server.close());
      const addresses = ["/", "/actors/", "/404.html", ...PAYLOADS.flatMap((_, at) => (IS_WHOLE ? [`/actors/a${at}/`, `/p${at}/`] : [`/actors/a${at}/`]))];
      for (const bypassCSP of IS_WHOLE ? [false, true] : [true]) {
        const context = await browser.newContext({ bypassCSP, viewport: { width: 1280, height: 800 } });
        const left = [];
        await context.route(/evil\.invalid/, (route) => left.push(route.request().url()) && route.abort());
        const found = await inTabs(context, addresses, async (tab, address) => {
          await tab.goto(server.address + address, { waitUntil: "load" });
          const where = `${address}${bypassCSP ? " without the policy" : ""}`;
          const isThere = new URL(tab.url()).pathname === address ? [] : [`${where}: went on to ${tab.url()}`];
          return [...isThere, ...(await tab.evaluate(harm).catch((error) => [`the page went away: ${error.message}`])).map((what) => `${where}: ${what}`)];
        });
        await context.close();
        expectNone([...found, ...left.map((url) => `a request to ${url}`)], "no text that an editor wrote runs a script or asks another host");
      }
    });
  }
}
