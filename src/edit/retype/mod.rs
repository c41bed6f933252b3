//! Moves an entity to another type.

mod mover;
mod listed;

use super::change::Change;
use super::draft::Draft;
use super::references::{may_name, references};
use super::refusal::Refusal;
use super::subject::{self, Subject};
use crate::compile::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::Lang;
use crate::parse;
use crate::text::SourceText;
use mover::Mover;

/// Moves an entity to another type, or out of a list into a file of its own if the type is its own. What does not fit the other
/// type is an error of the changed site.
///
/// # Errors
/// There is no such entity or type, or the other type has an entity with the same id.
pub fn retype(checked: &Checked, name: &str, entity_type: &str) -> Result<Change, Refusal> {
    let ecosystem = &checked.ecosystem;
    let Subject::Entity(id) = subject::find(checked, name)? else {
        return Err(Refusal::Wish(format!("\"{name}\" is no entity: name one as in actors/novadip")));
    };
    let Subject::Type(to) = subject::find(checked, entity_type)? else {
        return Err(Refusal::Wish(format!("\"{entity_type}\" is no type")));
    };
    let entity = ecosystem.entity(id);
    let is_listed = entity.files.exactly(Lang::DEFAULT).is_some_and(|path| parse::is_list(path));
    if entity.entity_type == to && !is_listed {
        return Ok(Change::default());
    }
    if let Some(other) = ecosystem.find(to, &entity.id).filter(|other| *other != id) {
        let message = format!("\"{entity_type}\" has an entity \"{}\" already", entity.id);
        let diagnostic = Diagnostic::new(Code::NameTaken, ecosystem.entity(other).place.clone(), message);
        return Err(diagnostic.hint("rename one of them first, or merge them after renaming").into());
    }
    let mover = Mover { checked, id, to };
    let mut draft = Draft::default();
    mover.moves().apply(checked, &mut draft);
    let is_own = |source: &SourceText| entity.files.iter().any(|(_, path)| *path == source.path);
    let found = references(checked, |source| may_name(source, &entity.id) || is_own(source));
    mover.out_of_lists(&found, &mut draft);
    mover.moves().correct_links(checked, &found, &mut draft);
    found.iter().for_each(|reference| mover.reference(reference, &mut draft));
    mover.redirects(&mut draft);
    Ok(draft.finish())
}
