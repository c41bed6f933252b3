//! Collects the parts of a change.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::{Change, Edit, FileChange};
use crate::diagnostics::Diagnostic;
use crate::text::{Place, Span};

/// A change that is being put together.
#[derive(Default)]
pub(super) struct Draft {
    edits: BTreeMap<Arc<str>, BTreeMap<Span, String>>,
    moves: BTreeMap<Box<str>, Box<str>>,
    created: BTreeMap<Box<str>, String>,
    deleted: Vec<Box<str>>,
    /// Lines of facts for texts without front matter.
    fronts: BTreeMap<Arc<str>, String>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Draft {
    /// Replaces a part of a text. If two parts overlap, the first replacement stays.
    pub(in crate::edit) fn replace(&mut self, place: &Place, text: impl Into<String>) {
        let edits = self.edits.entry(place.path.clone()).or_default();
        if !overlaps(edits, place.span) {
            edits.entry(place.span).or_insert_with(|| text.into());
        }
    }

    /// Inserts a text before an offset, after what was inserted there already.
    pub(in crate::edit) fn insert(&mut self, path: &Arc<str>, at: usize, text: &str) {
        let edits = self.edits.entry(path.clone()).or_default();
        edits.entry(Span::new(at..at)).or_default().push_str(text);
    }

    /// Adds lines of facts to a Markdown text without front matter.
    pub(in crate::edit) fn add_front(&mut self, path: &Arc<str>, lines: &str) {
        self.fronts.entry(path.clone()).or_default().push_str(lines);
    }

    /// Removes a part of a text.
    pub(in crate::edit) fn remove(&mut self, place: &Place) {
        self.replace(place, "");
    }

    /// Whether something is inserted into a text.
    pub(in crate::edit) fn adds_to(&self, path: &str) -> bool {
        self.edits.get(path).is_some_and(|edits| edits.keys().any(|span| span.start == span.end))
    }

    /// Takes the edits inside parts of a text out of the change.
    pub(in crate::edit) fn take_inside(&mut self, path: &str, parts: &[Span]) -> Vec<Edit> {
        let Some(edits) = self.edits.remove(path) else { return Vec::new() };
        let is_inside = |span: &Span| parts.iter().any(|part| part.start <= span.start && span.end <= part.end);
        let (inside, others) = edits.into_iter().partition(|(span, _)| is_inside(span));
        self.edits.insert(path.into(), others);
        in_order(inside)
    }

    pub(in crate::edit) fn move_file(&mut self, from: &str, to: &str) {
        self.moves.insert(from.into(), to.into());
    }

    pub(in crate::edit) fn create(&mut self, path: &str, text: String) {
        self.created.insert(path.into(), text);
    }

    pub(in crate::edit) fn delete(&mut self, path: &str) {
        self.deleted.push(path.into());
    }

    pub(in crate::edit) fn finish(mut self) -> Change {
        for (path, lines) in std::mem::take(&mut self.fronts) {
            let fence = if lines.ends_with("\r\n") { "+++\r\n" } else { "+++\n" };
            self.insert(&path, 0, &format!("{fence}{lines}{fence}"));
        }
        let mut files = BTreeMap::new();
        for (from, to) in self.moves {
            let edits = self.edits.remove(&*from).map(in_order).unwrap_or_default();
            files.insert(from, FileChange::Move { to, edits });
        }
        for (path, edits) in self.edits.into_iter().filter(|(_, edits)| !edits.is_empty()) {
            files.insert(path.as_ref().into(), FileChange::Edit(in_order(edits)));
        }
        files.extend(self.created.into_iter().map(|(path, text)| (path, FileChange::Create(text))));
        files.extend(self.deleted.into_iter().map(|path| (path, FileChange::Delete)));
        Change { files, diagnostics: self.diagnostics }
    }
}

/// Whether a part of a text overlaps one that has an edit. Those that have are in order and do not overlap, so only the
/// nearest are looked at.
fn overlaps(edits: &BTreeMap<Span, String>, span: Span) -> bool {
    let at = |start: u32| Span { start, end: 0 };
    let is_part = |other: &&Span| other.start < other.end;
    let before = edits.range(..at(span.start)).rev().map(|(other, _)| other).find(is_part);
    let at_start = edits.range(at(span.start)..at(span.start + 1)).map(|(other, _)| other).find(is_part);
    let inside = span.start + 1 < span.end && edits.range(at(span.start + 1)..at(span.end)).next().is_some();
    before.is_some_and(|other| other.end > span.start) || at_start.is_some() || inside
}

fn in_order(edits: BTreeMap<Span, String>) -> Vec<Edit> {
    edits.into_iter().map(|(span, text)| Edit { span, text }).collect()
}
