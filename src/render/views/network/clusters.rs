//! The clusters of a network in words: the entities that are not drawn, because there are too many.

use tera::Value;

use super::graph::Graph;
use super::shapes::NetworkCluster;
use crate::model::EntityId;
use crate::render::parts::fair_share::fair_share;
use crate::render::parts::{card, cards};
use crate::render::scope::Scope;

/// The maximum number of entities that the page of a network names.
const NAMED: usize = 5000;

/// The clusters of a graph. They name as many of their entities as the page has room for.
pub(super) struct Clusters {
    /// The cluster at each node, by the node's position in the graph.
    pub at_nodes: Vec<Option<Value>>,
    /// The connected components of which nothing is drawn, the largest first, as far as they are named.
    pub components: Vec<Value>,
    /// The number of entities in clusters at nodes.
    pub clustered: usize,
    /// The number of entities in components of which nothing is drawn.
    pub left_out: usize,
    /// The number of entities in those components that are not named.
    pub unnamed: usize,
}

impl Clusters {
    pub(super) fn new(scope: &Scope, graph: &Graph) -> Self {
        let sizes = || graph.clusters.iter().map(Vec::len);
        let room = NAMED - graph.drawn.len();
        let share = fair_share(sizes().filter(|size| *size > 0), room);
        let at_node = |(head, ids): (&EntityId, &Vec<EntityId>)| {
            (!ids.is_empty()).then(|| cluster(scope, *head, ids, share).into())
        };
        let mut left = room.saturating_sub(sizes().map(|size| size.min(share)).sum());
        let component = |ids: &Vec<EntityId>| {
            let (head, others) = ids.split_first().filter(|_| left > 1)?;
            let cluster = cluster(scope, *head, others, left - 1);
            left -= 1 + cluster.cards.len();
            Some(cluster.into())
        };
        let components: Vec<Value> = graph.components.iter().map_while(component).collect();
        let size = |components: &[Vec<EntityId>]| components.iter().map(Vec::len).sum();
        Self {
            at_nodes: graph.drawn.iter().zip(&graph.clusters).map(at_node).collect(),
            clustered: sizes().sum(),
            left_out: size(&graph.components),
            unnamed: size(&graph.components[components.len()..]),
            components,
        }
    }
}

/// A cluster that names at most `most` entities besides its head.
fn cluster(scope: &Scope, head: EntityId, ids: &[EntityId], most: usize) -> NetworkCluster {
    let mut sorted = ids.to_vec();
    scope.ecosystem.sort(&mut sorted, scope.lang);
    sorted.truncate(most);
    NetworkCluster { card: card(scope, head), count: ids.len(), cards: cards(scope, sorted) }
}
