//! A map: dots on the outline of the site, and the same places as a list.

mod shapes;
mod locations;
mod areas;
mod drawing;
mod locator;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::groups::{GroupKeys, Groups};
use super::kind::{self, View};
use super::spec::Spec;
use crate::drawing::projection::Sheet;
use crate::model::EntityId;
use crate::render::parts::{card, cards, type_value};
use crate::render::scope::Scope;
use crate::schema::{RelationId, TypeId};
use locations::{Location, Locations};

pub(crate) use locator::outline;

/// The width of the sheet, in points.
const WIDTH: i32 = 640;
/// The empty margin of the sheet, in points. The largest dot has room in it, even at the edge and moved.
const MARGIN: i32 = 36;

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "map"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a map", &["of", "by", "colour", "groups"]);
        let entity_type = spec.entity_type()?;
        let by = spec.relation(entity_type, "by")?;
        let relation = spec.schema.relation(by);
        if !relation.to.iter().any(|to| locations::has_position(spec.schema.get(*to))) {
            let message = format!("the targets of \"{}\" have no position", relation.id);
            spec.report("by", message, "a map needs targets with a field of the kind \"point\"");
            return None;
        }
        let groups = GroupKeys::read(spec, &[entity_type], "colour")?;
        Some(Box::new(Map { entity_type, by, groups }))
    }

    fn functions(&self, engine: &mut Tera, scope: &Arc<Scope>) {
        let scope = scope.clone();
        engine.register_function("locator", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let id = scope.find(kwargs.must_get::<&str>("key")?)?;
            Ok(locator::locator(&scope, id, &kwargs.get::<Vec<String>>("by")?.unwrap_or_default()))
        });
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

struct Map {
    entity_type: TypeId,
    /// The relation that leads to places.
    by: RelationId,
    groups: GroupKeys,
}

impl View for Map {
    fn value(&self, scope: &Scope) -> Value {
        let Self { entity_type, by, .. } = *self;
        let mut locations = Locations::new(scope, entity_type, by);
        let left_out = locations.shorten();
        let located = locations::distinct(&locations.drawn);
        let groups_of = Groups::new(scope, &self.groups, &located);
        let mut map = shapes::Map {
            kind: "map",
            of: type_value(scope, entity_type),
            label: scope.words(&scope.ecosystem.schema.relation(by).label),
            width: 0,
            height: 0,
            kilometres: None,
            bar: None,
            areas: Vec::new(),
            dots: Vec::new(),
            sizes: drawing::sizes(&locations.drawn),
            leaders: String::new(),
            narrow_leaders: String::new(),
            groups: groups(scope, &locations, by),
            outside: locations.outside.iter().map(|place| location(scope, place)).collect(),
            located: located.len(),
            colours: colours(&groups_of, &located),
            elsewhere: locations.elsewhere(),
            unlocated: cards(scope, locations.unlocated.iter().copied()),
            left_out,
        };
        if let Some(frame) = locations.frame(&scope.ecosystem) {
            drawing::draw(scope, &locations, by, &groups_of, &Sheet::new(frame, WIDTH, MARGIN), &mut map);
        }
        map.into()
    }
}

/// The key of the colours: the groups, and last the entities in none, if there are any.
fn colours(groups: &Groups, entities: &[EntityId]) -> Vec<Value> {
    if groups.titles.is_empty() {
        return Vec::new();
    }
    let count = |group: Option<usize>| entities.iter().filter(|id| groups.of(**id) == group).count();
    let named = groups.titles.iter().enumerate().map(|(at, title)| (Some(title.clone()), count(Some(at))));
    let colours = named.chain([(None, count(None))]).enumerate().filter(|(_, (_, count))| *count > 0);
    colours.map(|(at, (title, count))| shapes::MapColour { group: groups.number(at), title, count }.into()).collect()
}

/// The places on the drawing, by the area in which they are; the area with the most entities first.
fn groups(scope: &Scope, locations: &Locations, by: RelationId) -> Vec<Value> {
    let types = &scope.ecosystem.schema.relation(by).to;
    let mut by_area: BTreeMap<Option<usize>, Vec<&Location>> = BTreeMap::new();
    for place in &locations.drawn {
        by_area.entry(place.area).or_default().push(place);
    }
    let mut groups: Vec<_> = by_area.into_iter().collect();
    let count = |places: &[&Location]| places.iter().map(|place| place.entities.len()).sum::<usize>();
    groups.sort_by_key(|(area, places)| (area.is_none(), Reverse(count(places)), *area));
    let groups = groups.into_iter().map(|(area, places)| {
        let area = area.map(|at| areas::name_of(scope, &scope.ecosystem.outline.areas[at], types));
        let (title, url) = area.unwrap_or_default();
        let places = places.into_iter().map(|place| location(scope, place)).collect();
        shapes::MapGroup { title, url, places }.into()
    });
    groups.collect()
}

fn location(scope: &Scope, place: &Location) -> Value {
    let entities = place.entities.iter().map(|(id, named)| {
        let at = (*named != place.id).then(|| card(scope, *named));
        shapes::MapEntity { card: card(scope, *id), at }.into()
    });
    shapes::MapPlace {
        id: locations::anchor(scope, place.id),
        card: card(scope, place.id),
        count: place.entities.len(),
        entities: entities.collect(),
    }
    .into()
}
