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
        /// The width of the drawing, in its own units. All lengths are whole numbers of these units.
        width: i32,
        /// The height of the drawing.
        height: i32,
        /// All lines between nodes, as the `d` of one path.
        lines: String,
        /// The relations between the nodes, those with the most lines first, a list of [NetworkRelation](#networkrelation).
        relations: Vec<Value>,
        /// The groups that have a colour, at most 6, a list of [NetworkGroup](#networkgroup); empty if the view does not have the key `by`.
        groups: Vec<Value>,
        /// The number of nodes in none of the groups; 0 if there are no groups.
        ungrouped: usize,
        /// All nodes, those with the most relations first, a list of [NetworkNode](#networknode).
        ranking: Vec<Value>,
        /// Whether `between` of the nodes is an estimate, because the network is large.
        estimated: bool,
        /// The number of entities that are drawn.
        drawn: usize,
        /// The number of entities that are not drawn, because there are too many, and for which a node stands. They are counted in the `cluster` of that node.
        clustered: usize,
        /// The number of entities with relations that are not drawn, and for which no node stands: there is no room for any of those that they are connected to.
        left_out: usize,
        /// The connected groups of these entities, a list of [NetworkCluster](#networkcluster), the largest first. There are fewer if the page would name more than 5,000 entities.
        components: Vec<Value>,
        /// The number of entities in the groups that are not in this list.
        unnamed: usize,
    }

    /// A kind of relation in a network. Relations with the same label are one.
    NetworkRelation {
        /// Its label, as the entities that state it have it.
        label: Words,
        /// The number of its lines.
        count: usize,
        /// Its lines, as the `d` of a path.
        lines: String,
    }

    /// A group of nodes of one colour.
    NetworkGroup {
        /// The name of the group, of the choice, of the entity, or of the type if the type has no groups.
        title: Words,
        /// The number of its nodes.
        count: usize,
    }

    /// The entities to which another one is related in the same way.
    NetworkTie {
        /// The label of the relation, on the page of the other one.
        label: Words,
        /// The entities, a list of [Card](#card).
        cards: Vec<Value>,
    }

    /// Entities that are connected and not drawn, because there are too many.
    NetworkCluster {
        /// The entity that stands for them, a [Card](#card).
        card: Value,
        /// The number of the others.
        count: usize,
        /// The others, a list of [Card](#card) by type and name; the first ones if the page would name more than 5,000 entities.
        cards: Vec<Value>,
    }

    /// The entities of one type in a network.
    NetworkType {
        /// The type, a [TypeInfo](#typeinfo).
        of: Value,
        /// The outline of the type's nodes, for the legend, as the `d` of a path around the origin: within 8 units of it. The first six types have outlines that differ, then they are repeated.
        mark: String,
        /// The entities that are drawn, a list of [NetworkNode](#networknode).
        nodes: Vec<Value>,
        /// The entities without relations, a list of [Card](#card); empty if there are more than 200.
        alone: Vec<Value>,
        /// The number of entities without relations.
        alone_count: usize,
    }

    /// An entity in a network.
    NetworkNode {
        /// Its number. Nodes are numbered from 0 over all types, in order.
        number: usize,
        /// The entity, a [Card](#card).
        card: Value,
        /// Its other names.
        aliases: Vec<Words>,
        /// The distance of its centre from the left edge.
        x: i32,
        /// The distance of its centre from the top edge.
        y: i32,
        /// Its outline, as the `d` of a path around its centre.
        mark: String,
        /// Its name, shortened if it is long.
        name: String,
        /// The horizontal distance from the centre to the point of the name that `anchor` is about.
        name_x: i32,
        /// The vertical distance from the centre to the baseline of the name.
        name_y: i32,
        /// The SVG attribute `text-anchor` of the name.
        anchor: &'static str,
        /// Whether the letters of the name have the [size](#sizes) `network_large` and not `network`.
        large: bool,
        /// Whether the name covers no other name and no node. Other names should be shown only on demand.
        always: bool,
        /// The nodes to which a line leads: their numbers, separated by spaces. Each line is listed at one of its ends.
        joined: String,
        /// The position of its group in `groups`; none if it is in none.
        group: Option<usize>,
        /// The number of entities to which it is related, drawn or not.
        degree: usize,
        /// The share of the shortest paths between others that go through it (betweenness centrality), in thousandths of all connected pairs.
        between: usize,
        /// For each group, the number of entities in it to which it is related.
        near: Vec<usize>,
        /// The first 12 entities to which it is related, by relation, a list of [NetworkTie](#networktie).
        related: Vec<Value>,
        /// The number of other entities that it is related to.
        further: usize,
        /// The entities that are not drawn and for which this node stands, a [NetworkCluster](#networkcluster); none if there are none. The outline has room for their number.
        cluster: Option<Value>,
    }

    /// An entity's neighbours, in two columns of about the same length.
    Neighbourhood {
        /// The groups in the left column, a list of [NearGroup](#neargroup).
        left: Vec<Value>,
        /// The groups in the right column, a list of [NearGroup](#neargroup).
        right: Vec<Value>,
        /// Whether they are of several types.
        mixed: bool,
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
        /// The labels of the relations that lead to it, each once.
        labels: Vec<Words>,
        /// Whether it is reached by derived relations only.
        derived: bool,
    }
}
