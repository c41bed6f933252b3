//! Prose as HTML, with slots for links, cards, citations and images, which depend on the rest of the site.

use crate::locale::fold;
use crate::text::Span;

/// Prose as HTML with slots.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// The HTML around the slots.
    pub html: Box<str>,
    /// The slots, in the order of their offsets.
    pub slots: Box<[Slot]>,
    /// The headings, in order.
    pub headings: Box<[Heading]>,
    /// The indices of the headings, in the order of their anchors.
    by_anchor: Box<[usize]>,
}

/// A position in the HTML at which HTML is inserted that depends on the rest of the site.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The byte offset in the HTML.
    pub at: usize,
    /// The span of the link in the source.
    pub span: Span,
    /// The kind of HTML to insert.
    pub kind: SlotKind,
}

/// The kind of HTML to insert at a slot. Targets are in the author's notation.
#[derive(Debug, Clone)]
pub enum SlotKind {
    /// The start of a link to a page or file of the site.
    LinkOpen {
        /// The target of the link.
        target: Box<str>,
        /// The title attribute; empty if there is none.
        title: Box<str>,
    },
    /// The end of the last link that is open.
    LinkClose,
    /// A whole wikilink.
    Wiki {
        /// The target of the link.
        target: Box<str>,
        /// The words after the bar, if there are any.
        words: Option<Words>,
    },
    /// The card of an entity.
    Embed {
        /// The entity.
        target: Box<str>,
        /// Whether block elements are allowed here. If not, a link is inserted.
        block: bool,
    },
    /// An image file of the site.
    Image {
        /// The path of the file.
        src: Box<str>,
        /// The alternative text.
        alt: Box<str>,
        /// The title attribute; empty if there is none.
        title: Box<str>,
    },
}

/// The words of a wikilink.
#[derive(Debug, Clone)]
pub struct Words {
    /// The words as HTML.
    pub html: Box<str>,
    /// The words as plain text.
    pub text: Box<str>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The level, from 1 to 6.
    pub level: u8,
    /// The anchor.
    pub id: Box<str>,
    /// The plain text.
    pub text: Box<str>,
    /// The heading in the source.
    pub span: Span,
}

impl Prose {
    pub(super) fn new(html: String, slots: Vec<Slot>, headings: Vec<Heading>) -> Self {
        let mut by_anchor: Box<[usize]> = (0..headings.len()).collect();
        by_anchor.sort_by(|a, b| headings[*a].id.cmp(&headings[*b].id));
        Self { html: html.into(), slots: slots.into(), headings: headings.into(), by_anchor }
    }

    /// Whether a heading has this anchor.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.by_anchor.binary_search_by(|index| (*self.headings[*index].id).cmp(anchor)).is_ok()
    }

    /// The anchors of the headings, in order.
    pub fn anchors(&self) -> impl Iterator<Item = &str> + Clone {
        self.headings.iter().map(|heading| &*heading.id)
    }

    /// Whether readers see nothing.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty() && self.html.trim().is_empty()
    }

    /// Sets the span of all slots.
    pub(super) fn set_span(&mut self, span: Span) {
        for slot in &mut self.slots {
            slot.span = span;
        }
    }

    /// The prose without its `<p>` element, if it is a single paragraph.
    #[must_use]
    pub fn unwrapped(mut self) -> Self {
        const OPEN: &str = "<p>";
        let inner = self.html.trim_end().strip_prefix(OPEN).and_then(|rest| rest.strip_suffix("</p>"));
        if let Some(inner) = inner.filter(|inner| !inner.contains(OPEN)).map(Box::from) {
            self.html = inner;
            for slot in &mut self.slots {
                slot.at = slot.at.saturating_sub(OPEN.len());
            }
        }
        self
    }
}

/// The slug of a text: lower-case letters without accents and digits, with a single hyphen for any other characters.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for char in fold(text) {
        match char {
            ' ' if slug.is_empty() || slug.ends_with('-') => {}
            ' ' => slug.push('-'),
            _ => slug.push(char),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
