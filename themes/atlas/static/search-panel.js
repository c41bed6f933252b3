// What the search finds: a few results below the box, or all of them, with filters, on the page of the search.

const PAUSE = 150;
const BELOW_THE_BOX = 8;
const ON_THE_PAGE = 20;
// How much a word counts in a name, compared with a word in a text: the more, the fewer words the name has. Accents don't count, long pages
// lose little, and a word that only begins like the one that was typed comes after it.
const RANKING = {
  metaWeights: { title1: 30, title2: 14, title3: 6, aliases: 8, summary: 5, source: 0.5 },
  diacriticSimilarity: 0,
  pageLength: 0.4,
  termSimilarity: 5,
};
// What French leaves out before an apostrophe, and the mark of the index behind it.
const ELISION = /(?<![\p{L}\p{N}-])((?:[cdjlmnst]|(?:lors|jus|puis|quoi)?qu)['’])(?=[\p{L}\p{N}])/giu;
const MARK = "\u2060";

const lang = document.documentElement.lang;

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

const plain = (text) => text.replaceAll(`${MARK} `, "");

const titleOf = ({ title1, title2, title3, source }) => plain(title1 ?? title2 ?? title3 ?? source);

/** The query as the index knows its words: without elisions, which are words of their own inside a phrase in quotation marks. */
const indexed = (query) => (/^fr\b/i.test(lang) ? query.replace(ELISION, query.startsWith('"') ? "$1 " : "") : query);

/** Words as the index compares them: small letters and digits without accents. */
const folded = (text) =>
  text
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}\s]+/gu, "")
    .toLowerCase();

const textOf = ({ meta, content }) => ` ${folded([...Object.values(meta), content].join(" "))} `;

/**
 * Whether results really contain what was asked for. Where no word begins like the one that was typed, Pagefind takes ever less of it, down to
 * its first letter, for the whole index alike. So each word has to begin in one of the first results at least as it was typed, up to its half.
 */
const areMeant = async (results, query) => {
  const texts = (await Promise.all(results.slice(0, BELOW_THE_BOX).map((result) => result.data()))).map(textOf);
  // Not in scripts without spaces between words.
  const words = folded(query)
    .split(/\s+/)
    .filter((word) => !/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(word));
  return words.every((word) =>
    texts.some((text) => text.includes(word.slice(0, Math.max(4, Math.ceil(word.length / 2))))),
  );
};

/** Rows with a name such as “CAR-T” before those with a word that only has the same stem, such as “carte”. */
const exactFirst = (rows, query) => {
  const names = query
    .split(/\s+/)
    .filter((word) => /[-\d]/.test(word))
    .map(folded);
  const count = (row) => names.filter((name) => textOf(row).includes(` ${name} `)).length;
  return names.length
    ? rows
        .map((row) => [count(row), row])
        .sort(([a], [b]) => b - a)
        .map(([, row]) => row)
    : rows;
};

/** Loads the index, all parts of it. */
const open = async ([first, ...others]) => {
  const { createInstance } = await import(`${first}pagefind.js`);
  const index = createInstance({ ranking: RANKING });
  await index.init();
  for (const other of others) await index.mergeIndex(other, { ranking: RANKING });
  return index;
};

/** The text of an excerpt, its marked words in elements of their own, with dots where it begins or ends inside a sentence. */
const marked = ({ excerpt, plain_excerpt, raw_content }) => {
  const at = raw_content.indexOf(plain_excerpt);
  const isEnd = (text) => /[.!?…][»”")]?$/.test(text.trimEnd());
  const before = at > 0 && !isEnd(raw_content.slice(0, at)) ? "…\u00a0" : "";
  const after = at + plain_excerpt.length < raw_content.length && !isEnd(plain_excerpt) ? "\u00a0…" : "";
  const shown = excerpt.replace(new RegExp(`${MARK}(</mark>)? ?`, "g"), "$1");
  return `${before}${shown}${after}`.split(/<\/?mark>/).map((part, at) => {
    const text = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return at % 2 ? element("mark", {}, text) : text;
  });
};

/** An item of the list of results: name, kind, other names, excerpt. `types` are the elements that describe a type, by its id. */
const resultItem = (data, types, words) => {
  const link = element("a", { className: "entry", href: data.url });
  const item = element("li", {}, link);
  const type = types.get(data.filters.type?.[0]);
  if (type) {
    link.dataset.type = type.dataset.type;
    link.append(element("span", { className: "mark", ariaHidden: "true" }, type.textContent));
    const kind = [type.dataset.name, ...(data.filters.category ?? [])].join(" · ");
    item.append(" ", element("span", { className: "meta" }, kind));
  }
  link.append(element("span", { className: "name" }, titleOf(data.meta)));
  if (data.meta.aliases) {
    const names = plain(data.meta.aliases).replaceAll(" · ", ", ");
    item.append(element("p", { className: "meta" }, `${words.also} ${names}`));
  }
  item.append(element("p", {}, ...marked(data)));
  return item;
};

/** What is searched for: words, the id of a type, and one of its categories; each may be empty. */
const NOTHING = { q: "", type: "", category: "" };

/** The search of a form. On the page of the search its state is in the address; elsewhere it is gone with the page. */
class Panel {
  constructor(form) {
    const template = form.querySelector("template");
    this.form = form;
    this.input = form.elements.q;
    /** The words for readers. */
    this.words = template.dataset;
    this.types = new Map([...template.content.children].map((type) => [type.dataset.type, type]));
    /** The page of the search, if this is it. */
    this.page = form.closest("[data-search]");
    /** The list of types, which is shown where there are no results. */
    this.legend = this.page?.querySelector(".legend");
    this.hasPageElsewhere = !this.page && form.dataset.page !== undefined;
    this.state = { ...NOTHING, q: this.input.value };
    /** Counts searches, so that one that was overtaken shows nothing. */
    this.turn = 0;
    this.addElements();
  }

  addElements() {
    this.status = element("p", { className: "status", role: "status" });
    this.filters = element("div", { className: "filters" });
    this.list = element("ol");
    this.foot = element("p", { className: "show-more" });
    const parts = [this.status, this.filters, this.list, this.foot];
    this.results = element("div", { className: "search-results", hidden: true }, ...parts);
    if (this.page) this.form.after(this.results);
    else this.form.append(this.results);
  }

  // ---- Searching ----

  async loadIndex() {
    const index = await open(this.form.dataset.parts.split(" "));
    // Counts are known for filters that are loaded.
    if (this.page) await index.filters();
    return index;
  }

  async search(query, filters = {}) {
    this.index ??= this.loadIndex();
    // After a failure the next search tries again.
    this.index.catch(() => (this.index = undefined));
    return (await this.index).search(indexed(query), { filters });
  }

  /** Searches with and without the filters of the state; the counts of a filter come from the search without it. */
  async searchAll() {
    const { q, type, category } = this.state;
    let query = q;
    let all = await this.search(query);
    if (!(await areMeant(all.results, indexed(q)))) {
      // The stem of a word may be so short that many others begin like it: in quotation marks it stands for itself.
      query = `"${q}"`;
      all = await this.search(query);
    }
    const ofType = type ? await this.search(query, { type }) : all;
    const { results } = category ? await this.search(query, { ...(type && { type }), category }) : ofType;
    return { results, types: ofType.totalFilters.type, categories: ofType.filters.category };
  }

  /** Searches for the state and shows what is found. */
  async update() {
    this.turn += 1;
    const { turn } = this;
    const { q } = this.state;
    if (this.legend) this.legend.hidden = q !== "";
    if (!q) {
      this.results.hidden = true;
      return;
    }
    try {
      const found = await this.searchAll();
      if (turn !== this.turn) return;
      if (this.page) this.showFilters(found);
      await this.showResults(found.results, 0, turn);
      if (turn !== this.turn) return;
      this.showCount(found.results.length);
    } catch (error) {
      if (turn !== this.turn) return;
      console.error(error);
      this.showFailure();
    }
    this.results.hidden = false;
  }

  // ---- Showing ----

  /** The query of an address for the state with these changes. */
  address(changes = {}) {
    const parameters = Object.entries({ ...this.state, ...changes }).filter(([, value]) => value);
    return `?${new URLSearchParams(parameters)}`;
  }

  showFilters({ types, categories }) {
    const { words } = this;
    const typeName = (id) => this.types.get(id)?.dataset.plural ?? id;
    this.filters.replaceChildren();
    this.addFilter("type", words.types, types, typeName, { category: "" });
    if (this.state.type) this.addFilter("category", words.categories, categories, (text) => text);
  }

  /** The options of a filter as links, each with the number of results that it leaves. A link makes `otherChanges` to the state too. */
  addFilter(key, label, counts, nameOf, otherChanges = {}) {
    const options = Object.entries(counts ?? {}).filter(([, count]) => count > 0);
    if (options.length === 0) return;
    options.sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
    const item = (value, text, count) => {
      const link = element("a", { href: this.address({ ...otherChanges, [key]: value }) }, text);
      if (this.state[key] === value) link.ariaCurrent = "true";
      if (count !== undefined) link.append(" ", element("span", { className: "count" }, `${count}`));
      return element("li", {}, link);
    };
    const items = [item("", this.words.any), ...options.map(([value, count]) => item(value, nameOf(value), count))];
    this.filters.append(element("nav", { ariaLabel: label }, element("ul", {}, ...items)));
  }

  /** Shows some of the results, from this one on. */
  async showResults(results, from, turn) {
    const end = from + (this.page ? ON_THE_PAGE : BELOW_THE_BOX);
    const rows = await Promise.all(results.slice(from, end).map((result) => result.data()));
    if (turn !== this.turn) return;
    if (from === 0) this.list.replaceChildren();
    this.list.append(...exactFirst(rows, this.state.q).map((row) => resultItem(row, this.types, this.words)));
    this.foot.replaceChildren();
    if (results.length <= end) return;
    if (this.page) this.foot.append(this.moreButton(results, end));
    else if (this.hasPageElsewhere)
      this.foot.append(element("a", { href: this.form.action + this.address() }, this.words.all));
  }

  moreButton(results, from) {
    const onclick = async () => {
      const last = this.list.lastElementChild;
      await this.showResults(results, from, this.turn);
      last.nextElementSibling?.querySelector("a").focus();
    };
    return element("button", { type: "button", className: "show-more", onclick }, this.words.more);
  }

  showCount(count) {
    if (this.legend) this.legend.hidden = count > 0;
    const plural = new Intl.PluralRules(this.words.lang ?? lang);
    const text = count ? (this.words[plural.select(count)] ?? this.words.other) : this.words.none;
    this.status.textContent = text.replace("{count}", count.toLocaleString(lang));
  }

  showFailure() {
    for (const part of [this.list, this.filters, this.foot]) part.replaceChildren();
    this.status.textContent = this.words.failed;
  }

  // ---- The address, on the page of the search ----

  /** The language switch leads to the same search. */
  updateLanguageLinks() {
    for (const link of document.querySelectorAll(".languages a")) link.search = this.address({ category: "" });
  }

  readAddress() {
    const query = new URLSearchParams(location.search);
    const [q, type, category] = ["q", "type", "category"].map((name) => query.get(name) ?? "");
    this.state = { q: q.trim(), type, category };
    this.input.value = this.state.q;
    this.updateLanguageLinks();
    return this.update();
  }

  writeAddress() {
    history.replaceState(null, "", this.state.q ? this.address() : location.pathname);
    this.updateLanguageLinks();
  }

  // ---- Events ----

  /** Searches for what was typed, unless it is what is shown. */
  readInput() {
    const q = this.input.value.trim();
    if (q === this.state.q && !this.results.hidden) return;
    this.state = { ...this.state, q };
    if (this.page) this.writeAddress();
    this.update();
  }

  /** The arrow keys go through the box and the results. */
  moveFocus(event) {
    const stops = [this.input, ...this.list.querySelectorAll("a"), ...this.foot.children];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || this.results.hidden || !next) return;
    event.preventDefault();
    next.focus();
    if (next === this.input) this.input.select();
  }

  /** Escape closes the results below the box, then empties the box. */
  close(event) {
    event.preventDefault();
    if (this.results.hidden) this.input.value = this.state.q = "";
    if (document.activeElement === this.input) this.input.blur();
    else this.input.focus();
    this.results.hidden = true;
  }

  onKey(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.moveFocus(event);
    if (event.key === "Escape" && !this.page) this.close(event);
  }

  /** Sending the form leads to the page of the search or, where there is none or this is it, to the first result. */
  onSubmit(event) {
    if (this.hasPageElsewhere) return;
    event.preventDefault();
    this.list.querySelector("a")?.focus();
  }

  /** A filter changes the address and the results without loading the page again. */
  async onFilter(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    await this.readAddress();
    this.filters.querySelector(`a[href="${CSS.escape(link.getAttribute("href"))}"]`)?.focus();
  }

  listen() {
    let timer;
    this.input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.readInput(), PAUSE);
    });
    this.form.addEventListener("keydown", (event) => this.onKey(event));
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    if (this.page) this.listenOnPage();
    else this.listenBelowBox();
  }

  listenOnPage() {
    this.results.addEventListener("keydown", (event) => this.onKey(event));
    this.filters.addEventListener("click", (event) => this.onFilter(event));
    addEventListener("popstate", () => this.readAddress());
  }

  /** Results below a box close when the reader turns to something else. */
  listenBelowBox() {
    const { form, results } = this;
    form.addEventListener("focusout", (event) => {
      results.hidden ||= event.relatedTarget !== null && !form.contains(event.relatedTarget);
    });
    document.addEventListener("pointerdown", (event) => (results.hidden ||= !form.contains(event.target)));
    this.input.addEventListener("focus", () => (results.hidden = !this.state.q));
  }

  /** Searches for what is in the address, or for what was typed before this script was there. */
  async begin() {
    if (this.page) {
      await this.readAddress();
    } else if (this.input.value) {
      this.state.q = this.input.value.trim();
      await this.update();
    }
  }
}

/** Makes a form search while somebody types. */
export const start = async (form) => {
  const panel = new Panel(form);
  panel.listen();
  await panel.begin();
};
