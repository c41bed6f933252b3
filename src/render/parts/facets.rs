//! Facets: the fields, relations and derived relations by which the entities of a type are filtered.
//!
//! In: a type. Out: its facets, each with its options and, for each option, the positions of the entities that have it
//! in the order of the type. Pages of an index show how many entities have an option; its listing says which.

use std::collections::{BTreeMap, HashMap};

use tera::Value;

use super::hierarchy::{Ancestors, parents};
use super::prose::Filling;
use super::shapes;
use crate::locale::LocalText;
use crate::model::EntityId;
use crate::render::scope::{Facet, FacetOption, Scope};
use crate::schema::{Field, Property, Relation, Schema, TypeId};
use crate::site;

/// The facets of a type that at least one of its entities has a value of, memoised.
pub(crate) fn facets(scope: &Scope, entity_type: TypeId) -> &[Facet] {
    scope.memo.entity_type(entity_type).facets.get_or_init(|| {
        let entities = scope.order(entity_type);
        let facets = scope.ecosystem.schema.properties(entity_type).filter_map(|(id, property)| {
            let label = scope.ecosystem.schema.label(entity_type, property);
            let make = || facet(scope, id, label, options(scope, entity_type, property, entities));
            is_facet(&scope.ecosystem.schema, entity_type, property).then(make)
        });
        facets.filter(|facet| !facet.options.is_empty()).collect()
    })
}

/// Whether the index of a type can be filtered by one of its fields or relations.
pub(crate) fn is_facet(schema: &Schema, entity_type: TypeId, property: Property) -> bool {
    let info = schema.get(entity_type);
    match property {
        Property::Field(at) => info.fields[at].facet,
        Property::Relation(relation) => schema.relation(relation).facet,
        Property::Derived(at) => info.derived[at].facet,
    }
}

/// The options that some entities of a type have of a field, a relation or a derived relation.
pub(crate) fn options(
    scope: &Scope,
    entity_type: TypeId,
    property: Property,
    entities: &[EntityId],
) -> Vec<FacetOption> {
    match property {
        Property::Field(at) => choices(scope, at, &scope.ecosystem.schema.get(entity_type).fields[at], entities),
        _ => targets(scope, entity_type, property, entities),
    }
}

fn facet(scope: &Scope, id: &str, label: &LocalText, options: Vec<FacetOption>) -> Facet {
    Facet { id: id.to_owned(), label: scope.words(label), options }
}

/// The facets of a type as templates see them, memoised.
pub(crate) fn of_type(scope: &Scope, entity_type: TypeId) -> Value {
    let make = || {
        let facets = facets(scope, entity_type).iter().map(|facet| -> Value {
            let options = facet.options.iter().map(|option| {
                let (id, text, url) = (option.id.clone(), option.text.clone(), option.url.clone());
                shapes::Choice { id, text, url, depth: option.depth, count: option.positions.len() }.into()
            });
            let options = options.collect();
            shapes::Facet { id: facet.id.clone(), label: facet.label.clone(), options }.into()
        });
        Value::from(facets.collect::<Vec<_>>())
    };
    scope.memo.entity_type(entity_type).facet_values.get_or_init(make).clone()
}

/// The values of a field: choices in the order of their declaration, numbers and years ascending, texts by the
/// alphabet.
pub(crate) fn choices(scope: &Scope, at: usize, field: &Field, entities: &[EntityId]) -> Vec<FacetOption> {
    let mut by_id: BTreeMap<String, (f64, FacetOption)> = BTreeMap::new();
    for (position, id) in entities.iter().enumerate() {
        for value in scope.ecosystem.entity(*id).values(at) {
            let Some(option) = field.kind.option(value, &Filling::new(scope)) else { continue };
            let id = option.id.clone();
            let new = || {
                (
                    option.rank,
                    FacetOption { id: option.id, text: option.text, url: None, depth: 0, positions: Vec::new() },
                )
            };
            let (_, choice) = by_id.entry(id).or_insert_with(new);
            // A list can hold the same value twice.
            if choice.positions.last() != Some(&position) {
                choice.positions.push(position);
            }
        }
    }
    let mut choices: Vec<(f64, FacetOption)> = by_id.into_values().collect();
    let order = scope.language().order();
    choices.sort_by_cached_key(|(_, choice)| order.key(&choice.text));
    choices.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    choices.into_iter().map(|(_, choice)| choice).collect()
}

/// The entities to which a relation or a derived relation leads, and their ancestors, in the order of their types.
fn targets(scope: &Scope, owner: TypeId, property: Property, entities: &[EntityId]) -> Vec<FacetOption> {
    let ecosystem = &scope.ecosystem;
    let several = ecosystem.schema.targets(owner, property).len() > 1;
    let mut ancestors = Ancestors::new(ecosystem);
    let mut by_target: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
    for (position, id) in entities.iter().enumerate() {
        for target in ancestors.with(ecosystem.reached_by(*id, property)) {
            by_target.entry(target).or_default().push(position);
        }
    }
    let mut targets: Vec<EntityId> = by_target.keys().copied().collect();
    ecosystem.sort(&mut targets, scope.lang);
    let mut titles: HashMap<String, usize> = HashMap::new();
    targets.iter().for_each(|target| *titles.entry(scope.title(*target).text).or_default() += 1);
    let options = ancestors.tree(&targets).into_iter().map(|(target, depth)| {
        let title = scope.title(target).text;
        let is_unique = titles[&title] == 1;
        FacetOption {
            id: option_id(scope, several, target),
            text: if is_unique { title } else { with_context(scope, several, target, title) },
            url: Some(scope.address(&site::entity_path(ecosystem, target, scope.lang))),
            depth,
            positions: by_target.remove(&target).unwrap_or_default(),
        }
    });
    options.collect()
}

/// The title of an entity that others of a facet have too, with what tells it apart: its parent, or else its type.
fn with_context(scope: &Scope, several: bool, target: EntityId, title: String) -> String {
    let parent = parents(&scope.ecosystem, target).next().map(|parent| scope.title(parent).text);
    let entity_type = || scope.ecosystem.schema.get(scope.ecosystem.entity(target).entity_type);
    match parent.or_else(|| several.then(|| scope.words(&entity_type().name).text)) {
        Some(context) => format!("{title} ({context})"),
        None => title,
    }
}

/// A target as an option, as in the data: with its type where there can be several.
pub(crate) fn option_id(scope: &Scope, several: bool, target: EntityId) -> String {
    let id = &scope.ecosystem.entity(target).id;
    if several { format!("{}/{id}", scope.type_id(target)) } else { id.to_string() }
}

/// The address of the index of the entities that name this one by a relation.
pub(crate) fn filter_address(scope: &Scope, relation: &Relation, target: EntityId) -> String {
    let index = scope.address(&site::index_path(&scope.ecosystem, relation.owner, 1, scope.lang));
    format!("{index}?{}={}", relation.id, option_id(scope, relation.to.len() > 1, target))
}
