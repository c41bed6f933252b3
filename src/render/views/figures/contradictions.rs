//! Which figures contradict one another.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Ecosystem, EntityId};
use crate::schema::RelationId;

/// The entities in sets whose members contradict one another, directly or through others; most sets have one member.
/// Order is kept.
pub(super) fn disputes(ecosystem: &Ecosystem, ids: &[EntityId], against: Option<RelationId>) -> Vec<Vec<EntityId>> {
    let Some(against) = against else { return ids.iter().map(|id| vec![*id]).collect() };
    let order: BTreeMap<EntityId, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut seen: BTreeSet<EntityId> = BTreeSet::new();
    let mut sets = Vec::new();
    for id in ids {
        if !seen.contains(id) {
            let mut set = contradicting(ecosystem, *id, against, usize::MAX);
            set.sort_by_key(|id| order.get(id));
            seen.extend(&set);
            sets.push(set);
        }
    }
    sets
}

/// An entity and those of its type that contradict it, directly or through others: a connected component, by
/// breadth-first search, cut to at most `most` entities.
pub(super) fn contradicting(ecosystem: &Ecosystem, start: EntityId, against: RelationId, most: usize) -> Vec<EntityId> {
    let (mut component, mut seen) = (vec![start], BTreeSet::from([start]));
    let mut next = 0;
    while next < component.len() && component.len() < most {
        let id = component[next];
        let own = ecosystem.statements(id, against).map(|link| link.to);
        let others = own.chain(ecosystem.statements_about(id, against).map(|link| link.from));
        let of_type =
            others.filter(|other| ecosystem.entity(*other).entity_type == ecosystem.entity(start).entity_type);
        component.extend(of_type.filter(|other| seen.insert(*other)));
        next += 1;
    }
    component.truncate(most);
    component
}
