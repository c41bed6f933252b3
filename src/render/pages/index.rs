//! A page of a type's index.

use tera::Value;

use super::shapes::{Index, PageLink, Sorting};
use crate::model::Ecosystem;
use crate::render::parts::{cards, facets, type_value};
use crate::render::scope::Scope;
use crate::schema::{Field, Property, Sort, TypeId};
use crate::site;

/// The number of pages before and after the current one that get a link. With links to all pages, the number of links
/// would grow with the square of the number of pages.
const NEIGHBOURS: usize = 4;

/// A page of a type's index.
pub(super) fn index(scope: &Scope, entity_type: TypeId, number: usize) -> Index {
    let ecosystem = &scope.ecosystem;
    let all = scope.order(entity_type);
    let count = site::index_pages(ecosystem, entity_type);
    let size = if count > 1 { ecosystem.config.page_size } else { all.len().max(ecosystem.config.page_size) };
    let url = |number: usize| scope.address(&site::index_path(ecosystem, entity_type, number, scope.lang));
    let near = (1..=count).filter(|other| *other == 1 || *other == count || other.abs_diff(number) <= NEIGHBOURS);
    let mut before = 0;
    let links = near.map(|other| {
        let gap = other > before + 1;
        before = other;
        PageLink { number: other, url: url(other), current: other == number, gap }.into()
    });
    let table = || scope.address(&site::table_path(ecosystem, entity_type, scope.lang, 1));
    let listing = || scope.address(&site::listing_path(ecosystem, entity_type, scope.lang, 1));
    Index {
        of: type_value(scope, entity_type),
        items: cards(scope, all.iter().skip((number - 1) * size).take(size).copied()),
        total: all.len(),
        size,
        number,
        pages: links.collect(),
        previous: (number > 1).then(|| url(number - 1)),
        next: (number < count).then(|| url(number + 1)),
        facets: facets::of_type(scope, entity_type),
        order: order(ecosystem, entity_type),
        own_order: has_own_order(scope, entity_type),
        sorts: sortings(scope, entity_type),
        pictures: has_pictures(scope, entity_type),
        listing: (scope.settings.listings == Some(true)).then(listing),
        table: (scope.settings.listings == Some(true)).then(table),
    }
}

/// Whether any entity of a type has a picture, memoised.
fn has_pictures(scope: &Scope, entity_type: TypeId) -> bool {
    let ecosystem = &scope.ecosystem;
    let find = || ecosystem.of_type(entity_type).any(|id| ecosystem.entity(id).image.is_some());
    *scope.memo.entity_type(entity_type).has_pictures.get_or_init(find)
}

/// The order of a type's lists, in the syntax of the schema.
fn order(ecosystem: &Ecosystem, entity_type: TypeId) -> String {
    match ecosystem.schema.get(entity_type).sort {
        Sort::Title => String::from("title"),
        Sort::By { property, descending } => {
            let mut properties = ecosystem.schema.properties(entity_type);
            let id = properties.find(|(_, other)| *other == property).map_or("", |(id, _)| id);
            format!("{}{id}", if descending { "-" } else { "" })
        }
    }
}

/// Whether a type has the order of a field by which readers can't sort.
fn has_own_order(scope: &Scope, entity_type: TypeId) -> bool {
    match scope.ecosystem.schema.get(entity_type).sort {
        Sort::Title => false,
        Sort::By { property, .. } => !sorts(scope, entity_type).any(|(at, _)| Property::Field(at) == property),
    }
}

/// The same as [`sorts`], for templates, memoised.
fn sortings(scope: &Scope, entity_type: TypeId) -> Value {
    let order = scope.ecosystem.schema.get(entity_type).sort;
    let current = |at: usize| match order {
        Sort::By { property, descending } if property == Property::Field(at) => {
            if descending {
                "descending"
            } else {
                "ascending"
            }
        }
        _ => "",
    };
    let sorting = |(at, field): (usize, &Field)| -> Value {
        Sorting { id: field.id.to_string(), label: scope.words(&field.label), current: current(at) }.into()
    };
    let make = || Value::from(sorts(scope, entity_type).map(sorting).collect::<Vec<_>>());
    scope.memo.entity_type(entity_type).sortings.get_or_init(make).clone()
}

/// The fields by which readers can sort, with their positions: those that hold one number or one date, that any entity
/// has, and whose amounts are in one currency or unit.
pub(crate) fn sorts(scope: &Scope, entity_type: TypeId) -> impl Iterator<Item = (usize, &Field)> {
    let (ecosystem, fields) = (&scope.ecosystem, &scope.ecosystem.schema.get(entity_type).fields);
    let is_in_use = |at: &usize| ecosystem.of_type(entity_type).any(|id| !ecosystem.entity(id).values(*at).is_empty());
    let is_sortable = |at: &usize| fields[*at].kind.is_sortable() && !fields[*at].many;
    let has_one_unit = |at: &usize| {
        let mut units = ecosystem.of_type(entity_type).filter_map(|id| ecosystem.unit(id, *at, scope.lang));
        units.next().is_none_or(|first| units.all(|other| other == first))
    };
    let find = || (0..fields.len()).filter(is_sortable).filter(is_in_use).filter(has_one_unit).collect();
    let positions = scope.memo.entity_type(entity_type).sorts.get_or_init(find);
    positions.iter().map(|at| (*at, &fields[*at]))
}
