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

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

const titleOf = ({ title1, title2, title3, source }) => title1 ?? title2 ?? title3 ?? source;

/** Loads the index, all parts of it. */
const open = async ([first, ...others]) => {
  const { createInstance } = await import(`${first}pagefind.js`);
  const index = createInstance({ ranking: RANKING });
  await index.init();
  for (const other of others) await index.mergeIndex(other, { ranking: RANKING });
  return index;
};

/** The text of an excerpt, its marked words in elements of their own. */
const marked = (excerpt) =>
  excerpt.split(/<\/?mark>/).map((part, at) => {
    const text = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return at % 2 ? element("mark", {}, text) : text;
  });

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
    return (await index).search(query, { filters });
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
    if (data.meta.aliases) item.append(element("p", { className: "said" }, `${words.also} ${data.meta.aliases.replaceAll(" · ", ", ")}`));
    item.append(element("p", {}, ...marked(data.excerpt)));
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
    list.append(...rows.map(row));
    foot.replaceChildren();
    if (results.length <= from + size) return;
    if (page) {
      const more = element("button", { type: "button" }, words.more);
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
    if (page) page.querySelector(".legend").hidden = q !== "";
    if (!q) {
      found.hidden = true;
      return;
    }
    try {
      const ofType = await search(q, type ? { type } : {});
      const { results } = category ? await search(q, { ...(type && { type }), category }) : ofType;
      if (now !== turn) return;
      if (page) {
        filters.replaceChildren();
        options(words.types, "type", ofType.totalFilters.type, (id) => types.get(id)?.dataset.plural ?? id, { category: "" });
        if (type) options(words.categories, "category", ofType.filters.category, (text) => text);
      }
      await show(results, 0, now);
      if (now !== turn) return;
      const count = results.length;
      status.textContent = count ? (count === 1 ? words.one : words.other).replace("{count}", count.toLocaleString(document.documentElement.lang)) : words.none;
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
