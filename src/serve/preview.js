// Keeps a tab of the preview in step with the files: reloads it when its page has changed, swaps its style sheets when they have, and
// shows what is wrong.
(() => {
  "use strict";

  const { version, number } = document.currentScript.dataset;
  const KEPT = "filiere-preview";

  /** What the tab remembers over a reload. */
  const kept = {
    get: () => {
      try {
        return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
      } catch {
        return {};
      }
    },
    set: (values) => {
      try {
        sessionStorage.setItem(KEPT, JSON.stringify({ ...kept.get(), ...values }));
      } catch {
        // A tab that may not remember anything still reloads.
      }
    },
  };

  // ---- Reloading, and being where one was ----

  const reload = () => {
    kept.set({ path: location.pathname, left: scrollX, top: scrollY });
    location.reload();
  };

  const { path, left, top } = kept.get();
  kept.set({ path: null });
  if (path === location.pathname) {
    const restore = () => scrollTo({ left, top, behavior: "instant" });
    if (document.readyState === "complete") restore();
    else addEventListener("load", restore, { once: true });
  }

  // ---- Files beside the page ----

  const pathOf = (url) => {
    const { origin, pathname } = new URL(url, location.href);
    return origin === location.origin ? decodeURI(pathname) : null;
  };

  /** Loads a style sheet again. The old ones stay until it is there: several, if it changes faster than it loads. */
  const swap = (links) => {
    const last = links.at(-1);
    const fresh = last.cloneNode();
    const url = new URL(last.href);
    url.searchParams.set("preview", Date.now());
    fresh.href = url.href;
    fresh.addEventListener("load", () => links.forEach((link) => link.remove()), { once: true });
    fresh.addEventListener("error", () => fresh.remove(), { once: true });
    last.after(fresh);
  };

  /** Whether an address is that of one of these files; their paths are below the base path of the site, which this page may not know. */
  const isAmong = (files, url) => {
    const path = pathOf(url);
    return path !== null && files.some((file) => path.endsWith(file));
  };

  /** Swaps style sheets that have changed; a change of anything else that the page has loaded takes a reload. */
  const filesChanged = (files) => {
    const links = [...document.querySelectorAll('link[rel~="stylesheet"]')];
    const changedLinks = links.filter((link) => isAmong(files, link.href));
    const sheets = new Set(changedLinks.map((link) => pathOf(link.href)));
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    if (loaded.some((url) => isAmong(files, url) && !sheets.has(pathOf(url)))) {
      reload();
      return;
    }
    for (const sheet of sheets) swap(changedLinks.filter((link) => pathOf(link.href) === sheet));
  };

  // ---- What is wrong ----

  const STYLE = `
    :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; pointer-events: none;
      font: 14px/1.5 system-ui, sans-serif; color-scheme: dark; }
    :host > * { pointer-events: auto; }
    button { font: inherit; color: inherit; background: #0000; border: 1px solid #8a8f98; border-radius: 3px; padding: 2px 10px; cursor: pointer; }
    button:hover { background: #3a3f47; }
    button:focus-visible, section:focus-visible { outline: 2px solid #9cc4ff; outline-offset: 2px; }
    .badge { position: absolute; right: 12px; bottom: 12px; background: #1d2026; color: #f2f2f0; }
    section { background: #1d2026; color: #f2f2f0; border-top: 3px solid #e5c07b; max-height: 60vh; display: flex; flex-direction: column; }
    section.errors { border-top-color: #ff7b72; }
    header { display: flex; gap: 12px; align-items: center; padding: 8px 16px; }
    h2 { font: inherit; font-weight: 600; margin: 0; flex: 1; }
    pre { margin: 0; padding: 0 16px 16px; overflow: auto; font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; tab-size: 4; }
    .b { font-weight: 700; } .c31, .c91 { color: #ff7b72; } .c33, .c93 { color: #e5c07b; } .c34, .c94 { color: #9cc4ff; }
    .c32, .c92 { color: #8fd18f; } .c36, .c96 { color: #7fd3d3; } .c35, .c95 { color: #d3a4e8; }
    @media print { :host { display: none; } }
  `;

  /** Text with the colours of a terminal, as elements. */
  const coloured = (text) => {
    const out = document.createDocumentFragment();
    let names = [];
    for (const [index, part] of text.split(/\x1b\[([0-9;]*)m/).entries()) {
      if (index % 2 === 1) {
        const codes = part.split(";").map(Number);
        if (codes.includes(0) || part === "") names = [];
        names.push(...codes.flatMap((code) => (code === 1 ? ["b"] : code >= 31 ? [`c${code}`] : [])));
      } else if (part !== "") {
        const span = document.createElement("span");
        span.className = names.join(" ");
        span.textContent = part;
        out.append(span);
      }
    }
    return out;
  };

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const host = document.createElement("filiere-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  document.documentElement.append(host);

  let problems = { errors: 0, warnings: 0, text: "" };
  let connected = true;
  // Errors show themselves; warnings wait until they are asked for.
  let open = null;

  const plural = (count, noun) => (count === 0 ? [] : [`${count} ${noun}${count === 1 ? "" : "s"}`]);

  const counted = () => [...plural(problems.errors, "error"), ...plural(problems.warnings, "warning")].join(", ");

  const endedBadge = () => {
    const text = "The preview has ended; waiting for it to start again…";
    return element("div", { className: "badge", role: "status" }, text);
  };

  /** What is wrong in full, over the lower part of the page. */
  const problemsPanel = () => {
    const close = element("button", { type: "button", onclick: () => toggle(false) }, "Hide");
    const header = element("header", {}, element("h2", {}, counted()), close);
    const text = element("pre", { tabIndex: 0 }, coloured(problems.text));
    const section = element("section", { className: problems.errors > 0 ? "errors" : "", lang: "en" }, header, text);
    section.setAttribute("role", "region");
    section.setAttribute("aria-label", `Preview: ${counted()}`);
    return section;
  };

  /** How much is wrong, in the corner. */
  const problemsBadge = () => {
    const properties = { className: "badge", type: "button", lang: "en", onclick: () => toggle(true) };
    return element("button", properties, counted());
  };

  const show = () => {
    const hadFocus = root.activeElement !== null;
    root.replaceChildren();
    if (!connected) {
      root.append(endedBadge());
      return;
    }
    if (problems.errors + problems.warnings === 0) return;
    root.append((open ?? problems.errors > 0) ? problemsPanel() : problemsBadge());
    if (hadFocus) root.querySelector("button").focus();
  };

  const toggle = (wanted) => {
    open = wanted;
    show();
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.querySelector("section")) toggle(false);
  });

  // ---- The line to the server ----

  let shown = { path: location.pathname, version, number: Number(number) };

  /** What the server says: the number of its newest state, what is wrong, which files have changed, whether this page has. */
  const hear = (news) => {
    if (news.number) shown = { ...shown, number: news.number };
    if (news.problems) {
      // What is newly wrong shows itself even to those who hid what was wrong before.
      if (news.problems.text !== problems.text) open = null;
      problems = news.problems;
      show();
    }
    if (news.files) filesChanged(news.files);
    if (news.reload) reload();
  };

  const connect = () => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/.filiere/live`);
    socket.addEventListener("open", () => {
      connected = true;
      show();
      socket.send(JSON.stringify(shown));
    });
    socket.addEventListener("message", ({ data }) => hear(JSON.parse(data)));
    socket.addEventListener("close", () => {
      if (connected) {
        connected = false;
        setTimeout(show, 400);
      }
      setTimeout(connect, 300);
    });
  };

  connect();
})();
