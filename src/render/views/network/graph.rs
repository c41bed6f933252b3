//! The graph of a network: the published entities of some types, and who is related to whom.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::drawing::selection::select;
use crate::model::{Ecosystem, EntityId};
use crate::schema::TypeId;

/// The maximum number of nodes. More can't be distinguished, and would make the page too large.
const MOST: usize = 400;

/// The entities that are drawn, the pairs that are related, and the clusters of entities that are not drawn.
pub(super) struct Graph {
    /// The types, in the order of the view's key `of`.
    pub types: Vec<TypeId>,
    /// The entities that are drawn, by number.
    pub drawn: Vec<EntityId>,
    /// The pairs of entities with any relation between them, by their positions in `drawn`.
    pub edges: Vec<(usize, usize)>,
    /// The number of entities to which each entity in `drawn` is related, drawn or not.
    pub degrees: Vec<usize>,
    /// The number of lines at each entity in `drawn`.
    pub lines: Vec<usize>,
    /// For each entity in `drawn`, the others that its node stands for, because there are too many to draw.
    pub clusters: Vec<Vec<EntityId>>,
    /// Connected components of which nothing is drawn, the largest first. Each is a cluster with its head in front.
    pub components: Vec<Vec<EntityId>>,
    /// Entities that are related to no other one here.
    pub alone: Vec<EntityId>,
}

impl Graph {
    pub(super) fn new(ecosystem: &Ecosystem, types: &[TypeId]) -> Self {
        let is_of_types = |id: EntityId| types.contains(&ecosystem.entity(id).entity_type);
        let pairs = ecosystem
            .links
            .iter()
            .filter(|link| link.from != link.to && is_of_types(link.from) && is_of_types(link.to));
        let pairs: BTreeSet<(EntityId, EntityId)> =
            pairs.map(|link| (link.from.min(link.to), link.from.max(link.to))).collect();
        let mut degrees = vec![0_usize; ecosystem.number_of_ids()];
        for (a, b) in &pairs {
            degrees[a.index()] += 1;
            degrees[b.index()] += 1;
        }
        let all = || types.iter().flat_map(|entity_type| ecosystem.of_type(*entity_type));
        let mut related: Vec<EntityId> = all().filter(|id| degrees[id.index()] > 0).collect();
        related.sort_unstable();
        related.dedup();
        let position = |ids: &[EntityId], id: EntityId| ids.binary_search(&id).unwrap_or_default();
        let edges: Vec<(usize, usize)> =
            pairs.iter().map(|(a, b)| (position(&related, *a), position(&related, *b))).collect();
        let selection = select(related.len(), &edges, MOST);
        let drawn: Vec<EntityId> = selection.drawn.iter().map(|node| related[*node]).collect();
        let is_drawn = |id: EntityId| drawn.binary_search(&id).is_ok();
        let mut clusters: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
        for (id, head) in related.iter().zip(&selection.heads) {
            if !is_drawn(*id) {
                clusters.entry(related[*head]).or_default().push(*id);
            }
        }
        let edges = pairs.into_iter().filter(|(a, b)| is_drawn(*a) && is_drawn(*b));
        let edges: Vec<(usize, usize)> = edges.map(|(a, b)| (position(&drawn, a), position(&drawn, b))).collect();
        let mut lines = vec![0; drawn.len()];
        edges.iter().flat_map(|(a, b)| [*a, *b]).for_each(|node| lines[node] += 1);
        Self {
            types: types.to_vec(),
            edges,
            lines,
            degrees: drawn.iter().map(|id| degrees[id.index()]).collect(),
            clusters: drawn.iter().map(|id| clusters.remove(id).unwrap_or_default()).collect(),
            components: components(clusters),
            alone: all().filter(|id| degrees[id.index()] == 0).collect(),
            drawn,
        }
    }
}

/// Clusters whose heads are not drawn, the largest first, each with its head in front.
fn components(clusters: BTreeMap<EntityId, Vec<EntityId>>) -> Vec<Vec<EntityId>> {
    let head_first = |(head, mut ids): (EntityId, Vec<EntityId>)| {
        ids.sort_by_key(|id| (*id != head, *id));
        ids
    };
    let mut components: Vec<Vec<EntityId>> = clusters.into_iter().map(head_first).collect();
    components.sort_by_key(|ids| (Reverse(ids.len()), ids[0]));
    components
}
