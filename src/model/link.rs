//! Links: one entity has a relation to another.

use super::body::Body;
use super::ids::EntityId;
use super::value::FieldValue;
use crate::locale::Lang;
use crate::schema::RelationId;
use crate::text::Span;

/// One statement: an entity has a relation to another one.
#[derive(Debug, Clone)]
pub struct Link {
    /// Who says it.
    pub from: EntityId,
    /// Which relation.
    pub relation: RelationId,
    /// About whom.
    pub to: EntityId,
    /// Where the name of the target is written, in the file of the entity that says it.
    pub span: Span,
    /// What is said of it; several values of one attribute stand together.
    pub attributes: Vec<Attribute>,
}

/// Something that is said of a link.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// The index of the attribute in its relation.
    pub index: u16,
    /// What is said.
    pub value: FieldValue,
    /// Where the value is written, in the file of the entity that says it.
    pub span: Span,
}

impl Link {
    /// All prose of the attributes.
    pub(in crate::model) fn bodies(&self) -> impl Iterator<Item = (Lang, &Body)> {
        self.attributes.iter().flat_map(|attribute| attribute.value.bodies())
    }

    pub(in crate::model) fn says_the_same(&self, other: &Self) -> bool {
        (self.relation, self.to) == (other.relation, other.to) && self.attributes_say_the_same(other)
    }

    pub(in crate::model) fn attributes_say_the_same(&self, other: &Self) -> bool {
        self.attributes.len() == other.attributes.len()
            && self
                .attributes
                .iter()
                .zip(&other.attributes)
                .all(|(a, b)| a.index == b.index && a.value.says_the_same(&b.value))
    }
}
