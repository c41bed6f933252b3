//! The drawing of a map: dots, names and borders on a sheet.

use tera::Value;

use super::locations::{Location, Locations, anchor};
use super::{areas, shapes};
use crate::drawing::names::Placing;
use crate::drawing::names::candidates::{Dot, Label, Spot};
use crate::drawing::names::text::Widths;
use crate::drawing::pie;
use crate::drawing::projection::Sheet;
use crate::drawing::shapes::{Point, Rect};
use crate::drawing::spread;
use crate::render::engine::sizes::Size;
use crate::render::scope::Scope;
use crate::render::views::groups::Groups;
use crate::schema::RelationId;
use crate::site;

/// The radius of the dot of one entity where there is room, and the greatest radius, in points.
const ONE: f64 = 7.0;
const GREATEST: f64 = 20.0;

/// Fills in the drawing of a map: its dots, names, leader lines, areas and scale.
pub(super) fn draw(
    scope: &Scope,
    locations: &Locations,
    by: RelationId,
    groups: &Groups,
    sheet: &Sheet,
    map: &mut shapes::Map,
) {
    let ecosystem = &scope.ecosystem;
    let dots = dots(scope, locations, sheet);
    let sizes = &scope.settings.sizes;
    let mut wide = Placing::new(sheet.rect(), &dots, sizes.get(Size::Map));
    let mut narrow = Placing::new(sheet.rect(), &dots, sizes.get(Size::MapNarrow));
    let labels = wide.dots().into_iter().zip(narrow.dots());
    for ((place, dot), (wide, narrow)) in locations.drawn.iter().zip(&dots).zip(labels) {
        map.leaders.extend(wide.and_then(|label| label.leader).map(|line| line.path()));
        map.narrow_leaders.extend(narrow.and_then(|label| label.leader).map(|line| line.path()));
        let dot = shapes::MapDot {
            id: anchor(scope, place.id),
            title: scope.title(place.id),
            url: scope.address(&site::entity_path(ecosystem, place.id, scope.lang)),
            count: place.entities.len(),
            x: dot.at.x,
            y: dot.at.y,
            r: dot.radius,
            slices: slices(groups, place, dot),
            labels: labels_of(wide, narrow),
        };
        map.dots.push(dot.into());
    }
    let faces = scope.faces();
    for (at, area) in ecosystem.outline.areas.iter().enumerate() {
        let path = sheet.path(&area.rings, area.bounds);
        if path.is_empty() {
            continue;
        }
        let here = locations.drawn.iter().filter(|place| place.area == Some(at));
        let count: usize = here.map(|place| place.entities.len()).sum();
        let (title, url) = areas::name_of(scope, area, &ecosystem.schema.relation(by).to);
        let name = areas::own_name(scope, area).unwrap_or_else(|| title.clone());
        let is_inside = |point: Point| area.contains(sheet.position(point));
        let label = match count {
            0 => None,
            // Style sheets may space out these letters: see `sizes` in themes/README.md.
            _ => wide.area(sheet.rect_of(area.bounds), spaced(&faces.serif, &name), is_inside),
        };
        let (label_x, label_y) = (label.map(|label| label.x), label.map(|label| label.y));
        map.areas.push(shapes::MapArea { title, name, url, count, path, label_x, label_y }.into());
    }
    let Rect { right, bottom, .. } = sheet.rect();
    (map.width, map.height) = (right, bottom);
    (map.kilometres, map.bar) = sheet.kilometres().unzip();
}

/// The entities at a place by group; empty without groups.
fn slices(groups: &Groups, place: &Location, dot: &Dot) -> Vec<Value> {
    if groups.titles.is_empty() {
        return Vec::new();
    }
    let mut counts = vec![0; groups.titles.len() + 1];
    for (id, _) in &place.entities {
        counts[groups.of(*id).unwrap_or(groups.titles.len())] += 1;
    }
    let own: Vec<(usize, usize)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
    let parts: Vec<usize> = own.iter().map(|(_, count)| *count).collect();
    let paths = if parts.len() > 1 { pie::sectors(dot.at, dot.radius, &parts) } else { vec![String::new()] };
    let slice = |((at, count), path): ((usize, usize), String)| {
        shapes::MapSlice { group: groups.number(at), title: groups.titles.get(at).cloned(), count, path }.into()
    };
    own.into_iter().zip(paths).map(slice).collect()
}

/// The width of a name whose letters are spaced out by up to 0.12 of their size, in thousandths of the size.
fn spaced(face: &Widths, name: &str) -> i32 {
    face.of(name) + 120 * i32::try_from(name.chars().count()).unwrap_or_default()
}

/// The dots of the places, moved apart so that none covers another.
fn dots(scope: &Scope, locations: &Locations, sheet: &Sheet) -> Vec<Dot> {
    let (radii, faces) = (radii(&locations.drawn), scope.faces());
    let points: Vec<Point> = locations.drawn.iter().map(|place| sheet.point(place.position)).collect();
    let points = spread::spread(&points, &radii);
    let dots = locations.drawn.iter().zip(points).zip(radii).map(|((place, at), radius)| {
        let name = format!("{} {}", scope.title(place.id).text, place.entities.len());
        Dot { at, radius, width: faces.sans.of(&name) }
    });
    dots.collect()
}

/// The positions of a dot's name on wide and on narrow screens: one position if both are the same.
fn labels_of(wide: Option<Label>, narrow: Option<Label>) -> Vec<Value> {
    let labels = if wide == narrow { [("", wide), ("", None)] } else { [("wide", wide), ("narrow", narrow)] };
    let shapes = labels.into_iter().filter_map(|(screens, label)| {
        let Spot { at, anchor, level } = label?.spot;
        Some(shapes::MapLabel { screens, x: at.x, y: at.y, dy: level.as_str(), anchor: anchor.as_str() }.into())
    });
    shapes.collect()
}

/// The radius of each place's dot: its area grows with the number of entities.
fn radii(places: &[Location]) -> Vec<i32> {
    let one = one(places);
    places.iter().map(|place| radius(place.entities.len(), one)).collect()
}

/// The radius of the dot of one entity, in points.
fn one(places: &[Location]) -> f64 {
    let most = places.iter().map(|place| place.entities.len()).max().unwrap_or(1);
    ONE.min(GREATEST / (most as f64).sqrt())
}

fn radius(count: usize, one: f64) -> i32 {
    (((count as f64).sqrt() * one).round() as i32).max(2)
}

/// The key of the sizes: one entity, the most at one place, and a round number between them. Empty if all places have
/// the same number.
pub(super) fn sizes(places: &[Location]) -> Vec<Value> {
    let counts = || places.iter().map(|place| place.entities.len());
    let (Some(least), Some(most)) = (counts().min(), counts().max()) else { return Vec::new() };
    if least == most {
        return Vec::new();
    }
    let one = one(places);
    let between =
        [2, 5, 10, 20, 50, 100, 200, 500, 1_000].into_iter().rev().find(|count| count * 3 <= most && *count > least);
    let counts = [Some(least), between, Some(most)].into_iter().flatten();
    counts.map(|count| shapes::MapSize { count, r: radius(count, one) }.into()).collect()
}
