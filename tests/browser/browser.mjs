// Chromium, driven by playwright-core, and the program, started and stopped.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

/** The checkout. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** The program; `FILIERE` names another one. */
export const PROGRAM = process.env.FILIERE ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"), "release/filiere");

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** The browser of the system; it asks nobody else for anything. */
export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

/** The same browser without playwright, for tools that drive it themselves: its port, and a way to end it. */
export const launchOnPort = async () => {
  const profile = await mkdtemp(path.join(tmpdir(), "filiere-chromium-"));
  const child = spawn(CHROMIUM, [...FLAGS, "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill();
    await ended;
    await rm(profile, { recursive: true, force: true });
  };
  let printed = "";
  const port = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`${CHROMIUM} ended at once:\n${printed}`)));
    child.stderr.on("data", (chunk) => {
      printed += chunk;
      const found = printed.match(/DevTools listening on ws:\/\/[^:]+:(\d+)\//);
      if (found) resolve(Number(found[1]));
    });
  });
  return { port, stop };
};

/** A copy of the portal, with its theme, that tests may change. */
export const copyOfPortal = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "filiere-browser-"));
  await Promise.all(["site.toml", "content", "themes"].map((name) => cp(path.join(ROOT, name), path.join(folder, name), { recursive: true })));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};

/** Starts `filiere serve` in a folder and waits until it answers. */
export const serve = (folder, port = 0) =>
  new Promise((resolve, reject) => {
    const child = spawn(PROGRAM, ["serve", "--port", String(port)], { cwd: folder, env: { ...process.env, NO_COLOR: "1" } });
    let printed = "";
    const read = (chunk) => {
      printed += chunk;
      const address = printed.match(/Preview: (http:\/\/[^\s]+?)\/? /);
      if (address) {
        const stop = () => new Promise((stopped) => child.once("exit", stopped).kill("SIGINT"));
        resolve({ address: address[1], port: Number(new URL(address[1]).port), stop, printed: () => printed });
      }
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => reject(new Error(`it ended at once:\n${printed}`)));
  });

/** Gathers what the pages of a context complain about: messages in the console, errors of scripts, requests that fail or go to another host. */
export const complaintsOf = (context, origin) => {
  const found = [];
  const where = (frame) => frame?.url().replace(origin, "") ?? "a page";
  const ours = (address) => address.startsWith(`${origin}/`) || /^(data|blob):/.test(address);
  context.on("console", (message) => found.push(`${where(message.page()?.mainFrame())}: ${message.type()} in the console: ${message.text()}`));
  context.on("weberror", (error) => found.push(`${where(error.page()?.mainFrame())}: error of a script: ${error.error()}`));
  context.on("request", (request) => ours(request.url()) || found.push(`${request.headers().referer ?? "a page"}: request to another host: ${request.url()}`));
  context.on("requestfailed", (request) => {
    // What was still on its way when the tab went on to the next page is not a failure.
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") found.push(`${request.url()}: the request failed: ${reason}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest()) found.push(`${response.url()}: answered with ${response.status()}`);
  });
  return found;
};

/** Opens one tab after another for each of a list, two at a time, and gathers what the checks of all of them find. */
export const inTabs = async (context, list, check) => {
  const [found, waiting] = [[], [...list]];
  const work = async () => {
    const tab = await context.newPage();
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) found.push(...((await check(tab, next)) ?? []));
    await tab.close();
  };
  await Promise.all([work(), work()]);
  return found;
};

/** Elements that stick out of the window to the right, outside of those that scroll by themselves. */
const stickingOut = (tab) =>
  tab.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return null;
    const scrolls = (element) => element && element !== document.body && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    const name = (element) => `${element.localName}${element.id && `#${element.id}`}${[...element.classList].map((name) => `.${name}`).join("")}`;
    const out = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5 && !scrolls(element.parentElement));
    return { clientWidth, scrollWidth, names: out.slice(-3).map((element) => `${name(element.parentElement)} > ${name(element)} “${element.textContent.trim().slice(0, 40)}”`) };
  });

/** A finding if a page scrolls sideways. */
export const tooWide = async (tab, page, as) => {
  const out = await stickingOut(tab);
  return out ? [`${page.address} (${as}): ${out.scrollWidth} px wide in a window of ${out.clientWidth} px: ${out.names.join("; ")}`] : [];
};

/** Fails with all findings, under a sentence that says what is expected. */
export const expectNone = (found, expected) => {
  if (found.length === 0) return;
  const shown = found.slice(0, 40).map((finding) => `- ${finding}`);
  if (found.length > shown.length) shown.push(`… and ${found.length - shown.length} more`);
  throw new assert.AssertionError({ message: `Expected: ${expected}. ${found.length} found otherwise:\n${shown.join("\n")}`, stackStartFn: expectNone });
};
