//! HTML that must be harmless, looked at as a browser parses it.

use std::collections::HashSet;

use filiere::parse::{Prose, SlotKind};
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// All elements that prose may have. Raw HTML that is sanitised may have every one of them.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "area",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "map",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
    "html",
    "head",
    "body",
    MARK,
];

/// All attributes that prose may have.
const ATTRIBUTES: &[&str] = &[
    "abbr", "align", "alt", "axis", "char", "charoff", "cite", "class", "cols", "colspan", "coords", "datetime", "dir",
    "headers", "height", "href", "hreflang", "id", "lang", "loading", "name", "open", "rel", "rowspan", "scope",
    "shape", "size", "span", "src", "start", "summary", "tabindex", "title", "type", "value", "valign", "width",
];

/// The schemes that an address of prose may have. An address without a scheme is one of the site.
const SCHEMES: &[&str] = &[
    "bitcoin",
    "ftp",
    "ftps",
    "geo",
    "http",
    "https",
    "im",
    "irc",
    "ircs",
    "magnet",
    "mailto",
    "mms",
    "mx",
    "news",
    "nntp",
    "openpgp4fpr",
    "sip",
    "sms",
    "smsto",
    "ssh",
    "tel",
    "url",
    "webcal",
    "wtai",
    "xmpp",
];

/// The element that stands for the content of a slot.
const MARK: &str = "x-slot";

/// Whether prose, with its slots filled, is harmless; and, unless an error was reported about it, whole: no slot is lost
/// or where it can't be, and the anchor of each heading is there once.
pub fn harmless(prose: &Prose, has_errors: bool) {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(filled(prose));
    let mut seen = Seen::default();
    look(&dom.document, &mut seen);
    if has_errors {
        return;
    }
    let slots = prose.slots.iter().filter(|slot| !matches!(slot.kind, SlotKind::LinkClose)).count();
    assert_eq!(seen.marks, slots, "a slot is not where an element can be: {}", prose.html);
    let mut anchors = HashSet::new();
    for heading in &prose.headings {
        assert!(anchors.insert(&heading.id), "two headings have the anchor {}", heading.id);
        assert!(seen.ids.contains(&*heading.id), "no element has the anchor {}", heading.id);
    }
}

/// The HTML with an element in place of each slot.
fn filled(prose: &Prose) -> String {
    let mut html = String::new();
    let mut from = 0;
    let mut last = 0;
    for slot in &prose.slots {
        let at = slot.at;
        assert!(at >= last && at <= prose.html.len(), "slots are out of order");
        last = at;
        html.push_str(&prose.html[from..at]);
        from = at;
        if !matches!(slot.kind, SlotKind::LinkClose) {
            html.push_str(&format!("<{MARK}></{MARK}>"));
        }
        if let SlotKind::Wiki { words: Some(words), .. } = &slot.kind {
            html.push_str(&words.html);
        }
    }
    html.push_str(&prose.html[from..]);
    html
}

/// What was seen of a document.
#[derive(Default)]
struct Seen {
    marks: usize,
    ids: HashSet<String>,
}

/// Looks at all nodes. Not recursive: a document may be nested more deeply than the stack is.
fn look(document: &Handle, seen: &mut Seen) {
    let mut nodes = vec![document.clone()];
    while let Some(node) = nodes.pop() {
        if let NodeData::Element { name, attrs, .. } = &node.data {
            assert!(ELEMENTS.contains(&&*name.local), "prose has the element <{}>", name.local);
            seen.marks += usize::from(&*name.local == MARK);
            for attribute in attrs.borrow().iter() {
                attribute_is_harmless(&attribute.name.local, &attribute.value);
                if &*attribute.name.local == "id" {
                    seen.ids.insert(attribute.value.to_string());
                }
            }
        }
        nodes.extend(node.children.borrow().iter().cloned());
    }
}

fn attribute_is_harmless(name: &str, value: &str) {
    assert!(ATTRIBUTES.contains(&name), "prose has the attribute {name}=\"{value}\"");
    if ["href", "src", "cite"].contains(&name) {
        // Browsers pass over white space and control characters at the start, and over tabs and line ends anywhere.
        let address = value.trim_start_matches(|char| char <= ' ').replace(['\t', '\n', '\r'], "");
        let start = address.split(['/', '?', '#']).next().unwrap_or_default();
        // With any other text before the colon, the address is relative.
        let is_scheme = |text: &&str| {
            text.starts_with(|char: char| char.is_ascii_alphabetic())
                && text.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
        };
        if let Some(scheme) = start.split_once(':').map(|(scheme, _)| scheme).filter(is_scheme) {
            let scheme = scheme.to_ascii_lowercase();
            assert!(SCHEMES.contains(&&*scheme), "prose has an address with the scheme {scheme}");
        }
    }
}
