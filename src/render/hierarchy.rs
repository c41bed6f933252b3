//! Entities above and below one another, by the relations of their types that are hierarchies.

use std::collections::{HashMap, HashSet};

use crate::model::{Ecosystem, EntityId};

/// What is above entities; looked up once for each.
pub(super) struct Above<'a> {
    ecosystem: &'a Ecosystem,
    known: HashMap<EntityId, Vec<EntityId>>,
}

impl<'a> Above<'a> {
    pub(super) fn new(ecosystem: &'a Ecosystem) -> Self {
        Self { ecosystem, known: HashMap::new() }
    }

    /// The entities above one, each once and without itself. A hierarchy that runs in a circle ends where it began.
    pub(super) fn of(&mut self, id: EntityId) -> &[EntityId] {
        self.known.entry(id).or_insert_with(|| above(self.ecosystem, id))
    }

    /// Entities and those above them, each once, by number.
    pub(super) fn and(&mut self, entities: Vec<EntityId>) -> Vec<EntityId> {
        let mut all = entities;
        for direct in 0..all.len() {
            all.extend(self.of(all[direct]));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The same entities, each after the one above it, with how many of them are above it on the way to the top.
    ///
    /// What several are above stands below the first of these. Entities that are above one another in a circle have nothing above them.
    pub(super) fn tree(&mut self, entities: &[EntityId]) -> Vec<(EntityId, usize)> {
        let place: HashMap<EntityId, usize> = entities.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); entities.len()];
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (at, id) in entities.iter().enumerate() {
            let ecosystem = self.ecosystem;
            let in_circle = self.of(*id).iter().any(|other| parents(ecosystem, *other).any(|up| up == *id));
            let first = parents(ecosystem, *id).filter_map(|up| place.get(&up).copied()).min();
            match first.filter(|_| !in_circle) {
                Some(up) => below[up].push(at),
                None => open.push((at, 0)),
            }
        }
        open.reverse();
        let mut ordered = Vec::with_capacity(entities.len());
        while let Some((at, depth)) = open.pop() {
            ordered.push((entities[at], depth));
            open.extend(below[at].iter().rev().map(|child| (*child, depth + 1)));
        }
        ordered
    }
}

fn above(ecosystem: &Ecosystem, id: EntityId) -> Vec<EntityId> {
    let (mut reached, mut seen) = (vec![id], HashSet::from([id]));
    let mut next = 0;
    while next < reached.len() {
        reached.extend(parents(ecosystem, reached[next]).filter(|parent| seen.insert(*parent)).collect::<Vec<_>>());
        next += 1;
    }
    reached.split_off(1)
}

/// The entities right above one.
fn parents(ecosystem: &Ecosystem, id: EntityId) -> impl Iterator<Item = EntityId> + '_ {
    let hierarchies =
        ecosystem.schema.relations_of(ecosystem.entity(id).entity_type).filter(|(_, relation)| relation.hierarchy);
    hierarchies.flat_map(move |(relation, _)| ecosystem.statements(id, relation).map(|link| link.to))
}
