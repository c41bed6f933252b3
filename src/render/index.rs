//! Lists of entities: the pages of an index, and what a browser needs to filter it.

use serde::Serialize;
use tera::Value;

use super::facets;
use super::pages::Pages;
use super::views;
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId, FieldValue};
use crate::schema::{Field, Kind, Sort, TypeId};
use crate::site;

/// How many pages before and behind an index page it links to.
const NEIGHBOURS: usize = 4;

/// A page of a type's index.
pub(super) fn index(pages: &Pages, entity_type: TypeId, number: usize, lang: Lang) -> Value {
    let ecosystem = &pages.ecosystem;
    let all = pages.order(entity_type, lang);
    let size = ecosystem.config.page_size;
    let count = site::index_pages(ecosystem, entity_type);
    let url = |number: usize| pages.address(&site::index_path(ecosystem, entity_type, number, lang));
    // All of them on each of them would grow with the square of their number.
    let near = (1..=count).filter(|other| *other == 1 || *other == count || other.abs_diff(number) <= NEIGHBOURS);
    let links = near.map(|other| views::PageLink { number: other, url: url(other), current: other == number }.into());
    views::Index {
        of: pages.type_info(entity_type, lang),
        items: all.iter().skip((number - 1) * size).take(size).map(|id| pages.card(*id, lang)).collect(),
        total: all.len(),
        size,
        number,
        pages: links.collect(),
        previous: (number > 1).then(|| url(number - 1)),
        next: (number < count).then(|| url(number + 1)),
        facets: pages.facets(entity_type, lang),
        order: order(ecosystem, entity_type),
        sorts: pages.sorts(entity_type, lang),
        listing: (pages.settings.listings == Some(true))
            .then(|| pages.address(&site::listing_path(ecosystem, entity_type, lang))),
    }
    .into()
}

/// The order of a type's lists, as its schema writes it.
fn order(ecosystem: &Ecosystem, entity_type: TypeId) -> String {
    let info = ecosystem.schema.get(entity_type);
    match info.sort {
        Sort::Title => String::from("title"),
        Sort::Field { field, descending } => format!("{}{}", if descending { "-" } else { "" }, info.fields[field].id),
    }
}

/// The same as [`sorts`], for templates.
pub(super) fn sortings(pages: &Pages, entity_type: TypeId, lang: Lang) -> Value {
    let sorts = sorts(&pages.ecosystem, entity_type).into_iter().map(|(_, field)| -> Value {
        views::Sorting { id: field.id.to_string(), label: pages.local(&field.label, lang) }.into()
    });
    Value::from(sorts.collect::<Vec<_>>())
}

/// The fields by which readers can sort, with their numbers: those that hold one number or one date, and that any entity has.
fn sorts(ecosystem: &Ecosystem, entity_type: TypeId) -> Vec<(usize, &Field)> {
    let fields = ecosystem.schema.get(entity_type).fields.iter().enumerate().filter(|(_, field)| {
        let sortable =
            matches!(field.kind, Kind::Integer { .. } | Kind::Number { .. } | Kind::Year { .. } | Kind::Date);
        sortable && !field.many
    });
    fields
        .filter(|(at, _)| ecosystem.of_type(entity_type).any(|id| !ecosystem.entity(id).values(*at).is_empty()))
        .collect()
}

/// What a browser needs to filter the index of a type in one language, in the order of the index.
#[derive(Serialize)]
struct Listing<'a> {
    /// The facets, in the order of the page: each a list of its options, with id and words.
    facets: Vec<Vec<(String, String)>>,
    /// The fields to sort by.
    sorts: Vec<&'a str>,
    entries: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    title: String,
    /// All other names, for looking them up.
    names: String,
    /// The line as pages of the index show it: what the template `row.html` makes of the entity's card.
    html: String,
    /// For each facet the numbers of its options.
    options: Vec<Vec<usize>>,
    /// For each field to sort by its value.
    keys: Vec<Option<Key>>,
}

/// What a line is sorted by.
#[derive(Serialize)]
#[serde(untagged)]
enum Key {
    Number(f64),
    Date(String),
}

/// The listing of a type, as JSON.
///
/// # Errors
/// The template of a row failed.
pub(super) fn listing(
    pages: &Pages,
    entity_type: TypeId,
    lang: Lang,
    row: impl Fn(EntityId) -> tera::TeraResult<String>,
) -> tera::TeraResult<Vec<u8>> {
    let ecosystem = &pages.ecosystem;
    let ids = pages.order(entity_type, lang);
    let facets = facets::facets(pages, entity_type, ids, lang);
    let mut chosen = vec![vec![Vec::new(); facets.len()]; ids.len()];
    for (at, facet) in facets.iter().enumerate() {
        for (number, option) in facet.options.iter().enumerate() {
            option.entities.iter().for_each(|place| chosen[*place][at].push(number));
        }
    }
    let sorts = sorts(ecosystem, entity_type);
    let entries = ids.iter().zip(chosen).map(|(id, options)| {
        let entity = ecosystem.entity(*id);
        Ok(Line {
            id: &entity.id,
            title: pages.title(*id, lang),
            names: names(ecosystem, *id, lang),
            html: row(*id)?,
            options,
            keys: sorts.iter().map(|(field, _)| entity.values(*field).first().and_then(key)).collect(),
        })
    });
    let entries = entries.collect::<tera::TeraResult<_>>()?;
    let options = facets.into_iter().map(|facet| facet.options.into_iter().map(|option| (option.id, option.text)));
    let listing = Listing {
        facets: options.map(Iterator::collect).collect(),
        sorts: sorts.iter().map(|(_, field)| &*field.id).collect(),
        entries,
    };
    Ok(super::data::json(&listing))
}

fn key(value: &FieldValue) -> Option<Key> {
    match value {
        FieldValue::Integer(integer) => Some(Key::Number(*integer as f64)),
        FieldValue::Number(number) => Some(Key::Number(*number)),
        FieldValue::Year(year) => Some(Key::Number(f64::from(*year))),
        FieldValue::Date(date) => Some(Key::Date(date.to_string())),
        _ => None,
    }
}

/// The names by which an entity may be looked up beside its title: its aliases, and its titles in other languages.
fn names(ecosystem: &Ecosystem, id: EntityId, lang: Lang) -> String {
    let title = &ecosystem.entity(id).title;
    let titles = title.iter().map(|(_, other)| &**other).filter(|other| *other != title.text(lang));
    super::data::aliases(ecosystem, id).into_iter().chain(titles).collect::<Vec<_>>().join(" ")
}
