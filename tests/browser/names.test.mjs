// The names of pages that the search of atlas knows, without a browser: which pages a name finds, and which slips are mended.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Names } from "../../themes/atlas/static/search/names.js";

const PAGES = [
  ["Institut Jules Bordet", "IJB"],
  ["Novadip"],
  ["Université de Liège", "ULiège", "ULg"],
  ["L’Œuvre nationale"],
  ["OVN-Kubernetes"],
  ["Kubernetes", "k8s"],
  ["Grafana"],
  ["Grafana Labs"],
  ["Immunothérapie"],
  ["CAR-T"],
  ["Chaîne de valeur"],
  ["Bon"],
];

const names = (lang) => {
  const pages = PAGES.map(([title, ...aliases], at) => [`/p/${at}/`, 0, title, aliases]);
  return new Names([{ folder: "/search-index/x/", summaries: 5, types: ["actors"], names: pages }], lang);
};
const found = (query, lang = "fr") => names(lang).find(query).map(({ title }) => title);

test("a page is found by its title, then by another name, then by how these begin", () => {
  assert.deepEqual(found("kubernetes"), ["Kubernetes"], "not by a word inside of a name, which the index finds");
  assert.deepEqual(found("grafana"), ["Grafana", "Grafana Labs"]);
  assert.deepEqual(found("grafana l"), ["Grafana Labs"]);
  assert.deepEqual(found("K8S"), ["Kubernetes"]);
  assert.deepEqual(found("ijb"), ["Institut Jules Bordet"]);
  assert.deepEqual(found(""), []);
  assert.deepEqual(found("?"), []);
});

test("accents, capitals, hyphens and what French elides make no difference", () => {
  assert.deepEqual(found("l'ULIEGE"), ["Université de Liège"]);
  assert.deepEqual(found("universite de liege"), ["Université de Liège"]);
  assert.deepEqual(found("oeuvre nationale"), ["L’Œuvre nationale"]);
  assert.deepEqual(found("car t"), ["CAR-T"]);
  assert.deepEqual(found("d’ULiège", "en"), [], "English has no elisions");
});

test("a page is found by a keyword, after those that are called so", () => {
  const pages = [
    ["/a/", 0, "Viral vectors", [], [], ["AAV", "Adénovirus"]],
    ["/b/", 0, "AAV Ltd", []],
  ];
  const all = new Names([{ folder: "/x/", summaries: 5, types: ["actors"], names: pages }], "en");
  const found = (query) => all.find(query).map(({ url }) => url);
  assert.deepEqual(found("aav"), ["/b/", "/a/"]);
  assert.deepEqual(found("adenovirus"), ["/a/"]);
  assert.deepEqual(found("adeno"), [], "the beginning of a keyword is for the index");
});

test("a page knows where its summary is", () => {
  assert.deepEqual(names("fr").find("ovn").map(({ url, type, file }) => [url, type, file]), [["/p/4/", "actors", "/search-index/x/summaries/0.json"]]);
  assert.equal(names("fr").find("kubernetes")[0].file, "/search-index/x/summaries/1.json");
});

const SLIPS = {
  // A letter is missing, too many, wrong, or swapped with the next one.
  novadp: "Novadip",
  novadiip: "Novadip",
  movadip: "Novadip",
  noavdip: "Novadip",
  liegge: "Liège",
  oeuvr3: undefined,
  // Two slips only in a long word, and only after the same first letter.
  kubernats: "Kubernetes",
  lubernats: undefined,
  nvadp: undefined,
  imunoterapie: "Immunothérapie",
  // What is right, or the beginning of a name, stays; and so does what is short or has digits.
  novadip: undefined,
  immunoth: undefined,
  bom: undefined,
  k9s: undefined,
  cartilage: undefined,
};
for (const [word, meant] of Object.entries(SLIPS)) {
  test(`${word} is ${meant ? `meant to be ${meant}` : "left as it is"}`, () => assert.equal(names("fr").mend(word), meant));
}
