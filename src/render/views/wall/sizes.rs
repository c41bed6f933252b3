//! The size of a name, by the number of entities that its entity is related to.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use crate::model::{Ecosystem, EntityId};

/// One entity in this many has a large name, and one in that many at least a medium one.
const LARGE: usize = 10;
const MEDIUM: usize = 3;

/// The classes of size of entities.
pub(super) struct Sizes {
    related: HashMap<EntityId, usize>,
    /// From how many related entities on a name is large, and medium.
    large: usize,
    medium: usize,
}

impl Sizes {
    /// Sources do not count as related: they say how much was written, not how many work with somebody.
    pub(super) fn new(ecosystem: &Ecosystem, entities: &[EntityId]) -> Self {
        let is_source = |id: EntityId| ecosystem.schema.get(ecosystem.entity(id).entity_type).citation;
        let links =
            ecosystem.links.iter().filter(|link| link.from != link.to && !is_source(link.from) && !is_source(link.to));
        let pairs: BTreeSet<(EntityId, EntityId)> =
            links.map(|link| (link.from.min(link.to), link.from.max(link.to))).collect();
        let mut related: HashMap<EntityId, usize> = entities.iter().map(|id| (*id, 0)).collect();
        for id in pairs.into_iter().flat_map(|(a, b)| [a, b]) {
            related.entry(id).and_modify(|count| *count += 1);
        }
        let mut counts: Vec<usize> = related.values().copied().collect();
        counts.sort_unstable_by_key(|count| Reverse(*count));
        // Where all have the same number, none is larger than the others.
        let least = counts.last().map_or(0, |least| least + 1);
        let from = |part: usize| counts.get(counts.len() / part).copied().unwrap_or_default().max(least);
        let (large, medium) = (from(LARGE), from(MEDIUM));
        Self { related, large, medium }
    }

    /// `large`, `medium` or `small`.
    pub(super) fn class(&self, id: EntityId) -> &'static str {
        let related = self.related.get(&id).copied().unwrap_or_default();
        match related {
            _ if related >= self.large => "large",
            _ if related >= self.medium => "medium",
            _ => "small",
        }
    }
}
