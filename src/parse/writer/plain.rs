//! The plain texts of headings, images and wikilinks, which can be nested.

/// The plain text of everything that is open. All texts share one buffer, so that a character is added once, however
/// many elements are open.
#[derive(Default)]
pub(super) struct Plain {
    text: String,
    /// The offsets in the text at which the open elements start.
    starts: Vec<usize>,
}

impl Plain {
    pub(super) fn open(&mut self) {
        self.starts.push(self.text.len());
    }

    pub(super) fn push(&mut self, text: &str) {
        if !self.starts.is_empty() {
            self.text.push_str(text);
        }
    }

    /// Closes the innermost element, and gives its text.
    pub(super) fn close(&mut self) -> String {
        let start = self.starts.pop().unwrap_or_default();
        let text = self.text[start..].to_owned();
        if self.starts.is_empty() {
            self.text.clear();
        }
        text
    }
}
