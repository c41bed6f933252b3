//! The types that a site is about.

use std::cmp::Reverse;

use crate::model::Ecosystem;
use crate::schema::TypeId;

/// The types whose entities have the most relations, in both directions, those with the most first. Types of sources
/// and types without entities are left out. Linear in the relations.
pub(crate) fn main_types(ecosystem: &Ecosystem) -> Vec<TypeId> {
    let mut counts = vec![0_usize; ecosystem.schema.types.len()];
    for link in &ecosystem.links {
        for end in [link.from, link.to] {
            counts[ecosystem.type_of(end).index()] += 1;
        }
    }
    let types = ecosystem.schema.types();
    let types = types.filter(|(id, entity_type)| !entity_type.citation && ecosystem.count(*id) > 0);
    let mut types: Vec<TypeId> = types.map(|(id, _)| id).collect();
    types.sort_by_key(|id| Reverse(counts[id.index()]));
    types
}
