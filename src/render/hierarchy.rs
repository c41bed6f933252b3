//! Entities above and below one another, by the relations of their types that are hierarchies.

use std::collections::HashMap;

use crate::model::{Ecosystem, EntityId};

/// The entities above one, each once and without itself. A hierarchy that runs in a circle ends where it began.
pub(super) fn above(ecosystem: &Ecosystem, id: EntityId) -> Vec<EntityId> {
    let mut reached = vec![id];
    let mut next = 0;
    while next < reached.len() {
        for parent in parents(ecosystem, reached[next]) {
            if !reached.contains(&parent) {
                reached.push(parent);
            }
        }
        next += 1;
    }
    reached.split_off(1)
}

/// The same entities, each after the one above it, with how many of them are above it on the way to the top.
///
/// What several are above stands below the first of these. Entities that are above one another in a circle have nothing above them.
pub(super) fn tree(ecosystem: &Ecosystem, entities: &[EntityId]) -> Vec<(EntityId, usize)> {
    let place: HashMap<EntityId, usize> = entities.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let parent = |id: EntityId| {
        let in_circle = above(ecosystem, id).into_iter().any(|other| parents(ecosystem, other).any(|up| up == id));
        let known = parents(ecosystem, id).filter_map(|up| place.get(&up).copied());
        known.min().filter(|_| !in_circle)
    };
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); entities.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, id) in entities.iter().enumerate() {
        match parent(*id) {
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

/// The entities right above one.
fn parents(ecosystem: &Ecosystem, id: EntityId) -> impl Iterator<Item = EntityId> + '_ {
    let hierarchies = ecosystem.schema.relations_of(ecosystem.entity(id).of).filter(|(_, relation)| relation.hierarchy);
    hierarchies.flat_map(move |(relation, _)| ecosystem.statements(id, relation).map(|link| link.to))
}
