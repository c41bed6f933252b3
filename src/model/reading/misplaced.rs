//! Recognises profiles that are in the folder of another type, or among the pages.

use super::context::Context;
use super::members::member;
use crate::diagnostics::{Code, Diagnostic};
use crate::schema::{COMMON_KEYS, Type};
use crate::table::Table;
use crate::text::Place;

/// The number of keys of another type that tell a profile of that type.
const FEWEST_KEYS: usize = 2;

/// The diagnostic about a profile whose keys are those of one other type. `fits` tells the keys of the file's own type
/// or of pages; `what` is what the file is now.
pub(super) fn misplaced(
    context: &Context<'_>,
    front: &Table,
    place: &Place,
    what: &str,
    fits: impl Fn(&str) -> bool,
) -> Option<Diagnostic> {
    let unknown =
        || front.entries.iter().map(|entry| &*entry.key).filter(|key| !fits(key) && !COMMON_KEYS.contains(key));
    if unknown().count() < FEWEST_KEYS {
        return None;
    }
    let mut others = context.schema.types().filter(|(_, other)| unknown().all(|key| has_member(context, other, key)));
    let (other, None) = (others.next()?, others.next()) else { return None };
    let name = context.schema.name_in_messages(other.0, &context.config.languages);
    let message = format!("this file has the keys of the type \"{}\" ({name}), and is {what}", other.1.id);
    let hint = format!("move it to {}/{}/", crate::source::CONTENT, other.1.id);
    Some(Diagnostic::new(Code::MisplacedProfile, place.clone(), message).hint(hint))
}

fn has_member(context: &Context<'_>, entity_type: &Type, key: &str) -> bool {
    member(context, entity_type, key).is_some()
}
