// Filters, sorts and downloads an index: its list becomes what the query of the address asks for. Without this script it is pages and links.

const find = (part) => [...document.querySelectorAll(part)];
const [bar, chosen, list, more] = find("#filters, .chosen, #filters + .gazetteer, .further");
const { q, sort, status, clear } = bar.elements;
const { listing, first, size, failed, other } = bar.dataset;
const { lang } = document.documentElement;
const here = location.pathname;
const order = sort.value;
const all = [...list.children];
const facets = find("[data-facet]");
let boxes = [];
let asked, loading, found, shown;

/** Without accents, capitals and marks. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/** What the filters leave, under them on narrow screens. */
const left = element("p", { className: "found-now", hidden: true }, element("a", { href: "#r_list" }));
facets[0]?.parentNode.append(left);

const get = async (url) => (await fetch(url)).text();

/** Puts boxes to tick in the place of links. */
const prepare = (json) => {
  const model = JSON.parse(json);
  for (const entry of model.entries) entry.words = fold(`${entry.names} ${entry.html.replace(/<[^>]*>/g, " ")}`);
  boxes = model.facets.map((options, at) => options.map(([value, text]) => {
    const item = element("li", { innerHTML: '<label><input type="checkbox" form="filters"><span></span> <span class="count"></span></label>' });
    const [input, label, count] = item.firstChild.children;
    const name = facets[at].dataset.facet;
    Object.assign(input, { name, value, checked: asked.has(name, value) });
    label.append(text);
    return { input, text, count, item };
  }));
  boxes.forEach((options, at) => facets[at].querySelector("ul").replaceChildren(...options.map(({ item }) => item)));
  return model;
};

/** Finds what is asked for. An option counts those that have it among what the words and the other facets leave. */
const filter = ({ sorts, entries }) => {
  const parts = fold(q.value).split(" ");
  const wanted = boxes.map((options) => options.flatMap(({ input }, at) => (input.checked ? at : [])));
  const counts = boxes.map((options) => options.map(() => 0));
  found = entries.filter(({ words, options }) => {
    if (!parts.every((part) => words.includes(part))) return false;
    const missed = wanted.flatMap((any, at) => (any.length && !any.some((option) => options[at].includes(option)) ? at : []));
    // What one facet alone keeps out counts for its options.
    if (missed.length < 2) for (const at of missed.length ? missed : wanted.keys()) for (const option of options[at]) counts[at][option]++;
    return !missed.length;
  });
  if (sort.value !== order) {
    const [, down, by] = sort.value.match(/(-?)(.*)/);
    const spaced = (text) => text.replace(/[^\p{L}\p{M}\p{N}]/gu, " ").trim();
    for (const entry of found) entry.key = by === "title" ? spaced(entry.title) : entry.keys[sorts.indexOf(by)];
    // Titles sort as the language sorts them, as on the pages.
    const compare = by === "title" ? new Intl.Collator(lang).compare : (a, b) => (a > b) - (a < b);
    // Those without a value come last in both directions.
    found.sort(({ key: a }, { key: b }) => (a === null) - (b === null) || compare(a, b) * (down ? -1 : 1));
  }
  return counts;
};

const furnish = () => {
  list.insertAdjacentHTML("beforeend", found.slice(shown, (shown += +size)).map(({ html }) => html).join(""));
  more.hidden = shown >= found.length;
};

const show = async (now) => {
  clear.hidden = !asked.size;
  for (const link of find(".languages a")) link.search = asked;
  if (!asked.size && !loading && !now) return;
  try {
    const counts = filter(await (loading ??= get(listing).then(prepare)));
    const inside = chosen.matches(":focus-within");
    chosen.replaceChildren();
    boxes.forEach((options, at) => options.forEach(({ input, text, count, item }, option) => {
      // A facet can have thousands of options.
      if (count.textContent !== `${counts[at][option]}`) count.textContent = counts[at][option];
      item.classList.toggle("none", !counts[at][option]);
      if (input.checked) chosen.append(element("li", {}, element("button", { onclick: () => input.click() }, text)));
    }));
    if (inside) (chosen.querySelector("button") ?? q).focus();
    list.replaceChildren(...(asked.size ? [] : all));
    shown = asked.size ? 0 : found.length;
    furnish();
    for (const part of find(".pages, .list h2 .count")) part.hidden = asked.size;
    const form = found.length ? new Intl.PluralRules(lang).select(found.length) : "none";
    status.value = (bar.dataset[form] ?? other).replace("{count}", found.length.toLocaleString(lang));
    // Where the filters stand above the list, what they leave is out of sight.
    left.hidden = !asked.size;
    left.firstChild.textContent = `${status.value} ↓`;
  } catch {
    loading = null;
    status.value = failed;
  }
};

/** Asks for what the form says. Typing is one step of the history. */
const ask = async (event) => {
  await loading;
  const typing = event?.target === q && asked.has("q");
  asked = new URLSearchParams(new FormData(bar));
  if (!q.value.trim()) asked.delete("q");
  if (sort.value === order) asked.delete("sort");
  history[typing ? "replaceState" : "pushState"](0, "", asked.size ? `${first}?${asked}` : here);
  show();
};

const read = () => {
  const known = ["q", "sort", ...facets.map(({ dataset }) => dataset.facet)];
  asked = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => known.includes(name)));
  for (const facet of facets) facet.open ||= asked.has(facet.dataset.facet);
  q.value = asked.get("q");
  sort.value = asked.get("sort") ?? order;
  for (const { input } of boxes.flat()) input.checked = asked.has(input.name, input.value);
  show();
};

/** Gives what was found, in the form of the whole file. */
const download = async (event) => {
  const { href } = event.target;
  if (!href || !asked.size || !found) return;
  event.preventDefault();
  const ids = new Set(found.map(({ id }) => id));
  const text = await get(href);
  const some = /csv$/.test(href)
    ? text.match(/("[^"]*"|[^"\n])+\n/g).filter((row, at) => !at || ids.has(row.split(",", 1)[0]))
    : [JSON.stringify(JSON.parse(text), (key, value) => (key === "entities" ? value.filter(({ id }) => ids.has(id)) : value))];
  element("a", { href: URL.createObjectURL(new Blob(some)), download: href.split("/").pop() }).click();
};

for (const facet of facets) facet.ontoggle = () => loading || show(true);
if (facets[0]) facets[0].parentNode.open = matchMedia("(min-width: 60rem)").matches;
document.oninput = (event) => event.target.form === bar && ask(event);
bar.onreset = () => setTimeout(ask);
bar.onsubmit = () => false;
bar.onclick = download;
more.onclick = () => {
  const next = shown;
  furnish();
  list.children[next].firstElementChild.focus();
};
onpopstate = read;
bar.hidden = false;
read();
