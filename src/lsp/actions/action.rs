//! A code action without its form in the protocol.

use crate::lsp::edits::Edit;

/// A code action without its form in the protocol.
pub(super) struct Action {
    pub title: String,
    pub edits: Vec<Edit>,
    /// Whether it is the one that is most likely meant.
    pub is_preferred: bool,
}
