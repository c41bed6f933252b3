//! The numbers of entities and pages.

use crate::schema::TypeId;

/// An entity's number: entities are ordered by type and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

impl EntityId {
    /// The number as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A page's number: first the home page, then the index of each type, then the free pages in the order of their paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

impl PageId {
    /// The home page.
    pub const HOME: Self = Self(0);

    /// The index of a type.
    pub fn index_of(entity_type: TypeId) -> Self {
        Self(1 + entity_type.index() as u32)
    }
}
