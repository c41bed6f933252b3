// Filters, sorts and downloads an index as the query of the address asks, from its listing.

const form = document.querySelector("#f_form");
const {
  q: wordsField,
  sort: sortField,
  view: viewField,
  columns,
  compare,
  status,
  sheet,
  clear: clearButton,
} = form.elements;
const { listing: listingAddress, first: firstPage, size: batchSize } = form.dataset;
const activeFilters = form.querySelector(".active-filters");
const section = form.closest(".list");
const list = section.querySelector(".gazetteer");
const tableView = section.querySelector(".table-view");
const moreButton = section.querySelector(".show-more");
const facetPanel = document.querySelector(".facets");
const resultLink = document.querySelector(".filter-result a");
const { lang } = document.documentElement;

const thisPage = location.pathname;
const usualOrder = sortField.value;
const linesOfPage = [...list.children];

let query = new URLSearchParams();
/** A promise of the listing, and the number of its parts that are still missing. */
let listing = null;
let missingParts = 1;
/** The entries that the query leaves, and how many of them are in the list. */
let results = null;
let shown = 0;

/** The table, once it is loaded. */
let table = null;

/** How the entries are shown is not a filter. */
const isTable = () => viewField.value === "table";
const isFiltered = () => [...query.keys()].some((name) => !["view", "columns", "compare"].includes(name));
/** Whether the entries come from the listing, and not from this page. */
const isListed = () => isTable() || isFiltered();

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ");

const facets = [];
for (const part of document.querySelectorAll("[data-facet]")) {
  const facet = { part, name: part.dataset.facet, finder: part.querySelector("[type=search]"), options: [] };
  facets[part.dataset.number] = facet;
  part.oninput = () => showOptions(facet);
  part.onclick = ({ target }) => {
    if (target.ariaExpanded) target.ariaExpanded = target.ariaExpanded !== "true";
    showOptions(facet);
  };
}

const fetchText = async (address) => (await fetch(address)).text();

const loadTable = async () => {
  if (table) return;
  const fetchPart = async (address) => JSON.parse(await fetchText(address));
  const [{ makeTable }, first] = await Promise.all([import(form.dataset.script), fetchPart(form.dataset.table)]);
  const others = await Promise.all(first.parts.map(fetchPart));
  table = makeTable({ form, section, element, data: first, parts: [first, ...others] });
  sortField.value = query.get("sort") ?? usualOrder;
};

/** A box to tick for an option of a facet, with a button if there are options below it. */
const optionBox = (facet, [value, text, depth], number, list) => {
  const input = element("input", { type: "checkbox", name: facet.name, value, checked: query.has(facet.name, value) });
  input.setAttribute("form", form.id);
  const count = element("span", { className: "count" });
  const item = element("li", {}, element("label", {}, input, element("span", {}, text), " ", count));
  item.dataset.depth = depth;
  const isBranch = list[number + 1]?.[2] > depth;
  const branch =
    isBranch && element("button", { className: "branch", ariaLabel: text, ariaExpanded: list.length <= 100 });
  if (isBranch) item.prepend(branch);
  return { input, text, depth, count, item, branch };
};

/** Shows the options that the words of the facet name or, without words, those below open branches. Ticked ones stay. */
const showOptions = ({ options, finder }) => {
  const words = fold(finder?.value ?? "").trim();
  let closed = Infinity;
  for (const { input, text, depth, item, branch } of options) {
    if (depth <= closed) closed = Infinity;
    item.hidden = !input.checked && (words ? !fold(text).includes(words) : closed < depth);
    if (branch.ariaExpanded === "false") closed = Math.min(closed, depth);
  }
};

const makeBoxes = (facet, list) => {
  facet.options = list.map((...option) => optionBox(facet, ...option));
  facet.part.querySelector("ul").replaceChildren(...facet.options.map(({ item }) => item));
};

const addWords = (entries) => {
  for (const entry of entries) entry.words = fold(`${entry.names} ${entry.html.replace(/<[^>]*>/g, " ")}`);
  return entries;
};

const loadParts = async ({ parts, entries }) => {
  missingParts = parts.length;
  for (const text of parts.map(fetchText)) {
    entries.push(...addWords(JSON.parse(await text).entries));
    missingParts -= 1;
    update();
  }
};

/** The first part of the listing; the others follow. */
const loadListing = () =>
  (listing ??= fetchText(listingAddress).then((json) => {
    const data = JSON.parse(json);
    addWords(data.entries);
    facets.forEach((facet, number) => makeBoxes(facet, data.facets[number]));
    loadParts(data).catch(() => (status.value = form.dataset.failed));
    return data;
  }));

/** The facets of which an entry has none of the wanted options. */
const missedFacets = (entry, wanted) => {
  const isMissed = (options, number) =>
    options.length > 0 && !options.some((option) => entry.options[number].includes(option));
  return [...wanted.keys()].filter((number) => isMissed(wanted[number], number));
};

const filter = (entries) => {
  const words = fold(wordsField.value).split(" ");
  const wanted = facets.map(({ options }) => [...options.keys()].filter((option) => options[option].input.checked));
  const counts = facets.map(({ options }) => options.map(() => 0));
  const count = (entry, facet) => entry.options[facet].forEach((option) => (counts[facet][option] += 1));
  const left = entries.filter((entry) => {
    if (!words.every((word) => entry.words.includes(word))) return false;
    const missed = missedFacets(entry, wanted);
    if (missed.length === 0) for (const facet of wanted.keys()) count(entry, facet);
    // An entry that one facet alone excludes counts for the options of that facet.
    if (missed.length === 1) count(entry, missed[0]);
    return missed.length === 0;
  });
  return { left, counts };
};

const spaced = (title) => title.replace(/[^\p{L}\p{M}\p{N}]/gu, " ").trim();

/** Entries without a value come last in both directions. */
const sort = (entries, sorts) => {
  if (sortField.value === usualOrder) return;
  const isDescending = sortField.value.startsWith("-");
  const by = sortField.value.replace(/^-/, "");
  const isByTitle = by === "title";
  const isByText = isByTitle || !sorts.includes(by);
  const keyOf = (entry) =>
    isByTitle ? spaced(entry.title) : isByText ? table?.sortKey(entry, by) : entry.keys[sorts.indexOf(by)];
  for (const entry of entries) entry.key = keyOf(entry) ?? null;
  const compare = isByText ? new Intl.Collator(lang, { numeric: true }).compare : (a, b) => (a > b) - (a < b);
  const direction = isDescending ? -1 : 1;
  entries.sort(({ key: a }, { key: b }) => (a === null) - (b === null) || compare(a, b) * direction);
};

const appendResults = () => {
  const next = results.slice(shown, shown + Number(batchSize));
  if (isTable()) table.append(next);
  else list.insertAdjacentHTML("beforeend", next.map(({ html }) => html).join(""));
  shown += Number(batchSize);
  moreButton.hidden = shown >= results.length;
};

const showList = () => {
  list.replaceChildren(...(isListed() ? [] : linesOfPage));
  shown = isListed() ? 0 : results.length;
  if (isTable()) table.start();
  appendResults();
  for (const part of section.querySelectorAll(".pages, h2 .count")) part.hidden = isListed();
};

/** A facet can have thousands of options, so only changes are written. */
const showCounts = (counts) =>
  facets.forEach((facet, number) => {
    facet.options.forEach(({ input, count, item }, option) => {
      const entries = counts[number][option];
      if (count.textContent !== `${entries}`) count.textContent = entries;
      item.classList.toggle("none", !entries && !input.checked);
    });
    showOptions(facet);
  });

const showActiveFilters = () => {
  const hadFocus = activeFilters.matches(":focus-within");
  const ticked = facets.flatMap(({ options }) => options.filter(({ input }) => input.checked));
  const button = ({ input, text }) => element("button", { onclick: () => input.click() }, text);
  activeFilters.replaceChildren(...ticked.map((option) => element("li", {}, button(option))));
  if (hadFocus) (activeFilters.querySelector("button") ?? wordsField).focus();
};

const showStatus = () => {
  const count = results.length;
  const plural = new Intl.PluralRules(form.dataset.lang ?? lang);
  const words = form.dataset[count ? plural.select(count) : "none"] ?? form.dataset.other;
  status.value = words.replace("{count}", count.toLocaleString(lang)) + (missingParts ? " …" : "");
  if (!resultLink) return;
  resultLink.parentElement.hidden = !isFiltered();
  resultLink.textContent = `${status.value} ↓`;
};

/** Shows what is asked for. Without filters, the listing is loaded only for the boxes of facets. */
const update = async ({ withBoxes = false } = {}) => {
  list.className = `gazetteer ${viewField.value}`;
  list.hidden = isTable();
  tableView.hidden = !isTable();
  clearButton.hidden = !isFiltered();
  for (const link of document.querySelectorAll(".languages a, .pages a")) link.search = query;
  if (!isListed() && !listing && !withBoxes) return;
  try {
    if (isTable()) await loadTable();
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

const readForm = async (event) => {
  await listing;
  // Typing words is one step of the history.
  const isTyping = event?.target === wordsField && query.has("q");
  query = new URLSearchParams(new FormData(form));
  if (!wordsField.value.trim()) query.delete("q");
  if (sortField.value === usualOrder) query.delete("sort");
  for (const field of [viewField, columns, compare]) if (!field.value) query.delete(field.name);
  const address = (isListed() ? firstPage : thisPage) + (query.size ? `?${query}`.replaceAll("%2C", ",") : "");
  history[isTyping ? "replaceState" : "pushState"](0, "", address);
  update();
};

const readAddress = () => {
  const names = ["q", "sort", "view", "columns", "compare", ...facets.map(({ name }) => name)];
  query = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => names.includes(name)));
  wordsField.value = query.get("q");
  sortField.value = query.get("sort") ?? usualOrder;
  viewField.value = query.get("view") ?? "";
  columns.value = query.get("columns") ?? "";
  compare.value = query.get("compare") ?? "";
  for (const { part, name, options } of facets) {
    part.open ||= query.has(name);
    for (const { input } of options) input.checked = query.has(name, input.value);
  }
  update();
};

const csvOf = (text, ids) => {
  const rows = text.match(/("[^"]*"|[^"\n])+\n/g);
  return rows.filter((row, number) => number === 0 || ids.has(row.split(",", 1)[0])).join("");
};

const jsonOf = (text, ids) => {
  const keep = (key, value) => (key === "entities" ? value.filter(({ id }) => ids.has(id)) : value);
  return JSON.stringify(JSON.parse(text), keep);
};

const save = (text, name) => element("a", { href: URL.createObjectURL(new Blob([text])), download: name }).click();

const download = async (event) => {
  const { href } = event.target;
  if (!href || !isFiltered() || missingParts) return;
  event.preventDefault();
  const ids = new Set(results.map(({ id }) => id));
  const text = await fetchText(href);
  save(href.endsWith("csv") ? csvOf(text, ids) : jsonOf(text, ids), href.split("/").pop());
};

const downloadSheet = async () => {
  await loadTable();
  await update({ withBoxes: true });
  if (!missingParts) save(table.sheet(results, isTable()), `${document.querySelector("h1").textContent}.csv`);
};

for (const { part } of facets) part.addEventListener("toggle", () => listing || update({ withBoxes: true }));
if (facetPanel) facetPanel.open = matchMedia("(min-width: 60rem)").matches;
document.addEventListener("input", (event) => event.target.form === form && readForm(event));
form.addEventListener("reset", () => setTimeout(readForm));
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("click", download);
sheet.addEventListener("click", downloadSheet);
moreButton.addEventListener("click", () => {
  const next = shown;
  appendResults();
  (isTable() ? tableView.querySelectorAll(":scope > .table-scroll tbody tr")[next] : list.children[next])
    .querySelector("a")
    .focus();
});
addEventListener("popstate", readAddress);
form.hidden = false;
readAddress();
