//! The texts that are open in the editor, as it changes them.

use std::collections::BTreeMap;

use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::positions::{Encoding, Lines};

/// An open text.
pub(super) struct Document {
    /// The address by which the client calls it.
    pub uri: Uri,
    /// The version that the client gave it.
    pub version: i32,
    /// The text, as the client has it.
    pub text: String,
}

/// The open texts of the site, by their paths.
#[derive(Default)]
pub(super) struct Documents(BTreeMap<String, Document>);

impl Documents {
    pub(super) fn get(&self, path: &str) -> Option<&Document> {
        self.0.get(path)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &Document)> {
        self.0.iter().map(|(path, document)| (path.as_str(), document))
    }

    pub(super) fn open(&mut self, path: &str, document: Document) {
        self.0.insert(path.to_owned(), document);
    }

    pub(super) fn close(&mut self, path: &str) {
        self.0.remove(path);
    }

    /// Makes changes in their order. Out: the new text; none if the text is not open.
    pub(super) fn change(
        &mut self,
        path: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> Option<&str> {
        let document = self.0.get_mut(path)?;
        document.version = version;
        for change in changes {
            document.apply(change, encoding);
        }
        Some(&document.text)
    }
}

impl Document {
    fn apply(&mut self, change: TextDocumentContentChangeEvent, encoding: Encoding) {
        let Some(range) = change.range else {
            self.text = change.text;
            return;
        };
        let lines = Lines::new(&self.text);
        let offset = |position| lines.offset(&self.text, position, encoding);
        let (start, end) = (offset(range.start), offset(range.end));
        self.text.replace_range(start.min(end)..end.max(start), &change.text);
    }
}
