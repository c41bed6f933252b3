// A preview: what a link leads to, in a box beside it. A name has its title, its summary and its first facts, from its own page; a
// citation has its source, from the list of sources. The box stays while the pointer is on it or on the link, or while the
// link has the focus, and the key Escape closes it.

const DELAY = 300;
const FACTS = 3;

const make = (name, className, text, source) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text.trim().replace(/\s+/g, " ");
  for (const attribute of ["lang", "dir"]) {
    if (source?.hasAttribute(attribute)) element.setAttribute(attribute, source.getAttribute(attribute));
  }
  return element;
};

/** The text of an element without that which only screen readers say. */
const textOf = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".sr-only, .mark").forEach((part) => part.remove());
  return copy.textContent;
};

const titled = (link, text, source) => {
  const title = make("a", "name", text, source);
  title.href = link.href;
  title.tabIndex = -1;
  return title;
};

/** What the list of sources says of the source of a citation. */
const cited = (link) => {
  const entry = document.getElementById(link.hash.slice(1)).cloneNode(true);
  entry.querySelectorAll(".backs").forEach((backs) => backs.remove());
  entry.querySelectorAll("a").forEach((inner) => (inner.tabIndex = -1));
  return [...entry.childNodes];
};

/** What a page says of its entity; of one whose type has no pages, the index says it in a line. Nothing for another place on a page. */
const introduced = async (link) => {
  const response = await fetch(link.href);
  if (!response.ok) throw new Error(`${link.href}: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const line = link.hash && page.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (link.hash && !line?.querySelector(":scope > .facts")) return undefined;
  const places = line ? [":scope > .name", ".facts > p"] : ["h1", ".title .lead"];
  const [title, lead] = places.map((place) => (line || page).querySelector(place));
  const kind = page.querySelector(line ? "h1" : ".title .kind");
  const parts = [make("p", "meta", textOf(kind)), titled(link, title.textContent, title)];
  const facts = [...(line || page).querySelectorAll(".facts dl > div:not(.wide)")].slice(0, FACTS);
  if (lead) parts.push(make("p", "", lead.textContent, lead));
  if (facts.length > 0) {
    const list = document.createElement("dl");
    list.append(
      ...facts.flatMap((fact) => [...fact.children].map((part) => make(part.localName, "", textOf(part), part))),
    );
    parts.push(list);
  }
  return parts;
};

/** The content of the preview of a link. */
const contents = new Map();
const contentOf = (link) => {
  const isHere = link.closest(".citation");
  if (!contents.has(link.href)) {
    const content = isHere ? Promise.resolve(cited(link)) : introduced(link);
    content.catch(() => contents.delete(link.href));
    contents.set(link.href, content);
  }
  return contents.get(link.href);
};

const box = document.createElement("div");
box.className = "preview";
box.id = "v_preview";
box.hidden = true;

/** The style sheet of previews. */
const styled = new Promise((resolve, reject) => {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("css/preview.css", import.meta.url).href;
  sheet.addEventListener("load", resolve);
  sheet.addEventListener("error", reject);
  document.head.append(sheet);
});
document.body.append(box);

let shown;
let timer;

const close = () => {
  clearTimeout(timer);
  shown?.removeAttribute("aria-describedby");
  shown = undefined;
  box.hidden = true;
};

/** Puts the box below the link, or above it where there is more room. */
const place = (link) => {
  const lines = [...link.getClientRects()];
  const last = lines.at(-1);
  const width = document.documentElement.clientWidth;
  const isBelow = last.bottom + box.offsetHeight < innerHeight || lines[0].top < box.offsetHeight;
  const top = isBelow ? last.bottom : lines[0].top - box.offsetHeight;
  const left = isBelow ? last.left : lines[0].left;
  box.style.top = `${top + scrollY}px`;
  box.style.left = `${Math.max(8, Math.min(left, width - box.offsetWidth - 8)) + scrollX}px`;
};

const show = async (link) => {
  const [parts] = await Promise.all([contentOf(link), styled]);
  // Meanwhile the reader may have gone on.
  if (shown !== link || !parts) return;
  box.replaceChildren(...parts);
  if (link.closest(".citation")) delete box.dataset.type;
  else box.dataset.type = link.classList[0];
  box.hidden = false;
  link.setAttribute("aria-describedby", box.id);
  place(link);
};

/** Opens the preview of a link, after a moment. */
export const open = (link, delay = DELAY) => {
  clearTimeout(timer);
  if (shown === link) return;
  timer = setTimeout(() => {
    // Meanwhile the pointer or the focus may have gone on.
    if (delay > 0 && !link.matches(":hover, :focus")) return;
    close();
    shown = link;
    show(link).catch((error) => console.info(error.message));
  }, delay);
};

const isOn = (target) => target instanceof Node && (box.contains(target) || shown?.contains(target));

addEventListener("pointerover", (event) => {
  if (
    event.pointerType === "touch" ||
    event.target.closest?.(".citation a, .prose a[class]") ||
    document.activeElement === shown
  )
    return;
  clearTimeout(timer);
  if (shown && !isOn(event.target)) timer = setTimeout(close, DELAY);
});
addEventListener("pointerdown", (event) => isOn(event.target) || close());
addEventListener("focusout", (event) => event.target === shown && !isOn(event.relatedTarget) && close());
addEventListener("keydown", (event) => event.key === "Escape" && close());
