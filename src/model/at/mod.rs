//! What stands at a position of a file.
//!
//! In: a path and a byte offset. Out: an [`Occurrence`]: what is meant there, and from where to where. This is what a language server asks for to
//! show a description, to go to a definition, or to know what to complete.
//!
//! Only the one file is parsed again, so the model need not keep a span of every key and value.

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
    /// What stands at a byte offset of a file, which is named by its path below the root of the site. The offset behind the last character of
    /// something belongs to it, too: that is where somebody types.
    ///
    /// Offsets are those of the text without its byte order mark; [`offset_at`](crate::text::offset_at) makes them from lines and columns.
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

    /// All entities of a type by id, drafts too, as somebody who writes can name them. What is published is [`Ecosystem::of_type`].
    pub fn every(&self, entity_type: TypeId) -> impl Iterator<Item = (EntityId, &Entity)> {
        let range = self.by_type[usize::from(entity_type.0)].clone();
        range.map(EntityId).map(|id| (id, self.entity(id)))
    }

    /// A field of a type, or an attribute of a relation.
    pub fn field(&self, id: FieldId) -> &Field {
        match id {
            FieldId::OfType(entity_type, at) => &self.schema.get(entity_type).fields[at],
            FieldId::OfRelation(relation, at) => &self.schema.relation(relation).attributes[at],
        }
    }

    /// The field or relation of a type that a key names.
    fn member(&self, entity_type: TypeId, key: &str) -> Option<Member> {
        let entity_type = self.schema.get(entity_type);
        entity_type.members.iter().copied().find(|member| match member {
            Member::Field(at) => &*entity_type.fields[*at].id == key,
            Member::Relation(id) => &*self.schema.relation(*id).id == key,
        })
    }

    /// The entity that a relation means by a name, as [`Meaning::Target`] has it; none where there is none or more than one.
    fn target_named(&self, relation: RelationId, name: &str) -> Option<EntityId> {
        let to = &self.schema.relation(relation).to;
        if let Some((entity_type, id)) = name.split_once('/') {
            return self
                .schema
                .find(entity_type)
                .filter(|entity_type| to.contains(entity_type))
                .and_then(|entity_type| self.find_any(entity_type, id));
        }
        let mut found = to.iter().filter_map(|entity_type| self.find_any(*entity_type, name));
        found.next().filter(|_| found.next().is_none())
    }

    /// What a value of a field means.
    fn value_meaning(&self, field: FieldId, number: usize, value: &Value) -> Meaning {
        match self.field(field).choices() {
            [] => Meaning::FieldValue(field, number),
            choices => Meaning::Choice(field, choices.iter().position(|choice| value.as_text() == Some(&choice.id))),
        }
    }
}
