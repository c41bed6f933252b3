//! The relations of one entity, in both directions.

use std::collections::{BTreeMap, HashSet};

use super::derived::Reached;
use super::ecosystem::Ecosystem;
use super::ids::EntityId;
use crate::locale::Lang;
use crate::schema::{Member, RelationId};

/// The links of an entity by one relation, in one direction.
#[derive(Debug)]
pub struct Group {
    /// The relation; the first one where several types share the inverse.
    pub relation: RelationId,
    /// Whether the other entity states the relation.
    pub inverse: bool,
    /// The entity at the other end, and the index of the link in [`Ecosystem::links`].
    pub links: Vec<(EntityId, u32)>,
    /// The entities whose links of this relation lead to descendants of the entity in a hierarchy, through these
    /// descendants. Those of `links` are left out.
    pub below: Vec<Reached>,
}

/// The groups of an entity, in the order of the schema, empty ones too. The parts of a hierarchy are next to the wholes.
fn groups(ecosystem: &Ecosystem, id: EntityId, lang: Lang) -> Vec<Group> {
    let entity_type = ecosystem.schema.get(ecosystem.entity(id).entity_type);
    let has_parts = |relation: RelationId| ecosystem.schema.relation(relation).hierarchy;
    let parts = |relation| Some((relation, true)).filter(|_| entity_type.inverses.contains(&relation));
    let relations = entity_type.members.iter().flat_map(|member| match *member {
        Member::Relation(relation) if has_parts(relation) => [Some((relation, false)), parts(relation)],
        Member::Relation(relation) => [Some((relation, false)), None],
        Member::Field(_) => [None, None],
    });
    let relations: Vec<(RelationId, bool)> = relations.flatten().collect();
    let inverses = entity_type.inverses.iter().map(|relation| (*relation, true));
    let inverses: Vec<_> = inverses.filter(|inverse| !relations.contains(inverse)).collect();
    let empty = |(relation, inverse)| Group { relation, inverse, links: Vec::new(), below: Vec::new() };
    let mut groups: Vec<Group> = relations.into_iter().chain(inverses).map(empty).collect();
    for &at in ecosystem.outgoing.of(id) {
        let link = &ecosystem.links[at as usize];
        if let Some(group) = find(ecosystem, &mut groups, link.relation, false) {
            group.links.push((link.to, at));
        }
    }
    for &at in ecosystem.incoming.of(id) {
        let link = &ecosystem.links[at as usize];
        let relation = ecosystem.schema.relation(link.relation);
        let symmetric = relation.symmetric && ecosystem.entity(id).entity_type == relation.owner;
        // A symmetric relation of an entity to itself is listed once.
        if symmetric && link.from == id {
            continue;
        }
        if let Some(group) = find(ecosystem, &mut groups, link.relation, !symmetric) {
            group.links.push((link.from, at));
        }
    }
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

/// The group of a relation in one direction. Relations that share an inverse share a group. A linear search is fast
/// enough: an entity has few relations.
fn find<'g>(
    ecosystem: &Ecosystem,
    groups: &'g mut [Group],
    relation: RelationId,
    inverse: bool,
) -> Option<&'g mut Group> {
    let name = |relation: RelationId| &ecosystem.schema.relation(relation).inverse;
    groups.iter_mut().find(|group| match inverse {
        true => group.inverse && name(group.relation) == name(relation),
        false => !group.inverse && group.relation == relation,
    })
}

/// Adds to the inverse groups of an entity what relates to its descendants.
fn add_below(ecosystem: &Ecosystem, id: EntityId, groups: &mut [Group], lang: Lang) {
    let mut below: BTreeMap<(usize, EntityId), Vec<EntityId>> = BTreeMap::new();
    for descendant in ecosystem.descendants(id) {
        for &at in ecosystem.incoming.of(descendant) {
            let link = &ecosystem.links[at as usize];
            let relation = ecosystem.schema.relation(link.relation);
            let name = |group: &Group| &ecosystem.schema.relation(group.relation).inverse;
            let group = groups.iter().position(|group| group.inverse && *name(group) == relation.inverse);
            if let Some(group) = group.filter(|_| !relation.hierarchy && link.from != id) {
                below.entry((group, link.from)).or_default().push(descendant);
            }
        }
    }
    let direct: Vec<HashSet<EntityId>> =
        groups.iter().map(|group| group.links.iter().map(|(other, _)| *other).collect()).collect();
    for ((group, entity), mut through) in below {
        if !direct[group].contains(&entity) {
            ecosystem.sort(&mut through, lang);
            through.dedup();
            groups[group].below.push(Reached { entity, through });
        }
    }
    for group in groups {
        group.below.sort_by_key(|reached| {
            (ecosystem.entity(reached.entity).entity_type, ecosystem.rank(reached.entity, lang))
        });
    }
}

impl Ecosystem {
    /// The relations that an entity states, then those that lead to it, both in the order of the schema; the parts of a
    /// hierarchy follow the wholes. No group is empty, and none has what is below the entity.
    pub fn groups(&self, id: EntityId, lang: Lang) -> Vec<Group> {
        let mut groups = groups(self, id, lang);
        groups.retain(|group| !group.links.is_empty());
        groups
    }

    /// The same with what relates to the descendants of the entity, and with groups that have nothing else.
    pub fn groups_with_below(&self, id: EntityId, lang: Lang) -> Vec<Group> {
        let mut groups = groups(self, id, lang);
        add_below(self, id, &mut groups, lang);
        groups.retain(|group| !group.links.is_empty() || !group.below.is_empty());
        groups
    }

    /// The entities below one by the hierarchies of its type, each once and without itself, even where a hierarchy has
    /// a cycle.
    pub fn descendants(&self, id: EntityId) -> Vec<EntityId> {
        let (mut reached, mut seen) = (vec![id], HashSet::from([id]));
        let mut next = 0;
        while next < reached.len() {
            for &at in self.incoming.of(reached[next]) {
                let link = &self.links[at as usize];
                if self.schema.relation(link.relation).hierarchy && seen.insert(link.from) {
                    reached.push(link.from);
                }
            }
            next += 1;
        }
        reached.split_off(1)
    }
}
