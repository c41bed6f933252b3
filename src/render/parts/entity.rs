//! An entity in full: its values, its relations in both directions, and its derived relations.

use std::collections::HashSet;

use tera::Value;

use super::card::{self, card, cards};
use super::headline::headline;
use super::prose::Filling;
use super::shapes::{Derived, Entity, Fact, Link, Reached, Relation};
use super::{facets, value};
use crate::model::{EntityId, FieldValue, Group, Link as Statement};
use crate::render::scope::Scope;
use crate::schema::Field;
use crate::site;

/// An entity in full. Citations in its values and attributes are counted where the filling counts them.
pub(crate) fn entity(scope: &Scope, id: EntityId, filling: &mut Filling<'_>) -> Entity {
    let ecosystem = &scope.ecosystem;
    let entity = ecosystem.entity(id);
    let facts = facts(scope, id, filling);
    let groups = ecosystem.groups(id, scope.lang);
    let mentions = mentions(scope, id, &groups);
    Entity {
        card: card(scope, id),
        aliases: scope.aliases(id),
        image: entity.image.as_ref().map(|image| value::picture(scope, image).into()),
        verified: entity.verified.as_ref().map(|(date, _)| date.to_string()),
        headline: headline(scope, id, false).map(Value::from),
        facts,
        relations: groups.iter().map(|group| relation(scope, id, group, filling).into()).collect(),
        derived: derived(scope, id),
        mentions,
        json: (scope.settings.records == Some(true)).then(|| scope.address(&site::record_path(ecosystem, id))),
    }
}

/// An entity in full, for a template that asks for one that its page is not about.
pub(crate) fn elsewhere(scope: &Scope, id: EntityId) -> Entity {
    entity(scope, id, &mut Filling::new(scope))
}

/// The values of an entity's fields, without hidden ones: a list of [`Fact`].
pub(crate) fn facts(scope: &Scope, id: EntityId, filling: &mut Filling<'_>) -> Vec<Value> {
    let entity = scope.ecosystem.entity(id);
    let entity_type = scope.ecosystem.schema.get(entity.entity_type);
    let fields = entity.values.iter().map(|values| (&entity_type.fields[usize::from(values.field)], &values.values));
    let visible = fields.filter(|(field, _)| !field.hidden);
    visible.map(|(field, values)| fact(scope, filling, field, values.iter()).into()).collect()
}

/// The values of one field of an entity; none if it has no value or if the field is hidden. Citations in the values are
/// links.
pub(crate) fn fact_of(scope: &Scope, id: EntityId, at: usize) -> Option<Fact> {
    let entity = scope.ecosystem.entity(id);
    let field = &scope.ecosystem.schema.get(entity.entity_type).fields[at];
    let values = entity.values(at);
    let is_visible = !field.hidden && !values.is_empty();
    is_visible.then(|| fact(scope, &mut Filling::new(scope), field, values.iter()))
}

fn fact<'v>(
    scope: &Scope,
    filling: &mut Filling<'_>,
    field: &Field,
    values: impl Iterator<Item = &'v FieldValue>,
) -> Fact {
    Fact {
        id: field.id.to_string(),
        label: scope.words(&field.label),
        kind: field.kind.name(),
        unit: field.kind.unit().map(|unit| scope.words(unit).text).unwrap_or_default(),
        values: values.map(|value| value::item(scope, filling, field, value).into()).collect(),
    }
}

/// The links of an entity by one relation, in one direction.
fn relation(scope: &Scope, id: EntityId, group: &Group, filling: &mut Filling<'_>) -> Relation {
    let relation = scope.ecosystem.schema.relation(group.relation);
    let (name, label) =
        if group.inverse { (&relation.inverse, &relation.inverse_label) } else { (&relation.id, &relation.label) };
    let links = group.links.iter();
    let links = links.map(|(other, at)| link(scope, filling, *other, &scope.ecosystem.links[*at as usize]));
    let is_filtered = group.inverse && relation.facet && scope.settings.listings == Some(true);
    Relation {
        id: name.to_string(),
        label: scope.words(label),
        inverse: group.inverse,
        citation: relation.citation && !group.inverse,
        filter: is_filtered.then(|| facets::filtered(scope, relation, id)),
        links: links.collect(),
    }
}

fn link(scope: &Scope, filling: &mut Filling<'_>, other: EntityId, statement: &Statement) -> Value {
    if statement.attributes.is_empty() {
        return card::link(scope, other);
    }
    let relation = scope.ecosystem.schema.relation(statement.relation);
    let attributes = statement.attributes.chunk_by(|a, b| a.index == b.index).filter_map(|attributes| {
        let field = &relation.attributes[usize::from(attributes[0].index)];
        let values = attributes.iter().map(|attribute| &attribute.value);
        (!field.hidden).then(|| fact(scope, filling, field, values).into())
    });
    let attributes = Value::from(attributes.collect::<Vec<Value>>());
    Link { attributes, card: card(scope, other) }.into()
}

fn derived(scope: &Scope, id: EntityId) -> Vec<Value> {
    let ecosystem = &scope.ecosystem;
    let entity_type = ecosystem.schema.get(ecosystem.entity(id).entity_type);
    let derived = entity_type.derived.iter().filter_map(|derived| {
        let reached = ecosystem.derived(id, derived, scope.lang);
        let links = reached.into_iter().map(|reached| {
            Reached { card: card(scope, reached.entity), through: cards(scope, reached.through) }.into()
        });
        let links: Vec<Value> = links.collect();
        let label = || scope.words(&derived.label);
        (!links.is_empty()).then(|| Derived { id: derived.id.to_string(), label: label(), links }.into())
    });
    derived.collect()
}

/// The entities whose prose mentions this one, without those that are related to it.
fn mentions(scope: &Scope, id: EntityId, groups: &[Group]) -> Vec<Value> {
    let ecosystem = &scope.ecosystem;
    let related = groups.iter().flat_map(|group| &group.links);
    let mut seen: HashSet<EntityId> = related.map(|(other, _)| *other).collect();
    let mut mentions: Vec<EntityId> = ecosystem.mentions(id).filter(|mention| seen.insert(*mention)).collect();
    ecosystem.sort(&mut mentions, scope.lang);
    cards(scope, mentions)
}
