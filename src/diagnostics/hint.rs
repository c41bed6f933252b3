//! What the author can do: in words, and as a change that an editor can make.

use crate::text::Span;

/// What the author can do about a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The advice, in words.
    pub text: String,
    /// The same as a change, if it is one that needs no further decision.
    pub fix: Option<Fix>,
}

/// A change that mends a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the change does, such as `Write "uclouvain"`.
    pub title: String,
    /// The change.
    pub change: Change,
}

/// A change of one file. The spans are those of the text that the problem was found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Replaces a name by another one. The name is at the place of the diagnostic, or a part of it: the target of a
    /// link, or a text without its quotation marks.
    Name {
        /// The name as it is.
        from: Box<str>,
        /// The name that was meant.
        to: Box<str>,
    },
    /// Replaces a text.
    Text(Span, String),
    /// Deletes a key with its value, or an item of a list, with the comma or the line that it leaves behind.
    Delete(Span),
    /// Adds a line of TOML to the table that starts at the place of the diagnostic: below its header, or first in the
    /// file, or first in the front matter; if the table is written between braces, first in it.
    Line(String),
    /// Gives the file another path, relative to the root of the site.
    Move(String),
}

impl Hint {
    /// Advice that is also a change.
    pub fn mend(text: impl Into<String>, title: impl Into<String>, change: Change) -> Self {
        Self { text: text.into(), fix: Some(Fix { title: title.into(), change }) }
    }

    /// The advice to write a text in place of another one, as `write TEXT`.
    pub fn write(span: Span, text: &str) -> Self {
        Self::mend(format!("write {text}"), format!("Write {text}"), Change::Text(span, text.to_owned()))
    }

    /// The advice to add a line, as `add: LINE`.
    pub fn add(line: &str) -> Self {
        Self::mend(format!("add: {line}"), format!("Add {line}"), Change::Line(line.to_owned()))
    }
}

impl From<String> for Hint {
    fn from(text: String) -> Self {
        Self { text, fix: None }
    }
}

impl From<&str> for Hint {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Hint {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}
