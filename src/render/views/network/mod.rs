//! A network: entities as nodes, and their relations as lines.
//!
//! In: the types that are drawn, and the relations between their entities in either direction. Out: everything that a
//! template has to write down: positions, outlines, lines, names and where they go, and the same as lists.

mod shapes;
mod graph;
mod clusters;
mod drawing;
mod neighbourhood;

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::groups::{GroupKeys, Groups};
use super::kind::{self, View};
use super::spec::Spec;
use crate::drawing::network::{self, Layout};
use crate::model::EntityId;
use crate::render::parts::{cards, main_types, type_value};
use crate::render::scope::Scope;
use crate::render::words::Words;
use crate::schema::{RelationId, TypeId};
use clusters::Clusters;
use drawing::Drawing;
use graph::Graph;
use neighbourhood::{Weights, neighbourhood};

/// The maximum number of entities without relations that are named, for each type.
const ALONE: usize = 200;
/// The default maximum number of neighbours.
const NEIGHBOURS: usize = 14;
/// The number of types in a neighbourhood if the template names none.
const TYPES: usize = 3;
/// The radius of the outlines in the legend, in units of the drawing.
const LEGEND_RADIUS: i32 = 6;

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "network"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a network", &["of", "by", "groups", "without"]);
        let types = spec.entity_types();
        if types.is_empty() {
            return None;
        }
        let groups = GroupKeys::read(spec, &types, "by")?;
        let without = spec.relations(&types, "without");
        Some(Box::new(Network { types, groups, without, laid_out: OnceLock::new() }))
    }

    fn functions(&self, engine: &mut Tera, scope: &Arc<Scope>) {
        let scope = scope.clone();
        let weights: OnceLock<Weights> = OnceLock::new();
        let usual: OnceLock<Vec<TypeId>> = OnceLock::new();
        engine.register_function("neighbourhood", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let id = scope.find(kwargs.must_get::<&str>("key")?)?;
            let types: Vec<TypeId> = match kwargs.get::<Vec<String>>("types")?.filter(|types| !types.is_empty()) {
                Some(types) => types.iter().filter_map(|name| scope.ecosystem.schema.find(name)).collect(),
                None => usual.get_or_init(|| main_types(&scope.ecosystem)).iter().copied().take(TYPES).collect(),
            };
            let weights = weights.get_or_init(|| Weights::new(&scope.ecosystem));
            let most = kwargs.get::<usize>("most")?.unwrap_or(NEIGHBOURS);
            Ok(neighbourhood(&scope, weights, id, &types, most))
        });
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

struct Network {
    types: Vec<TypeId>,
    groups: GroupKeys,
    without: Vec<RelationId>,
    /// The graph and the places of its nodes, which are the same in all languages.
    laid_out: OnceLock<(Graph, Layout)>,
}

impl Network {
    /// The relations between the nodes by their labels, those with the most lines first, each with its lines.
    fn relations(scope: &Scope, graph: &Graph, layout: &Layout) -> Vec<Value> {
        let mut relations: Vec<(Words, Vec<(usize, usize)>)> = Vec::new();
        for (edge, ties) in graph.edges.iter().zip(&graph.ties) {
            for (relation, _) in ties {
                let label = scope.words(&scope.ecosystem.schema.relation(*relation).label);
                match relations.iter_mut().find(|(other, _)| other.text == label.text) {
                    Some((_, edges)) if edges.last() == Some(edge) => {}
                    Some((_, edges)) => edges.push(*edge),
                    None => relations.push((label, vec![*edge])),
                }
            }
        }
        relations.sort_by_key(|(_, edges)| Reverse(edges.len()));
        let relation = |(label, edges): (Words, Vec<(usize, usize)>)| {
            let lines = drawing::lines(edges.iter(), &layout.points);
            shapes::NetworkRelation { label, count: edges.len(), lines }.into()
        };
        relations.into_iter().map(relation).collect()
    }
}

impl View for Network {
    fn value(&self, scope: &Scope) -> Value {
        let (graph, layout) = self.laid_out.get_or_init(|| {
            let graph = Graph::new(&scope.ecosystem, &self.types, &self.without);
            let layout = network::layout(graph.drawn.len(), &graph.edges);
            (graph, layout)
        });
        let groups = Groups::new(scope, &self.groups, &graph.related);
        let clusters = Clusters::new(scope, graph);
        let drawing = Drawing::new(scope, graph, &groups, &clusters, layout);
        let in_group = |group: Option<usize>| graph.drawn.iter().filter(|id| groups.of(**id) == group).count();
        let group = |(number, title): (usize, &Words)| {
            shapes::NetworkGroup { title: title.clone(), count: in_group(Some(number)) }.into()
        };
        let types = self.types.iter().enumerate().map(|(number, entity_type)| {
            let is_of_type = |id: &EntityId| scope.ecosystem.entity(*id).entity_type == *entity_type;
            let mut alone: Vec<EntityId> = graph.alone.iter().copied().filter(is_of_type).collect();
            let alone_count = alone.len();
            alone.truncate(if alone_count > ALONE { 0 } else { ALONE });
            scope.ecosystem.sort(&mut alone, scope.lang);
            shapes::NetworkType {
                of: type_value(scope, *entity_type),
                mark: drawing::outline(number, LEGEND_RADIUS),
                nodes: drawing.of_type(*entity_type),
                alone_count,
                alone: cards(scope, alone),
            }
            .into()
        });
        shapes::Network {
            kind: "network",
            types: types.collect(),
            width: layout.width,
            height: layout.height,
            lines: drawing::lines(graph.edges.iter(), &layout.points),
            relations: Self::relations(scope, graph, layout),
            groups: groups.titles.iter().enumerate().map(group).collect(),
            ungrouped: if groups.titles.is_empty() { 0 } else { in_group(None) },
            ranking: drawing.ranking(),
            estimated: graph.is_estimate,
            drawn: graph.drawn.len(),
            clustered: clusters.clustered,
            left_out: clusters.left_out,
            components: clusters.components,
            unnamed: clusters.unnamed,
        }
        .into()
    }
}
