//! Links between entities.

use std::sync::Arc;

use super::body::Body;
use super::ids::EntityId;
use super::value::Attribute;
use crate::locale::Lang;
use crate::schema::RelationId;
use crate::text::Span;

/// A relation from one entity to another, as one of them states it.
#[derive(Debug, Clone)]
pub struct Link {
    /// The entity that states the relation.
    pub from: EntityId,
    /// The relation.
    pub relation: RelationId,
    /// The target of the relation.
    pub to: EntityId,
    /// The name of the target, in the file of `from`.
    pub span: Span,
    /// The attributes of the link; the values of one attribute are adjacent.
    pub attributes: Arc<[Attribute]>,
}

impl Link {
    /// All prose of the attributes.
    pub(in crate::model) fn bodies(&self) -> impl Iterator<Item = (Lang, &Body)> {
        self.attributes.iter().flat_map(|attribute| attribute.value.prose())
    }

    /// Whether two links of one entity state the same.
    pub(in crate::model) fn is_same(&self, other: &Self) -> bool {
        (self.relation, self.to) == (other.relation, other.to) && self.has_same_attributes(other)
    }

    /// Whether two links have the same attributes.
    pub(crate) fn has_same_attributes(&self, other: &Self) -> bool {
        self.attributes.len() == other.attributes.len()
            && self
                .attributes
                .iter()
                .zip(other.attributes.iter())
                .all(|(a, b)| a.index == b.index && a.value.is_same(&b.value))
    }
}
