//! A change of the files of a site.

use std::collections::BTreeMap;

use crate::diagnostics::Diagnostic;
use crate::text::Span;

/// A change of the files of a site: all of it, or nothing, is applied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// The files by their present paths, which are relative to the root, with `/` between their parts.
    pub files: BTreeMap<Box<str>, FileChange>,
    /// What people should know about the change, such as what it leaves as it is.
    pub diagnostics: Vec<Diagnostic>,
}

/// A change of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileChange {
    /// A new file with this text.
    Create(String),
    /// Parts of the text are replaced.
    Edit(Vec<Edit>),
    /// The file gets another path, and parts of its text are replaced. A file that is no text is only moved.
    Move {
        /// The new path.
        to: Box<str>,
        /// The edits of the present text.
        edits: Vec<Edit>,
    },
    /// The file is deleted.
    Delete,
}

/// A part of a text, and what replaces it. The edits of a text are in its order and do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The part of the present text, which does not count a byte order mark.
    pub span: Span,
    /// The new text of the part.
    pub text: String,
}

impl FileChange {
    /// The edits of the file's present text.
    pub fn edits(&self) -> &[Edit] {
        match self {
            Self::Edit(edits) | Self::Move { edits, .. } => edits,
            Self::Create(_) | Self::Delete => &[],
        }
    }
}

impl Change {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// A text after edits.
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
