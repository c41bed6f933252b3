//! Two entities with one title.
//!
//! In: the model. Out: diagnostics.

use std::collections::HashMap;

use super::ecosystem::Ecosystem;
use super::ids::EntityId;
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::Lang;
use crate::schema::TypeId;

/// Entities of one type that have the same title.
pub(super) fn same_titles(ecosystem: &Ecosystem) -> Vec<Diagnostic> {
    let mut first: HashMap<(TypeId, String), EntityId> = HashMap::new();
    let mut found = Vec::new();
    for id in ecosystem.published() {
        let entity = ecosystem.entity(id);
        let title = entity.title.text(Lang::DEFAULT).trim();
        if title.is_empty() {
            continue;
        }
        let other = *first.entry((entity.entity_type, title.to_lowercase())).or_insert(id);
        if other != id {
            let other = ecosystem.entity(other);
            let message = format!("\"{}\" has the same title as \"{}\": {title}", entity.id, other.id);
            let problem = Diagnostic::new(Code::SameTitle, entity.place.clone(), message);
            let problem = problem.note(other.place.clone(), "the other one is here");
            found.push(problem.hint("merge them if they are the same, or write into the titles what tells them apart"));
        }
    }
    found
}
