//! Facts that contradict each other: ends before their starts, exchanged coordinates, and two entities with one title.
//!
//! In: the model. Out: diagnostics.

use std::collections::HashMap;

use rayon::prelude::*;

use super::ecosystem::Ecosystem;
use super::entity::Entity;
use super::ids::EntityId;
use super::link::Link;
use super::value::FieldValue;
use crate::diagnostics::{Code, Diagnostic, Hint};
use crate::locale::Lang;
use crate::parse::outline::Position;
use crate::schema::{Field, TypeId};
use crate::text::Place;
use crate::values::{Date, Point, Rank};

/// All contradictions.
pub(super) fn contradictions(ecosystem: &Ecosystem) -> Vec<Diagnostic> {
    let ids: Vec<EntityId> = ecosystem.published().collect();
    let of_entity = |id: EntityId| {
        let entity = ecosystem.entity(id);
        let links = ecosystem.outgoing.of(id).iter().map(|at| &ecosystem.links[*at as usize]);
        let mut found = backward(ecosystem, entity);
        found.extend(
            links.filter(|link| link.attributes.len() > 1).flat_map(|link| backward_link(ecosystem, entity, link)),
        );
        found.extend(exchanged(ecosystem, entity));
        found
    };
    let mut found: Vec<Diagnostic> = ids.into_par_iter().flat_map_iter(of_entity).collect();
    found.extend(same_titles(ecosystem));
    found
}

/// The fields of an entity that are before the fields which they have to be after.
fn backward(ecosystem: &Ecosystem, entity: &Entity) -> Vec<Diagnostic> {
    let fields = &ecosystem.schema.get(entity.entity_type).fields;
    let value = |at: usize| entity.placed_values(at).next();
    check_order(fields, value)
}

/// The same among the attributes of a link.
fn backward_link(ecosystem: &Ecosystem, entity: &Entity, link: &Link) -> Vec<Diagnostic> {
    let value = |at: usize| {
        let attribute = link.attributes.iter().find(|attribute| attribute.index == at)?;
        Some((&attribute.value, entity.place_of(attribute.span)))
    };
    check_order(&ecosystem.schema.relation(link.relation).attributes, value)
}

fn check_order<'a>(fields: &[Field], value: impl Fn(usize) -> Option<(&'a FieldValue, Place)>) -> Vec<Diagnostic> {
    let check = |(at, field): (usize, &Field)| {
        let first = field.predecessor(fields)?;
        let ((start, start_place), (end, end_place)) = (value(first)?, value(at)?);
        is_before(end.rank(Lang::DEFAULT), start.rank(Lang::DEFAULT)).then(|| {
            let message = format!("\"{}\" is before \"{}\"", field.id, fields[first].id);
            Diagnostic::new(Code::OutOfRange, end_place, message)
                .note(start_place, format!("\"{}\" is here", fields[first].id))
                .hint("exchange the two, or correct one of them")
        })
    };
    fields.iter().enumerate().filter_map(check).collect()
}

/// Whether a value is certainly less than another. A year is not before a day of the same year.
fn is_before(one: Rank<'_>, other: Rank<'_>) -> bool {
    let year = |year: i64| i16::try_from(year).map(|year| Date { year, month: None, day: None });
    match (one, other) {
        (Rank::Date(one), Rank::Date(other)) => one.is_before(other),
        (Rank::Integer(one), Rank::Date(other)) => year(one).is_ok_and(|one| one.is_before(other)),
        (Rank::Date(one), Rank::Integer(other)) => year(other).is_ok_and(|other| one.is_before(other)),
        (Rank::Integer(one), Rank::Integer(other)) => one < other,
        (Rank::Number(one), Rank::Number(other)) => one < other,
        (Rank::Integer(one), Rank::Number(other)) => (one as f64) < other,
        (Rank::Number(one), Rank::Integer(other)) => one < other as f64,
        _ => false,
    }
}

/// The positions of an entity that are outside the outline of maps, and inside it with latitude and longitude
/// exchanged.
fn exchanged(ecosystem: &Ecosystem, entity: &Entity) -> Vec<Diagnostic> {
    if ecosystem.outline.areas.is_empty() {
        return Vec::new();
    }
    let is_inside =
        |latitude: f64, longitude: f64| ecosystem.outline.area_at(Position { longitude, latitude }).is_some();
    let positions = entity.values.iter().flat_map(|values| entity.placed_values(values.field));
    let found = positions.filter_map(|(value, place)| {
        let FieldValue::Point(Point { latitude, longitude }) = value else { return None };
        let is_exchanged = !is_inside(*latitude, *longitude) && is_inside(*longitude, *latitude);
        let message =
            "the position is outside the outline of maps, and inside it if latitude and longitude are exchanged";
        let exchanged = Hint::write(place.span, &format!("[{longitude}, {latitude}]"));
        let hint = Hint { text: format!("write [{longitude}, {latitude}]: the latitude comes first"), ..exchanged };
        is_exchanged.then(|| Diagnostic::new(Code::SwappedCoordinates, place, message).hint(hint))
    });
    found.collect()
}

/// Entities of one type that have the same title.
fn same_titles(ecosystem: &Ecosystem) -> Vec<Diagnostic> {
    let mut first: HashMap<(TypeId, String), EntityId> = HashMap::new();
    let mut found = Vec::new();
    for id in ecosystem.published() {
        let entity = ecosystem.entity(id);
        let title = entity.title.text(Lang::DEFAULT).trim();
        if title.is_empty() {
            continue;
        }
        let other = *first.entry((entity.entity_type, title.to_lowercase())).or_insert(id);
        if other != id {
            let other = ecosystem.entity(other);
            let message = format!("\"{}\" has the same title as \"{}\": {title}", entity.id, other.id);
            let problem = Diagnostic::new(Code::SameTitle, entity.place.clone(), message);
            let problem = problem.note(other.place.clone(), "the other one is here");
            found.push(problem.hint("merge them if they are the same, or write into the titles what tells them apart"));
        }
    }
    found
}
