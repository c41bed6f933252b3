//! The graph of a network: the published entities of some types, and who is related to whom.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::model::{Ecosystem, EntityId};
use crate::schema::TypeId;

/// The maximum number of nodes. More can't be distinguished, and would make the page too large.
const MOST: usize = 400;

/// The entities that are drawn, and the pairs that are related.
pub(super) struct Graph {
    /// The types, in the order of the view's key `of`.
    pub types: Vec<TypeId>,
    /// The entities that are drawn, by number.
    pub drawn: Vec<EntityId>,
    /// The pairs of entities with any relation between them, by their positions in `drawn`.
    pub edges: Vec<(usize, usize)>,
    /// The number of entities to which each entity in `drawn` is related, drawn or not.
    pub degrees: Vec<usize>,
    /// Entities that are related to no other one here.
    pub alone: Vec<EntityId>,
    /// The number of entities with relations that are not drawn, because there are too many.
    pub left_out: usize,
}

impl Graph {
    pub(super) fn new(ecosystem: &Ecosystem, types: &[TypeId]) -> Self {
        let is_drawn = |id: EntityId| types.contains(&ecosystem.entity(id).entity_type);
        let pairs =
            ecosystem.links.iter().filter(|link| link.from != link.to && is_drawn(link.from) && is_drawn(link.to));
        let pairs: BTreeSet<(EntityId, EntityId)> =
            pairs.map(|link| (link.from.min(link.to), link.from.max(link.to))).collect();
        let mut degrees = vec![0_usize; ecosystem.number_of_ids()];
        for (a, b) in &pairs {
            degrees[a.index()] += 1;
            degrees[b.index()] += 1;
        }
        let all = || types.iter().flat_map(|entity_type| ecosystem.of_type(*entity_type));
        let mut drawn: Vec<EntityId> = all().filter(|id| degrees[id.index()] > 0).collect();
        let related = drawn.len();
        drawn.sort_by_key(|id| (Reverse(degrees[id.index()]), *id));
        drawn.truncate(MOST);
        let nodes: BTreeSet<EntityId> = drawn.iter().copied().collect();
        let pairs: Vec<_> = pairs.into_iter().filter(|(a, b)| nodes.contains(a) && nodes.contains(b)).collect();
        // An entity that is related only to entities that are left out is left out too.
        drawn = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
        drawn.sort_unstable();
        drawn.dedup();
        let position = |id: EntityId| drawn.binary_search(&id).unwrap_or_default();
        Self {
            types: types.to_vec(),
            edges: pairs.into_iter().map(|(a, b)| (position(a), position(b))).collect(),
            degrees: drawn.iter().map(|id| degrees[id.index()]).collect(),
            alone: all().filter(|id| degrees[id.index()] == 0).collect(),
            left_out: related - drawn.len(),
            drawn,
        }
    }
}
