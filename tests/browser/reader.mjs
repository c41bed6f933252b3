// A reader of the portal, who knows it only by the words on its pages, and has a mouse, a finger or a keyboard.

import assert from "node:assert/strict";

/** How long a page may take to show what a reader expects, in milliseconds. */
const PATIENCE = 5000;
/** How many times somebody may have to press Tab to get somewhere. */
const STOPS = 600;

/** Asks again and again until the answer is the expected one; what is still wrong after a while is told. */
export const eventually = async (read, expected, what) => {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const actual = await read();
    try {
      assert.deepEqual(actual, expected, what);
      return;
    } catch (error) {
      if (Date.now() > end) throw new Error(`${what}\n expected: ${JSON.stringify(expected)}\n     seen: ${JSON.stringify(actual)}`);
    }
    await new Promise(setImmediate);
  }
};

export class Reader {
  /** `hand` is "mouse", "finger" or "keyboard". */
  constructor(tab, hand) {
    this.tab = tab;
    this.hand = hand;
    /** What a reader has done so far: each link, button or box that was used, and each field that was filled in. */
    this.steps = [];
    tab.setDefaultTimeout(PATIENCE);
  }

  /** What stands below a heading, such as the links of a relation: the smallest element that has more than the heading alone. */
  under(heading) {
    return this.tab.getByRole("main").getByRole("heading", { name: heading }).first().locator("xpath=ancestor::*[.//li or .//dd or .//p][1]");
  }

  menu(name) {
    return this.tab.getByRole("navigation", { name }).first();
  }

  /** The names of the links in the lists of a part of the page, folded ones too, as far as a reader sees them. */
  async names(part) {
    if ((await part.count()) === 0) return [];
    for (const folded of await part.locator("details:not([open]) > summary:visible").all()) await this.use(folded);
    return part.locator("li").evaluateAll((items) => items.map((item) => item.querySelector("a")?.querySelector(".name, bdi") ?? item.querySelector("a")).filter((link) => link?.checkVisibility()).map((link) => link.innerText.trim()));
  }

  /** Follows the first link with these words in a part of the page, and expects the page with this heading. */
  async follow(name, { within = this.tab.getByRole("main"), heading = name } = {}) {
    await this.use(within.getByRole("link", { name, exact: typeof name === "string" }).first());
    await this.arrive(heading);
  }

  async arrive(heading) {
    const found = this.tab.getByRole("heading", { level: 1, name: heading, exact: typeof heading === "string" });
    await found.waitFor().catch(async () => {
      throw new Error(`expected a page with the heading ${heading}, and see ${this.tab.url()} with “${await this.tab.locator("h1").first().innerText()}”`);
    });
    // The heading is there before the rest of a long page.
    await this.tab.waitForLoadState("domcontentloaded");
  }

  async there(control) {
    await control.waitFor({ state: "attached" }).catch(() => {
      throw new Error(`${this.tab.url()} has no ${control}`);
    });
  }

  /** Clicks, taps, or goes there with Tab and presses the key for it. */
  async use(control) {
    await this.there(control);
    await this.unfold(control);
    this.steps.push(String(control));
    if (this.hand === "mouse") return control.click();
    if (this.hand === "finger") return control.tap();
    await this.reach(control);
    const box = await control.evaluate((element) => element.matches("input[type=checkbox], input[type=radio]"));
    return this.tab.keyboard.press(box ? "Space" : "Enter");
  }

  /** Opens what is folded around a control. */
  async unfold(control) {
    const isSummary = await control.evaluate((element) => element.localName === "summary");
    const folded = control.locator(`xpath=${isSummary ? "parent::details/" : ""}ancestor::details[not(@open)]/summary`);
    while (!(await control.isVisible()) && (await folded.count())) await this.use(folded.first());
  }

  /** Presses Tab until a control has the focus. */
  async reach(control) {
    const target = await control.elementHandle();
    for (let stop = 0; stop < STOPS; stop += 1) {
      if (await target.evaluate((element) => document.activeElement === element)) return;
      await this.tab.keyboard.press("Tab");
    }
    throw new Error(`${this.tab.url()}: ${STOPS} times Tab do not lead to ${control}`);
  }

  /** A facet by its name: the innermost part that folds or is framed, and bears it. */
  facet(name) {
    return this.tab.locator("details, fieldset").filter({ has: this.tab.locator("summary, legend").filter({ hasText: new RegExp(`^\\s*${name}`) }) }).last();
  }

  /** Ticks an option of a facet, by the words of both. */
  async choose(facet, option) {
    const group = this.facet(facet);
    const box = group.getByRole("checkbox", { name: option });
    const summary = group.locator("summary");
    if ((await summary.count()) && (await group.getAttribute("open")) === null) await this.use(summary);
    await this.use(box.first());
    assert.ok(await box.first().isChecked(), `“${option}” of “${facet}” is ticked`);
  }

  /** Writes into a field that has these words as its label; `key` leads to it from the keyboard. */
  async write(label, text, key) {
    const field = this.tab.getByLabel(label).first();
    await this.there(field);
    if (this.hand === "keyboard") this.steps.push(`${label}: ${text}`);
    if (this.hand === "keyboard" && key) await this.tab.keyboard.press(key);
    else if (this.hand === "keyboard") await this.reach(field);
    else await this.use(field);
    assert.ok(await field.evaluate((element) => document.activeElement === element), `the field “${label}” has the focus`);
    await this.tab.keyboard.press("Control+A");
    await this.tab.keyboard.type(text);
  }

  /** All that the page says, without the difference between kinds of spaces. */
  async text(part = this.tab.getByRole("main")) {
    return (await part.innerText()).replace(/\s+/g, " ");
  }
}
