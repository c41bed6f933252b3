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
const plural = new Intl.PluralRules(lang);

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
const folded = (text) => text.normalize("NFD").replace(/[^\p{L}\p{N}\s]+/gu, "").toLowerCase();

const textOf = ({ meta, content }) => ` ${folded([...Object.values(meta), content].join(" "))} `;

/**
 * Whether results really contain what was asked for. Where no word begins like the one that was typed, Pagefind takes ever less of it, down to
 * its first letter, for the whole index alike. So each word has to begin in one of the first results at least as it was typed, up to its half.
 */
const areMeant = async (results, query) => {
  const texts = (await Promise.all(results.slice(0, BELOW_THE_BOX).map((result) => result.data()))).map(textOf);
  // Not in scripts without spaces between words.
  const words = folded(query).split(/\s+/).filter((word) => !/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(word));
  return words.every((word) => texts.some((text) => text.includes(word.slice(0, Math.max(4, Math.ceil(word.length / 2))))));
};

/** Rows with a name such as “CAR-T” before those with a word that only has the same stem, such as “carte”. */
const exactFirst = (rows, query) => {
  const names = query.split(/\s+/).filter((word) => /[-\d]/.test(word)).map(folded);
  const count = (row) => names.filter((name) => textOf(row).includes(` ${name} `)).length;
  return names.length ? rows.map((row) => [count(row), row]).sort(([a], [b]) => b - a).map(([, row]) => row) : rows;
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

export const start = async (form) => {
  const input = form.elements.q;
  const template = form.querySelector("template");
  const words = template.dataset;
  const types = new Map([...template.content.children].map((type) => [type.dataset.type, type]));
  const page = form.closest("[data-search]");
  const status = element("p", { className: "status", role: "status" });
  const filters = element("div", { className: "filters" });
  const list = element("ol");
  const foot = element("p", { className: "further" });
  const found = element("div", { className: "found", hidden: true }, status, filters, list, foot);
  form.after(found);
  if (!page) form.append(found);

  let index;
  let turn = 0;
  let state = { q: input.value, type: "", category: "" };

  const search = async (query, filters) => {
    index ??= open(form.dataset.parts.split(" ")).then(async (opened) => {
      // Counts are known for filters that are loaded.
      if (page) await opened.filters();
      return opened;
    });
    index.catch(() => (index = undefined));
    return (await index).search(indexed(query), { filters });
  };

  const row = (data) => {
    const type = types.get(data.filters.type?.[0]);
    const name = element("span", { className: "name" }, titleOf(data.meta));
    const link = element("a", { className: "entry", href: data.url }, name);
    const item = element("li", {}, link);
    if (type) {
      link.dataset.type = type.dataset.type;
      link.prepend(element("span", { className: "mark", ariaHidden: "true" }, type.textContent));
      const kind = [type.dataset.name, ...(data.filters.category ?? [])].join(" · ");
      item.append(" ", element("span", { className: "said" }, kind));
    }
    if (data.meta.aliases) item.append(element("p", { className: "said" }, `${words.also} ${plain(data.meta.aliases).replaceAll(" · ", ", ")}`));
    item.append(element("p", {}, ...marked(data)));
    return item;
  };

  const address = (changes) => {
    const wanted = Object.entries({ ...state, ...changes }).filter(([, value]) => value);
    return `?${new URLSearchParams(wanted)}`;
  };

  /** The options of a filter as links, each with the number of results that it leaves. */
  const options = (label, key, counts, named, others = {}) => {
    const known = Object.entries(counts ?? {}).filter(([, count]) => count > 0);
    if (!known.length) return;
    known.sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
    const option = (value, text, count) => {
      const link = element("a", { href: address({ ...others, [key]: value }) }, text);
      if (state[key] === value) link.ariaCurrent = "true";
      if (count !== undefined) link.append(" ", element("span", { className: "count" }, `${count}`));
      return element("li", {}, link);
    };
    const all = [option("", words.any), ...known.map(([value, count]) => option(value, named(value), count))];
    filters.append(element("nav", { ariaLabel: label }, element("ul", {}, ...all)));
  };

  const show = async (results, from, now) => {
    const size = page ? ON_THE_PAGE : BELOW_THE_BOX;
    const rows = await Promise.all(results.slice(from, from + size).map((result) => result.data()));
    if (now !== turn) return;
    const before = list.children.length;
    if (from === 0) list.replaceChildren();
    list.append(...exactFirst(rows, state.q).map(row));
    foot.replaceChildren();
    if (results.length <= from + size) return;
    if (page) {
      const more = element("button", { type: "button", className: "further" }, words.more);
      more.onclick = async () => {
        await show(results, from + size, turn);
        list.children[before + rows.length]?.querySelector("a").focus();
      };
      foot.append(more);
    } else if (form.dataset.page !== undefined) {
      foot.append(element("a", { href: form.action + address({}) }, words.all));
    }
  };

  const update = async () => {
    const now = ++turn;
    const { q, type, category } = state;
    const legend = page?.querySelector(".legend");
    if (legend) legend.hidden = q !== "";
    if (!q) {
      found.hidden = true;
      return;
    }
    try {
      let query = q;
      let all = await search(query, {});
      if (!(await areMeant(all.results, indexed(q)))) {
        // The stem of a word may be so short that many others begin like it: in quotation marks it stands for itself.
        query = `"${q}"`;
        all = await search(query, {});
      }
      const ofType = type ? await search(query, { type }) : all;
      const { results } = category ? await search(query, { ...(type && { type }), category }) : ofType;
      if (now !== turn) return;
      if (page) {
        filters.replaceChildren();
        options(words.types, "type", ofType.totalFilters.type, (id) => types.get(id)?.dataset.plural ?? id, { category: "" });
        if (type) options(words.categories, "category", ofType.filters.category, (text) => text);
      }
      await show(results, 0, now);
      if (now !== turn) return;
      const count = results.length;
      if (legend) legend.hidden = count > 0;
      const said = count ? (words[plural.select(count)] ?? words.other) : words.none;
      status.textContent = said.replace("{count}", count.toLocaleString(lang));
    } catch (error) {
      if (now !== turn) return;
      console.error(error);
      list.replaceChildren();
      filters.replaceChildren();
      foot.replaceChildren();
      status.textContent = words.failed;
    }
    found.hidden = false;
  };

  /** The language switch leads to the same search. */
  const tellOthers = () => {
    for (const link of document.querySelectorAll(".languages a")) link.search = address({ category: "" });
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    state = { q: query.get("q")?.trim() ?? "", type: query.get("type") ?? "", category: query.get("category") ?? "" };
    input.value = state.q;
    tellOthers();
    return update();
  };

  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const q = input.value.trim();
      if (q === state.q && !found.hidden) return;
      state = { ...state, q };
      if (page) {
        history.replaceState(null, "", q ? address({}) : location.pathname);
        tellOthers();
      }
      update();
    }, PAUSE);
  });

  /** The arrow keys go through the box and the results. */
  const move = (event) => {
    const stops = [input, ...list.querySelectorAll("a"), ...foot.children];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || found.hidden || !next) return;
    event.preventDefault();
    next.focus();
    if (next === input) input.select();
  };

  const keys = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event);
    if (event.key !== "Escape" || page) return;
    event.preventDefault();
    if (found.hidden) input.value = state.q = "";
    if (document.activeElement === input) input.blur();
    else input.focus();
    found.hidden = true;
  };

  form.addEventListener("keydown", keys);
  form.addEventListener("submit", (event) => {
    if (!page && form.dataset.page !== undefined) return;
    event.preventDefault();
    list.querySelector("a")?.focus();
  });
  if (page) {
    found.addEventListener("keydown", keys);
    filters.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      history.pushState(null, "", link.href);
      read().then(() => filters.querySelector(`a[href="${CSS.escape(link.getAttribute("href"))}"]`)?.focus());
    });
    addEventListener("popstate", read);
    await read();
  } else {
    form.addEventListener("focusout", (event) => (found.hidden ||= !!event.relatedTarget && !form.contains(event.relatedTarget)));
    document.addEventListener("pointerdown", (event) => (found.hidden ||= !form.contains(event.target)));
    input.addEventListener("focus", () => (found.hidden = !state.q));
    if (input.value) {
      state.q = input.value.trim();
      await update();
    }
  }
};
