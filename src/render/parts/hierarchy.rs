//! Ancestors and trees, by the relations that the schema declares as hierarchies.

use std::collections::{HashMap, HashSet};

use crate::model::{Ecosystem, EntityId};

/// The ancestors of entities, each looked up once.
pub(crate) struct Ancestors<'a> {
    ecosystem: &'a Ecosystem,
    memo: HashMap<EntityId, Vec<EntityId>>,
}

impl<'a> Ancestors<'a> {
    pub(crate) fn new(ecosystem: &'a Ecosystem) -> Self {
        Self { ecosystem, memo: HashMap::new() }
    }

    /// The ancestors of an entity, each once and without itself, even where the hierarchy has a cycle.
    pub(crate) fn of(&mut self, id: EntityId) -> &[EntityId] {
        self.memo.entry(id).or_insert_with(|| ancestors(self.ecosystem, id))
    }

    /// Entities and their ancestors, each once, by number.
    pub(crate) fn with(&mut self, entities: Vec<EntityId>) -> Vec<EntityId> {
        let mut all = entities;
        for direct in 0..all.len() {
            all.extend(self.of(all[direct]));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The same entities in the order of a tree, each after its parent, with its depth.
    ///
    /// An entity with several parents is placed under the first one. Members of a cycle become roots.
    pub(crate) fn tree(&mut self, entities: &[EntityId]) -> Vec<(EntityId, usize)> {
        let position: HashMap<EntityId, usize> = entities.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); entities.len()];
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (at, id) in entities.iter().enumerate() {
            let ecosystem = self.ecosystem;
            let in_cycle = self.of(*id).iter().any(|other| parents(ecosystem, *other).any(|parent| parent == *id));
            let first = parents(ecosystem, *id).filter_map(|parent| position.get(&parent).copied()).min();
            match first.filter(|_| !in_cycle) {
                Some(parent) => children[parent].push(at),
                None => open.push((at, 0)),
            }
        }
        open.reverse();
        let mut ordered = Vec::with_capacity(entities.len());
        while let Some((at, depth)) = open.pop() {
            ordered.push((entities[at], depth));
            open.extend(children[at].iter().rev().map(|child| (*child, depth + 1)));
        }
        ordered
    }
}

fn ancestors(ecosystem: &Ecosystem, id: EntityId) -> Vec<EntityId> {
    let (mut reached, mut seen) = (vec![id], HashSet::from([id]));
    let mut next = 0;
    while next < reached.len() {
        reached.extend(parents(ecosystem, reached[next]).filter(|parent| seen.insert(*parent)).collect::<Vec<_>>());
        next += 1;
    }
    reached.split_off(1)
}

/// The entities to which the hierarchies of an entity lead.
pub(crate) fn parents(ecosystem: &Ecosystem, id: EntityId) -> impl Iterator<Item = EntityId> + '_ {
    let entity_type = ecosystem.entity(id).entity_type;
    let hierarchies = ecosystem.schema.relations_of(entity_type).filter(|(_, relation)| relation.hierarchy);
    hierarchies.flat_map(move |(relation, _)| ecosystem.statements(id, relation).map(|link| link.to))
}
