//! What templates see of a network, and of the neighbours of one entity.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// Entities that are related to one another, as a drawing.
    Network {
        /// `network`.
        kind: &'static str,
        /// The types that are drawn, a list of [NetworkType](#networktype).
        types: Vec<Value>,
        /// The width of the drawing; all places are whole numbers in the same unit.
        width: i32,
        /// Its height.
        height: i32,
        /// All lines between nodes, as the `d` of one path.
        lines: String,
        /// The number of entities that are drawn.
        drawn: usize,
        /// The number of entities with relations that are not drawn, because there are too many.
        left_out: usize,
    }

    /// The entities of one type in a network.
    NetworkType {
        /// The type, a [TypeInfo](#typeinfo).
        of: Value,
        /// The outline of its nodes around the origin, for the legend, as the `d` of a path; six types have one of their own each.
        mark: String,
        /// Those that are drawn, a list of [NetworkNode](#networknode).
        nodes: Vec<Value>,
        /// Those without relations, a list of [Card](#card); empty if they are too many to be named.
        alone: Vec<Value>,
        /// The number of entities without relations.
        alone_count: usize,
    }

    /// An entity in a network.
    NetworkNode {
        /// The entity, a [Card](#card).
        card: Value,
        /// Its other names.
        aliases: Vec<Words>,
        /// Where its middle is, from the left.
        x: i32,
        /// Where its middle is, from the top.
        y: i32,
        /// Its outline around its middle, as the `d` of a path.
        mark: String,
        /// Its name, shortened if it is long.
        name: String,
        /// Where the name goes, seen from the middle.
        name_x: i32,
        /// The line that the name stands on, seen from the middle.
        name_y: i32,
        /// The `text-anchor` of the name.
        anchor: &'static str,
        /// Whether the name is written large.
        large: bool,
        /// Whether the name has a place of its own; others cover something.
        always: bool,
        /// Lines from it: numbers of nodes, counted from 0 over all types in their order. Each line is told at one end only.
        joined: String,
        /// The first of those that it is related to, a list of [Card](#card).
        related: Vec<Value>,
        /// The number of other entities that it is related to.
        further: usize,
    }

    /// An entity's neighbours, in two columns of about the same length.
    Neighbourhood {
        /// Those on the left, a list of [NearGroup](#neargroup).
        left: Vec<Value>,
        /// Those on the right, a list of [NearGroup](#neargroup).
        right: Vec<Value>,
        /// The number of other neighbours.
        more: usize,
    }

    /// Neighbours of one type.
    NearGroup {
        /// The name of the type in the plural.
        label: Words,
        /// The neighbours, a list of [Near](#near).
        items: Vec<Value>,
    }

    /// A neighbour.
    Near {
        /// The entity, a [Card](#card).
        card: Value,
        /// The labels of the relations to it, each once.
        labels: Vec<Words>,
        /// Whether it is reached by derived relations only.
        derived: bool,
    }
}
