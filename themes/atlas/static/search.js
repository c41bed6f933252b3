// The box of the search: the key "/" leads to it, and what searches is loaded when it is used.

const form = document.querySelector("form.search");
const input = form.elements.q;
let panel;

/** Loads what searches, once; after a failure the next use tries again. */
const load = () => {
  panel ??= import("./search-panel.js").then((module) => module.start(form));
  panel.catch((error) => {
    console.error(error);
    panel = undefined;
  });
};

const isTyping = (element) => element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);

const onKey = (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  event.preventDefault();
  input.focus();
  input.select();
};

addEventListener("keydown", onKey);
input.addEventListener("focus", load);
if (document.activeElement === input || form.closest("[data-search]")) load();
