// Chromium, driven by playwright-core, and the program, started and stopped.

import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

/** The checkout. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** The program; `FILIERE` names another one. */
export const PROGRAM = process.env.FILIERE ?? path.join(ROOT, "target/release/filiere");

/** The browser of the system; it asks nobody else for anything. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

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
