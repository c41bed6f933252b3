//! The drawing of a network in one language: its names and their positions.

use std::cmp::Reverse;
use std::fmt::Write as _;

use tera::Value;

use super::clusters::Clusters;
use super::graph::Graph;
use super::shapes::{NetworkNode, NetworkTie};
use crate::drawing::names::sides::{self, Node, Side};
use crate::drawing::names::text::shortened;
use crate::drawing::network::{HUB, Layout};
use crate::drawing::shapes::{Point, Rect};
use crate::model::EntityId;
use crate::render::engine::sizes::Size;
use crate::render::parts::{card, cards};
use crate::render::scope::Scope;
use crate::render::views::groups::Groups;
use crate::render::words::Words;
use crate::schema::TypeId;

/// The maximum number of related entities that the list below the drawing names for each entity.
const NAMED: usize = 12;
/// The maximum number of characters of a name in the drawing.
const LETTERS: usize = 32;
/// The maximum number of characters of a large name that has no room otherwise.
const FEWER: usize = 21;
/// The height of a name, in fifths of the size of its letters.
const LINE_HEIGHT: i32 = 6;

/// A drawing. Nodes go by their position in the graph.
pub(super) struct Drawing<'a> {
    scope: &'a Scope,
    graph: &'a Graph,
    clusters: &'a Clusters,
    nodes: Vec<Node>,
    names: Vec<String>,
    /// On which side of its node each name is, and whether it is always shown.
    sides: Vec<(Side, bool)>,
    /// The nodes in the order in which readers meet them.
    order: Vec<usize>,
    /// The position of each node in that order.
    rank: Vec<usize>,
    /// The nodes that each node is related to, in that order, each with the number of the line.
    related: Vec<Vec<(usize, usize)>>,
    groups: &'a Groups,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(
        scope: &'a Scope,
        graph: &'a Graph,
        groups: &'a Groups,
        clusters: &'a Clusters,
        layout: &Layout,
    ) -> Self {
        let (names, nodes, sides) = place_names(scope, graph, layout);
        let (order, rank) = reading_order(scope, graph);
        let mut related = vec![Vec::new(); nodes.len()];
        for (line, &(a, b)) in graph.edges.iter().enumerate() {
            related[a].push((b, line));
            related[b].push((a, line));
        }
        related.iter_mut().for_each(|list| list.sort_by_key(|(at, _)| rank[*at]));
        Self { scope, graph, clusters, nodes, names, sides, order, rank, related, groups }
    }

    /// The nodes of a type, in the order in which readers meet them.
    pub(super) fn of_type(&self, entity_type: TypeId) -> Vec<Value> {
        let type_of = |at: usize| self.scope.ecosystem.entity(self.graph.drawn[at]).entity_type;
        self.order.iter().filter(|at| type_of(**at) == entity_type).map(|at| self.node(*at).into()).collect()
    }

    /// All nodes, those with the most relations first.
    pub(super) fn ranking(&self) -> Vec<Value> {
        let mut order = self.order.clone();
        order.sort_by_key(|at| (Reverse(self.graph.degrees[*at]), Reverse(self.graph.between[*at])));
        order.into_iter().map(|at| self.node(at).into()).collect()
    }

    /// The entities to which a node is related, by the relation as the node's page names it.
    fn ties(&self, at: usize) -> Vec<Value> {
        let schema = &self.scope.ecosystem.schema;
        let mut ties: Vec<(Words, Vec<EntityId>)> = Vec::new();
        for (other, line) in self.related[at].iter().take(NAMED) {
            for (relation, is_first) in &self.graph.ties[*line] {
                let relation = schema.relation(*relation);
                let states = *is_first == (self.graph.edges[*line].0 == at);
                let label = if states || relation.symmetric { &relation.label } else { &relation.inverse_label };
                let label = self.scope.words(label);
                let id = self.graph.drawn[*other];
                match ties.iter_mut().find(|(other, _)| other.text == label.text) {
                    Some((_, ids)) if ids.last() == Some(&id) => {}
                    Some((_, ids)) => ids.push(id),
                    None => ties.push((label, vec![id])),
                }
            }
        }
        let tie = |(label, ids)| NetworkTie { label, cards: cards(self.scope, ids) }.into();
        ties.into_iter().map(tie).collect()
    }

    fn node(&self, at: usize) -> NetworkNode {
        let (id, node) = (self.graph.drawn[at], &self.nodes[at]);
        let entity_type = self.scope.ecosystem.entity(id).entity_type;
        let (side, always) = self.sides[at];
        let (name_x, name_y) = node.baseline(side);
        let shape = self.graph.types.iter().position(|other| *other == entity_type).unwrap_or_default();
        let later = self.related[at].iter().filter(|(other, _)| *other > at);
        let joined = later.map(|(other, _)| self.rank[*other].to_string());
        let near = &self.graph.near[at];
        let of_group = |group: usize| near.iter().filter(|id| self.groups.of(**id) == Some(group)).count();
        NetworkNode {
            number: self.rank[at],
            card: card(self.scope, id),
            aliases: self.scope.aliases(id),
            x: node.at.x,
            y: node.at.y,
            mark: outline(shape, node.radius),
            name: self.names[at].clone(),
            name_x,
            name_y,
            anchor: side.anchor().as_str(),
            large: self.graph.lines[at] >= HUB,
            always,
            joined: joined.collect::<Vec<_>>().join(" "),
            group: self.groups.of(id),
            degree: self.graph.degrees[at],
            between: self.graph.between[at],
            near: (0..self.groups.titles.len()).map(of_group).collect(),
            related: self.ties(at),
            further: self.graph.degrees[at] - self.related[at].len().min(NAMED),
            cluster: self.clusters.at_nodes[at].clone(),
        }
    }
}

/// The name and the node of each entity, and the side of its name. If the name of a hub has no room, a shorter one is
/// tried.
fn place_names(scope: &Scope, graph: &Graph, layout: &Layout) -> (Vec<String>, Vec<Node>, Vec<(Side, bool)>) {
    let (count, faces) = (graph.drawn.len(), scope.faces());
    let title = |at: usize, most: usize| shortened(&scope.title(graph.drawn[at]).text, most);
    let node = |at: usize, name: &str| {
        let is_large = graph.lines[at] >= HUB;
        let size = scope.settings.sizes.get(if is_large { Size::NetworkLarge } else { Size::Network });
        let face = if is_large { &faces.serif } else { &faces.sans };
        let (x, y) = layout.points[at];
        let (width, height) = (face.of(name) * size / 1000, size * LINE_HEIGHT / 5);
        Node { at: Point { x, y }, radius: node_radius(scope, graph, at), width, height }
    };
    let mut names: Vec<String> = (0..count).map(|at| title(at, LETTERS)).collect();
    let mut nodes: Vec<Node> = (0..count).map(|at| node(at, &names[at])).collect();
    let mut by_degree: Vec<usize> = (0..count).collect();
    by_degree.sort_by_key(|at| (Reverse(graph.degrees[*at]), *at));
    let sheet = Rect { left: 0, top: 0, right: layout.width, bottom: layout.height };
    let mut sides = sides::place(&nodes, &by_degree, &graph.edges, sheet);
    let without_room: Vec<usize> = (0..count).filter(|at| graph.lines[*at] >= HUB && !sides[*at].1).collect();
    if !without_room.is_empty() {
        for at in without_room {
            names[at] = title(at, FEWER);
            nodes[at] = node(at, &names[at]);
        }
        sides = sides::place(&nodes, &by_degree, &graph.edges, sheet);
    }
    (names, nodes, sides)
}

/// The nodes in the order in which readers meet them, and the position of each in that order.
fn reading_order(scope: &Scope, graph: &Graph) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..graph.drawn.len()).collect();
    order.sort_by_key(|at| {
        let id = graph.drawn[*at];
        let entity_type = scope.ecosystem.entity(id).entity_type;
        (graph.types.iter().position(|other| *other == entity_type), scope.ecosystem.rank(id, scope.lang))
    });
    let mut rank = vec![0; order.len()];
    for (position, at) in order.iter().enumerate() {
        rank[*at] = position;
    }
    (order, rank)
}

/// The radius of a node, in units of the drawing: its area grows with the number of its relations. The number of the
/// entities in its cluster has room in it.
fn node_radius(scope: &Scope, graph: &Graph, at: usize) -> i32 {
    let radius = (3.0 + 2.0 * (graph.degrees[at].min(60) as f64).sqrt()) as i32;
    match graph.clusters[at].len() {
        0 => radius,
        count => {
            let width = scope.faces().sans.of(&count.to_string());
            radius.max(width * scope.settings.sizes.get(Size::Network) / 2000 + 2)
        }
    }
}

/// Lines of a drawing, as the `d` of one path.
pub(super) fn lines<'e>(edges: impl Iterator<Item = &'e (usize, usize)>, places: &[(i32, i32)]) -> String {
    let mut d = String::new();
    for &(a, b) in edges {
        let (from, to) = (places[a], places[b]);
        let _ = write!(d, "M{} {}L{} {}", from.0, from.1, to.0, to.1);
    }
    d
}

/// The outline of a node around its centre, as the `d` of a path. Each type has its own outline, so that types differ
/// not only in colour. All have about the area of a circle of this radius. There are six; a seventh type gets the
/// first.
pub(super) fn outline(number: usize, radius: i32) -> String {
    let (r, s, t) = (radius, radius * 9 / 10, radius * 5 / 4);
    match number % 6 {
        0 => format!("M-{r} 0a{r} {r} 0 1 0 {w} 0a{r} {r} 0 1 0-{w} 0z", w = 2 * r),
        1 => format!("M-{s}-{s}h{w}v{w}h-{w}z", w = 2 * s),
        2 => format!("M0-{t}L{t} 0 0 {t}-{t} 0z"),
        3 => format!("M0-{t}L{t} {s}H-{t}z"),
        4 => format!("M0 {t}L{t}-{s}H-{t}z"),
        _ => format!("M-{t} 0L-{h}-{s}H{h}L{t} 0 {h} {s}H-{h}z", h = r / 2),
    }
}
