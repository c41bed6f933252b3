// The sites of examples/: they are free of warnings, and their pages fit every window.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

import { complaintsOf, expectNone, inTabs, launch, PROGRAM, ROOT, tooWide } from "./browser.mjs";
import { oneOfEveryKind, pages, publish } from "./portal.mjs";

const run = promisify(execFile);
const EXAMPLES = path.join(ROOT, "examples");
const WIDTHS = [320, 390, 768, 1280, 1920];

let browser;
let temporary;

before(async () => {
  browser = await launch();
  temporary = await mkdtemp(path.join(tmpdir(), "filiere-examples-"));
});

after(async () => {
  await browser?.close();
  if (temporary) await rm(temporary, { recursive: true, force: true });
});

/** The folder of an example, after its script has written it if it has one. */
const folderOf = async (name) => {
  if (name === "railways") return path.join(EXAMPLES, name);
  const folder = path.join(temporary, name);
  await run("node", [path.join(EXAMPLES, name, "make.mjs"), folder]);
  return folder;
};

for (const name of ["railways", "landscape"]) {
  describe(`the example ${name}`, () => {
    let folder;
    let site;

    before(async () => {
      folder = await folderOf(name);
      site = await publish("", folder);
    });

    after(() => site?.close());

    test("has no errors and no warnings", async () => {
      await run(PROGRAM, ["check", "--strict", "--root", folder]);
    });

    test("has pages that fit the window, and no error in the console", async (t) => {
      const context = await browser.newContext();
      t.after(() => context.close());
      const complaints = complaintsOf(context, site.origin);
      const kinds = oneOfEveryKind(await pages(site));
      const found = await inTabs(context, kinds, async (tab, page) => {
        await tab.goto(site.address + page.address);
        const out = [];
        for (const width of WIDTHS) {
          await tab.setViewportSize({ width, height: 800 });
          out.push(...(await tooWide(tab, page, `${width} px`)));
        }
        return out;
      });
      expectNone([...complaints, ...found], `no page of ${kinds.length} is wider than its window`);
    });

    test("shows what it is about", async (t) => {
      const tab = await browser.newPage();
      t.after(() => tab.close());
      if (name === "railways") {
        await tab.goto(`${site.address}/linien/n1/`);
        const stops = await tab.locator(".strip li a").allTextContents();
        assert.deepEqual(stops, ["Hallhaven", "Moortor", "Skeld", "Ostkap"]);
        // Operators have no pages: the preview shows what their line on the index says.
        const operator = tab.locator(".prose").getByRole("link", { name: "Nordbahn" });
        await operator.hover();
        const preview = tab.locator(".preview");
        await preview.waitFor();
        assert.deepEqual((await preview.innerText()).split("\n").filter(Boolean).slice(0, 4), ["Betreiber", "Norderhaller Nordbahn", "Gründung", "1872"]);
        assert.equal(await preview.getByRole("link").getAttribute("href"), await operator.evaluate((link) => link.href));
      } else {
        await tab.goto(`${site.address}/milestones/`);
        assert.ok((await tab.locator(".timeline li").count()) > 100);
        await tab.goto(`${site.address}/maturity/`);
        assert.equal(
          await tab
            .locator(".matrix thead th")
            .filter({ hasText: /Sandbox|Incubating|Graduated/ })
            .count(),
          3,
        );
      }
    });
  });
}
