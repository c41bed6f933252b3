//! Derived relations: the entities at the end of a path of relations, and the entities on the way.

use std::collections::BTreeMap;

use super::ecosystem::Ecosystem;
use super::ids::EntityId;
use crate::locale::Lang;
use crate::schema::{Derived, Property, Step};

/// An entity that a derived relation reaches.
#[derive(Debug, PartialEq, Eq)]
pub struct Reached {
    /// The entity.
    pub entity: EntityId,
    /// The entities on all paths to it, each once, in the order of their types.
    pub through: Vec<EntityId>,
}

/// The entities that the steps reach from an entity, each with the entities on all paths to it, by number. The entity
/// itself is never reached.
fn reached(ecosystem: &Ecosystem, start: EntityId, derived: &Derived) -> Vec<Reached> {
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
    current.into_iter().map(|(entity, through)| Reached { entity, through }).collect()
}

/// The entities that the steps reach from an entity, by number.
fn ends(ecosystem: &Ecosystem, start: EntityId, derived: &Derived) -> Vec<EntityId> {
    let mut current = vec![start];
    for steps in &derived.steps {
        let next = |at: &EntityId| steps.iter().map(|step| follow(ecosystem, *at, *step)).collect::<Vec<_>>();
        current = current.iter().flat_map(next).flatten().filter(|to| *to != start).collect();
        current.sort_unstable();
        current.dedup();
    }
    current
}

fn follow(ecosystem: &Ecosystem, from: EntityId, step: Step) -> impl Iterator<Item = EntityId> + '_ {
    let both = ecosystem.schema.relation(step.relation).symmetric;
    let forward = (!step.backward || both).then(|| ecosystem.statements(from, step.relation).map(|link| link.to));
    let backward =
        (step.backward || both).then(|| ecosystem.statements_about(from, step.relation).map(|link| link.from));
    forward.into_iter().flatten().chain(backward.into_iter().flatten())
}

impl Ecosystem {
    /// The entities that a derived relation reaches from an entity, with the paths to them, both in the order of lists.
    pub fn derived(&self, id: EntityId, derived: &Derived, lang: Lang) -> Vec<Reached> {
        let mut all = self.derived_by_number(id, derived);
        all.iter_mut().for_each(|reached| self.sort(&mut reached.through, lang));
        all.sort_by_key(|reached| (self.entity(reached.entity).entity_type, self.rank(reached.entity, lang)));
        all
    }

    /// The same by number, that is by type and id: the same order in all languages.
    pub fn derived_by_number(&self, id: EntityId, derived: &Derived) -> Vec<Reached> {
        reached(self, id, derived)
    }

    /// The entities that a relation or a derived relation of an entity's type leads to, each once. A field leads to
    /// none.
    pub fn reached_by(&self, id: EntityId, property: Property) -> Vec<EntityId> {
        match property {
            Property::Field(_) => Vec::new(),
            Property::Relation(relation) => self.targets(id, relation),
            Property::Derived(at) => ends(self, id, &self.schema.get(self.entity(id).entity_type).derived[at]),
        }
    }
}
