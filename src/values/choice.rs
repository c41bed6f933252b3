//! The possible values of a choice.

use crate::locale::LocalText;

/// One of the possible values of a choice.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The id, which authors write in the front matter.
    pub id: Box<str>,
    /// The label that readers see.
    pub label: LocalText,
}
