// Finds how two entities are connected. In: the links of the site, loaded when they are needed, and `from` and `to` of the address or of the
// form. Out: the shortest chains of relations between the two, in words. A chain through a weak type comes after all others.

const section = document.querySelector(".path");
const form = section.querySelector("form");
const [from, to] = form.querySelectorAll("input");
const status = section.querySelector("[role=status]");
const list = section.querySelector(".path-chains");

/** What an edge at an entity of a weak type costs; another one costs 1. Chains have fewer edges than this. */
const WEAK = 50;
/** How many chains are shown. */
const MOST = 8;

/** Text without accents and capitals, for comparison. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** The entities of the view's types, each with its name in the fields, its address and its edges by neighbour. */
const graphOf = ({ types, relations, entities, links }) => {
  const weak = form.dataset.weak.split(" ");
  const kinds = types.map(([id, name, before, behind]) => ({
    id,
    name,
    before,
    behind,
    isWeak: weak.includes(id),
    isOf: form.dataset.of.split(" ").includes(id),
  }));
  const count = new Map();
  for (const [, , title] of entities) count.set(title, (count.get(title) ?? 0) + 1);
  const nodes = entities.map(([type, id, title]) => {
    const kind = kinds[type];
    const name = count.get(title) > 1 ? `${title} (${kind.name})` : title;
    return { kind, title, name, key: `${kind.id}/${id}`, url: kind.before + id + kind.behind, near: new Map() };
  });
  const join = (node, other, label) => {
    if (!node.kind.isOf || !other.kind.isOf) return;
    const labels = node.near.get(other) ?? [];
    if (!labels.includes(label)) labels.push(label);
    node.near.set(other, labels);
  };
  for (const [a, b, relation] of links) {
    join(nodes[a], nodes[b], relations[relation][0]);
    join(nodes[b], nodes[a], relations[relation][1]);
  }
  return nodes.filter((node) => node.kind.isOf);
};

let graph;
const load = () =>
  (graph ??= fetch(form.dataset.links)
    .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
    .then(graphOf)
    .then((nodes) => {
      const options = nodes.map((node) => {
        const option = document.createElement("option");
        [option.value, option.label] = [node.name, `${node.name} – ${node.kind.name}`];
        return option;
      });
      form.querySelector("datalist").append(...options);
      return nodes;
    }));

/** For each entity that can be reached at the least cost, those before it on the cheapest chains. Costs are whole numbers. */
const search = (start, end) => {
  const costs = new Map([[start, 0]]);
  const before = new Map([[start, []]]);
  const open = [[start]];
  for (let cost = 0; cost < open.length && !(costs.get(end) <= cost); cost += 1) {
    for (const node of open[cost] ?? []) {
      if (costs.get(node) < cost) continue;
      for (const other of node.near.keys()) {
        const next = cost + (node.kind.isWeak || other.kind.isWeak ? WEAK : 1);
        if (next === costs.get(other)) before.get(other).push(node);
        if (next >= (costs.get(other) ?? Infinity)) continue;
        costs.set(other, next);
        before.set(other, [node]);
        (open[next] ??= []).push(other);
      }
    }
  }
  return before;
};

/** The chains from a start to this entity, at most `MOST`, and whether there are more. */
const chainsTo = (end, before) => {
  const chains = [];
  const extend = (chain) => {
    if (chains.length > MOST) return;
    const earlier = before.get(chain[0]) ?? [];
    if (earlier.length === 0) chains.push(chain);
    for (const node of earlier) extend([node, ...chain]);
  };
  if (before.has(end)) extend([end]);
  return chains;
};

const link = (node) => {
  const anchor = document.createElement("a");
  [anchor.href, anchor.textContent] = [node.url, node.title];
  return anchor;
};

/** A chain in words: the first entity, then each relation with the entity that it leads to. */
const chainItem = (chain) => {
  const steps = chain.map((node, at) => {
    const step = document.createElement("li");
    if (at > 0) {
      const label = document.createElement("span");
      label.textContent = chain[at - 1].near.get(node).join(", ") + form.dataset.colon;
      step.append(label);
    }
    step.append(link(node));
    return step;
  });
  const item = document.createElement("li");
  item.append(document.createElement("ol"));
  item.firstChild.append(...steps);
  return item;
};

/** How many chains there are and how long they are, in words. */
const countText = (chains) => {
  const shown = Math.min(chains.length, MOST);
  const plural = new Intl.PluralRules(document.documentElement.lang).select(shown);
  const isWeak = chains[0].slice(1, -1).some((node) => node.kind.isWeak);
  const text = (form.dataset[plural] ?? form.dataset.other)
    .replaceAll("{count}", shown)
    .replaceAll("{steps}", chains[0].length - 1);
  return isWeak ? `${text} ${form.dataset.weakly}` : text;
};

const say = (text, chains = []) => {
  status.textContent = text;
  list.replaceChildren(...chains.slice(0, MOST).map(chainItem));
};

/** The entity that a field names: by its key, or by its name. */
const find = (nodes, text) =>
  nodes.find(({ key, name }) => key === text || name === text) ?? nodes.find(({ title }) => fold(title) === fold(text));

/** Keeps both in the address, and the languages lead to the same. */
const updateAddress = (start, end) => {
  const address = new URL(location);
  for (const [name, node] of [
    ["from", start],
    ["to", end],
  ]) {
    if (node) address.searchParams.set(name, node.key);
    else address.searchParams.delete(name);
  }
  history.replaceState(history.state, "", address);
  for (const other of document.querySelectorAll(".languages a")) other.search = address.search;
};

const show = async () => {
  if (!from.value.trim() && !to.value.trim()) return;
  const nodes = await load().catch(() => null);
  if (!nodes) {
    graph = undefined;
    return say(form.dataset.failed);
  }
  const [start, end] = [from, to].map((field) => find(nodes, field.value));
  for (const [field, node] of [
    [from, start],
    [to, end],
  ])
    if (node) field.value = node.name;
  updateAddress(start, end);
  const unknown = [from, to].find((field, at) => field.value.trim() && ![start, end][at]);
  if (unknown) return say(form.dataset.unknown.replace("{name}", unknown.value));
  if (!start || !end) return say("");
  if (start === end) return say(form.dataset.same);
  const chains = chainsTo(end, search(start, end));
  say(chains.length ? countText(chains) : form.dataset.none, chains);
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
for (const field of [from, to]) {
  field.addEventListener("focus", () => load().catch(() => (graph = undefined)), { once: true });
  field.addEventListener("change", show);
}
section.querySelector(".path-needs").hidden = true;
form.hidden = false;
const asked = new URLSearchParams(location.search);
[from.value, to.value] = ["from", "to"].map((name) => asked.get(name) ?? "");
show();
