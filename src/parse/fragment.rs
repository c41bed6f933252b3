//! Fragments of HTML with slots, and their sanitisation.

use std::collections::HashSet;
use std::sync::Mutex;

use super::prose::{Slot, SlotKind};
use crate::text::Span;

/// A fragment of HTML, and the slots in it.
#[derive(Default)]
pub(super) struct Fragment {
    /// The HTML around the slots.
    pub html: String,
    /// The slots, in the order of their offsets.
    pub slots: Vec<Slot>,
}

impl Fragment {
    /// Adds a slot at the end.
    pub(super) fn slot(&mut self, span: Span, kind: SlotKind) {
        self.slots.push(Slot { at: self.html.len(), span, kind });
    }

    /// Adds another fragment at the end.
    pub(super) fn append(&mut self, other: Self) {
        let at = self.html.len();
        self.html.push_str(&other.html);
        self.slots.extend(other.slots.into_iter().map(|slot| Slot { at: slot.at + at, ..slot }));
    }

    /// Whether the fragment ends with this HTML, without a slot after it.
    pub(super) fn ends_with(&self, html: &str) -> bool {
        self.html.ends_with(html) && self.slots.last().is_none_or(|slot| slot.at < self.html.len())
    }
}

/// Sanitises HTML that contains an author's raw HTML: only harmless elements and attributes stay, and all elements are
/// closed.
///
/// Slots are passed through the HTML parser as elements, so that they stay in the order of the text and links stay
/// around their words. The name of these elements does not occur in the HTML, and names of elements can't be written
/// with character references. So an author can't forge such an element, and none can end up in an attribute. A slot
/// that the parser drops, such as one inside a comment, is dropped here too.
///
/// `ids` are the ids that the writer has made. Each is kept once. Of the author's own ids, those are kept that occur
/// once and that neither the writer nor a theme can make; a theme's ids contain an underscore. Without `ids`, the
/// fragment is only a part of a text, and loses all ids.
pub(super) fn sanitized(fragment: Fragment, ids: Option<HashSet<String>>) -> Fragment {
    let element = unused_name(&fragment.html);
    let name = element.clone();
    let used = Mutex::new(HashSet::new());
    let keeps_id = move |id: &str| {
        let is_possible = ids.as_ref().is_some_and(|ids| ids.contains(id) || !id.contains('_'));
        is_possible && used.lock().is_ok_and(|mut used| used.insert(id.to_owned()))
    };
    let cleaned = ammonia::Builder::default()
        .add_tags(["section", &element])
        .add_generic_attributes(["id", "class", "tabindex", "scope"])
        .add_tag_attributes(&element, [NUMBER])
        .attribute_filter(move |owner, attribute, value| {
            let is_harmless = owner == name || !value.contains(&name);
            (is_harmless && (attribute != "id" || keeps_id(value))).then(|| value.into())
        })
        .link_rel(None)
        .clean(&with_elements(&fragment, &element))
        .to_string();
    with_slots(&cleaned, &element, fragment.slots)
}

/// The attribute with the index of the slot that an element stands for.
const NUMBER: &str = "n";

/// A name for elements that the HTML does not contain: `slot-` and a number above all numbers in names of this form.
fn unused_name(html: &str) -> String {
    let html = html.to_ascii_lowercase();
    let number = |rest: &str| {
        let digits = rest.split(|char: char| !char.is_ascii_digit()).next()?;
        digits.parse::<u32>().ok()
    };
    let numbers = html.match_indices("slot-").filter_map(|(at, name)| number(&html[at + name.len()..])).map(u64::from);
    format!("slot-{}", numbers.max().map_or(0, |highest| highest + 1))
}

/// The HTML of a fragment, with an element in place of each slot.
fn with_elements(fragment: &Fragment, element: &str) -> String {
    let mut html = String::with_capacity(fragment.html.len() + 32 * fragment.slots.len());
    let mut from = 0;
    for (number, slot) in fragment.slots.iter().enumerate() {
        html.push_str(&fragment.html[from..slot.at]);
        from = slot.at;
        match slot.kind {
            SlotKind::LinkOpen { .. } => html.push_str(&format!("<{element} {NUMBER}={number}>")),
            SlotKind::LinkClose => html.push_str(&format!("</{element}>")),
            _ => html.push_str(&format!("<{element} {NUMBER}={number}></{element}>")),
        }
    }
    html.push_str(&fragment.html[from..]);
    html
}

/// Turns the elements back into slots. Where HTML has no elements, as in a `<textarea>`, the element became escaped
/// text: it is removed, and its slot is dropped.
fn with_slots(html: &str, element: &str, slots: Vec<Slot>) -> Fragment {
    let (open, close) = (format!("<{element} {NUMBER}=\""), format!("</{element}>"));
    let (open_as_text, close_as_text) = (format!("&lt;{element} {NUMBER}="), format!("&lt;/{element}&gt;"));
    let mut slots: Vec<Option<Slot>> = slots.into_iter().map(Some).collect();
    let mut clean = Fragment { html: String::with_capacity(html.len()), slots: Vec::with_capacity(slots.len()) };
    // For each open element, the span of its link; none for other slots.
    let mut links: Vec<Option<Span>> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        clean.html.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((number, after)) = rest.strip_prefix(&*open).and_then(|tag| tag.split_once("\">")) {
            let slot = number.parse().ok().and_then(|number: usize| slots.get_mut(number)?.take());
            let is_link = |slot: &&Slot| matches!(slot.kind, SlotKind::LinkOpen { .. });
            links.push(slot.as_ref().filter(is_link).map(|slot| slot.span));
            if let Some(slot) = slot {
                clean.slot(slot.span, slot.kind);
            }
            rest = after;
        } else if let Some(after) = rest.strip_prefix(&*close) {
            if let Some(span) = links.pop().flatten() {
                clean.slot(span, SlotKind::LinkClose);
            }
            rest = after;
        } else if let Some((_, after)) = rest.strip_prefix(&*open_as_text).and_then(|tag| tag.split_once("&gt;")) {
            rest = after;
        } else if let Some(after) = rest.strip_prefix(&*close_as_text) {
            rest = after;
        } else {
            clean.html.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    clean.html.push_str(rest);
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(target: &str) -> SlotKind {
        SlotKind::LinkOpen { target: target.into(), title: "".into() }
    }

    /// Cleans HTML in which `{` and `}` stand for the start and end of a link, and `*` for a picture; shows it in the
    /// same way.
    fn cleaned(html: &str) -> String {
        let mut fragment = Fragment::default();
        for char in html.chars() {
            let span = Span::new(fragment.slots.len()..fragment.slots.len());
            match char {
                '{' => fragment.slot(span, link("x")),
                '}' => fragment.slot(span, SlotKind::LinkClose),
                '*' => fragment.slot(span, SlotKind::Image { src: "x".into(), alt: "".into(), title: "".into() }),
                char => fragment.html.push(char),
            }
        }
        let clean = sanitized(fragment, Some(HashSet::from(["fn_1".to_owned()])));
        let mut visible = String::new();
        let mut from = 0;
        for slot in &clean.slots {
            visible.push_str(&clean.html[from..slot.at]);
            from = slot.at;
            visible.push(match slot.kind {
                SlotKind::LinkOpen { .. } => '{',
                SlotKind::LinkClose => '}',
                _ => '*',
            });
        }
        visible + &clean.html[from..]
    }

    #[test]
    fn slots_stay_where_they_are() {
        assert_eq!(cleaned("<p>a {b <i>c</i>} * d</p>"), "<p>a {b <i>c</i>} * d</p>");
        assert_eq!(
            cleaned("<table><tbody><tr><td>{x}</td></tr></tbody></table>*"),
            "<table><tbody><tr><td>{x}</td></tr></tbody></table>*"
        );
    }

    #[test]
    fn links_end_with_the_element_that_they_start_in() {
        assert_eq!(cleaned("<p>{a <b>b} c</b></p>"), "<p>{a <b>b</b>}<b> c</b></p>");
        assert_eq!(cleaned("<p><b>a {b}</b> c</p>"), "<p><b>a {b}</b> c</p>");
    }

    #[test]
    fn no_slot_is_in_an_attribute_or_a_comment() {
        assert_eq!(cleaned("<b title=\"{x}\">y</b>"), "<b>y</b>");
        assert_eq!(cleaned("<b title='{x}'>y</b>"), "<b>y</b>");
        assert_eq!(cleaned("<b class=*>y</b>"), "<b>&gt;y</b>");
        assert_eq!(cleaned("<b * title=a>y</b>"), "<b> title=a&gt;y</b>");
        assert_eq!(cleaned("<!-- {x} -->y"), "y");
        assert_eq!(cleaned("<textarea>{x} *</textarea>y"), "x y");
    }

    #[test]
    fn ids_are_unique_and_not_those_of_a_theme() {
        assert_eq!(cleaned("<i id=a>x</i><i id=a>y</i><i id=p_main>z</i>"), "<i id=\"a\">x</i><i>y</i><i>z</i>");
        assert_eq!(cleaned("<li id=fn_1>x</li><li id=fn_1>y</li>"), "<li id=\"fn_1\">x</li><li>y</li>");
        let part = Fragment { html: String::from("<i id=a>x</i>"), slots: Vec::new() };
        assert_eq!(sanitized(part, None).html, "<i>x</i>");
    }

    #[test]
    fn slots_can_not_be_forged() {
        for forged in ["<slot-0 n=0>x</slot-0>", "<SLOT-0 N=0>x</SLOT-0>", "&lt;slot-0 n=0&gt;x&lt;/slot-0&gt;"] {
            let visible = cleaned(&format!("{forged}{{y}}"));
            assert_eq!(visible.matches('{').count(), 1, "{forged}: {visible}");
            assert!(visible.ends_with("{y}"), "{forged}: {visible}");
        }
        assert_eq!(cleaned("<b title='&lt;/slot&#45;0>&lt;slot&#45;0 n=&quot;0&quot;>'>x</b>{y}"), "<b>x</b>{y}");
        assert_eq!(unused_name("<Slot-41 <slot-7 slot-99999999999999999999x"), "slot-42");
    }
}
