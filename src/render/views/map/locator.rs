//! The small map of a profile: the outline, which is published once as an SVG file, and dots on it.

use std::fmt::Write;

use tera::Value;

use super::areas;
use super::locations::{extent, has_position, place_with_position, position};
use super::shapes::{Locator, LocatorArea, LocatorDot};
use crate::drawing::projection::Sheet;
use crate::model::{Ecosystem, EntityId};
use crate::render::parts::card;
use crate::render::scope::Scope;
use crate::schema::TypeId;
use crate::site;

/// The width of all small maps, in points. They are drawn at about half that size.
const WIDTH: i32 = 400;
/// The radius of a dot, in points.
const RADIUS: i32 = 8;
/// The empty margin of the sheet, in points. A dot with its outline has room in it, even at the edge.
const MARGIN: i32 = RADIUS + 2;
/// The maximum number of dots. The list of the relation has all places.
const MOST: usize = 40;

fn sheet(ecosystem: &Ecosystem) -> Option<Sheet> {
    Some(Sheet::new(ecosystem.outline.bounds()?, WIDTH, MARGIN))
}

/// The outline as an SVG file: the group `outline`, in which each area has the id `area_` and its number. It has no
/// colours of its own, and takes those of the page that uses it.
pub(crate) fn outline(ecosystem: &Ecosystem) -> String {
    let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    if let Some(sheet) = sheet(ecosystem) {
        // Writing to a text does not fail.
        let _ =
            writeln!(svg, " viewBox=\"0 0 {} {}\"><g id=\"outline\" fill-rule=\"evenodd\">", sheet.width, sheet.height);
        for (at, area) in ecosystem.outline.areas.iter().enumerate() {
            let _ = writeln!(svg, "<path id=\"area_{at}\" d=\"{}\"/>", sheet.path(&area.rings, area.bounds));
        }
        svg.push_str("</g");
    }
    svg.push_str("></svg>\n");
    svg
}

/// The small map of an entity: of itself, if it has a position or is an area of the outline, or else of the targets of
/// its relations with the ids `by`; of all its relations if `by` is empty. None if there is no outline, or no place to
/// show.
pub(super) fn locator(scope: &Scope, id: EntityId, by: &[String]) -> Value {
    let ecosystem = &scope.ecosystem;
    let (Some(sheet), Some(extent)) = (sheet(ecosystem), extent(ecosystem)) else { return Value::none() };
    let located: Vec<TypeId> = ecosystem
        .schema
        .types()
        .filter(|(_, entity_type)| has_position(entity_type))
        .map(|(entity_type, _)| entity_type)
        .collect();
    let mut numbers: Vec<usize> = Vec::new();
    let mut dots: Vec<EntityId> = Vec::new();
    for place in places(ecosystem, id, by, &located) {
        if let Some(area) = area_of(ecosystem, place) {
            numbers.push(area);
        } else if let Some((at, position)) =
            place_with_position(ecosystem, place).filter(|(_, position)| extent.contains(*position))
        {
            dots.push(at);
            numbers.extend(ecosystem.outline.area_at(position));
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    ecosystem.sort(&mut dots, scope.lang);
    dots.dedup();
    dots.truncate(MOST);
    if numbers.is_empty() && dots.is_empty() {
        return Value::none();
    }
    let shapes = numbers.into_iter().map(|at| {
        let (title, url) = areas::name_of(scope, &ecosystem.outline.areas[at], &located);
        LocatorArea { id: format!("area_{at}"), title, url }.into()
    });
    let dots = dots.into_iter().filter_map(|id| {
        let point = sheet.point(position(ecosystem, id)?);
        Some(LocatorDot { x: point.x, y: point.y, card: card(scope, id) }.into())
    });
    Locator {
        file: scope.address(site::OUTLINE),
        width: sheet.width,
        height: sheet.height,
        areas: shapes.collect(),
        dots: dots.collect(),
        radius: RADIUS,
    }
    .into()
}

/// The places of an entity: itself if it is on the map, or else the targets of its relations.
fn places(ecosystem: &Ecosystem, id: EntityId, by: &[String], located: &[TypeId]) -> Vec<EntityId> {
    let entity_type = ecosystem.entity(id).entity_type;
    let own = located.contains(&entity_type);
    if own && (position(ecosystem, id).is_some() || area_of(ecosystem, id).is_some()) {
        return vec![id];
    }
    let is_wanted = |id: &str| by.is_empty() || by.iter().any(|by| by == id);
    let relations = ecosystem.schema.relations_of(entity_type).filter(|(_, relation)| is_wanted(&relation.id));
    let targets = relations.flat_map(|(relation, _)| ecosystem.statements(id, relation).map(|link| link.to));
    let targets: Vec<EntityId> = targets.filter(|to| located.contains(&ecosystem.entity(*to).entity_type)).collect();
    if targets.is_empty() && own { vec![id] } else { targets }
}

/// The number of the area that a place stands for.
fn area_of(ecosystem: &Ecosystem, place: EntityId) -> Option<usize> {
    let id = &ecosystem.entity(place).id;
    ecosystem.outline.areas.iter().position(|area| area.id.as_ref() == Some(id))
}
