//! The graph of a network: the published entities of some types, and who is related to whom.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::drawing::betweenness::{Betweenness, betweenness};
use crate::drawing::selection::select;
use crate::model::{Ecosystem, EntityId};
use crate::schema::{RelationId, TypeId};

/// The maximum number of nodes. More can't be distinguished, and would make the page too large.
const MOST: usize = 400;

/// A relation between a pair of entities, and whether the first of the pair states it.
pub(super) type Tie = (RelationId, bool);

/// The entities that are drawn, the pairs that are related, and the clusters of entities that are not drawn.
pub(super) struct Graph {
    /// The types, in the order of the view's key `of`.
    pub types: Vec<TypeId>,
    /// The entities that are drawn, by number.
    pub drawn: Vec<EntityId>,
    /// The pairs of entities with any relation between them, by their positions in `drawn`.
    pub edges: Vec<(usize, usize)>,
    /// For each of these pairs, the relations between the two.
    pub ties: Vec<Vec<Tie>>,
    /// All entities with relations, drawn or not.
    pub related: Vec<EntityId>,
    /// For each entity in `drawn`, those to which it is related, drawn or not.
    pub near: Vec<Vec<EntityId>>,
    /// How many of the shortest paths go through each entity in `drawn`, in thousandths.
    pub between: Vec<usize>,
    /// Whether these numbers are estimates.
    pub is_estimate: bool,
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
    /// The graph of these types, without some relations.
    pub(super) fn new(ecosystem: &Ecosystem, types: &[TypeId], without: &[RelationId]) -> Self {
        let pairs = pairs(ecosystem, types, without);
        let mut degrees = vec![0_usize; ecosystem.number_of_ids()];
        for (a, b) in pairs.keys() {
            degrees[a.index()] += 1;
            degrees[b.index()] += 1;
        }
        let all = || types.iter().flat_map(|entity_type| ecosystem.of_type(*entity_type));
        let mut related: Vec<EntityId> = all().filter(|id| degrees[id.index()] > 0).collect();
        related.sort_unstable();
        related.dedup();
        let position = |ids: &[EntityId], id: EntityId| ids.binary_search(&id).unwrap_or_default();
        let edges: Vec<(usize, usize)> =
            pairs.keys().map(|(a, b)| (position(&related, *a), position(&related, *b))).collect();
        let Betweenness { shares, is_estimate } = betweenness(related.len(), &edges);
        let selection = select(related.len(), &edges, MOST);
        let drawn: Vec<EntityId> = selection.drawn.iter().map(|node| related[*node]).collect();
        let is_drawn = |id: EntityId| drawn.binary_search(&id).is_ok();
        let mut clusters: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
        for (id, head) in related.iter().zip(&selection.heads) {
            if !is_drawn(*id) {
                clusters.entry(related[*head]).or_default().push(*id);
            }
        }
        let mut near = vec![Vec::new(); drawn.len()];
        for (a, b) in pairs.keys().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).filter(|(a, _)| is_drawn(*a)) {
            near[position(&drawn, a)].push(b);
        }
        let visible = pairs.into_iter().filter(|((a, b), _)| is_drawn(*a) && is_drawn(*b));
        let (edges, ties): (Vec<(usize, usize)>, _) =
            visible.map(|((a, b), ties)| ((position(&drawn, a), position(&drawn, b)), ties)).unzip();
        let mut lines = vec![0; drawn.len()];
        edges.iter().flat_map(|(a, b)| [*a, *b]).for_each(|node| lines[node] += 1);
        Self {
            types: types.to_vec(),
            edges,
            ties,
            near,
            between: selection.drawn.iter().map(|node| shares[*node]).collect(),
            is_estimate,
            related,
            lines,
            degrees: drawn.iter().map(|id| degrees[id.index()]).collect(),
            clusters: drawn.iter().map(|id| clusters.remove(id).unwrap_or_default()).collect(),
            components: components(clusters),
            alone: all().filter(|id| degrees[id.index()] == 0).collect(),
            drawn,
        }
    }
}

/// The pairs of entities of these types that are related, each with all relations between the two.
fn pairs(ecosystem: &Ecosystem, types: &[TypeId], without: &[RelationId]) -> BTreeMap<(EntityId, EntityId), Vec<Tie>> {
    let is_of_types = |id: EntityId| types.contains(&ecosystem.entity(id).entity_type);
    let mut pairs: BTreeMap<(EntityId, EntityId), Vec<Tie>> = BTreeMap::new();
    for link in ecosystem.links.iter().filter(|link| !without.contains(&link.relation)) {
        if link.from == link.to || !is_of_types(link.from) || !is_of_types(link.to) {
            continue;
        }
        let ties = pairs.entry((link.from.min(link.to), link.from.max(link.to))).or_default();
        let tie = (link.relation, link.from < link.to);
        if !ties.contains(&tie) {
            ties.push(tie);
        }
    }
    pairs
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
