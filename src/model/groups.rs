//! The relations of one entity, in both directions.

use super::ecosystem::Ecosystem;
use super::ids::EntityId;
use crate::locale::Lang;
use crate::schema::{Member, RelationId};

/// The links of an entity by one relation, in one direction.
#[derive(Debug)]
pub struct Group {
    /// The relation.
    pub relation: RelationId,
    /// Whether the other entity states the relation.
    pub inverse: bool,
    /// The entity at the other end, and the index of the link in [`Ecosystem::links`].
    pub links: Vec<(EntityId, u32)>,
}

fn groups(ecosystem: &Ecosystem, id: EntityId, lang: Lang) -> Vec<Group> {
    let entity_type = ecosystem.schema.get(ecosystem.entity(id).entity_type);
    let mut own: Vec<(RelationId, bool, EntityId, u32)> = Vec::new();
    for &at in ecosystem.outgoing.of(id) {
        let link = &ecosystem.links[at as usize];
        own.push((link.relation, false, link.to, at));
    }
    for &at in ecosystem.incoming.of(id) {
        let link = &ecosystem.links[at as usize];
        let relation = ecosystem.schema.relation(link.relation);
        let symmetric = relation.symmetric && ecosystem.entity(id).entity_type == relation.owner;
        // A symmetric relation of an entity to itself is listed once.
        if !(symmetric && link.from == id) {
            own.push((link.relation, !symmetric, link.from, at));
        }
    }
    let relations = entity_type.members.iter().filter_map(|member| match member {
        Member::Relation(relation) => Some((*relation, false)),
        Member::Field(_) => None,
    });
    let inverses = entity_type.inverses.iter().map(|relation| (*relation, true));
    let mut groups: Vec<Group> =
        relations.chain(inverses).map(|(relation, inverse)| Group { relation, inverse, links: Vec::new() }).collect();
    // A linear search is fast enough: an entity has few relations.
    for (relation, inverse, other, at) in own {
        if let Some(group) = groups.iter_mut().find(|group| group.relation == relation && group.inverse == inverse) {
            group.links.push((other, at));
        }
    }
    groups.retain(|group| !group.links.is_empty());
    for group in &mut groups {
        // The entity's own statements keep their order. Statements of others come in the order of their types and
        // titles.
        if group.inverse || ecosystem.schema.relation(group.relation).symmetric {
            group
                .links
                .sort_by_key(|(other, at)| (ecosystem.entity(*other).entity_type, ecosystem.rank(*other, lang), *at));
        }
    }
    groups
}

impl Ecosystem {
    /// The relations that an entity states, then those that lead to it, both in the order of the schema. No group is
    /// empty.
    pub fn groups(&self, id: EntityId, lang: Lang) -> Vec<Group> {
        groups(self, id, lang)
    }
}
