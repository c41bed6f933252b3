//! Which links or mentions belong to which entity.

use super::ids::EntityId;

/// A compressed adjacency list: the items of each entity, side by side in one array, in the order in which they were
/// given.
#[derive(Debug, Default)]
pub(in crate::model) struct Adjacency {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Adjacency {
    /// Groups the items by their keys; `keys` has one key for each item. Takes linear time.
    pub(in crate::model) fn new(entities: usize, keys: impl Iterator<Item = EntityId> + Clone) -> Self {
        let mut starts = vec![0_u32; entities + 1];
        for key in keys.clone() {
            starts[key.index() + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts.last().map_or(0, |total| *total as usize)];
        for (item, key) in keys.enumerate() {
            let slot = &mut next[key.index()];
            items[*slot as usize] = item as u32;
            *slot += 1;
        }
        Self { starts, items }
    }

    /// The items of an entity.
    pub(in crate::model) fn of(&self, id: EntityId) -> &[u32] {
        match (self.starts.get(id.index()), self.starts.get(id.index() + 1)) {
            (Some(start), Some(end)) => &self.items[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

/// Groups pairs of (mentioned, mentioning) by the entity that is mentioned. Out: the index, and the mentioning entity
/// of each item.
pub(in crate::model) fn mentions(
    entities: usize,
    mut mentions: Vec<(EntityId, EntityId)>,
) -> (Adjacency, Vec<EntityId>) {
    mentions.sort_unstable();
    mentions.dedup();
    let index = Adjacency::new(entities, mentions.iter().map(|(mentioned, _)| *mentioned));
    (index, mentions.into_iter().map(|(_, mentioning)| mentioning).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_gathers_the_items_of_each_entity_in_order() {
        let keys = [2, 0, 2, 1, 2].map(EntityId);
        let index = Adjacency::new(4, keys.into_iter());
        assert_eq!(index.of(EntityId(2)), [0, 2, 4]);
        assert_eq!(index.of(EntityId(0)), [1]);
        assert_eq!(index.of(EntityId(3)), [] as [u32; 0]);
    }
}
