//! An entity in full: its values, its relations in both directions, and its derived relations.

use std::collections::HashSet;

use tera::Value;

use super::card::{self, card, cards};
use super::changes::changes_of;
use super::headline::headline;
use super::navigation::type_value;
use super::prose::Filling;
use super::shapes::{ContentsEntry, Derived, Entity, Fact, Headline, Item, Link, Reached, Relation};
use super::sources::SourceLink;
use super::{facets, value};
use crate::locale::LocalText;
use crate::model::{self, Attribute, EntityId, Extra, FieldValue, Group, Link as Statement};
use crate::render::scope::Scope;
use crate::render::words::Words;
use crate::schema::{Field, RelationId};
use crate::site;
use crate::url::encoded;
use crate::values::{Image, Kind};

/// The maximum number of entities below a relation that a page shows. The pages of the descendants have all.
const MOST_BELOW: usize = 100;

/// An entity, with what its page needs beside it.
pub(crate) struct FullEntity {
    pub entity: Entity,
    pub source_links: Vec<SourceLink>,
    /// Its relations in a table of contents, without those to sources.
    pub contents: Vec<Value>,
}

/// An entity in full. Citations in its values and attributes are counted where the filling counts them.
pub(crate) fn entity(scope: &Scope, id: EntityId, filling: &mut Filling<'_>) -> FullEntity {
    let ecosystem = &scope.ecosystem;
    let entity = ecosystem.entity(id);
    let headline = headline(scope, id, true);
    let facts = facts_by_id(scope, id, filling);
    let groups = ecosystem.groups_with_below(id, scope.lang);
    let mentions = mentions(scope, id, &groups);
    let mut relations = relations(scope, id, &groups, filling);
    let derived = derived(scope, id, &mut relations.contents);
    let whole_address = |image: &Image| scope.canonical(&encoded(&format!("/{}", image.src)));
    let entity = Entity {
        card: card(scope, id),
        of: type_value(scope, entity.entity_type),
        aliases: scope.aliases(id),
        image: value::picture(scope, id).map(Value::from),
        image_canonical: entity.image.as_ref().map(whole_address),
        verified: entity.verified.as_ref().map(|(date, _)| date.to_string()),
        details: details(&facts, headline.as_ref()),
        facts: facts.into_iter().map(|(_, fact)| fact).collect(),
        headline: headline.map(Value::from),
        relations: relations.all,
        connections: relations.connections,
        sources: relations.sources,
        other_sources: relations.other_sources,
        derived,
        mentions,
        changes: changes_of(scope, id).into_iter().map(Value::from).collect(),
        feed: (ecosystem.schema.get(entity.entity_type).feeds && ecosystem.has_page(id))
            .then(|| scope.address(&site::entity_feed_path(ecosystem, id, scope.lang))),
        json: (scope.settings.records == Some(true) && ecosystem.has_page(id))
            .then(|| scope.address(&site::record_path(ecosystem, id))),
    };
    FullEntity { entity, source_links: relations.source_links, contents: relations.contents }
}

/// An entity in full, for a template that asks for one that its page is not about.
pub(crate) fn elsewhere(scope: &Scope, id: EntityId) -> Entity {
    entity(scope, id, &mut Filling::new(scope)).entity
}

/// The values of an entity's fields, without hidden ones: a list of [`Fact`].
pub(crate) fn facts(scope: &Scope, id: EntityId, filling: &mut Filling<'_>) -> Vec<Value> {
    facts_by_id(scope, id, filling).into_iter().map(|(_, fact)| fact).collect()
}

/// The same, each with the id of its field.
fn facts_by_id<'a>(scope: &'a Scope, id: EntityId, filling: &mut Filling<'_>) -> Vec<(&'a str, Value)> {
    let entity = scope.ecosystem.entity(id);
    let entity_type = scope.ecosystem.schema.get(entity.entity_type);
    let fields = entity.values.iter().map(|values| (&entity_type.fields[values.field], values));
    let visible = fields.filter(|(field, _)| !field.hidden);
    let facts =
        visible.map(|(field, values)| (&*field.id, fact(scope, filling, field, values.with_attributes()).into()));
    let facts: Vec<(&str, Value)> = facts.collect();
    facts.into_iter().chain(entity.extra.iter().map(|extra| (&*extra.key, extra_fact(scope, extra).into()))).collect()
}

/// The values of a key that the type does not declare.
fn extra_fact(scope: &Scope, extra: &Extra) -> Fact {
    let item = |text: &str| value::localised(scope, &LocalText::only_default(text.into())).into();
    Fact {
        id: extra.key.to_string(),
        label: Words { text: extra.key.to_string(), lang: scope.lang },
        kind: "text",
        unit: String::new(),
        values: extra.texts.iter().map(|text| item(text)).collect(),
    }
}

/// The facts that the headline does not show.
fn details(facts: &[(&str, Value)], headline: Option<&Headline>) -> Vec<Value> {
    let is_in_headline =
        |id: &str| headline.is_some_and(|headline| headline.fields.iter().any(|field| field.as_str() == id));
    facts.iter().filter(|(id, _)| !is_in_headline(id)).map(|(_, fact)| fact.clone()).collect()
}

/// The values of one field of an entity; none if it has no value or if the field is hidden. Citations in the values are
/// links.
pub(crate) fn fact_of(scope: &Scope, id: EntityId, at: usize) -> Option<Fact> {
    let entity = scope.ecosystem.entity(id);
    let field = &scope.ecosystem.schema.get(entity.entity_type).fields[at];
    let values = entity.values_of(at).filter(|_| !field.hidden)?;
    Some(fact(scope, &mut Filling::new(scope), field, values.with_attributes()))
}

fn fact<'v>(
    scope: &Scope,
    filling: &mut Filling<'_>,
    field: &Field,
    values: impl Iterator<Item = (&'v FieldValue, &'v [Attribute])>,
) -> Fact {
    let values = values.map(|(value, own)| {
        let own = attributes(scope, filling, &field.attributes, own);
        Item { attributes: own, ..value::item(filling, field, value) }.into()
    });
    let values = values.collect();
    Fact {
        id: field.id.to_string(),
        label: scope.words(&field.label),
        kind: field.kind.name(),
        unit: field.kind.unit().map(|unit| scope.words(unit).text).unwrap_or_default(),
        values,
    }
}

/// The links of an entity by relation, as templates see them.
#[derive(Default)]
struct Relations {
    all: Vec<Value>,
    /// The relations that do not lead to sources.
    connections: Vec<Value>,
    sources: Option<Value>,
    other_sources: Vec<Value>,
    source_links: Vec<SourceLink>,
    /// The connections in a table of contents.
    contents: Vec<Value>,
}

fn relations(scope: &Scope, id: EntityId, groups: &[Group], filling: &mut Filling<'_>) -> Relations {
    let to_sources = scope.ecosystem.schema.get(scope.ecosystem.entity(id).entity_type).sources;
    let mut relations = Relations::default();
    for group in groups {
        let is_to_sources = !group.inverse && Some(group.relation) == to_sources;
        let relation = if is_to_sources {
            relations.source_links = source_links(scope, group, filling);
            let links = relations.source_links.iter().map(|link| link.value(scope)).collect();
            relation_of(scope, id, group, links)
        } else {
            relation(scope, id, group, filling)
        };
        let is_connection = !relation.citation;
        let count = relation.links.len() + relation.below_count;
        let entry = is_connection.then(|| contents_entry(scope, &relation.anchor, &relation.label, count));
        let value = Value::from(relation);
        relations.all.push(value.clone());
        if is_to_sources {
            relations.sources = Some(value);
        } else if is_connection {
            relations.contents.extend(entry);
            relations.connections.push(value);
        } else {
            relations.other_sources.push(value);
        }
    }
    relations
}

fn contents_entry(scope: &Scope, anchor: &str, label: &Words, count: usize) -> Value {
    let (anchor, lang) = (anchor.to_owned(), scope.tag_of(label.lang).to_owned());
    ContentsEntry { anchor, title: label.clone(), lang, level: 2, count }.into()
}

fn source_links(scope: &Scope, group: &Group, filling: &mut Filling<'_>) -> Vec<SourceLink> {
    let links = group.links.iter().map(|(source, at)| {
        let attributes = attributes_of(scope, filling, &scope.ecosystem.links[*at as usize]);
        SourceLink { source: *source, attributes }
    });
    links.collect()
}

/// The links of an entity by one relation, in one direction.
pub(crate) fn relation(scope: &Scope, id: EntityId, group: &Group, filling: &mut Filling<'_>) -> Relation {
    let links = group.links.iter();
    let links = links.map(|(other, at)| link(scope, filling, *other, &scope.ecosystem.links[*at as usize]));
    let links = links.collect();
    relation_of(scope, id, group, links)
}

fn relation_of(scope: &Scope, id: EntityId, group: &Group, links: Vec<Value>) -> Relation {
    let relation = scope.ecosystem.schema.relation(group.relation);
    let (prefix, name, label) = match group.inverse {
        true => ("i", &relation.inverse, &relation.inverse_label),
        false => ("o", &relation.id, &relation.label),
    };
    let inverses = &scope.ecosystem.schema.get(scope.ecosystem.entity(id).entity_type).inverses;
    let same = inverses.iter().filter(|other| scope.ecosystem.schema.relation(**other).inverse == relation.inverse);
    // An index has the entities of one type, so it can't show those of an inverse that several types share.
    let is_facet = group.inverse && relation.facet && same.count() == 1;
    let is_filtered = is_facet && scope.settings.listings == Some(true);
    let below = group.below.iter().take(MOST_BELOW).map(|it| reached(scope, it));
    Relation {
        id: name.to_string(),
        anchor: format!("{prefix}_{name}"),
        label: scope.words(label),
        inverse: group.inverse,
        citation: relation.citation && !group.inverse,
        filter: is_filtered.then(|| facets::filter_address(scope, relation, id)),
        links,
        below: below.collect(),
        below_count: group.below.len(),
    }
}

/// A link of an entity by one of its own relations.
pub(crate) fn statement(scope: &Scope, statement: &Statement) -> Value {
    link(scope, &mut Filling::new(scope), statement.to, statement)
}

/// What a link states, without some attributes: a list of [`Fact`].
pub(crate) fn statement_facts(scope: &Scope, statement: &Statement, without: &[usize]) -> Vec<Value> {
    let declared = &scope.ecosystem.schema.relation(statement.relation).attributes;
    let own: Vec<Attribute> =
        statement.attributes.iter().filter(|own| !without.contains(&own.index)).cloned().collect();
    attributes(scope, &mut Filling::new(scope), declared, &own)
}

fn link(scope: &Scope, filling: &mut Filling<'_>, other: EntityId, statement: &Statement) -> Value {
    if statement.attributes.is_empty() {
        return card::link(scope, other);
    }
    let attributes = Value::from(attributes_of(scope, filling, statement));
    Link { attributes, card: card(scope, other) }.into()
}

/// The links of an entity by one relation that it states itself: a list of [`Link`].
pub(crate) fn links(scope: &Scope, id: EntityId, relation: RelationId) -> Vec<Value> {
    let statements = scope.ecosystem.statements(id, relation);
    statements.map(|statement| link(scope, &mut Filling::new(scope), statement.to, statement)).collect()
}

/// The attributes of a link that are said in a word: choices and booleans, without hidden ones, a list of [`Fact`].
pub(crate) fn brief_attributes(scope: &Scope, statement: &Statement) -> Vec<Value> {
    let declared = &scope.ecosystem.schema.relation(statement.relation).attributes;
    let is_brief = |it: &&Attribute| matches!(declared[it.index].kind, Kind::Choice(_) | Kind::Boolean(_));
    let own: Vec<Attribute> = statement.attributes.iter().filter(is_brief).cloned().collect();
    attributes(scope, &mut Filling::new(scope), declared, &own)
}

/// The attributes of a link, without hidden ones: a list of [`Fact`].
fn attributes_of(scope: &Scope, filling: &mut Filling<'_>, statement: &Statement) -> Vec<Value> {
    let declared = &scope.ecosystem.schema.relation(statement.relation).attributes;
    attributes(scope, filling, declared, &statement.attributes)
}

/// The attributes of a link or of a value, without hidden ones: a list of [`Fact`].
fn attributes(scope: &Scope, filling: &mut Filling<'_>, declared: &[Field], own: &[Attribute]) -> Vec<Value> {
    let facts = own.chunk_by(|a, b| a.index == b.index).filter_map(|attributes| {
        let field = &declared[attributes[0].index];
        // Attributes have no attributes.
        let values = attributes.iter().map(|attribute| (&attribute.value, [].as_slice()));
        (!field.hidden).then(|| fact(scope, filling, field, values).into())
    });
    facts.collect()
}

/// The derived relations of an entity. Each gets an entry in the table of contents.
fn derived(scope: &Scope, id: EntityId, contents: &mut Vec<Value>) -> Vec<Value> {
    let ecosystem = &scope.ecosystem;
    let entity_type = ecosystem.schema.get(ecosystem.entity(id).entity_type);
    let derived = entity_type.derived.iter().filter_map(|derived| {
        let links: Vec<Value> =
            ecosystem.derived(id, derived, scope.lang).iter().map(|it| reached(scope, it)).collect();
        if links.is_empty() {
            return None;
        }
        let (anchor, label) = (format!("d_{}", derived.id), scope.words(&derived.label));
        contents.push(contents_entry(scope, &anchor, &label, links.len()));
        Some(Derived { id: derived.id.to_string(), anchor, label, links }.into())
    });
    derived.collect()
}

fn reached(scope: &Scope, reached: &model::Reached) -> Value {
    Reached { card: card(scope, reached.entity), through: cards(scope, reached.through.iter().copied()) }.into()
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
