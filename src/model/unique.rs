//! Values that two entities of a type have, in fields that should tell the entities apart.
//!
//! In: the ecosystem. Out: a diagnostic for each repetition of a value.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::ecosystem::Ecosystem;
use super::ids::EntityId;
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::Lang;
use crate::schema::{Field, TypeId};
use crate::text::Place;

/// The repetitions of values in fields with `unique = true`.
pub(super) fn repeated_values(ecosystem: &Ecosystem) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (id, entity_type) in ecosystem.schema.types() {
        for (at, field) in entity_type.fields.iter().enumerate().filter(|(_, field)| field.unique) {
            repeated(ecosystem, id, at, field, &mut problems);
        }
    }
    problems
}

fn repeated(ecosystem: &Ecosystem, id: TypeId, at: usize, field: &Field, problems: &mut Vec<Diagnostic>) {
    // Two values are the same if they are the same in the data.
    let mut first: HashMap<String, (EntityId, Place)> = HashMap::new();
    for id in ecosystem.of_type(id) {
        let entity = ecosystem.entity(id);
        for (value, place) in entity.values(at).iter().zip(entity.places(at)) {
            let value = field.kind.cell(value, &ecosystem.config, Lang::DEFAULT);
            match first.entry(value) {
                Entry::Vacant(free) => {
                    free.insert((id, place));
                }
                Entry::Occupied(taken) => {
                    let (value, (other, there)) = (taken.key(), taken.get());
                    let other = &ecosystem.entity(*other).id;
                    let message = format!("\"{other}\" has the same \"{}\": \"{value}\"", field.id);
                    let diagnostic = Diagnostic::new(Code::DuplicateValue, place, message);
                    let diagnostic = diagnostic.note(there.clone(), "first stated here");
                    problems.push(diagnostic.hint("correct one of them, or merge the two profiles"));
                }
            }
        }
    }
}
