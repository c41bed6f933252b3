//! Groups of entities by a field, a relation or a derived relation.

use std::collections::{BTreeMap, HashSet};

use crate::model::EntityId;
use crate::render::parts::facets;
use crate::render::parts::hierarchy::Ancestors;
use crate::render::scope::Scope;
use crate::render::words::Words;
use crate::schema::{Property, TypeId};
use crate::site;

/// Entities that have something in common.
pub(super) struct Group {
    /// The id of the entity or of the choice that they name, or the value; empty for those that name none.
    pub id: String,
    /// Its name; none for those that name none.
    pub title: Option<Words>,
    /// Its page; none for values.
    pub url: Option<String>,
    /// Its depth in a hierarchy; 0 for roots.
    pub depth: usize,
    pub entities: Vec<EntityId>,
}

impl Group {
    /// Entities that have nothing in common.
    pub(super) fn nameless(entities: Vec<EntityId>) -> Self {
        Self { id: String::new(), title: None, url: None, depth: 0, entities }
    }
}

/// The groups of these entities: an entity is in each group whose head it names itself. Those of an entity's
/// ancestors in a hierarchy do not hold it.
pub(super) fn by(scope: &Scope, entity_type: TypeId, property: Property, entities: &[EntityId]) -> Vec<Group> {
    match property {
        Property::Field(at) => by_value(scope, entity_type, at, entities),
        _ => by_target(scope, property, entities),
    }
}

/// The entities that are in none of the groups.
pub(super) fn rest(groups: &[Group], entities: &[EntityId]) -> Vec<EntityId> {
    let grouped: HashSet<EntityId> = groups.iter().flat_map(|group| &group.entities).copied().collect();
    entities.iter().filter(|id| !grouped.contains(id)).copied().collect()
}

fn by_value(scope: &Scope, entity_type: TypeId, at: usize, entities: &[EntityId]) -> Vec<Group> {
    let field = &scope.ecosystem.schema.get(entity_type).fields[at];
    let choices = facets::choices(scope, at, field, entities).into_iter();
    let group = choices.map(|choice| Group {
        title: Some(scope.words_in(scope.lang, &choice.text)),
        entities: choice.positions.iter().map(|position| entities[*position]).collect(),
        id: choice.id,
        url: None,
        depth: 0,
    });
    group.collect()
}

fn by_target(scope: &Scope, property: Property, entities: &[EntityId]) -> Vec<Group> {
    let ecosystem = &scope.ecosystem;
    let mut by_target: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
    for id in entities {
        for target in ecosystem.reached_by(*id, property) {
            let group = by_target.entry(target).or_default();
            // A relation can lead to the same entity twice.
            if group.last() != Some(id) {
                group.push(*id);
            }
        }
    }
    let mut targets: Vec<EntityId> = by_target.keys().copied().collect();
    ecosystem.sort(&mut targets, scope.lang);
    let groups = Ancestors::new(ecosystem).tree(&targets).into_iter().map(|(target, depth)| Group {
        id: ecosystem.entity(target).id.to_string(),
        title: Some(scope.title(target)),
        url: Some(scope.address(&site::entity_path(ecosystem, target, scope.lang))),
        depth,
        entities: by_target.remove(&target).unwrap_or_default(),
    });
    groups.collect()
}
