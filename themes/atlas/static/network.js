// Marks names in a network. In: what a reader types, or `q` of the address. Out: the nodes whose names have all the words, their neighbours,
// the edges between them, and how many they are. Without this script the drawing is whole, and nothing is marked.

const box = document.querySelector(".network");
const scroller = box.querySelector(".table-scroll");
const drawing = scroller.querySelector("svg");
const search = box.querySelector(".network-search");
const input = search.querySelector("input");
const output = search.querySelector("output");
const two = search.querySelector("#n_two");

/** Text without accents and capitals, for comparison. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** What the page says of a node: the names that it stands for, where it is, and the numbers of nodes that it has an edge to. */
const nodeOf = (link, number) => {
  const [x, y] = link.getAttribute("transform").match(/\d+/g);
  const targets = link.dataset.to?.split(" ") ?? [];
  const cluster = [...document.querySelectorAll(`#network_${number} a`)].map((other) => other.textContent);
  // The title of a link has the type behind the name, in brackets.
  const name = link.querySelector("title").textContent.replace(/ \([^()]*\)$/, "");
  const names = [`${name} ${link.dataset.also ?? ""}`, ...cluster].map(fold);
  return { link, names, x, y, targets, neighbours: new Set() };
};

/** All nodes. Their order in the drawing is their numbers. An edge is told at one of its ends and counts at both. */
const readNodes = () => {
  const nodes = [...drawing.querySelectorAll("a:not(.cluster)")].map(nodeOf);
  for (const node of nodes) {
    for (const target of node.targets) {
      node.neighbours.add(nodes[target]);
      nodes[target].neighbours.add(node);
    }
  }
  return nodes;
};

const nodes = readNodes();
const markedEdges = drawing.querySelector(".marked-edges");

/** Draws the edges from these nodes to their neighbours. */
const drawEdges = (from) => {
  const edges = [...from].flatMap((node) =>
    [...node.neighbours].map((other) => `M${node.x},${node.y}L${other.x},${other.y}`),
  );
  markedEdges.setAttribute("d", edges.join(""));
};

/** The nodes with names that have all words of the field, each with the number of these names. */
const findMatches = () => {
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  if (words.length === 0) return new Map();
  const count = ({ names }) => names.filter((name) => words.every((word) => name.includes(word))).length;
  return new Map(nodes.map((node) => [node, count(node)]).filter(([, names]) => names > 0));
};

/** The nodes one step from the matches, or up to two. */
const findNeighbours = (matches) => {
  const around = (nodes) => [...nodes].flatMap((node) => [...node.neighbours]);
  const near = new Set(around(matches.keys()));
  const all = two.checked ? [...near, ...around(near)] : [...near];
  return new Set(all.filter((node) => !matches.has(node)));
};

/** How many names match, and how many neighbours they have, in words. */
const countText = (matches, neighbours) => {
  const plural = new Intl.PluralRules(search.dataset.lang ?? document.documentElement.lang);
  const text = search.dataset[plural.select(matches)] ?? search.dataset.other;
  return text.replaceAll("{count}", matches).replaceAll("{near}", neighbours);
};

const scrollToNode = (node) => (scroller.scrollLeft = node.x - scroller.clientWidth / 2);

/** Marks what the field asks for. */
const mark = () => {
  const matches = findMatches();
  const neighbours = findNeighbours(matches);
  const isAsked = input.value.trim() !== "";
  drawing.classList.toggle("has-matches", isAsked);
  for (const node of nodes) {
    node.link.classList.toggle("match", matches.has(node));
    node.link.classList.toggle("neighbour", neighbours.has(node));
  }
  drawEdges(two.checked ? [...matches.keys()].flatMap((node) => [node, ...node.neighbours]) : matches.keys());
  const names = [...matches.values()].reduce((sum, count) => sum + count, 0);
  output.value = isAsked ? countText(names, neighbours.size) : "";
  const [first] = matches.keys();
  if (first) scrollToNode(first);
};

/** The language switch leads to the same names. */
const updateLanguageLinks = () => {
  for (const link of document.querySelectorAll(".languages a")) link.search = location.search;
};

/** Keeps what is typed in the address, without a step of the history. */
const updateAddress = () => {
  const address = new URL(location);
  const words = input.value.trim();
  if (words) address.searchParams.set("q", words);
  else address.searchParams.delete("q");
  if (words && two.checked) address.searchParams.set("steps", 2);
  else address.searchParams.delete("steps");
  history.replaceState(history.state, "", address);
  updateLanguageLinks();
};

/** Shows the edges of a node under the pointer or with the focus, as long as nothing else is marked. */
const showEdgesOf = (node) => {
  const show = (from) => () => input.value.trim() || drawEdges(from);
  for (const event of ["mouseenter", "focus"]) node.link.addEventListener(event, show([node]));
  for (const event of ["mouseleave", "blur"]) node.link.addEventListener(event, show([]));
};

for (const field of [input, two])
  field.addEventListener("input", () => {
    mark();
    updateAddress();
  });

/** Shows the lines of the relations that are ticked. */
const edges = drawing.querySelectorAll(".edges");
for (const box of search.querySelectorAll("[data-relation]")) {
  const show = () => edges[box.dataset.relation].toggleAttribute("hidden", !box.checked);
  box.addEventListener("change", show);
  // A browser may keep what was ticked before the page was loaded again.
  show();
}

nodes.forEach(showEdgesOf);
search.hidden = false;
const asked = new URLSearchParams(location.search);
input.value = asked.get("q") ?? "";
two.checked = asked.get("steps") === "2";
if (input.value) mark();
// A narrow screen starts at the node with the most neighbours.
else scrollToNode(nodes.reduce((most, node) => (node.neighbours.size > most.neighbours.size ? node : most)));
updateLanguageLinks();
