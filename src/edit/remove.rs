//! Removes an entity.

use super::change::Change;
use super::draft::Draft;
use super::references::{Reference, may_name, references};
use super::refusal::Refusal;
use super::subject::{self, Subject};
use super::{headers, locate, unlink};
use crate::compile::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::EntityId;
use crate::parse::{self, Role};
use crate::text::{Place, SourceText, Span};

/// Removes an entity with its translations. With `unlink`, references to it are taken out of other texts.
///
/// # Errors
/// There is no such entity, or others refer to it and `unlink` is not set.
pub fn remove(checked: &Checked, name: &str, unlink: bool) -> Result<Change, Refusal> {
    let Subject::Entity(id) = subject::find(checked, name)? else {
        return Err(Refusal::Wish(format!("\"{name}\" is no entity: name one as in actors/novadip")));
    };
    let mut draft = Draft::default();
    let own = own_parts(checked, id);
    let entity = checked.ecosystem.entity(id);
    let found = references(checked, |source| may_name(source, &entity.id));
    let others: Vec<&Reference> = found
        .iter()
        .filter(|reference| unlink::leads_to(checked, reference, id) && !is_in(&own, &reference.place))
        .collect();
    if !unlink && !others.is_empty() {
        return Err(Refusal::Content(others.into_iter().map(|reference| still(name, &reference.place)).collect()));
    }
    let problems = unlink::unlink(checked, id, &others, &mut draft);
    if !problems.is_empty() {
        return Err(Refusal::Content(problems));
    }
    delete(&own, &mut draft);
    Ok(draft.finish())
}

fn still(name: &str, place: &Place) -> Diagnostic {
    let message = format!("this still refers to \"{name}\"");
    let hint = "take it out, or let --unlink take all of them out (a wikilink becomes its words)";
    Diagnostic::new(Code::StillReferenced, place.clone(), message).hint(hint)
}

/// The parts of texts that describe an entity: its files, or its tables in a list and in the translations of the list.
pub(super) fn own_parts(checked: &Checked, id: EntityId) -> Vec<(SourceText, Span)> {
    let ecosystem = &checked.ecosystem;
    let entity = ecosystem.entity(id);
    let mut parts = Vec::new();
    for (_, path) in entity.files.iter() {
        let Some(source) = ecosystem.text(path) else { continue };
        match parse::document(source, &ecosystem.config, &ecosystem.schema).role {
            Role::List(_) => {
                let own = headers::parts(source, &locate::facts(source), &entity.id);
                parts.extend(own.into_iter().map(|span| (source.clone(), span)));
            }
            _ => parts.push((source.clone(), Span::new(0..source.text.len()))),
        }
    }
    parts
}

/// Whether a place is in one of these parts.
pub(super) fn is_in(parts: &[(SourceText, Span)], place: &Place) -> bool {
    let inside = |(source, span): &(SourceText, Span)| {
        source.path == place.path && span.start <= place.span.start && place.span.end <= span.end
    };
    parts.iter().any(inside)
}

/// Deletes the files that are wholly about an entity, and its parts of others.
pub(super) fn delete(parts: &[(SourceText, Span)], draft: &mut Draft) {
    for (source, span) in parts {
        match span.range() == (0..source.text.len()) {
            // A list may have got another entity.
            true if !parse::is_list(&source.path) || !draft.adds_to(&source.path) => draft.delete(&source.path),
            true => draft.remove(&source.place(*span)),
            false => draft.remove(&source.place(*span)),
        }
    }
}
