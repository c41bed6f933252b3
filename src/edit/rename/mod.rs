//! Another name for something: in its declaration, in its file, and wherever it is named.

mod entity;

use super::subject::{self, Subject};
use super::{Change, Refusal};
use crate::compile::Checked;

/// Gives something another name. `from` and `to` are written as on the command line: `actors/novadip`.
///
/// # Errors
/// There is nothing with the name `from`, the name `to` can't be, or the content is against it.
pub fn rename(checked: &Checked, from: &str, to: &str) -> Result<Change, Refusal> {
    match subject::find(checked, from)? {
        Subject::Entity(id) => entity::rename(checked, id, entity::new_id(checked, id, to)?),
        _ => Err(Refusal::Wish(String::from("not yet"))),
    }
}
