//! The places that entities lead to, with their positions.
//!
//! A place without a position of its own, such as a park, is located at the place that it belongs to: the nearest one
//! that relations between places lead to.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::drawing::earth::{Bounds, Position};
use crate::model::{Ecosystem, EntityId, FieldValue};
use crate::render::scope::Scope;
use crate::schema::{RelationId, Type, TypeId};
use crate::values::Kind;

/// The maximum number of places on a map. The places with the fewest entities are left out.
const MOST: usize = 400;
/// How far outside the outline a dot is still drawn, as a fraction of the outline's size. It allows for simplified
/// borders.
const BEYOND: f64 = 0.02;
/// The maximum number of relations that are followed from a place to one with a position.
const STEPS: usize = 8;

/// A place with a position, and the entities that are there.
pub(super) struct Location {
    pub id: EntityId,
    pub position: Position,
    /// The position of its area in the outline.
    pub area: Option<usize>,
    /// Each entity with the place that it names, which may be a part of this one.
    pub entities: Vec<(EntityId, EntityId)>,
}

/// All locations of a map, those with the most entities first.
pub(super) struct Locations {
    pub drawn: Vec<Location>,
    /// The locations outside the outline.
    pub outside: Vec<Location>,
    /// The entities without a place that has a position.
    pub unlocated: Vec<EntityId>,
}

impl Locations {
    pub(super) fn new(scope: &Scope, entity_type: TypeId, by: RelationId) -> Self {
        let ecosystem = &scope.ecosystem;
        let mut locations: BTreeMap<EntityId, Location> = BTreeMap::new();
        let mut positions: BTreeMap<EntityId, Option<(EntityId, Position)>> = BTreeMap::new();
        let mut unlocated = Vec::new();
        for id in scope.order(entity_type).iter().copied() {
            let mut is_located = false;
            for to in ecosystem.targets(id, by) {
                let nearest = positions.entry(to).or_insert_with(|| place_with_position(ecosystem, to));
                let Some((at, position)) = *nearest else { continue };
                is_located = true;
                let area = || ecosystem.outline.area_at(position);
                let location = locations.entry(at).or_insert_with(|| Location {
                    id: at,
                    position,
                    area: area(),
                    entities: Vec::new(),
                });
                if location.entities.last().is_none_or(|(last, _)| *last != id) {
                    location.entities.push((id, to));
                }
            }
            if !is_located {
                unlocated.push(id);
            }
        }
        let mut locations: Vec<Location> = locations.into_values().collect();
        locations.sort_by_key(|place| (Reverse(place.entities.len()), ecosystem.rank(place.id, scope.lang), place.id));
        let extent = extent(ecosystem);
        let is_drawn = |place: &Location| extent.is_none_or(|extent| extent.contains(place.position));
        let (drawn, outside) = locations.into_iter().partition(is_drawn);
        Self { drawn, outside, unlocated }
    }

    /// Leaves out the places with the fewest entities if there are too many. Returns the number of those left out.
    pub(super) fn shorten(&mut self) -> usize {
        let count = |places: &Vec<Location>| places.len().saturating_sub(MOST);
        let left_out = count(&self.drawn) + count(&self.outside);
        self.drawn.truncate(MOST);
        self.outside.truncate(MOST);
        left_out
    }

    /// The number of entities that are only outside the drawing.
    pub(super) fn elsewhere(&self) -> usize {
        let drawn = distinct(&self.drawn);
        distinct(&self.outside).into_iter().filter(|id| drawn.binary_search(id).is_err()).count()
    }

    /// The bounds of the sheet: they hold all dots, and the whole areas of these dots. If there is no dot, they hold the
    /// whole outline.
    pub(super) fn frame(&self, ecosystem: &Ecosystem) -> Option<Bounds> {
        let areas = self.drawn.iter().filter_map(|place| place.area);
        let areas = areas.map(|area| ecosystem.outline.areas[area].bounds);
        let dots = self.drawn.iter().map(|place| Bounds::of(place.position));
        areas.chain(dots).reduce(Bounds::and).or_else(|| ecosystem.outline.bounds())
    }
}

/// The bounds within which dots are drawn: a little larger than the outline. None if there is no outline.
pub(super) fn extent(ecosystem: &Ecosystem) -> Option<Bounds> {
    let Bounds { west, south, east, north } = ecosystem.outline.bounds()?;
    let beyond = (east - west).max(north - south) * BEYOND;
    Some(Bounds { west: west - beyond, south: south - beyond, east: east + beyond, north: north + beyond })
}

/// The entities of some places, in the order of their numbers.
pub(super) fn distinct(places: &[Location]) -> Vec<EntityId> {
    let mut ids: Vec<EntityId> = places.iter().flat_map(|place| &place.entities).map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The first position among an entity's own values.
pub(super) fn position(ecosystem: &Ecosystem, id: EntityId) -> Option<Position> {
    let values = ecosystem.entity(id).values.iter().flat_map(|values| &values.values);
    let points = values.filter_map(|value| match value {
        FieldValue::Point(point) => Some(Position { longitude: point.longitude, latitude: point.latitude }),
        _ => None,
    });
    points.into_iter().next()
}

/// The place with a position that stands for a place, and that position: the place itself, or the nearest place with a
/// position to which relations between places lead.
pub(super) fn place_with_position(ecosystem: &Ecosystem, place: EntityId) -> Option<(EntityId, Position)> {
    let mut level = vec![place];
    for _ in 0..STEPS {
        if let Some(nearest) = level.iter().find_map(|id| Some((*id, position(ecosystem, *id)?))) {
            return Some(nearest);
        }
        level = level.iter().flat_map(|id| wider(ecosystem, *id)).take(MOST).collect();
    }
    None
}

/// The places that a place belongs to: the targets of its relations to its own type.
fn wider(ecosystem: &Ecosystem, place: EntityId) -> Vec<EntityId> {
    let entity_type = ecosystem.entity(place).entity_type;
    let own = ecosystem
        .schema
        .relations_of(entity_type)
        .filter(|(_, relation)| relation.to.contains(&entity_type) && !relation.symmetric);
    own.flat_map(|(id, _)| ecosystem.statements(place, id).map(|link| link.to)).collect()
}

/// Whether the entities of a type have a position.
pub(super) fn has_position(entity_type: &Type) -> bool {
    entity_type.fields.iter().any(|field| matches!(field.kind, Kind::Point(_)))
}

/// The end of the anchors of a place.
pub(super) fn anchor(scope: &Scope, id: EntityId) -> String {
    format!("{}_{}", scope.type_id(id), scope.ecosystem.entity(id).id)
}
