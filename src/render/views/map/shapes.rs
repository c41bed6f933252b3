//! What templates see of a map, and of where one entity is.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// The places of the entities of a type, for a page with `view = { kind = "map", … }`. Lengths are whole numbers of points, the units of the drawing.
    Map {
        /// `map`.
        kind: &'static str,
        /// The type of the entities, a [TypeInfo](#typeinfo).
        of: Value,
        /// The label of the relation to the places.
        label: Words,
        /// The width of the drawing, in points; 0 if there is nothing to draw.
        width: i32,
        /// The height of the drawing, in points.
        height: i32,
        /// The length of the scale bar, with its unit; none if even a kilometre is too long.
        kilometres: Option<i32>,
        /// The length of the scale bar, in points.
        bar: Option<i32>,
        /// The areas of the outline that are on the drawing, a list of [MapArea](#maparea).
        areas: Vec<Value>,
        /// The places that are on the drawing, those with the most entities first, a list of [MapDot](#mapdot).
        dots: Vec<Value>,
        /// The key of the colours of dots, a list of [MapColour](#mapcolour); empty if the view does not have the key `colour`.
        colours: Vec<Value>,
        /// The key of the sizes of dots, ascending, a list of [MapSize](#mapsize); empty if all dots have the same size.
        sizes: Vec<Value>,
        /// The leader lines from dots to names that are not beside them, for letters of the [size](#sizes) `map`, as the `d` of an SVG path; may be empty.
        leaders: String,
        /// The leader lines on narrow screens, for letters of the size `map_narrow`.
        narrow_leaders: String,
        /// The places on the drawing by area, the area with the most entities first, a list of [MapGroup](#mapgroup).
        groups: Vec<Value>,
        /// The places outside the drawing, a list of [MapPlace](#mapplace).
        outside: Vec<Value>,
        /// The number of entities on the drawing.
        located: usize,
        /// The number of entities that are only at places outside the drawing.
        elsewhere: usize,
        /// The entities that name no place with a position, a list of [Card](#card).
        unlocated: Vec<Value>,
        /// The number of places that are left out because there are too many: those with the fewest entities.
        left_out: usize,
    }

    /// A colour of dots: that of a group of entities.
    MapColour {
        /// The number of the group, from 0, or `none` for entities in no group.
        group: String,
        /// The name of the group; none for entities in no group.
        title: Option<Words>,
        /// The number of its entities on the drawing.
        count: usize,
    }

    /// The entities of one group at a place.
    MapSlice {
        /// The number of the group, from 0, or `none`.
        group: String,
        /// The name of the group; none for entities in no group.
        title: Option<Words>,
        /// The number of entities.
        count: usize,
        /// The sector of the dot, as the `d` of an SVG path; empty if it is the whole dot.
        path: String,
    }

    /// A dot in the key of sizes.
    MapSize {
        /// The number of entities that it stands for.
        count: usize,
        /// Its radius, in points of the drawing.
        r: i32,
    }

    /// An area of a map.
    MapArea {
        /// The title of the entity that stands for the area, or else the name of the area in the outline; may be empty.
        title: String,
        /// The name of the area in the outline, or else `title`.
        name: String,
        /// The address of the entity that stands for the area; none if there is no such entity.
        url: Option<String>,
        /// The number of entities at the places in the area. An entity at two places counts twice.
        count: usize,
        /// Its borders, as the `d` of an SVG path; holes need `fill-rule="evenodd"`.
        path: String,
        /// The distance of the middle of `name` from the left edge, in points; none if there is no room for the name.
        label_x: Option<i32>,
        /// The distance of the middle of `name` from the top edge, in points; none if there is no room.
        label_y: Option<i32>,
    }

    /// A place on a map.
    MapDot {
        /// A part of anchors that no other dot has. The [MapPlace](#mapplace) of the same place has the same `id`.
        id: String,
        /// The name of the place.
        title: Words,
        /// The address of its page.
        url: String,
        /// The number of entities at the place.
        count: usize,
        /// The distance of its centre from the left edge, in points. Dots that would cover one another are moved apart.
        x: i32,
        /// The distance of its centre from the top edge, in points.
        y: i32,
        /// Its radius, in points; the area of the dot is in proportion to `count`.
        r: i32,
        /// The entities by group, a list of [MapSlice](#mapslice); empty if the view does not have the key `colour`.
        slices: Vec<Value>,
        /// The positions of its name, for wide and for narrow screens, where there is room: a list of [MapLabel](#maplabel).
        labels: Vec<Value>,
    }

    /// The position of a dot's name, which `count` follows. Names are placed twice: for wide screens in letters of the [size](#sizes) `map`, and for narrow screens in letters of the size `map_narrow`.
    MapLabel {
        /// `wide` or `narrow`; empty if the position is the same on both.
        screens: &'static str,
        /// The distance of the point that `anchor` is about from the left edge, in points.
        x: i32,
        /// The distance of that point from the top edge, in points.
        y: i32,
        /// The SVG attribute `dy`: how far below the point the middle of the name's height is, such as `-.6em`; empty for 0.
        dy: &'static str,
        /// The SVG attribute `text-anchor`: which part of the name is at the point, `start`, `middle` or `end`.
        anchor: &'static str,
    }

    /// The places in one area.
    MapGroup {
        /// The title of the entity that stands for the area, or else the name of the area; empty for places in no area.
        title: String,
        /// The address of that entity; none if there is no such entity.
        url: Option<String>,
        /// The places, a list of [MapPlace](#mapplace).
        places: Vec<Value>,
    }

    /// A place, and the entities at it.
    MapPlace {
        /// A part of anchors that no other place has.
        id: String,
        /// The place, a [Card](#card).
        card: Value,
        /// The number of entities at the place.
        count: usize,
        /// The entities at the place, a list of [MapEntity](#mapentity).
        entities: Vec<Value>,
    }

    /// An entity on a map.
    MapEntity {
        /// The entity, a [Card](#card).
        card: Value,
        /// The place that the entity names, a [Card](#card), if that place is a part of the place on the map; none if it is the place on the map.
        at: Option<Value>,
    }

    /// A small map, from the function `locator`.
    Locator {
        /// The address of the SVG file with the outline: `<use href="FILE#outline"/>` shows all of it, in the colours of the page.
        file: String,
        /// The width of the drawing, in points.
        width: i32,
        /// The height of the drawing, in points.
        height: i32,
        /// The areas in which the entity is, a list of [LocatorArea](#locatorarea).
        areas: Vec<Value>,
        /// The places at which the entity is, a list of [LocatorDot](#locatordot).
        dots: Vec<Value>,
        /// The radius of the dots, in points. The margin of the drawing has room for dots of this radius.
        radius: i32,
    }

    /// An area of a small map.
    LocatorArea {
        /// Its anchor in the file.
        id: String,
        /// The title of the entity that stands for the area, or else the name of the area; may be empty.
        title: String,
        /// The address of that entity; none if there is no such entity.
        url: Option<String>,
    }

    /// A place on a small map.
    LocatorDot {
        /// The distance of its centre from the left edge, in points.
        x: i32,
        /// The distance of its centre from the top edge, in points.
        y: i32,
        /// The place, a [Card](#card).
        card: Value,
    }
}
