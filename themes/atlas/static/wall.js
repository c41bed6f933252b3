// Filters the names of a wall. In: what a reader types, or `q` of the address. Out: the names that have all words in their own name, that of their
// group or that of their section, and how many they are. Without this script all names are shown.

const wall = document.querySelector(".wall");
const filter = wall.querySelector(".wall-filter");
const input = filter.querySelector("input");
const output = filter.querySelector("output");
const plurals = new Intl.PluralRules(document.documentElement.lang);
const numbers = new Intl.NumberFormat(document.documentElement.lang);

/** Text without accents and capitals, for comparison. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Each section with its link in the list of sections, its groups and their names. */
const sections = [...wall.querySelectorAll(".wall-section")].map((section) => ({
  section,
  link: wall.querySelector(`nav a[href="#${section.id}"]`).parentElement,
  groups: [...section.querySelectorAll(".wall-group")].map((group) => {
    const above = fold(`${section.querySelector("h3").textContent} ${group.querySelector("h4")?.textContent ?? ""}`);
    const names = [...group.querySelectorAll("li:has(a)")].map((item) => ({
      item,
      text: `${above} ${fold(item.textContent)}`,
      address: item.firstChild.href,
    }));
    return { group, names };
  }),
}));

const show = () => {
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  const found = new Set();
  for (const { section, link, groups } of sections) {
    for (const { group, names } of groups) {
      for (const { item, text, address } of names) {
        item.hidden = !words.every((word) => text.includes(word));
        if (!item.hidden) found.add(address);
      }
      group.hidden = names.every(({ item }) => item.hidden);
    }
    section.hidden = link.hidden = groups.every(({ group }) => group.hidden);
  }
  const form = filter.dataset[plurals.select(found.size)] ?? filter.dataset.other;
  output.textContent = words.length > 0 ? form.replace("{count}", numbers.format(found.size)) : "";
};

input.value = new URLSearchParams(location.search).get("q") ?? "";
input.addEventListener("input", () => {
  const address = new URL(location);
  if (input.value) address.searchParams.set("q", input.value);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
  show();
});
filter.hidden = false;
show();
