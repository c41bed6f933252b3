// The rules of html-validate: all that it recommends, those for whole documents and those for accessibility, and two more.

export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  rules: {
    // The Content-Security-Policy blocks style elements.
    "no-style-tag": "error",
    // A name that is no element of HTML, SVG or MathML is a slip of the pen.
    "no-unknown-elements": "error",
    // A hash protects from other hosts that change a file. All files come from our own host, together with the page; one from elsewhere would need it.
    "require-sri": ["error", { target: "crossorigin" }],
    // ARIA gives every list and every group a name if it wants one (WAI-ARIA 1.2, 5.2.8.6); the recommended rule would like it only on landmarks and controls.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // A title is the name of an entity, such as that of a press article, and is not ours to shorten.
    "long-title": "off",
  },
};
