// Previews of what prose links to. What makes them is loaded when a reader first comes to such a link.

const LINKS = ".citation a, .prose a[class]:not(.back)";
let previews;

/** Loads what makes previews, once; after a failure the next use tries again. */
const load = () => {
  previews ??= import("./preview.js");
  previews.catch(() => (previews = undefined));
  return previews;
};

/** The last pointer: a finger can't hover over a link. */
let isTouch = false;

const on = (type, whenever) =>
  addEventListener(type, (event) => {
    const link = event.target.closest?.(LINKS);
    if (link) whenever(link, event);
  });

addEventListener("pointerdown", (event) => (isTouch = event.pointerType === "touch"), { capture: true });
on("pointerover", (link, event) => {
  if (event.pointerType === "touch") return;
  load().then(({ open }) => link.matches(":hover") && open(link));
});
on("focusin", (link) => {
  if (link.matches(":focus-visible")) load().then(({ open }) => link.matches(":focus") && open(link));
});
// A finger opens the preview of a name or of a citation, and follows the link at the second touch. Links that an author has
// made are followed at once.
on("click", (link, event) => {
  if (!isTouch || event.detail === 0 || link.hasAttribute("aria-describedby") || !link.matches(".auto, .citation a"))
    return;
  event.preventDefault();
  load().then(
    ({ open }) => open(link, 0),
    () => link.click(),
  );
});
