//! Derived relations: the entities at the end of a path of relations, and the entities on the way.

use std::collections::BTreeMap;

use super::ecosystem::Ecosystem;
use super::ids::EntityId;
use crate::locale::Lang;
use crate::schema::{Derived, Step};

/// An entity that a derived relation reaches.
#[derive(Debug, PartialEq, Eq)]
pub struct Reached {
    /// The entity.
    pub entity: EntityId,
    /// The entities on all paths to it, each once, in the order of their types.
    pub through: Vec<EntityId>,
}

/// Follows the steps from an entity. The entity itself is never reached.
fn reached(ecosystem: &Ecosystem, start: EntityId, derived: &Derived, lang: Lang) -> Vec<Reached> {
    // The entities at the end of the current step, each with all entities between it and the start.
    let mut current: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::from([(start, Vec::new())]);
    for (number, steps) in derived.steps.iter().enumerate() {
        let mut next: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
        for (at, through) in current {
            for to in steps.iter().flat_map(|step| follow(ecosystem, at, *step)).filter(|to| *to != start) {
                let between = next.entry(to).or_default();
                between.extend(&through);
                // The start is not part of the path.
                if number > 0 {
                    between.push(at);
                }
            }
        }
        for between in next.values_mut() {
            between.sort_unstable();
            between.dedup();
        }
        current = next;
    }
    let mut reached: Vec<Reached> = current
        .into_iter()
        .map(|(entity, mut through)| {
            ecosystem.sort(&mut through, lang);
            Reached { entity, through }
        })
        .collect();
    reached.sort_by_key(|reached| (ecosystem.entity(reached.entity).entity_type, ecosystem.rank(reached.entity, lang)));
    reached
}

fn follow(ecosystem: &Ecosystem, from: EntityId, step: Step) -> impl Iterator<Item = EntityId> + '_ {
    let both = ecosystem.schema.relation(step.relation).symmetric;
    let forward = (!step.backward || both).then(|| ecosystem.statements(from, step.relation).map(|link| link.to));
    let backward =
        (step.backward || both).then(|| ecosystem.statements_about(from, step.relation).map(|link| link.from));
    forward.into_iter().flatten().chain(backward.into_iter().flatten())
}

impl Ecosystem {
    /// The entities that a derived relation reaches from an entity, with the paths to them.
    pub fn derived(&self, id: EntityId, derived: &Derived, lang: Lang) -> Vec<Reached> {
        reached(self, id, derived, lang)
    }
}
