//! Facets: the fields and relations by which the entities of a type are filtered.
//!
//! In: a type, and its entities in the order of a list. Out: its facets, each with its options and, for each option,
//! the positions in the list of the entities that have it. Pages of an index show how many have an option; its listing
//! says which.

use std::collections::BTreeMap;

use tera::Value;

use super::hierarchy::Ancestors;
use super::prose::Filling;
use super::shapes;
use crate::locale::LocalText;
use crate::model::EntityId;
use crate::render::scope::Scope;
use crate::schema::{Field, Member, Relation, RelationId, TypeId};
use crate::site;

/// A field or a relation by which an index filters.
pub(crate) struct Facet<'a> {
    pub id: &'a str,
    pub label: &'a LocalText,
    /// The options that at least one entity has, in the order in which readers look for them.
    pub options: Vec<Choice>,
}

/// An option of a facet.
pub(crate) struct Choice {
    /// The id of a choice or of an entity, or the value.
    pub id: String,
    /// The text for readers.
    pub text: String,
    /// The page of the entity.
    pub url: Option<String>,
    /// The entities that have it: ascending positions in the list.
    pub positions: Vec<usize>,
}

/// The facets of a type that at least one of these entities has a value of.
pub(crate) fn facets<'a>(scope: &'a Scope, entity_type: TypeId, entities: &[EntityId]) -> Vec<Facet<'a>> {
    let info = scope.ecosystem.schema.get(entity_type);
    let facets = info.members.iter().filter_map(|member| match member {
        Member::Field(at) => {
            let field = &info.fields[*at];
            let options = || choices(scope, *at, field, entities);
            field.facet.then(|| Facet { id: &field.id, label: &field.label, options: options() })
        }
        Member::Relation(id) => {
            let relation = scope.ecosystem.schema.relation(*id);
            let options = || targets(scope, *id, entities);
            relation.facet.then(|| Facet { id: &relation.id, label: &relation.label, options: options() })
        }
    });
    facets.filter(|facet| !facet.options.is_empty()).collect()
}

/// The facets of a type as templates see them.
pub(crate) fn of_type(scope: &Scope, entity_type: TypeId) -> Value {
    let make = || {
        let entities: Vec<EntityId> = scope.ecosystem.of_type(entity_type).collect();
        let facets = facets(scope, entity_type, &entities).into_iter().map(|facet| -> Value {
            let options = facet.options.into_iter().map(|Choice { id, text, url, positions }| {
                shapes::Choice { id, text, url, count: positions.len() }.into()
            });
            let options = options.collect();
            shapes::Facet { id: facet.id.to_owned(), label: scope.words(facet.label), options }.into()
        });
        Value::from(facets.collect::<Vec<_>>())
    };
    scope.memo.entity_type(entity_type).facets.get_or_init(make).clone()
}

/// The values of a field: choices in the order of their declaration, numbers and years ascending, texts by the
/// alphabet.
fn choices(scope: &Scope, at: usize, field: &Field, entities: &[EntityId]) -> Vec<Choice> {
    let mut by_id: BTreeMap<String, (f64, Choice)> = BTreeMap::new();
    for (position, id) in entities.iter().enumerate() {
        for value in scope.ecosystem.entity(*id).values(at) {
            let Some(option) = field.kind.option(value, &Filling::new(scope)) else { continue };
            let id = option.id.clone();
            let new = || (option.rank, Choice { id: option.id, text: option.text, url: None, positions: Vec::new() });
            let (_, choice) = by_id.entry(id).or_insert_with(new);
            // A list can hold a value twice.
            if choice.positions.last() != Some(&position) {
                choice.positions.push(position);
            }
        }
    }
    let mut choices: Vec<(f64, Choice)> = by_id.into_values().collect();
    let order = scope.language().order();
    choices.sort_by_cached_key(|(_, choice)| order.key(&choice.text));
    choices.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    choices.into_iter().map(|(_, choice)| choice).collect()
}

/// The entities to which a relation leads, and their ancestors, in the order of their types.
fn targets(scope: &Scope, relation: RelationId, entities: &[EntityId]) -> Vec<Choice> {
    let ecosystem = &scope.ecosystem;
    let info = ecosystem.schema.relation(relation);
    let mut ancestors = Ancestors::new(ecosystem);
    let mut by_target: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
    for (position, id) in entities.iter().enumerate() {
        for target in ancestors.with(ecosystem.targets(*id, relation)) {
            by_target.entry(target).or_default().push(position);
        }
    }
    let mut targets: Vec<EntityId> = by_target.keys().copied().collect();
    ecosystem.sort(&mut targets, scope.lang);
    let options = targets.into_iter().map(|target| Choice {
        id: option_id(scope, info, target),
        text: scope.title(target).text,
        url: Some(scope.address(&site::entity_path(ecosystem, target, scope.lang))),
        positions: by_target.remove(&target).unwrap_or_default(),
    });
    options.collect()
}

/// A target as an option, as in the data: with its type where there can be several.
fn option_id(scope: &Scope, relation: &Relation, target: EntityId) -> String {
    let id = &scope.ecosystem.entity(target).id;
    if relation.to.len() > 1 { format!("{}/{id}", scope.type_id(target)) } else { id.to_string() }
}

/// The address of the index of the entities that name this one by a relation.
pub(crate) fn filtered(scope: &Scope, relation: &Relation, target: EntityId) -> String {
    let index = scope.address(&site::index_path(&scope.ecosystem, relation.owner, 1, scope.lang));
    format!("{index}?{}={}", relation.id, option_id(scope, relation, target))
}
