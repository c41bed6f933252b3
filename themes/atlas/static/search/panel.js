// What the search finds: a few results below the box, or all, with filters, on the page of the search. names.js comes first.

const BELOW_THE_BOX = 8;
const ON_THE_PAGE = 20;
// How much a word counts in a name, compared with a text. Accents don't count.
const RANKING = {
  metaWeights: {
    title1: 30,
    title2: 14,
    title3: 6,
    aliases: 8,
    foreign: 8,
    keywords: 6,
    summary: 5,
    source: 0.5,
    image: 0,
  },
  diacriticSimilarity: 0,
  pageLength: 0.4,
  termSimilarity: 5,
};

const lang = document.documentElement.lang;

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

/** A text without the marks behind French elisions. */
const plain = (text) => text.replaceAll("\u2060 ", "");

const titleOf = ({ title1, title2, title3, source }) => plain(title1 ?? title2 ?? title3 ?? source);

/** The query as the index knows its words; in a phrase, elisions are words of their own. */
const indexed = (query) => (isFrench(lang) ? query.replace(ELISION, query.startsWith('"') ? "$1 " : "") : query);

const textOf = ({ meta, content }) => ` ${fold([...Object.values(meta), content].join(" "))} `;

/** The words of a query, but not in scripts without spaces between words. */
const wordsOf = (query) =>
  fold(indexed(query))
    .split(" ")
    .filter((word) => word && !/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(word));

/** Rows with “CAR-T” before those with a word of the same stem, “carte”. */
const exactFirst = (rows, query) => {
  const names = query
    .split(/\s+/)
    .filter((word) => /[-\d]/.test(word))
    .map(fold);
  const misses = (row) => names.filter((name) => !textOf(row).includes(` ${name} `)).length;
  return rows.sort((a, b) => misses(a) - misses(b));
};

const json = async (file) => (await fetch(file)).json();

/** A page found by name, in the form of Pagefind. */
const rowOf = async ({ url, type, title, aliases, file }) => {
  const [summary = "", category, image] = (await json(file))[url] ?? [];
  return {
    url,
    meta: { title1: title, aliases: aliases.join(" · "), summary, image },
    filters: { type: [type], category },
  };
};

const open = async ([first, ...others]) => {
  const { createInstance } = await import(`${first}pagefind.js`);
  const index = createInstance({ ranking: RANKING });
  await index.init();
  for (const other of others) await index.mergeIndex(other, { ranking: RANKING });
  return index;
};

/** An excerpt, with dots where it begins or ends inside a sentence. */
const marked = ({ excerpt, plain_excerpt, raw_content }) => {
  const at = raw_content.indexOf(plain_excerpt);
  const isEnd = (text) => /[.!?…][»”")]?$/.test(text.trimEnd());
  const before = at > 0 && !isEnd(raw_content.slice(0, at)) ? "…\u00a0" : "";
  const after = at + plain_excerpt.length < raw_content.length && !isEnd(plain_excerpt) ? "\u00a0…" : "";
  const shown = excerpt.replace(/\u2060(<\/mark>)? ?/g, "$1");
  return `${before}${shown}${after}`.split(/<\/?mark>/).map((part, at) => {
    const text = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return at % 2 ? element("mark", {}, text) : text;
  });
};

/** The summary, if it or the names have all words, else the place in the text with them. */
const excerptOf = (data, query) => {
  const { summary } = data.meta;
  const names = textOf({ ...data, content: "" });
  const isSummary = !data.excerpt || (summary && wordsOf(query).every((word) => names.includes(` ${word}`)));
  return isSummary ? [plain(summary)] : marked(data);
};

/** A result. `types` are the elements that describe a type, by its id. */
const resultItem = (data, types, words, query) => {
  const link = element("a", { className: "entry", href: data.url });
  const item = element("li", {}, link);
  const type = types.get(data.filters.type?.[0]);
  if (type) {
    link.dataset.type = type.dataset.type;
    link.append(element("span", { className: "mark", ariaHidden: "true" }, type.textContent));
    const kind = [type.dataset.name, ...(data.filters.category ?? [])].join(" · ");
    item.append(" ", element("span", { className: "meta" }, kind));
  }
  link.append(element("bdi", { lang: data.filters.title_lang?.[0] ?? lang }, titleOf(data.meta)));
  if (data.meta.image) item.prepend(element("img", { src: data.meta.image, alt: "", className: "thumbnail" }));
  if (data.meta.aliases) {
    const names = plain(data.meta.aliases).replaceAll(" · ", ", ");
    item.append(element("p", { className: "meta" }, `${words.also} ${names}`));
  }
  item.append(element("p", {}, ...excerptOf(data, query)));
  return item;
};

/** The search of a form. On the page of the search its state is in the address. */
class Panel {
  constructor(form) {
    const template = form.querySelector("template");
    this.form = form;
    this.input = form.elements.q;
    this.words = template.dataset;
    this.types = new Map([...template.content.children].map((type) => [type.dataset.type, type]));
    this.page = form.closest("[data-search]");
    this.legend = this.page?.querySelector(".legend");
    this.hasPageElsewhere = !this.page && form.dataset.page !== undefined;
    this.state = { q: this.input.value, type: "", category: "" };
    this.turn = 0;
    this.addElements();
  }

  addElements() {
    this.status = element("p", { className: "status", role: "status" });
    this.filters = element("div", { className: "filters" });
    this.list = element("ol");
    this.foot = element("p", { className: "show-more" });
    const href = new URL("css/search-results.css", import.meta.url);
    const parts = [element("link", { rel: "stylesheet", href }), this.status, this.filters, this.list, this.foot];
    this.results = element("div", { className: "search-results", hidden: true }, ...parts);
    if (this.page) this.form.after(this.results);
    else this.form.append(this.results);
  }

  async loadIndex() {
    const parts = this.form.dataset.parts.split(" ");
    const files = parts.map(async (folder) => ({ folder, ...(await json(`${folder}names.json`)) }));
    const index = await open(parts);
    this.names = new Names(await Promise.all(files), lang);
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

  /** Searches with and without filters: the counts of a filter come from the latter. */
  async searchAll() {
    const { q, type, category } = this.state;
    let all = await this.search(q);
    const query = this.names.find(q).length ? q : await this.mend(q, all.results);
    if (query !== q) all = await this.search(query);
    const ofType = type ? await this.search(query, { type }) : all;
    const { results } = category ? await this.search(query, { ...(type && { type }), category }) : ofType;
    const pages = this.names.find(query).filter((page) => !category && (!type || page.type === type));
    const named = await Promise.all(pages.map(rowOf));
    return { query, named, results, types: ofType.totalFilters.type, categories: ofType.filters.category };
  }

  /** The query without slips. Pagefind takes ever less of a word that nothing begins like; then the query is put in quotation marks. */
  async mend(query, results) {
    const texts = (await Promise.all(results.slice(0, BELOW_THE_BOX).map((result) => result.data()))).map(textOf);
    const isSaid = (word) => texts.some((text) => text.includes(word));
    const mend = async (part) => {
      const word = this.names.fold(part);
      const isKept = isSaid(` ${word}`) || (await this.search(`"${word}"`)).results.length;
      return isKept ? part : (this.names.mend(word) ?? part);
    };
    const mended = (await Promise.all(query.split(/\s+/).map(mend))).join(" ");
    const areMeant = wordsOf(query).every((word) => isSaid(word.slice(0, Math.max(4, Math.ceil(word.length / 2)))));
    return mended !== query && !query.includes('"') ? mended : areMeant ? query : `"${query}"`;
  }

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
      await this.showResults(found, 0, turn);
      if (turn !== this.turn) return;
      this.showCount(found);
    } catch (error) {
      if (turn !== this.turn) return;
      console.error(error);
      this.showFailure();
    }
    this.results.hidden = false;
  }

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

  /** The options of a filter as links, which make `otherChanges` too. */
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

  /** Shows some results, from this one on, after those that are found by name. */
  async showResults(found, from, turn) {
    const { query, named, results } = found;
    const end = (from || named.length) + (this.page ? ON_THE_PAGE : BELOW_THE_BOX);
    const rows = await Promise.all(results.slice(from, end).map((result) => result.data()));
    if (turn !== this.turn) return;
    const others = rows.filter((row) => !named.some(({ url }) => url === row.raw_url));
    const items = [...(from ? [] : named), ...exactFirst(others, query)];
    if (from === 0) this.list.replaceChildren();
    this.list.append(...items.map((row) => resultItem(row, this.types, this.words, query)));
    this.foot.replaceChildren();
    if (results.length <= end) return;
    if (this.page) this.foot.append(this.moreButton(found, end));
    else if (this.hasPageElsewhere)
      this.foot.append(element("a", { href: this.form.action + this.address() }, this.words.all));
  }

  moreButton(found, from) {
    const onclick = async () => {
      const last = this.list.lastElementChild;
      await this.showResults(found, from, this.turn);
      last.nextElementSibling?.querySelector("a").focus();
    };
    return element("button", { type: "button", onclick }, this.words.more);
  }

  showCount({ query, named, results }) {
    const count = Math.max(named.length, results.length);
    if (this.legend) this.legend.hidden = count > 0;
    const plural = new Intl.PluralRules(this.words.lang ?? lang);
    const text = count ? (this.words[plural.select(count)] ?? this.words.other) : this.words.none;
    const isMended = count && !query.includes(this.state.q);
    const instead = isMended ? ` ${this.words.instead.replace("{words}", query)}` : "";
    this.status.textContent = text.replace("{count}", count.toLocaleString(lang)) + instead;
  }

  showFailure() {
    for (const part of [this.list, this.filters, this.foot]) part.replaceChildren();
    this.status.textContent = this.words.failed;
  }

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

  readInput() {
    const q = this.input.value.trim();
    if (q === this.state.q && !this.results.hidden) return;
    this.state = { ...this.state, q };
    if (this.page) this.writeAddress();
    this.update();
  }

  moveFocus(event) {
    const stops = [this.input, ...this.list.querySelectorAll("a"), ...this.foot.children];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || this.results.hidden || !next) return;
    event.preventDefault();
    next.focus();
    if (next === this.input) this.input.select();
  }

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
      timer = setTimeout(() => this.readInput(), 150);
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

  listenBelowBox() {
    const { form, results } = this;
    form.addEventListener("focusout", (event) => {
      results.hidden ||= event.relatedTarget !== null && !form.contains(event.relatedTarget);
    });
    document.addEventListener("pointerdown", (event) => (results.hidden ||= !form.contains(event.target)));
    this.input.addEventListener("focus", () => (results.hidden = !this.state.q));
  }

  async begin() {
    if (this.page) {
      await this.readAddress();
    } else if (this.input.value) {
      this.state.q = this.input.value.trim();
      await this.update();
    }
  }
}

export const start = async (form) => {
  const panel = new Panel(form);
  panel.listen();
  await panel.begin();
};
