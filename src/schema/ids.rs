//! The numbers of types and relations.

/// The index of a type in [`Schema::types`](super::Schema::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u32);

impl TypeId {
    /// The id of the type at an index.
    pub fn new(index: usize) -> Self {
        Self(index as u32)
    }

    /// The index, to look up a value.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The index of a relation in [`Schema::relations`](super::Schema::relations).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId(u32);

impl RelationId {
    /// The id of the relation at an index.
    pub fn new(index: usize) -> Self {
        Self(index as u32)
    }

    /// The index, to look up a value.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
