// Filters, sorts and downloads an index: its list becomes what the query of the address asks for. Without this script the index is pages
// and links. What it chooses from is the listing, /data/index/TYPE.LANG.json, loaded when it is first needed.

const form = document.querySelector("#f_form");
const { q: wordsField, sort: sortField, status, clear: clearButton } = form.elements;
const { listing: listingAddress, first: firstPage, size: batchSize } = form.dataset;
const activeFilters = form.querySelector(".active-filters");
const section = form.closest(".list");
const list = section.querySelector(".gazetteer");
const moreButton = section.querySelector(".show-more");
const facetPanel = document.querySelector(".facets");
const { lang } = document.documentElement;

const thisPage = location.pathname;
const usualOrder = sortField.value;
/** The lines of this page of the index, which come back when nothing is asked for. */
const linesOfPage = [...list.children];

/** What the address asks for: words, options of facets, an order. */
let query = new URLSearchParams();
/** A promise of the listing, once it is needed. */
let listing = null;
/** The entries that the query leaves, in order; none before the listing is there. */
let results = null;
/** How many of the results stand in the list. */
let shown = 0;

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/** Text without accents, capitals and punctuation, for comparison. */
const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ");

/** The facets in the order of the listing. `options` are their boxes, once the listing is there. */
const facets = [];
for (const part of document.querySelectorAll("[data-facet]")) {
  facets[part.dataset.number] = { part, name: part.dataset.facet, options: [] };
}

/** How many results there are; on narrow screens, where the filters stand above the list, a link to it. */
const resultLink = element("a", { href: "#r_list" });
const resultNote = element("p", { className: "filter-result", hidden: true }, resultLink);
facetPanel?.append(resultNote);

// ---- The listing ----

const fetchText = async (address) => (await fetch(address)).text();

/** A box to tick for an option of a facet. */
const optionBox = (facet, [value, text]) => {
  const input = element("input", { type: "checkbox", name: facet.name, value, checked: query.has(facet.name, value) });
  input.setAttribute("form", form.id);
  const count = element("span", { className: "count" });
  const item = element("li", {}, element("label", {}, input, element("span", {}, text), " ", count));
  return { input, text, count, item };
};

/** Makes the words of each entry, and puts boxes in the place of the links of facets. */
const prepare = (json) => {
  const data = JSON.parse(json);
  for (const entry of data.entries) entry.words = fold(`${entry.names} ${entry.html.replace(/<[^>]*>/g, " ")}`);
  facets.forEach((facet, number) => {
    facet.options = data.facets[number].map((option) => optionBox(facet, option));
    facet.part.querySelector("ul").replaceChildren(...facet.options.map(({ item }) => item));
  });
  return data;
};

const loadListing = () => (listing ??= fetchText(listingAddress).then(prepare));

// ---- Filtering and sorting ----

/** The numbers of the facets of which an entry has none of the wanted options. */
const missedFacets = (entry, wanted) => {
  const isMissed = (options, number) =>
    options.length > 0 && !options.some((option) => entry.options[number].includes(option));
  return [...wanted.keys()].filter((number) => isMissed(wanted[number], number));
};

/** The entries that the words and the boxes leave; and for each option how many have it among what the words and the other facets leave. */
const filter = (entries) => {
  const words = fold(wordsField.value).split(" ");
  const wanted = facets.map(({ options }) => [...options.keys()].filter((option) => options[option].input.checked));
  const counts = facets.map(({ options }) => options.map(() => 0));
  const count = (entry, facet) => entry.options[facet].forEach((option) => (counts[facet][option] += 1));
  const left = entries.filter((entry) => {
    if (!words.every((word) => entry.words.includes(word))) return false;
    const missed = missedFacets(entry, wanted);
    if (missed.length === 0) for (const facet of wanted.keys()) count(entry, facet);
    // What one facet alone keeps out counts for the options of that facet.
    if (missed.length === 1) count(entry, missed[0]);
    return missed.length === 0;
  });
  return { left, counts };
};

/** A title without punctuation, for sorting. */
const spaced = (title) => title.replace(/[^\p{L}\p{M}\p{N}]/gu, " ").trim();

/** Sorts entries as the form says. Those without a value come last in both directions. */
const sort = (entries, sorts) => {
  if (sortField.value === usualOrder) return;
  const isDescending = sortField.value.startsWith("-");
  const by = sortField.value.replace(/^-/, "");
  const isByTitle = by === "title";
  const keyOf = isByTitle ? ({ title }) => spaced(title) : ({ keys }) => keys[sorts.indexOf(by)];
  for (const entry of entries) entry.key = keyOf(entry);
  // Titles sort as the language sorts them, as on the pages.
  const compare = isByTitle ? new Intl.Collator(lang).compare : (a, b) => (a > b) - (a < b);
  const direction = isDescending ? -1 : 1;
  entries.sort(({ key: a }, { key: b }) => (a === null) - (b === null) || compare(a, b) * direction);
};

// ---- Showing ----

/** Adds the next results to the list. */
const appendResults = () => {
  const next = results.slice(shown, shown + Number(batchSize));
  list.insertAdjacentHTML("beforeend", next.map(({ html }) => html).join(""));
  shown += Number(batchSize);
  moreButton.hidden = shown >= results.length;
};

const showList = () => {
  list.replaceChildren(...(query.size ? [] : linesOfPage));
  shown = query.size ? 0 : results.length;
  appendResults();
  for (const part of section.querySelectorAll(".pages, h2 .count")) part.hidden = query.size > 0;
};

/** The number behind each option; a facet can have thousands of them, so only what changes is written. */
const showCounts = (counts) =>
  facets.forEach(({ options }, facet) =>
    options.forEach(({ count, item }, option) => {
      const number = counts[facet][option];
      if (count.textContent !== `${number}`) count.textContent = number;
      item.classList.toggle("none", number === 0);
    }),
  );

/** A button for each option that is ticked, which takes it back. */
const showActiveFilters = () => {
  const hadFocus = activeFilters.matches(":focus-within");
  const ticked = facets.flatMap(({ options }) => options.filter(({ input }) => input.checked));
  const button = ({ input, text }) => element("button", { onclick: () => input.click() }, text);
  activeFilters.replaceChildren(...ticked.map((option) => element("li", {}, button(option))));
  if (hadFocus) (activeFilters.querySelector("button") ?? wordsField).focus();
};

/** The number of results in words. */
const showStatus = () => {
  const count = results.length;
  const plural = new Intl.PluralRules(form.dataset.lang ?? lang);
  const words = form.dataset[count ? plural.select(count) : "none"] ?? form.dataset.other;
  status.value = words.replace("{count}", count.toLocaleString(lang));
  resultNote.hidden = !query.size;
  resultLink.textContent = `${status.value} ↓`;
};

/** Shows what is asked for. Without a query nothing is loaded for it unless `withBoxes` wants the boxes of facets. */
const update = async ({ withBoxes = false } = {}) => {
  clearButton.hidden = !query.size;
  for (const link of document.querySelectorAll(".languages a")) link.search = query;
  if (!query.size && !listing && !withBoxes) return;
  try {
    const { sorts, entries } = await loadListing();
    const { left, counts } = filter(entries);
    sort(left, sorts);
    results = left;
    showActiveFilters();
    showCounts(counts);
    showList();
    showStatus();
  } catch {
    listing = null;
    status.value = form.dataset.failed;
  }
};

// ---- The address ----

/** Takes the query from the form into the address. Typing words is one step of the history. */
const readForm = async (event) => {
  await listing;
  const isTyping = event?.target === wordsField && query.has("q");
  query = new URLSearchParams(new FormData(form));
  if (!wordsField.value.trim()) query.delete("q");
  if (sortField.value === usualOrder) query.delete("sort");
  history[isTyping ? "replaceState" : "pushState"](0, "", query.size ? `${firstPage}?${query}` : thisPage);
  update();
};

/** Takes the query from the address into the form. Parameters that mean nothing here are left out. */
const readAddress = () => {
  const names = ["q", "sort", ...facets.map(({ name }) => name)];
  query = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => names.includes(name)));
  wordsField.value = query.get("q");
  sortField.value = query.get("sort") ?? usualOrder;
  for (const { part, name, options } of facets) {
    part.open ||= query.has(name);
    for (const { input } of options) input.checked = query.has(name, input.value);
  }
  update();
};

// ---- Downloads ----

/** The rows of a CSV file whose first cell is one of these ids, below the row of names. */
const csvOf = (text, ids) => {
  const rows = text.match(/("[^"]*"|[^"\n])+\n/g);
  return rows.filter((row, number) => number === 0 || ids.has(row.split(",", 1)[0])).join("");
};

/** A JSON file with only these of its entities. */
const jsonOf = (text, ids) => {
  const keep = (key, value) => (key === "entities" ? value.filter(({ id }) => ids.has(id)) : value);
  return JSON.stringify(JSON.parse(text), keep);
};

/** Gives the results in place of the whole file that a link leads to. */
const download = async (event) => {
  const { href } = event.target;
  if (!href || !query.size || !results) return;
  event.preventDefault();
  const ids = new Set(results.map(({ id }) => id));
  const text = await fetchText(href);
  const part = href.endsWith("csv") ? csvOf(text, ids) : jsonOf(text, ids);
  element("a", { href: URL.createObjectURL(new Blob([part])), download: href.split("/").pop() }).click();
};

// ---- Events ----

for (const { part } of facets) part.addEventListener("toggle", () => listing || update({ withBoxes: true }));
if (facetPanel) facetPanel.open = matchMedia("(min-width: 60rem)").matches;
// The boxes belong to the form and stand outside of it.
document.addEventListener("input", (event) => event.target.form === form && readForm(event));
form.addEventListener("reset", () => setTimeout(readForm));
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("click", download);
moreButton.addEventListener("click", () => {
  const next = shown;
  appendResults();
  list.children[next].querySelector("a").focus();
});
addEventListener("popstate", readAddress);
form.hidden = false;
readAddress();
