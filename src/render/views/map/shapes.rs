//! What templates see of a map, and of where one entity is.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// Where the entities of a type are, for a page with `view = { kind = "map", … }`. Points of the drawing are whole numbers.
    Map {
        /// `map`.
        kind: &'static str,
        /// The type of the entities, a [TypeInfo](#typeinfo).
        of: Value,
        /// The label of the relation to the places.
        label: Words,
        /// The width of the drawing, in points; 0 if there is nothing to draw.
        width: i32,
        /// Its height.
        height: i32,
        /// The length of the scale bar, with its unit; none if even a kilometre is too long.
        kilometres: Option<i32>,
        /// The same in points.
        bar: Option<i32>,
        /// The areas of the outline that are on the drawing, a list of [MapArea](#maparea).
        areas: Vec<Value>,
        /// The places that are on the drawing, those with the most entities first, a list of [MapDot](#mapdot).
        dots: Vec<Value>,
        /// The lines from dots to names that stand off, in letters of the [size](#sizes) `map`, as the `d` of an SVG path; may be empty.
        leaders: String,
        /// The lines to the names for narrow screens, in letters of the size `map_narrow`.
        narrow_leaders: String,
        /// The same places by area, the area with the most entities first, a list of [MapGroup](#mapgroup).
        groups: Vec<Value>,
        /// The places outside the drawing, a list of [MapPlace](#mapplace).
        outside: Vec<Value>,
        /// The number of entities on the drawing.
        located: usize,
        /// The number of entities that are only outside of it.
        elsewhere: usize,
        /// The entities that name no place with a position, a list of [Card](#card).
        unlocated: Vec<Value>,
        /// The number of places that are left out because there are too many: those with the fewest entities.
        left_out: usize,
    }

    /// An area of a map.
    MapArea {
        /// The title of the entity that it is, or else its name in the outline; may be empty.
        title: String,
        /// Its name in the outline, or else its title.
        name: String,
        /// The address of the entity that it is; none if it is none.
        url: Option<String>,
        /// How many times an entity is in it; 0 for areas without a dot.
        count: usize,
        /// Its borders, as the `d` of an SVG path; holes need `fill-rule="evenodd"`.
        path: String,
        /// Where the middle of `name` goes; none if there is no room.
        label_x: Option<i32>,
        /// The same, down.
        label_y: Option<i32>,
    }

    /// A place on a map.
    MapDot {
        /// What tells its anchors apart; that of the [MapPlace](#mapplace) is the same.
        id: String,
        /// The name of the place.
        title: Words,
        /// The address of its page.
        url: String,
        /// The number of entities at the place.
        count: usize,
        /// Where its middle is: the place itself or, if other dots are in the way, a point a little off.
        x: i32,
        /// The same, down.
        y: i32,
        /// Its radius; the area is in proportion to `count`.
        r: i32,
        /// Its name on wide and on narrow screens, as far as there is room, a list of [MapLabel](#maplabel).
        labels: Vec<Value>,
    }

    /// The position of a dot's name, which `count` follows. Names are placed twice: for wide screens in letters of the [size](#sizes) `map`, and for narrow screens in letters of the size `map_narrow`.
    MapLabel {
        /// `wide` or `narrow`; empty if it is the same on both.
        screens: &'static str,
        /// The point at its end or its middle.
        x: i32,
        /// The same, down.
        y: i32,
        /// How far down from there the middle of its height is, in heights of its letters such as `-.6em`; empty if it is there.
        dy: &'static str,
        /// What of the name is at the point: `start`, `middle` or `end`.
        anchor: &'static str,
    }

    /// The places in one area.
    MapGroup {
        /// The title of the entity that the area is, or else its name; empty for places in no area.
        title: String,
        /// The address of that entity; none if the area is none.
        url: Option<String>,
        /// A list of [MapPlace](#mapplace).
        places: Vec<Value>,
    }

    /// A place and who is there.
    MapPlace {
        /// What tells its anchors apart.
        id: String,
        /// The place, a [Card](#card).
        card: Value,
        /// The number of entities at the place.
        count: usize,
        /// A list of [MapEntity](#mapentity).
        entities: Vec<Value>,
    }

    /// An entity on a map.
    MapEntity {
        /// The entity, a [Card](#card).
        card: Value,
        /// The place that it names if that is only a part of the place on the map, a [Card](#card); none if it is the same.
        at: Option<Value>,
    }

    /// A small map, from the function `locator`.
    Locator {
        /// The address of the SVG file with the outline: `<use href="FILE#outline"/>` shows all of it, in the colours of the page.
        file: String,
        /// The width of the drawing, in points.
        width: i32,
        /// Its height.
        height: i32,
        /// The areas where the entity is, a list of [LocatorArea](#locatorarea).
        areas: Vec<Value>,
        /// The places where it is, a list of [LocatorDot](#locatordot).
        dots: Vec<Value>,
        /// The radius of the dots, in points: so large that even a dot at the edge is whole.
        radius: i32,
    }

    /// An area of a small map.
    LocatorArea {
        /// Its anchor in the file.
        id: String,
        /// The title of the entity that it is, or else its name; may be empty.
        title: String,
        /// The address of that entity; none if it is none.
        url: Option<String>,
    }

    /// A place on a small map.
    LocatorDot {
        /// Where its middle is.
        x: i32,
        /// The same, down.
        y: i32,
        /// The place, a [Card](#card).
        card: Value,
    }
}
