// The portal as it is published: built once into a temporary folder, and served as any web server would serve it.

import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { PROGRAM, ROOT } from "./browser.mjs";

const CONTENT_TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".xml": "application/xml",
};

/**
 * Builds the portal, or the site in another folder, and serves it below a path: "" is the root of the host, "/portal" a folder.
 * The base URL is that of this server, so that the whole addresses of pages (canonical, alternate) lead here too.
 */
export const publish = async (basePath = "", root = ROOT) => {
  const folder = await mkdtemp(path.join(tmpdir(), "filiere-portal-"));
  const site = path.join(folder, "site");
  const server = await serveFolder(site, basePath);
  const origin = server.address;
  const close = () => Promise.all([server.close(), rm(folder, { recursive: true, force: true })]);
  try {
    await build(root, site, origin + basePath);
  } catch (error) {
    await close();
    throw error;
  }
  return { folder: site, origin, basePath, address: origin + basePath, close };
};

/** Serves a folder below a path, as any web server would: its address, and a way to end it. */
export const serveFolder = async (folder, basePath = "") => {
  const server = createServer((request, response) => answer(folder, basePath, request, response));
  // A connection stays open until the end, so that no client is cut off between two requests.
  server.keepAliveTimeout = 0;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return { address: `http://127.0.0.1:${server.address().port}`, close };
};

const build = async (root, output, baseUrl) => {
  try {
    await promisify(execFile)(PROGRAM, ["build", "--root", root, "--output", output, "--base-url", baseUrl], { env: { ...process.env, NO_COLOR: "1" } });
  } catch (error) {
    throw new Error(`the site could not be built:\n${error.stdout ?? ""}${error.stderr ?? error.message}`);
  }
};

const answer = async (folder, basePath, request, response) => {
  const { pathname } = new URL(request.url, "http://127.0.0.1");
  const found = pathname.startsWith(`${basePath}/`) ? await find(folder, decodeURIComponent(pathname.slice(basePath.length))) : null;
  if (found?.moved) return response.writeHead(301, { location: `${pathname}/` }).end();
  if (found) return response.writeHead(200, { "content-type": CONTENT_TYPES[path.extname(found.name)] ?? "application/octet-stream" }).end(found.bytes);
  const page = await readFile(path.join(folder, "404.html")).catch(() => "not found");
  response.writeHead(404, { "content-type": CONTENT_TYPES[".html"] }).end(page);
};

/** The file for an address; a folder without its slash has moved to the address with it. */
const find = async (site, address) => {
  const name = path.join(site, path.normalize(address), address.endsWith("/") ? "index.html" : "");
  try {
    return { name, bytes: await readFile(name) };
  } catch (error) {
    return error.code === "EISDIR" ? { moved: true } : null;
  }
};

const allFiles = async (portal) => {
  const files = (await readdir(portal.folder, { recursive: true })).filter((name) => name.endsWith(".html")).sort();
  return Promise.all(files.map((file) => page(portal, file)));
};

/** All pages: file, address, language, kind, and type where there is one, sorted by address. */
export const pages = async (portal) => (await allFiles(portal)).filter((page) => !page.to);

/** The former addresses of pages, where a file leads on to the address `to`. */
export const redirects = async (portal) => (await allFiles(portal)).filter((page) => page.to);

const page = async (portal, file) => {
  const html = await readFile(path.join(portal.folder, file), "utf8");
  const [, lang] = html.match(/<html[^>]* lang="([^"]*)"/) ?? [];
  const body = html.match(/<body[^>]*>/)?.[0] ?? "";
  const attribute = (name) => body.match(new RegExp(` ${name}="([^"]*)"`))?.[1];
  return {
    file,
    address: `/${file.replace(/(^|\/)index\.html$/, "$1")}`,
    lang,
    kind: attribute("data-kind"),
    type: attribute("data-type"),
    title: html.match(/<h1[^>]*>([^<]*)/)?.[1],
    to: html.match(/<meta http-equiv="refresh" content="0; url=([^"]*)"/)?.[1],
    html,
    bytes: Buffer.byteLength(html),
  };
};

/** The entities and relations of the portal, as it publishes them. */
export const data = async (portal) => JSON.parse(await readFile(path.join(portal.folder, "data/ecosystem.json"), "utf8"));

/**
 * One page of every kind in every language: home, the index of each type, the second page of the longest index, the largest page of an entity of each type,
 * every free page, and the page for wrong addresses. Views are among the free pages.
 */
export const oneOfEveryKind = (all) => {
  const chosen = new Map();
  for (const page of all) {
    const number = page.address.match(/\/page\/(\d+)\/$/)?.[1];
    if (number > 2) continue;
    const which = page.kind === "page" ? page.address : number ? "second page" : page.type;
    const key = `${page.lang} ${page.kind} ${which}`;
    if (!chosen.has(key) || chosen.get(key).bytes < page.bytes) chosen.set(key, page);
  }
  return [...chosen.values()].sort((a, b) => a.address.localeCompare(b.address));
};
