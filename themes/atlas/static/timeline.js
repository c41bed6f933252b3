// Shows the years of a timeline between two years, which the address keeps, as ?from=2015&to=2024.

const range = document.querySelector(".timeline .range");
const { from, to } = range.elements;
const status = range.querySelector("output");
const timeline = range.closest(".timeline");
const rows = [...timeline.querySelectorAll("ol > li")];
const plurals = new Intl.PluralRules(document.documentElement.lang);

const show = () => {
  const [first, last] = [Number(from.value) || -Infinity, Number(to.value) || Infinity];
  const isWhole = !from.value && !to.value;
  for (const row of rows) {
    const year = Number(row.dataset.year);
    // A stretch without entries has no year.
    row.hidden = !isWhole && !(row.dataset.year && year >= first && year <= last);
  }
  const count = [...timeline.querySelectorAll("ol li li:not(.note)")].filter((entry) => entry.checkVisibility()).length;
  const form = plurals.select(count) === "one" ? status.dataset.one : status.dataset.other;
  status.value = isWhole ? "" : form.replace("{count}", count.toLocaleString(document.documentElement.lang));
};

const query = new URLSearchParams(location.search);
for (const input of [from, to]) input.value = query.get(input.name) ?? "";
range.hidden = false;
show();

range.addEventListener("input", () => {
  for (const input of [from, to]) {
    if (input.value) query.set(input.name, input.value);
    else query.delete(input.name);
  }
  history.replaceState(null, "", `${query.size ? `?${query}` : location.pathname}${location.hash}`);
  show();
});
// The kind that the address names is chosen when the page is loaded.
for (const event of ["load", "hashchange"]) addEventListener(event, show);
