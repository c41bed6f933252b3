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
    pub diagnostics: Vec<Diagnostic>,
}

impl Draft {
    /// Replaces a part of a text. If two parts overlap, the first replacement stays.
    pub(in crate::edit) fn replace(&mut self, place: &Place, text: impl Into<String>) {
        let edits = self.edits.entry(place.path.clone()).or_default();
        let overlaps = |other: &Span| other.start < place.span.end && place.span.start < other.end;
        if !edits.keys().any(overlaps) {
            edits.entry(place.span).or_insert_with(|| text.into());
        }
    }

    /// Inserts a text before an offset, after what was inserted there already.
    pub(in crate::edit) fn insert(&mut self, path: &Arc<str>, at: usize, text: &str) {
        let edits = self.edits.entry(path.clone()).or_default();
        edits.entry(Span::new(at..at)).or_default().push_str(text);
    }

    /// Removes a part of a text.
    pub(in crate::edit) fn remove(&mut self, place: &Place) {
        self.replace(place, "");
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
        let mut files = BTreeMap::new();
        for (from, to) in self.moves {
            let edits = self.edits.remove(&*from).map(in_order).unwrap_or_default();
            files.insert(from, FileChange::Move { to, edits });
        }
        for (path, edits) in self.edits {
            files.insert(path.as_ref().into(), FileChange::Edit(in_order(edits)));
        }
        files.extend(self.created.into_iter().map(|(path, text)| (path, FileChange::Create(text))));
        files.extend(self.deleted.into_iter().map(|path| (path, FileChange::Delete)));
        Change { files, diagnostics: self.diagnostics }
    }
}

fn in_order(edits: BTreeMap<Span, String>) -> Vec<Edit> {
    edits.into_iter().map(|(span, text)| Edit { span, text }).collect()
}
