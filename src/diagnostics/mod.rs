//! What is wrong with the content, where, and what to do about it.
//!
//! In: findings of the other stages. Out: the same, in order, as text for people or as JSON for programs.
//! A diagnostic is a value; nothing here prints or exits.

mod codes;
mod human;
mod json;
mod short;

use std::cmp::Ordering;

use serde::Serialize;

use crate::text::{Place, SourceText, Span};

pub use codes::Code;
pub use human::human;
pub use json::json;
pub use short::short;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site can't be published.
    Error,
    /// The site can be published, and would be better without it.
    Warning,
}

impl Severity {
    /// The word for it, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

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

/// `did you mean "…"?`, if one of the candidates is close enough to what was written.
pub fn did_you_mean<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(written, candidates).map(|candidate| format!("did you mean \"{candidate}\"?"))
}

/// The candidate nearest to what was written: at most one edit for each three characters, ties by order.
pub fn closest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    let limit = (length / 3).max(1);
    let lowered = written.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Bytes are at least as many as characters and at most four times as many: a cheap first look.
        if candidate.len() + limit < length || candidate.len() > 4 * (length + limit) {
            continue;
        }
        let distance = strsim::osa_distance(&lowered, &candidate.to_lowercase());
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Words in a list for people: `a`, `b` or `c`.
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("\"{word}\"")).collect();
    match words.as_slice() {
        [] => String::from("nothing"),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// Finds the text of a file by its path, to show the line that a diagnostic is about.
pub type Texts<'a> = &'a dyn Fn(&str) -> Option<SourceText>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_near() {
        assert_eq!(closest("uclouvan", ["ulb", "uclouvain", "umons"]), Some("uclouvain"));
        assert_eq!(closest("Novadip", ["novadip"]), Some("novadip"));
        assert_eq!(closest("xyz", ["novadip", "ulb"]), None);
    }

    #[test]
    fn lists_read_as_english() {
        assert_eq!(list(["a", "b", "c"]), r#""a", "b" or "c""#);
        assert_eq!(list(["a"]), r#""a""#);
    }
}
