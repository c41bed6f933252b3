//! A diagnostic as a value.

use std::cmp::Ordering;

use super::codes::{Code, Severity};
use crate::text::{Place, SourceText, Span};

/// A second place that explains the first one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub place: Place,
    /// What is to be seen there, such as `first declared here`.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// A word at the caret, if the message alone leaves room for doubt.
    pub label: Option<String>,
    /// Other places that matter.
    pub notes: Vec<Note>,
    /// What to do.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A finding with nothing but its message.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, message: short_enough(message.into()), place, label: None, notes: Vec::new(), hints: Vec::new() }
    }

    /// A finding about a file as a whole.
    pub fn about_file(code: Code, path: &str, message: impl Into<String>) -> Self {
        Self::new(code, Place { path: path.into(), span: Span::default() }, message)
    }

    /// With a word at the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// With a second place.
    #[must_use]
    pub fn note(mut self, place: Place, text: impl Into<String>) -> Self {
        self.notes.push(Note { place, text: text.into() });
        self
    }

    /// With advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(short_enough(hint.into()));
        self
    }

    /// With advice, if there is some.
    #[must_use]
    pub fn maybe_hint(self, hint: Option<String>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// What a message quotes may be as long as a file; its beginning and its end are enough to know it.
fn short_enough(text: String) -> String {
    const MOST: usize = 320;
    if text.chars().nth(MOST).is_none() {
        return text;
    }
    let end: String = text.chars().rev().take(60).collect();
    text.chars().take(200).chain(['…']).chain(end.chars().rev()).collect()
}

/// Puts findings in the order in which people read them, by file and place, and drops repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(order);
    diagnostics.dedup();
}

/// The order in which people read findings: by file and place.
pub fn order(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    (&a.place, a.severity(), a.code, &a.message).cmp(&(&b.place, b.severity(), b.code, &b.message))
}

/// The number of errors and the number of warnings.
pub fn count(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
    (errors, diagnostics.len() - errors)
}

/// Finds the text of a file by its path, to show the line that a diagnostic is about.
pub type Texts<'a> = &'a dyn Fn(&str) -> Option<SourceText>;
