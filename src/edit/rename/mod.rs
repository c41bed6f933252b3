//! Another name for something: in its declaration, in its file, and wherever it is named.

mod names;
mod usual;
pub(super) mod entity;
mod page;
mod entity_type;
mod member;
mod heading;

pub use heading::{heading_at, rename_heading};

use crate::compile::Checked;
use crate::edit::change::Change;
use crate::edit::refusal::Refusal;
use crate::edit::subject::{self, Subject};

/// Gives something another name. `from` and `to` are written as on the command line: `actors/novadip`.
///
/// # Errors
/// There is nothing with the name `from`, the name `to` can't be, or the content is against it.
pub fn rename(checked: &Checked, from: &str, to: &str) -> Result<Change, Refusal> {
    let subject = subject::find(checked, from)?;
    match subject {
        Subject::Entity(id) => entity::rename(checked, id, entity::new_id(checked, id, to)?),
        Subject::Page(id) => page::rename(checked, id, to.strip_prefix("page:").unwrap_or(to).trim_matches('/')),
        Subject::Type(id) => entity_type::rename(checked, id, to),
        part => member::rename(checked, part, last_part(from, to)?),
    }
}

/// The last part of a name such as `actors.founded`, whose other parts must be those of the old name.
fn last_part<'a>(from: &str, to: &'a str) -> Result<&'a str, Refusal> {
    let Some((outer, new)) = to.rsplit_once('.') else { return Ok(to) };
    match from.rsplit_once('.') {
        Some((before, _)) if before == outer => Ok(new),
        _ => Err(Refusal::Wish(format!("\"{to}\" is in another place than \"{from}\": only the last part can change"))),
    }
}
