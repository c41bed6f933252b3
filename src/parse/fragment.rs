//! Pieces of HTML with slots in them, and how to clean them of what could do harm.

use super::prose::{Slot, SlotKind};
use crate::text::Span;

/// A piece of HTML and the slots in it.
#[derive(Default)]
pub(super) struct Fragment {
    /// The HTML between the slots.
    pub html: String,
    /// What goes where.
    pub slots: Vec<Slot>,
}

impl Fragment {
    /// Puts a slot here.
    pub(super) fn slot(&mut self, span: Span, kind: SlotKind) {
        self.slots.push(Slot { at: self.html.len() as u32, span, kind });
    }

    /// Puts another piece behind this one.
    pub(super) fn append(&mut self, other: Self) {
        let at = self.html.len() as u32;
        self.html.push_str(&other.html);
        self.slots.extend(other.slots.into_iter().map(|slot| Slot { at: slot.at + at, ..slot }));
    }

    /// Whether nothing has come since this was written.
    pub(super) fn ends_with(&self, html: &str) -> bool {
        self.html.ends_with(html) && self.slots.last().is_none_or(|slot| (slot.at as usize) < self.html.len())
    }
}

/// Stand for slots while HTML is cleaned; both are private to programs, and taken out of the text before.
pub(super) const MARK: char = '\u{e000}';
/// Ends what [`MARK`] starts.
pub(super) const MARK_END: char = '\u{e001}';

/// Cleans raw HTML. Slots survive it as marks in the text.
pub(super) fn sanitized(fragment: Fragment) -> Fragment {
    let mut marked = String::with_capacity(fragment.html.len() + 8 * fragment.slots.len());
    let mut from = 0;
    for (number, slot) in fragment.slots.iter().enumerate() {
        marked.push_str(&fragment.html[from..slot.at as usize]);
        marked.push_str(&format!("{MARK}{number}{MARK_END}"));
        from = slot.at as usize;
    }
    marked.push_str(&fragment.html[from..]);
    let cleaned = ammonia::Builder::default()
        .add_tags(["section"])
        .add_generic_attributes(["id", "class", "tabindex", "scope"])
        .link_rel(None)
        .clean(&marked)
        .to_string();
    let mut clean = Fragment::default();
    let mut slots: Vec<Option<Slot>> = fragment.slots.into_iter().map(Some).collect();
    let mut pieces = cleaned.split(MARK);
    clean.html.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (number, rest) = piece.split_once(MARK_END).unwrap_or(("", piece));
        let slot = number.parse().ok().and_then(|number: usize| slots.get_mut(number)?.take());
        if let Some(slot) = slot {
            clean.slot(slot.span, slot.kind);
        }
        clean.html.push_str(rest);
    }
    clean
}
