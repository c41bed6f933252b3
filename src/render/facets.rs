//! What the entities of a type can be filtered by.
//!
//! In: a type, and its entities in the order of a list. Out: its facets, each with its options and the places in the list of the entities that
//! have them. Pages of an index show how many have an option; its listing says which.

use std::collections::BTreeMap;

use tera::Value;

use super::hierarchy::Above;
use super::pages::Pages;
use super::strings::Number;
use super::views::{self, text};
use crate::locale::{Lang, LocalText};
use crate::model::{EntityId, FieldValue};
use crate::schema::{Field, Kind, Member, Relation, RelationId, TypeId};
use crate::site;

/// A field or a relation by which an index filters.
pub(super) struct Facet<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub label: &'a LocalText,
    /// The options that at least one entity has, in the order in which readers look for them.
    pub options: Vec<Choice>,
}

/// An option of a facet.
pub(super) struct Choice {
    /// The id of a choice or of an entity, or the value.
    pub id: String,
    /// For readers.
    pub text: String,
    /// The page of the entity.
    pub url: Option<String>,
    /// Who has it: places in the list, ascending.
    pub entities: Vec<usize>,
}

/// The facets of a type that at least one of these entities has a value of.
pub(super) fn facets<'a>(pages: &'a Pages, entity_type: TypeId, entities: &[EntityId], lang: Lang) -> Vec<Facet<'a>> {
    let info = pages.ecosystem.schema.get(entity_type);
    let facets = info.members.iter().filter_map(|member| match member {
        Member::Field(at) => {
            let field = &info.fields[*at];
            let options = || choices(pages, *at, field, entities, lang);
            field.facet.then(|| Facet { id: &field.id, label: &field.label, options: options() })
        }
        Member::Relation(id) => {
            let relation = pages.ecosystem.schema.relation(*id);
            let options = || targets(pages, *id, entities, lang);
            relation.facet.then(|| Facet { id: &relation.id, label: &relation.label, options: options() })
        }
    });
    facets.filter(|facet| !facet.options.is_empty()).collect()
}

/// The facets as templates see them.
pub(super) fn view(pages: &Pages, entity_type: TypeId, lang: Lang) -> Value {
    let entities: Vec<EntityId> = pages.ecosystem.of_type(entity_type).collect();
    let facets = facets(pages, entity_type, &entities, lang).into_iter().map(|facet| -> Value {
        let options = facet.options.into_iter().map(|Choice { id, text: shown, url, entities }| {
            views::Choice { id, text: text(&shown), url, count: entities.len() }.into()
        });
        let options = options.collect();
        views::Facet { id: facet.id.to_owned(), label: pages.local(facet.label, lang), options }.into()
    });
    Value::from(facets.collect::<Vec<_>>())
}

/// The values of a field: choices in the order of their declaration, numbers and years ascending, texts by the alphabet.
fn choices(pages: &Pages, at: usize, field: &Field, entities: &[EntityId], lang: Lang) -> Vec<Choice> {
    let mut found: BTreeMap<String, (f64, Choice)> = BTreeMap::new();
    for (place, id) in entities.iter().enumerate() {
        for value in pages.ecosystem.entity(*id).values(at) {
            let Some((rank, id, shown)) = choice(pages, field, value, lang) else { continue };
            let new = || (rank, Choice { id: id.clone(), text: shown, url: None, entities: Vec::new() });
            let (_, choice) = found.entry(id.clone()).or_insert_with(new);
            // A list can hold a value twice.
            if choice.entities.last() != Some(&place) {
                choice.entities.push(place);
            }
        }
    }
    let mut found: Vec<(f64, Choice)> = found.into_values().collect();
    let order = pages.ecosystem.config.languages.get(lang).order();
    found.sort_by_cached_key(|(_, choice)| order.key(&choice.text));
    found.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    found.into_iter().map(|(_, choice)| choice).collect()
}

/// A value as an option: its rank among others, its id, which is the same in all languages, and its words.
pub(super) fn choice(pages: &Pages, field: &Field, value: &FieldValue, lang: Lang) -> Option<(f64, String, String)> {
    let strings = &pages.strings[lang.index()];
    let words = |texts: &LocalText| pages.local(texts, lang).as_str().unwrap_or_default().to_owned();
    let measured = |number: Number| match &field.kind {
        Kind::Integer { unit: Some(unit), .. } | Kind::Number { unit: Some(unit), .. } => {
            strings.quantity(number, &words(unit), false)
        }
        _ => strings.number(number),
    };
    let year = |year: i16| (f64::from(year), year.to_string(), year.to_string());
    Some(match (value, &field.kind) {
        (FieldValue::Choice(at), Kind::Choice(choices)) => {
            let choice = choices.get(usize::from(*at))?;
            (f64::from(*at), choice.id.to_string(), words(&choice.label))
        }
        (FieldValue::Boolean(yes), _) => {
            let word = strings.get(if *yes { "yes" } else { "no" }).unwrap_or(if *yes { "✓" } else { "–" });
            (f64::from(u8::from(!yes)), yes.to_string(), word.to_owned())
        }
        (FieldValue::Year(value), _) => year(*value),
        (FieldValue::Date(date), _) => year(date.year),
        (FieldValue::Integer(integer), _) => {
            (*integer as f64, integer.to_string(), measured(Number::Integer(*integer)))
        }
        (FieldValue::Number(number), _) => (*number, number.to_string(), measured(Number::Float(*number))),
        (FieldValue::Text(texts), _) => (0.0, texts.text(Lang::DEFAULT).trim().to_owned(), words(texts)),
        _ => return None,
    })
}

/// The entities to which a relation leads, and those above them, in the order of their types.
fn targets(pages: &Pages, relation: RelationId, entities: &[EntityId], lang: Lang) -> Vec<Choice> {
    let ecosystem = &pages.ecosystem;
    let info = ecosystem.schema.relation(relation);
    let mut above = Above::new(ecosystem);
    let mut found: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
    for (place, id) in entities.iter().enumerate() {
        for target in above.and(ecosystem.targets(*id, relation)) {
            found.entry(target).or_default().push(place);
        }
    }
    let mut targets: Vec<EntityId> = found.keys().copied().collect();
    ecosystem.sort(&mut targets, lang);
    let options = targets.into_iter().map(|target| Choice {
        id: option_id(pages, info, target),
        text: pages.title(target, lang),
        url: Some(pages.address(&site::entity_path(ecosystem, target, lang))),
        entities: found.remove(&target).unwrap_or_default(),
    });
    options.collect()
}

/// A target as an option, as in the data: with its type where there can be several.
fn option_id(pages: &Pages, relation: &Relation, target: EntityId) -> String {
    let id = &pages.ecosystem.entity(target).id;
    if relation.to.len() > 1 { format!("{}/{id}", pages.type_id(target)) } else { id.to_string() }
}

/// The address of the index of those that name an entity by a relation.
pub(super) fn filtered(pages: &Pages, relation: &Relation, target: EntityId, lang: Lang) -> String {
    let index = pages.address(&site::index_path(&pages.ecosystem, relation.owner, 1, lang));
    format!("{index}?{}={}", relation.id, option_id(pages, relation, target))
}
