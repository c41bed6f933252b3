// The index as a table: chosen columns, entries side by side, and a spreadsheet. Loaded by index.js when somebody asks for one of these.

const MOST = 4;

/** A row with its links in the place of their positions. */
const rowOf = (links, [id, link, cells]) => {
  const item = (item) => (typeof item[0] === "number" ? [links[item[0]], item[1]] : item);
  return [id, { link: links[link], cells: cells.map((cell) => cell.map(item)) }];
};

/** The parts of the page, and the table of the type: its columns, and its parts with links and rows. */
export const makeTable = ({ form, section, element, data, parts }) => {
  const { columns, compare, sort } = form.elements;
  const { lang } = document.documentElement;
  const view = section.querySelector(".table-view");
  const [comparison, table] = view.querySelectorAll("table");
  const list = view.querySelector(".columns ul");
  const rows = new Map(parts.flatMap(({ links, rows }) => rows.map((row) => rowOf(links, row))));
  const usual = data.columns.filter(({ shown }) => shown).map(({ id }) => id);

  /** Writes into a field of the form, as a reader would. */
  const write = (field, value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const chosen = () => (columns.value ? columns.value.split(",") : usual);
  const compared = () => compare.value.split(",").filter((id) => rows.has(id));
  const shownColumns = () => [...data.columns.entries()].filter(([, { id }]) => chosen().includes(id));
  const titleOf = (id) => rows.get(id).link[0];
  const toggled = (ids, id) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);

  const textOf = (item) => {
    if (!Array.isArray(item)) return item;
    const [first, said] = item;
    if (typeof first === "string") return first;
    return first[0] + (said && ` (${said})`);
  };
  const textOfCell = (cell) => cell.map(textOf).join(", ");
  const link = ([text, href, own]) => element("a", { href, lang: own ?? lang }, text);
  const nodes = (item) => {
    if (!Array.isArray(item) || typeof item[0] === "string") return [textOf(item)];
    return [link(item[0]), ...(item[1] ? [" ", element("span", { className: "meta" }, item[1])] : [])];
  };
  const cellOf = (cell) =>
    element("td", {}, element("ul", {}, ...cell.map((item) => element("li", {}, ...nodes(item)))));

  /** The control that has the focus is drawn anew. */
  let focus = null;
  const control = (key, made) => {
    made.dataset.key = key;
    return made;
  };

  const sortButton = (id, label) => {
    const by = sort.value.replace(/^-/, "") === id;
    const order = by ? (sort.value === id ? "ascending" : "descending") : "none";
    const button = element(
      "button",
      { type: "button", onclick: () => write(sort, sort.value === id ? `-${id}` : id) },
      label,
    );
    return element("th", { scope: "col", ariaSort: order }, control(`sort ${id}`, button));
  };
  const box = (id, ids) => {
    const onchange = () => write(compare, toggled(compared(), id).join(","));
    const disabled = ids.length >= MOST && !ids.includes(id);
    const ariaLabel = `${form.dataset.compare} ${titleOf(id)}`;
    return control(
      id,
      element("input", { type: "checkbox", checked: ids.includes(id), disabled, ariaLabel, onchange }),
    );
  };

  const drawComparison = (ids) => {
    const part = comparison.closest(".comparison");
    part.hidden = ids.length === 0;
    comparison.hidden = ids.length < 2;
    const remove = (id) =>
      element(
        "button",
        {
          type: "button",
          ariaLabel: `${form.dataset.remove} ${titleOf(id)}`,
          onclick: () => write(compare, toggled(ids, id).join(",")),
        },
        "×",
      );
    const heads = ids.map((id) =>
      element("th", { scope: "col" }, link(rows.get(id).link), " ", control(`remove ${id}`, remove(id))),
    );
    const lines = data.columns.flatMap(({ label }, at) => {
      const cells = ids.map((id) => rows.get(id).cells[at]);
      if (cells.every((cell) => cell.length === 0)) return [];
      const isSame = new Set(cells.map(textOfCell)).size === 1;
      return [
        element(
          "tr",
          { className: isSame ? "same" : "" },
          element("th", { scope: "row" }, label),
          ...cells.map(cellOf),
        ),
      ];
    });
    comparison.replaceChildren(
      element("thead", {}, element("tr", {}, element("td"), ...heads)),
      element("tbody", {}, ...lines),
    );
  };

  const drawColumns = () =>
    list.replaceChildren(
      ...data.columns.map(({ id, label }) => {
        const onchange = () => write(columns, toggled(chosen(), id).join(","));
        const input = element("input", { type: "checkbox", checked: chosen().includes(id), onchange });
        return element("li", {}, element("label", {}, control(`column ${id}`, input), " ", label));
      }),
    );

  // Columns that the select does not have yet can be sorted by, too.
  const known = [...sort.options].map(({ value }) => value);
  for (const { id, label } of data.columns.filter(({ id }) => !known.includes(id))) {
    for (const [value, mark] of [
      [id, "↑"],
      [`-${id}`, "↓"],
    ])
      sort.add(new Option(`${label} ${mark}`, value));
  }

  return {
    start: () => {
      focus = document.activeElement?.dataset.key;
      drawComparison(compared());
      drawColumns();
      const heads = shownColumns().map(([, { id, label }]) => sortButton(id, label));
      const head = element("tr", {}, element("td"), sortButton("title", form.dataset.name), ...heads);
      table.replaceChildren(element("thead", {}, head), element("tbody"));
    },
    append: (entries) => {
      const [shown, ids] = [shownColumns(), compared()];
      const row = ({ id }) => {
        const { link: own, cells } = rows.get(id);
        return element(
          "tr",
          {},
          element("td", {}, box(id, ids)),
          element("th", { scope: "row" }, link(own)),
          ...shown.map(([at]) => cellOf(cells[at])),
        );
      };
      table.tBodies[0].append(...entries.map(row));
      if (focus) view.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
      focus = null;
    },
    sortKey: ({ id }, by) =>
      textOfCell(rows.get(id).cells[data.columns.findIndex((column) => column.id === by)] ?? []) || null,
    /** A spreadsheet as Excel reads it in most of Europe. Text that Excel would take for a formula has an apostrophe before it. */
    sheet: (entries, isTable) => {
      const shown = isTable ? shownColumns() : [...data.columns.entries()];
      const cell = (text) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
      const number = (value) => value.toLocaleString(lang, { useGrouping: false, maximumFractionDigits: 20 });
      const value = (items, { unit }) =>
        unit !== null && items.length === 1 ? number(items[0][1]) : cell(textOfCell(items));
      const heads = shown.map(([, { label, unit }]) => cell(unit ? `${label} (${unit})` : label));
      const lines = entries.map(({ id }) => [
        cell(titleOf(id)),
        ...shown.map(([at, column]) => value(rows.get(id).cells[at], column)),
      ]);
      return `\ufeff${[[cell(form.dataset.name), ...heads], ...lines].map((line) => `${line.join(";")}\r\n`).join("")}`;
    },
  };
};
