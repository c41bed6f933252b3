//! The sources of an entity, and the relation that leads to them.

use tera::Value;

use super::card::card;
use super::shapes::Link;
use crate::model::EntityId;
use crate::render::scope::Scope;
use crate::schema::{RelationId, Schema, TypeId};

/// The relation with this id, if it leads from the entities of a type to sources.
pub(crate) fn relation_to_sources(schema: &Schema, entity_type: TypeId, id: &str) -> Option<RelationId> {
    let mut relations = schema.relations_of(entity_type);
    relations.find(|(_, relation)| relation.citation && *relation.id == *id).map(|(id, _)| id)
}

/// A link from an entity to one of its sources.
pub(crate) struct SourceLink {
    pub source: EntityId,
    /// A list of facts.
    pub attributes: Vec<Value>,
}

impl SourceLink {
    /// The link as templates see it.
    pub(crate) fn value(&self, scope: &Scope) -> Value {
        Link { card: card(scope, self.source), attributes: Value::from(self.attributes.clone()) }.into()
    }
}
