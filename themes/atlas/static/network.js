// Marks names in a network. In: what a reader types, or `q` of the address. Out: the nodes whose names have all the words, their neighbours,
// the lines between them, and how many they are. Without this script the drawing is whole, and nothing is marked.

/** Without accents and capitals. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const box = document.querySelector(".network");
const svg = box.querySelector(".table-scroll svg");
const finder = box.querySelector(".finder");
const input = finder.querySelector("input");
const plural = new Intl.PluralRules(document.documentElement.lang);
const nodes = [...svg.querySelectorAll("a")].map((link) => ({
  link,
  words: fold(`${link.textContent} ${link.dataset.also ?? ""}`),
  at: link.getAttribute("transform").match(/\d+/g),
  near: new Set(),
}));
for (const node of nodes) {
  for (const other of node.link.dataset.to?.split(" ") ?? []) {
    node.near.add(nodes[other]);
    nodes[other].near.add(node);
  }
}
const ways = svg.querySelector(".lines").cloneNode();
ways.setAttribute("class", "ways");
ways.setAttribute("d", "");
svg.querySelector(".lines").after(ways);

/** Draws the ways from some nodes to those beside them. */
const draw = (from) => ways.setAttribute("d", [...from].flatMap((node) => [...node.near].map((other) => `M${node.at}L${other.at}`)).join(""));

const mark = () => {
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  const hits = new Set(words.length ? nodes.filter((node) => words.every((word) => node.words.includes(word))) : []);
  const near = new Set([...hits].flatMap((hit) => [...hit.near]).filter((node) => !hits.has(node)));
  svg.classList.toggle("marking", words.length > 0);
  for (const node of nodes) {
    node.link.classList.toggle("hit", hits.has(node));
    node.link.classList.toggle("beside", near.has(node));
  }
  draw(hits);
  const text = finder.dataset[plural.select(hits.size)] ?? finder.dataset.other;
  const counts = { count: hits.size, near: near.size };
  finder.querySelector("output").value = words.length ? text.replace(/\{(\w+)\}/g, (_, name) => counts[name]) : "";
  const [first] = hits;
  if (first) svg.parentNode.scrollLeft = first.at[0] - svg.parentNode.clientWidth / 2;
};

/** The language switch leads to the same names. */
const tell = () => document.querySelectorAll(".languages a").forEach((link) => (link.search = location.search));

input.addEventListener("input", () => {
  mark();
  const address = new URL(location);
  if (input.value.trim()) address.searchParams.set("q", input.value.trim());
  else address.searchParams.delete("q");
  history.replaceState(history.state, "", address);
  tell();
});
// What the hand or the keyboard is at shows its ways, if nothing else is marked.
for (const node of nodes) {
  for (const event of ["mouseenter", "focus"]) node.link.addEventListener(event, () => input.value.trim() || draw([node]));
  for (const event of ["mouseleave", "blur"]) node.link.addEventListener(event, () => input.value.trim() || draw([]));
}
finder.hidden = false;
input.value = new URLSearchParams(location.search).get("q") ?? "";
if (input.value) mark();
tell();
