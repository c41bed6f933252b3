//! Where entities are, as a map: dots on the outline that the site names, and the same as a list.
//!
//! A place without a position of its own, such as a park, stands where the place is that it belongs to: the nearest that relations of places
//! to places lead to.

mod drawing;
mod labels;
mod locator;
mod settle;
mod shapes;
mod spread;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tera::Value;

use super::pages::Pages;
use super::views::{self, text};
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId, FieldValue};
use crate::parse::outline::{Area, Bounds, Position};
use crate::parse::typographic;
use crate::schema::{RelationId, TypeId};
use crate::site;

use drawing::Sheet;
use labels::{Dot, Label, Placing};
use shapes::{Point, Rect};

pub(super) use locator::{locator, outline};

/// The width of the sheet, in points, and its empty margin, which has room for the greatest dot at the edge, moved.
const WIDTH: i32 = 640;
const MARGIN: i32 = 36;
/// The radius of the dot of one entity where there is room, and the greatest radius.
const ONE: f64 = 7.0;
const GREATEST: f64 = 20.0;
/// More places than these are not drawn and not listed: those with the fewest entities are left out.
const MOST: usize = 400;
/// How far beyond the outline a dot is still drawn, as a part of the outline's size: borders are simplified.
const BEYOND: f64 = 0.02;
/// A place belongs to a place, that to another, and so on: this often at most.
const STEPS: usize = 8;

/// The places that the entities of a type lead to, with how many do.
pub(super) fn view(pages: &Pages, entity_type: TypeId, by: RelationId, lang: Lang) -> Value {
    let ecosystem = &pages.ecosystem;
    let mut gathered = Gathered::new(pages, entity_type, by, lang);
    let left_out = gathered.shorten();
    let sheet = gathered.frame(ecosystem).map(|frame| Sheet::new(frame, WIDTH, MARGIN));
    let mut map = views::Map {
        kind: "map",
        of: pages.type_info(entity_type, lang),
        label: pages.local(&ecosystem.schema.relation(by).label, lang),
        width: 0,
        height: 0,
        kilometres: None,
        bar: None,
        areas: Vec::new(),
        dots: Vec::new(),
        leaders: String::new(),
        narrow_leaders: String::new(),
        groups: groups(pages, &gathered, by, lang),
        outside: gathered.outside.iter().map(|place| location(pages, place, lang)).collect(),
        located: distinct(&gathered.drawn).len(),
        elsewhere: gathered.elsewhere(),
        unlocated: gathered.unlocated.iter().map(|id| pages.card(*id, lang)).collect(),
        left_out,
    };
    if let Some(sheet) = sheet {
        draw(pages, &gathered, by, &sheet, &mut map, lang);
    }
    map.into()
}

/// A place with a position, and the entities that are there.
struct Place {
    id: EntityId,
    position: Position,
    /// The area of the outline in which it is.
    area: Option<usize>,
    /// Each entity with the place that it names, which may be a part of this one.
    entities: Vec<(EntityId, EntityId)>,
}

/// All places of a map, those with the most entities first.
struct Gathered {
    drawn: Vec<Place>,
    /// Those that are not on the outline.
    outside: Vec<Place>,
    /// The entities that are nowhere.
    unlocated: Vec<EntityId>,
}

impl Gathered {
    fn new(pages: &Pages, entity_type: TypeId, by: RelationId, lang: Lang) -> Self {
        let ecosystem = &pages.ecosystem;
        let mut places: BTreeMap<EntityId, Place> = BTreeMap::new();
        let mut known: BTreeMap<EntityId, Option<(EntityId, Position)>> = BTreeMap::new();
        let mut unlocated = Vec::new();
        for id in pages.order(entity_type, lang).iter().copied() {
            let mut found = false;
            for to in ecosystem.targets(id, by) {
                let standing = known.entry(to).or_insert_with(|| standing(ecosystem, to));
                let Some((at, position)) = *standing else { continue };
                found = true;
                let area = || ecosystem.outline.area_at(position);
                let place =
                    places.entry(at).or_insert_with(|| Place { id: at, position, area: area(), entities: Vec::new() });
                if place.entities.last().is_none_or(|(last, _)| *last != id) {
                    place.entities.push((id, to));
                }
            }
            if !found {
                unlocated.push(id);
            }
        }
        let mut places: Vec<Place> = places.into_values().collect();
        places.sort_by_key(|place| (Reverse(place.entities.len()), ecosystem.rank(place.id, lang), place.id));
        let extent = extent(ecosystem);
        let is_drawn = |place: &Place| extent.is_none_or(|extent| extent.contains(place.position));
        let (drawn, outside) = places.into_iter().partition(is_drawn);
        Self { drawn, outside, unlocated }
    }

    /// Leaves out the places with the fewest entities where there are too many. Out: how many.
    fn shorten(&mut self) -> usize {
        let count = |places: &Vec<Place>| places.len().saturating_sub(MOST);
        let left_out = count(&self.drawn) + count(&self.outside);
        self.drawn.truncate(MOST);
        self.outside.truncate(MOST);
        left_out
    }

    /// How many entities are outside the drawing only.
    fn elsewhere(&self) -> usize {
        let drawn = distinct(&self.drawn);
        distinct(&self.outside).into_iter().filter(|id| drawn.binary_search(id).is_err()).count()
    }

    /// What goes on the sheet: the areas with a dot in them, whole, and all dots; without any, the whole outline.
    fn frame(&self, ecosystem: &Ecosystem) -> Option<Bounds> {
        let areas = self.drawn.iter().filter_map(|place| place.area);
        let areas = areas.map(|area| ecosystem.outline.areas[area].bounds);
        let dots = self.drawn.iter().map(|place| Bounds::of(place.position));
        areas.chain(dots).reduce(Bounds::and).or_else(|| ecosystem.outline.bounds())
    }
}

/// Where dots are drawn: on the outline, and a little beyond its borders. None if there is no outline.
fn extent(ecosystem: &Ecosystem) -> Option<Bounds> {
    let Bounds { west, south, east, north } = ecosystem.outline.bounds()?;
    let beyond = (east - west).max(north - south) * BEYOND;
    Some(Bounds { west: west - beyond, south: south - beyond, east: east + beyond, north: north + beyond })
}

/// The entities of some places, in the order of their numbers.
fn distinct(places: &[Place]) -> Vec<EntityId> {
    let mut ids: Vec<EntityId> = places.iter().flat_map(|place| &place.entities).map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The first position among an entity's own values.
fn position(ecosystem: &Ecosystem, id: EntityId) -> Option<Position> {
    let values = ecosystem.entity(id).values.iter().flat_map(|known| &known.values);
    let points = values.filter_map(|value| match value {
        FieldValue::Point(latitude, longitude) => Some(Position { longitude: *longitude, latitude: *latitude }),
        _ => None,
    });
    points.into_iter().next()
}

/// Where a place stands: itself, or the nearest place with a position to which relations between places lead from it.
fn standing(ecosystem: &Ecosystem, place: EntityId) -> Option<(EntityId, Position)> {
    let mut level = vec![place];
    for _ in 0..STEPS {
        if let Some(found) = level.iter().find_map(|id| Some((*id, position(ecosystem, *id)?))) {
            return Some(found);
        }
        level = level.iter().flat_map(|id| wider(ecosystem, *id)).take(MOST).collect();
    }
    None
}

/// The places that a place belongs to: what it names by relations that lead to its own type.
fn wider(ecosystem: &Ecosystem, place: EntityId) -> Vec<EntityId> {
    let entity_type = ecosystem.entity(place).entity_type;
    let own = ecosystem
        .schema
        .relations_of(entity_type)
        .filter(|(_, relation)| relation.to.contains(&entity_type) && !relation.symmetric);
    own.flat_map(|(id, _)| ecosystem.statements(place, id).map(|link| link.to)).collect()
}

/// The entity that an area is, if one of these types has its id.
fn entity_of(ecosystem: &Ecosystem, area: &Area, types: &[TypeId]) -> Option<EntityId> {
    let id = area.id.as_ref()?;
    types.iter().filter_map(|entity_type| ecosystem.find(*entity_type, id)).find(|id| ecosystem.is_published(*id))
}

/// What an area is called, as the entity that it is or else as the outline says, and the address of that entity.
fn name_of(pages: &Pages, area: &Area, types: &[TypeId], lang: Lang) -> (String, Option<String>) {
    if let Some(id) = entity_of(&pages.ecosystem, area, types) {
        let url = pages.address(&site::entity_path(&pages.ecosystem, id, lang));
        return (pages.title(id, lang), Some(url));
    }
    (own_name(pages, area, lang).unwrap_or_default(), None)
}

/// What the outline calls an area.
fn own_name(pages: &Pages, area: &Area, lang: Lang) -> Option<String> {
    let (found, name) = area.name.best(lang)?;
    Some(typographic(name, pages.tag(found)).into_owned())
}

/// The places on the drawing, by the area in which they are; the area with the most entities first.
fn groups(pages: &Pages, gathered: &Gathered, by: RelationId, lang: Lang) -> Vec<Value> {
    let types = &pages.ecosystem.schema.relation(by).to;
    let mut by_area: BTreeMap<Option<usize>, Vec<&Place>> = BTreeMap::new();
    for place in &gathered.drawn {
        by_area.entry(place.area).or_default().push(place);
    }
    let mut groups: Vec<_> = by_area.into_iter().collect();
    let count = |places: &[&Place]| places.iter().map(|place| place.entities.len()).sum::<usize>();
    groups.sort_by_key(|(area, places)| (area.is_none(), Reverse(count(places)), *area));
    let groups = groups.into_iter().map(|(area, places)| {
        let area = area.map(|at| name_of(pages, &pages.ecosystem.outline.areas[at], types, lang));
        let (title, url) = area.unwrap_or_default();
        let places = places.into_iter().map(|place| location(pages, place, lang)).collect();
        views::MapGroup { title: text(&title), url, places }.into()
    });
    groups.collect()
}

fn location(pages: &Pages, place: &Place, lang: Lang) -> Value {
    let entities = place.entities.iter().map(|(id, named)| {
        let at = (*named != place.id).then(|| pages.card(*named, lang));
        views::MapEntity { card: pages.card(*id, lang), at }.into()
    });
    views::MapPlace {
        id: anchor(pages, place.id),
        card: pages.card(place.id, lang),
        count: place.entities.len(),
        entities: entities.collect(),
    }
    .into()
}

/// What anchors of a place end with.
fn anchor(pages: &Pages, id: EntityId) -> String {
    format!("{}_{}", pages.type_id(id), pages.ecosystem.entity(id).id)
}

/// Puts everything on the sheet.
fn draw(pages: &Pages, gathered: &Gathered, by: RelationId, sheet: &Sheet, map: &mut views::Map, lang: Lang) {
    let ecosystem = &pages.ecosystem;
    let dots = dots(pages, gathered, sheet, lang);
    let mut wide = Placing::new(sheet.rect(), &dots, labels::SMALL);
    let mut narrow = Placing::new(sheet.rect(), &dots, labels::LARGE);
    let labels = wide.dots().into_iter().zip(narrow.dots());
    for ((place, dot), (wide, narrow)) in gathered.drawn.iter().zip(&dots).zip(labels) {
        map.leaders.extend(wide.and_then(|label| label.leader).map(|line| line.path()));
        map.narrow_leaders.extend(narrow.and_then(|label| label.leader).map(|line| line.path()));
        let view = views::MapDot {
            id: anchor(pages, place.id),
            title: text(&pages.title(place.id, lang)),
            url: pages.address(&site::entity_path(ecosystem, place.id, lang)),
            count: place.entities.len(),
            x: dot.at.x,
            y: dot.at.y,
            r: dot.radius,
            labels: views_of(wide, narrow),
        };
        map.dots.push(view.into());
    }
    for (at, area) in ecosystem.outline.areas.iter().enumerate() {
        let path = sheet.path(area);
        if path.is_empty() {
            continue;
        }
        let here = gathered.drawn.iter().filter(|place| place.area == Some(at));
        let count: usize = here.map(|place| place.entities.len()).sum();
        let (title, url) = name_of(pages, area, &ecosystem.schema.relation(by).to, lang);
        let name = own_name(pages, area, lang).unwrap_or_else(|| title.clone());
        let is_inside = |point: Point| area.contains(sheet.position(point));
        let label = match count {
            0 => None,
            // These names are set wide.
            _ => wide.area(sheet.rect_of(area.bounds), name.chars().count() * 6 / 5, is_inside),
        };
        let (label_x, label_y) = (label.map(|label| label.x), label.map(|label| label.y));
        map.areas
            .push(views::MapArea { title: text(&title), name: text(&name), url, count, path, label_x, label_y }.into());
    }
    let Rect { right, bottom, .. } = sheet.rect();
    (map.width, map.height) = (right, bottom);
    (map.kilometres, map.bar) = sheet.kilometres().unzip();
}

/// The dot of each place, apart from the others.
fn dots(pages: &Pages, gathered: &Gathered, sheet: &Sheet, lang: Lang) -> Vec<Dot> {
    let radii = radii(&gathered.drawn);
    let points: Vec<Point> = gathered.drawn.iter().map(|place| sheet.point(place.position)).collect();
    let points = spread::spread(&points, &radii);
    let dots = gathered.drawn.iter().zip(points).zip(radii).map(|((place, at), radius)| {
        let digits = place.entities.len().to_string().len();
        Dot { at, radius, length: pages.title(place.id, lang).chars().count() + 1 + digits }
    });
    dots.collect()
}

/// The name of a dot on wide and on narrow screens, as one if it is at the same point.
fn views_of(wide: Option<Label>, narrow: Option<Label>) -> Vec<Value> {
    let labels = if wide == narrow { [("", wide), ("", None)] } else { [("wide", wide), ("narrow", narrow)] };
    let views = labels.into_iter().filter_map(|(screens, label)| {
        let labels::Spot { at, anchor, level } = label?.spot;
        Some(views::MapLabel { screens, x: at.x, y: at.y, dy: level.as_str(), anchor: anchor.as_str() }.into())
    });
    views.collect()
}

/// The radius of each place's dot: its area grows with the number of entities.
fn radii(places: &[Place]) -> Vec<i32> {
    let roots: Vec<f64> = places.iter().map(|place| (place.entities.len() as f64).sqrt()).collect();
    let greatest = roots.iter().copied().fold(1.0, f64::max);
    let one = ONE.min(GREATEST / greatest);
    roots.into_iter().map(|root| ((root * one).round() as i32).max(2)).collect()
}
