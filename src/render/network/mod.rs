//! Who is related to whom, as a drawing.
//!
//! In: the types that are drawn, and the relations between their entities in either direction. Out: a view with everything that a template
//! has to write down: places, outlines, lines, names and where they stand, and the same as lists.

mod labels;
mod layout;
mod neighbourhood;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use tera::Value;

use super::pages::Pages;
use super::views::{self, text};
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId};
use crate::parse::typographic;
use crate::schema::TypeId;
use labels::{Node, Side};
use layout::{HUB, Layout};

pub(super) use neighbourhood::{Weights, neighbourhood};

/// How many entities are drawn. More can't be told apart, and weigh more than a page should.
const MOST: usize = 400;
/// How many related entities the list behind the drawing names for each.
const NAMED: usize = 12;
/// How many entities without relations are named, of one type.
const ALONE: usize = 200;
/// How many characters of a name the drawing shows.
const LETTERS: usize = 32;
/// How many it shows of a name that is written large and does not fit.
const FEWER: usize = 21;
/// The heights of large and small names, and the sizes of their letters, which `atlas.css` repeats.
const LARGE: (i32, i32) = (19, 16);
const SMALL: (i32, i32) = (14, 12);

/// The published entities of some types and the relations between them.
pub(super) fn view(pages: &Pages, entity_type: &[TypeId], lang: Lang) -> Value {
    let graph = Graph::new(&pages.ecosystem, entity_type);
    let layout = layout::layout(graph.drawn.len(), &graph.edges);
    let drawing = Drawing::new(pages, &graph, &layout, lang);
    let types = entity_type.iter().enumerate().map(|(at, entity_type)| {
        let alone: Vec<EntityId> =
            graph.alone.iter().copied().filter(|id| pages.ecosystem.entity(*id).entity_type == *entity_type).collect();
        views::NetworkType {
            of: pages.type_info(*entity_type, lang),
            mark: outline(at, 6),
            nodes: drawing.of_type(*entity_type),
            alone_count: alone.len(),
            alone: if alone.len() > ALONE { Vec::new() } else { drawing.cards(alone) },
        }
        .into()
    });
    views::Network {
        kind: "network",
        types: types.collect(),
        width: layout.width,
        height: layout.height,
        lines: lines(&graph.edges, &layout.places),
        drawn: graph.drawn.len(),
        left_out: graph.left_out,
    }
    .into()
}

/// What is drawn of an ecosystem.
struct Graph {
    /// The types, in the order in which they were asked for.
    entity_type: Vec<TypeId>,
    /// The entities that are drawn, by number.
    drawn: Vec<EntityId>,
    /// The pairs of them between which there is any relation, by their places in `drawn`.
    edges: Vec<(usize, usize)>,
    /// How many others each entity in `drawn` is related to, whether these are drawn or not.
    degrees: Vec<usize>,
    /// Entities that are related to no other one here.
    alone: Vec<EntityId>,
    /// How many have relations and are not drawn, since there are too many.
    left_out: usize,
}

impl Graph {
    fn new(ecosystem: &Ecosystem, entity_type: &[TypeId]) -> Self {
        let is_shown = |id: EntityId| entity_type.contains(&ecosystem.entity(id).entity_type);
        let pairs =
            ecosystem.links.iter().filter(|link| link.from != link.to && is_shown(link.from) && is_shown(link.to));
        let pairs: BTreeSet<(EntityId, EntityId)> =
            pairs.map(|link| (link.from.min(link.to), link.from.max(link.to))).collect();
        let mut degrees = vec![0_usize; ecosystem.entities.len()];
        for (a, b) in &pairs {
            degrees[a.index()] += 1;
            degrees[b.index()] += 1;
        }
        let all = || entity_type.iter().flat_map(|entity_type| ecosystem.of_type(*entity_type));
        let mut drawn: Vec<EntityId> = all().filter(|id| degrees[id.index()] > 0).collect();
        let related = drawn.len();
        drawn.sort_by_key(|id| (Reverse(degrees[id.index()]), *id));
        drawn.truncate(MOST);
        let kept: BTreeSet<EntityId> = drawn.iter().copied().collect();
        let pairs: Vec<_> = pairs.into_iter().filter(|(a, b)| kept.contains(a) && kept.contains(b)).collect();
        // Who is related only to such as are left out has nothing left to be joined to.
        drawn = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
        drawn.sort_unstable();
        drawn.dedup();
        let place = |id: EntityId| drawn.binary_search(&id).unwrap_or_default();
        Self {
            entity_type: entity_type.to_vec(),
            edges: pairs.into_iter().map(|(a, b)| (place(a), place(b))).collect(),
            degrees: drawn.iter().map(|id| degrees[id.index()]).collect(),
            alone: all().filter(|id| degrees[id.index()] == 0).collect(),
            left_out: related - drawn.len(),
            drawn,
        }
    }
}

/// The drawing in a language: its names and their places.
struct Drawing<'a> {
    pages: &'a Pages,
    graph: &'a Graph,
    lang: Lang,
    nodes: Vec<Node>,
    names: Vec<String>,
    sides: Vec<(Side, bool)>,
    /// The entities in the order in which readers meet them, by their places in the graph; and the place of each in that order.
    order: Vec<usize>,
    rank: Vec<usize>,
    /// Whom each entity is related to, by their places in the graph.
    related: Vec<Vec<usize>>,
}

impl<'a> Drawing<'a> {
    fn new(pages: &'a Pages, graph: &'a Graph, layout: &Layout, lang: Lang) -> Self {
        let count = graph.drawn.len();
        let title = |at: usize, most: usize| labels::shortened(&pages.title(graph.drawn[at], lang), most);
        let mut names: Vec<String> = (0..count).map(|at| title(at, LETTERS)).collect();
        let node = |at: usize, name: &str| {
            let (height, letters) = if graph.degrees[at] < HUB { SMALL } else { LARGE };
            let (x, y) = layout.places[at];
            Node { x, y, radius: radius(graph.degrees[at]), width: labels::width(name) * letters / 100, height }
        };
        let mut nodes: Vec<Node> = (0..count).map(|at| node(at, &names[at])).collect();
        let mut first: Vec<usize> = (0..count).collect();
        first.sort_by_key(|at| (Reverse(graph.degrees[*at]), *at));
        let size = (layout.width, layout.height);
        let mut sides = labels::place(&nodes, &first, &graph.edges, size);
        let unnamed = |sides: &[(Side, bool)], at: usize| graph.degrees[at] >= HUB && !sides[at].1;
        if (0..count).any(|at| unnamed(&sides, at)) {
            for at in (0..count).filter(|at| unnamed(&sides, *at)) {
                names[at] = title(at, FEWER);
                nodes[at] = node(at, &names[at]);
            }
            sides = labels::place(&nodes, &first, &graph.edges, size);
        }
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|at| {
            let id = graph.drawn[*at];
            let entity_type = pages.ecosystem.entity(id).entity_type;
            (graph.entity_type.iter().position(|shown| *shown == entity_type), pages.ecosystem.rank(id, lang))
        });
        let mut rank = vec![0; count];
        for (place, at) in order.iter().enumerate() {
            rank[*at] = place;
        }
        let mut related = vec![Vec::new(); count];
        for &(a, b) in &graph.edges {
            related[a].push(b);
            related[b].push(a);
        }
        related.iter_mut().for_each(|list| list.sort_by_key(|at| rank[*at]));
        Self { pages, graph, lang, nodes, names, sides, order, rank, related }
    }

    /// The nodes of a type, in the order in which readers meet them.
    fn of_type(&self, entity_type: TypeId) -> Vec<Value> {
        let shown = self
            .order
            .iter()
            .filter(|at| self.pages.ecosystem.entity(self.graph.drawn[**at]).entity_type == entity_type);
        shown.map(|at| self.node(*at)).collect()
    }

    fn node(&self, at: usize) -> Value {
        let (id, node) = (self.graph.drawn[at], &self.nodes[at]);
        let ecosystem = &self.pages.ecosystem;
        let entity = ecosystem.entity(id);
        let (side, always) = self.sides[at];
        let (name_x, name_y, anchor) = node.anchor(side);
        let shape = self
            .graph
            .entity_type
            .iter()
            .position(|entity_type| *entity_type == entity.entity_type)
            .unwrap_or_default();
        let also = entity.aliases.best(self.lang).map(|(found, names)| {
            let tag = self.pages.tag(found);
            names.iter().map(|name| text(&typographic(name, tag))).collect()
        });
        let named =
            self.related[at].iter().take(NAMED).map(|other| self.pages.card(self.graph.drawn[*other], self.lang));
        let joined = self.related[at].iter().filter(|other| **other > at).map(|other| self.rank[*other].to_string());
        let joined: Vec<String> = joined.collect();
        views::NetworkNode {
            card: self.pages.card(id, self.lang),
            aliases: also.unwrap_or_default(),
            x: node.x,
            y: node.y,
            mark: outline(shape, node.radius),
            name: self.names[at].clone(),
            name_x,
            name_y,
            anchor,
            large: self.graph.degrees[at] >= HUB,
            always,
            joined: joined.join(" "),
            related: named.collect(),
            further: self.graph.degrees[at] - self.related[at].len().min(NAMED),
        }
        .into()
    }

    fn cards(&self, mut ids: Vec<EntityId>) -> Vec<Value> {
        self.pages.ecosystem.sort(&mut ids, self.lang);
        ids.into_iter().map(|id| self.pages.card(id, self.lang)).collect()
    }
}

/// From the middle of a node to its edge: its area grows with the number of its relations.
fn radius(degree: usize) -> i32 {
    (3.0 + 2.0 * (degree.min(60) as f64).sqrt()) as i32
}

/// All lines of a drawing, as the `d` of one path.
fn lines(edges: &[(usize, usize)], places: &[(i32, i32)]) -> String {
    let mut d = String::with_capacity(edges.len() * 18);
    for &(a, b) in edges {
        let (from, to) = (places[a], places[b]);
        let _ = write!(d, "M{} {}L{} {}", from.0, from.1, to.0, to.1);
    }
    d
}

/// The outline of a node around its middle, as the `d` of a path: each type has its own, so that colour never tells alone. All are
/// about as large as a circle of that radius. After the sixth type they come again.
fn outline(entity_type: usize, radius: i32) -> String {
    let (r, s, t) = (radius, radius * 9 / 10, radius * 5 / 4);
    match entity_type % 6 {
        0 => format!("M-{r} 0a{r} {r} 0 1 0 {w} 0a{r} {r} 0 1 0-{w} 0z", w = 2 * r),
        1 => format!("M-{s}-{s}h{w}v{w}h-{w}z", w = 2 * s),
        2 => format!("M0-{t}L{t} 0 0 {t}-{t} 0z"),
        3 => format!("M0-{t}L{t} {s}H-{t}z"),
        4 => format!("M0 {t}L{t}-{s}H-{t}z"),
        _ => format!("M-{t} 0L-{h}-{s}H{h}L{t} 0 {h} {s}H-{h}z", h = r / 2),
    }
}
