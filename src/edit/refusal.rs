//! Why a change can't be made.

use crate::diagnostics::Diagnostic;

/// Why a wish can't be fulfilled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The wish itself is wrong: it names something that does not exist, or can't be. One sentence.
    Wish(String),
    /// The content is against it.
    Content(Vec<Diagnostic>),
}

impl From<Diagnostic> for Refusal {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Content(vec![diagnostic])
    }
}
