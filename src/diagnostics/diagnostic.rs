//! A diagnostic as a value.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::codes::{Code, Severity};
use super::hint::{Change, Fix, Hint};
use crate::text::{Place, SourceText, Span};

/// A second place, which helps to understand the diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The position in the file.
    pub place: Place,
    /// What is at the place, such as `first declared here`.
    pub text: String,
}

/// A problem in the files of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The position of the problem.
    pub place: Place,
    /// A word next to the caret, where the message alone is ambiguous.
    pub label: Option<String>,
    /// Related places.
    pub notes: Vec<Note>,
    /// What the author can do.
    pub hints: Vec<String>,
    /// Changes that mend the problem, for editors to offer.
    pub fixes: Vec<Fix>,
    /// The tag of the language that the problem is about, if it is not that of the file.
    pub language: Option<Box<str>>,
    /// Whether the site turns this warning into an error.
    pub(super) is_denied: bool,
}

impl Diagnostic {
    /// A diagnostic with a message, without label, notes and hints.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            message: short_enough(message.into()),
            place,
            label: None,
            notes: Vec::new(),
            hints: Vec::new(),
            fixes: Vec::new(),
            language: None,
            is_denied: false,
        }
    }

    /// A diagnostic about a file as a whole.
    pub fn about_file(code: Code, path: &str, message: impl Into<String>) -> Self {
        Self::new(code, Place { path: path.into(), span: Span::default() }, message)
    }

    /// Sets the word next to the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds a related place.
    #[must_use]
    pub fn note(mut self, place: Place, text: impl Into<String>) -> Self {
        self.notes.push(Note { place, text: text.into() });
        self
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.add_hint(hint);
        self
    }

    /// Like [`Diagnostic::hint`], for a diagnostic that is already in a list.
    pub fn add_hint(&mut self, hint: impl Into<Hint>) {
        let hint = hint.into();
        self.hints.push(short_enough(hint.text));
        self.fixes.extend(hint.fix);
    }

    /// Adds a change that no hint names.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, change: Change) -> Self {
        self.fixes.push(Fix { title: title.into(), change });
        self
    }

    /// Adds a hint, if there is one.
    #[must_use]
    pub fn maybe_hint(self, hint: Option<impl Into<Hint>>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// Sets the language that the problem is about.
    #[must_use]
    pub fn language(self, tag: &str) -> Self {
        Self { language: Some(tag.into()), ..self }
    }

    /// The severity: that of the code, unless the site turns the warning into an error.
    pub fn severity(&self) -> Severity {
        if self.is_denied { Severity::Error } else { self.code.severity() }
    }

    /// Turns a warning into an error.
    pub fn deny(&mut self) {
        self.is_denied = true;
        self.hints.push(String::from("[warnings] in site.toml makes this an error"));
    }
}

/// Cuts the middle out of a text of more than 320 characters. A message may quote a value that is as long as a file;
/// its beginning and end are enough to recognise it.
fn short_enough(text: String) -> String {
    const MAX_CHARACTERS: usize = 320;
    if text.chars().nth(MAX_CHARACTERS).is_none() {
        return text;
    }
    let end: String = text.chars().rev().take(60).collect();
    text.chars().take(200).chain(['…']).chain(end.chars().rev()).collect()
}

/// Sorts diagnostics, and removes duplicates.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(order);
    diagnostics.dedup();
}

/// The diagnostics that one list has more often than another, by code and message: their places may have moved.
pub fn only_in(these: &[Diagnostic], those: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut known: HashMap<(Code, &str), usize> = HashMap::new();
    for diagnostic in those {
        *known.entry((diagnostic.code, &diagnostic.message)).or_default() += 1;
    }
    let mut only = Vec::new();
    for diagnostic in these {
        match known.get_mut(&(diagnostic.code, &*diagnostic.message)).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => only.push(diagnostic.clone()),
        }
    }
    only
}

/// The order of diagnostics: errors first, then by file and position, then by code and message.
pub fn order(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    (a.severity(), &a.place, a.code, &a.message).cmp(&(b.severity(), &b.place, b.code, &b.message))
}

/// The number of errors and the number of warnings.
pub fn count(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
    (errors, diagnostics.len() - errors)
}

/// Gives the text of a file by its path, to show the lines that a diagnostic is about.
pub type Texts<'a> = &'a dyn Fn(&str) -> Option<SourceText>;
