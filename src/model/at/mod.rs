//! The meaning of a position in a file.
//!
//! In: a path and a byte offset. Out: an [`Occurrence`]: the token at that offset, its span and its meaning. A language
//! server needs this to show a description, to go to a definition, and to complete names.
//!
//! Each request parses its one file again, so that the model need not keep a span of every key and value.

mod occurrence;
mod declarations;
mod prose;
mod profiles;

pub use occurrence::{FieldId, LinkForm, Meaning, Occurrence, Subject};

use super::ecosystem::Ecosystem;
use super::entity::Entity;
use super::ids::EntityId;
use crate::config;
use crate::schema::{self, Field, Member, RelationId, TypeId};
use crate::table::Value;

impl Ecosystem {
    /// The occurrence at a byte offset of a file. `path` is relative to the root of the site. The offset directly after
    /// a token belongs to the token, because the cursor is there while somebody types.
    ///
    /// Offsets do not count a byte order mark; [`offset_at`](crate::text::offset_at) converts lines and columns to
    /// offsets.
    pub fn at(&self, path: &str, offset: usize) -> Option<Occurrence> {
        let source = self.sources.text(path)?;
        if path == config::FILE {
            return declarations::site(self, source, offset);
        }
        if let Some(entity_type) = schema::type_of(path) {
            return declarations::entity_type(self, self.schema.find(entity_type)?, source, offset);
        }
        profiles::at(self, source, offset)
    }

    /// All entities of a type in the order of their ids, including drafts: for the completion of names. For the
    /// published entities, see [`Ecosystem::of_type`].
    pub fn every(&self, entity_type: TypeId) -> impl Iterator<Item = (EntityId, &Entity)> {
        let range = self.by_type[entity_type.index()].clone();
        range.map(EntityId).map(|id| (id, self.entity(id)))
    }

    /// A field of a type, or an attribute of a relation or of a field.
    pub fn field(&self, id: FieldId) -> &Field {
        match id {
            FieldId::OfType(entity_type, at) => &self.schema.get(entity_type).fields[at],
            FieldId::OfRelation(relation, at) => &self.schema.relation(relation).attributes[at],
            FieldId::OfField(entity_type, field, at) => &self.schema.get(entity_type).fields[field].attributes[at],
        }
    }

    /// The attribute of a field with this key.
    fn attribute(&self, id: FieldId, key: &str) -> Option<FieldId> {
        let FieldId::OfType(entity_type, field) = id else { return None };
        let at = self.field(id).attributes.iter().position(|attribute| *attribute.id == *key)?;
        Some(FieldId::OfField(entity_type, field, at))
    }

    /// The field or relation with this key.
    fn member(&self, entity_type: TypeId, key: &str) -> Option<Member> {
        let entity_type = self.schema.get(entity_type);
        entity_type.members.iter().copied().find(|member| match member {
            Member::Field(at) => &*entity_type.fields[*at].id == key,
            Member::Relation(id) => &*self.schema.relation(*id).id == key,
        })
    }

    /// The entity with this name, among the types that the relation leads to, for [`Meaning::Target`]. `None` if there
    /// is no such entity or the name is ambiguous.
    fn target_named(&self, relation: RelationId, name: &str) -> Option<EntityId> {
        let to = &self.schema.relation(relation).to;
        if let Some((entity_type, id)) = name.split_once('/') {
            return self
                .schema
                .find(entity_type)
                .filter(|entity_type| to.contains(entity_type))
                .and_then(|entity_type| self.find_any(entity_type, id));
        }
        let mut candidates = to.iter().filter_map(|entity_type| self.find_any(*entity_type, name));
        match (candidates.next(), candidates.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// The meaning of a field's value; `number` is its index in the list of values.
    fn value_meaning(&self, field: FieldId, number: usize, value: &Value) -> Meaning {
        match self.field(field).kind.choices() {
            [] => Meaning::FieldValue(field, number),
            choices => Meaning::Choice(field, choices.iter().position(|choice| value.as_text() == Some(&choice.id))),
        }
    }
}
