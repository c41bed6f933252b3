//! Prose as HTML, with slots where something goes that only the whole site knows: links, cards, citations, pictures.

use crate::locale::fold;
use crate::text::Span;

/// Prose as HTML, complete but for its slots.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// The HTML between the slots.
    pub html: Box<str>,
    /// What goes where, in the order of the HTML.
    pub slots: Box<[Slot]>,
    /// The headings, in order.
    pub headings: Box<[Heading]>,
}

/// A place in the HTML that the rest of the site fills.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The offset in the HTML before which it goes.
    pub at: u32,
    /// The link in the source.
    pub span: Span,
    /// What goes there.
    pub kind: SlotKind,
}

/// What goes into a slot.
#[derive(Debug, Clone)]
pub enum SlotKind {
    /// The start of a link to something in the site, as it is written.
    LinkOpen {
        /// Where to.
        target: Box<str>,
        /// The title attribute; empty if there is none.
        title: Box<str>,
    },
    /// The end of that link.
    LinkClose,
    /// A wikilink with everything in it.
    Wiki {
        /// What is linked to, as it is written.
        target: Box<str>,
        /// The words after the bar, if there are any.
        words: Option<Words>,
    },
    /// The card of an entity.
    Embed {
        /// Whose, as it is written.
        target: Box<str>,
        /// Whether a block can stand here; a link otherwise.
        block: bool,
    },
    /// A picture of the site.
    Image {
        /// Its path, as it is written.
        src: Box<str>,
        /// What it shows.
        alt: Box<str>,
        /// The title attribute; empty if there is none.
        title: Box<str>,
    },
}

/// The words of a wikilink.
#[derive(Debug, Clone)]
pub struct Words {
    /// With their marks.
    pub html: Box<str>,
    /// Without.
    pub text: Box<str>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: Box<str>,
    /// Its text, without marks.
    pub text: Box<str>,
}

impl Prose {
    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty() && self.html.trim().is_empty()
    }

    /// Puts all slots at one place of the source.
    pub(super) fn set_span(&mut self, span: Span) {
        for slot in &mut self.slots {
            slot.span = span;
        }
    }

    /// Without the paragraph around it, if it is a single one.
    #[must_use]
    pub fn unwrapped(mut self) -> Self {
        const OPEN: &str = "<p>";
        let inner = self.html.trim_end().strip_prefix(OPEN).and_then(|rest| rest.strip_suffix("</p>"));
        if let Some(inner) = inner.filter(|inner| !inner.contains(OPEN)).map(Box::from) {
            self.html = inner;
            for slot in &mut self.slots {
                slot.at = slot.at.saturating_sub(OPEN.len() as u32);
            }
        }
        self
    }
}

/// A text's anchor: small letters and digits without accents, everything else as single hyphens.
pub(super) fn slug(text: &str) -> String {
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
