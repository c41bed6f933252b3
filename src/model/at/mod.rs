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

pub use occurrence::{Declared, FieldId, LinkForm, Meaning, Name, Occurrence, Subject};

use super::ecosystem::Ecosystem;
use super::entity::Entity;
use super::ids::EntityId;
use crate::config;
use crate::schema::{self, Member, RelationId, TypeId};
use crate::table::{self, Value};
use crate::text::SourceText;
use crate::values::{Column, Kind};

impl Ecosystem {
    /// The occurrence at a byte offset of a file. `path` is relative to the root of the site. The offset directly after
    /// a token belongs to the token, because the cursor is there while somebody types.
    ///
    /// Offsets do not count a byte order mark; [`offset_at`](crate::text::offset_at) converts lines and columns to
    /// offsets.
    pub fn at(&self, path: &str, offset: usize) -> Option<Occurrence> {
        let source = self.sources.text(path)?;
        if path == config::FILE {
            let (table, _) = table::parse(&source.text, 0);
            return declarations::site(self, table.cursor(offset)?);
        }
        if let Some(entity_type) = schema::type_of(path) {
            let (table, _) = table::parse(&source.text, 0);
            return declarations::entity_type(self, self.schema.find(entity_type)?, table.cursor(offset)?).next();
        }
        profiles::at(self, source, offset)
    }

    /// All occurrences in a file: of keys, of values and of links in prose. A name that means several things has an
    /// occurrence for each of them. Of the views, the blocks and the parameters of the theme, only the keys have a
    /// meaning here; see [`Checked::names`](crate::compile::Checked::names).
    pub fn occurrences(&self, path: &str) -> Vec<Occurrence> {
        let Some(source) = self.sources.text(path) else { return Vec::new() };
        if path == config::FILE {
            let (table, _) = table::parse(&source.text, 0);
            return table.cursors().into_iter().filter_map(|cursor| declarations::site(self, cursor)).collect();
        }
        if let Some(entity_type) = schema::type_of(path) {
            let (table, _) = table::parse(&source.text, 0);
            let Some(entity_type) = self.schema.find(entity_type) else { return Vec::new() };
            let cursors = table.cursors().into_iter();
            return cursors.flat_map(|cursor| declarations::entity_type(self, entity_type, cursor)).collect();
        }
        profiles::all(self, source)
    }

    /// The texts of the site: `site.toml` and every text of the content, in the order of their paths.
    pub fn texts(&self) -> impl Iterator<Item = &SourceText> {
        self.sources.texts().chain(self.sources.config())
    }

    /// The text of a file of the site.
    pub fn text(&self, path: &str) -> Option<&SourceText> {
        self.sources.text(path)
    }

    /// All entities of a type in the order of their ids, including drafts: for the completion of names. For the
    /// published entities, see [`Ecosystem::of_type`].
    pub fn every(&self, entity_type: TypeId) -> impl Iterator<Item = (EntityId, &Entity)> {
        let range = self.by_type[entity_type.index()].clone();
        range.map(EntityId).map(|id| (id, self.entity(id)))
    }

    /// A field of a type or of its records, or an attribute of a relation or of a field.
    pub fn field(&self, id: FieldId) -> Declared<'_> {
        match id {
            FieldId::OfType(entity_type, at) => (&self.schema.get(entity_type).fields[at]).into(),
            FieldId::OfRelation(relation, at) => (&self.schema.relation(relation).attributes[at]).into(),
            FieldId::OfField(entity_type, field, at) => {
                (&self.schema.get(entity_type).fields[field].attributes[at]).into()
            }
            FieldId::OfRecord(entity_type, field, at) => (&self.columns(entity_type, field)[at]).into(),
        }
    }

    /// The fields of the records in a field; none if it has other values.
    pub fn columns(&self, entity_type: TypeId, field: usize) -> &[Column<Kind>] {
        match &self.schema.get(entity_type).fields[field].kind {
            Kind::Record(record) => &record.columns,
            _ => &[],
        }
    }

    /// The attribute of a field with this key.
    fn attribute(&self, id: FieldId, key: &str) -> Option<FieldId> {
        let FieldId::OfType(entity_type, field) = id else { return None };
        let at = self.field(id).attributes.iter().position(|attribute| *attribute.id == *key)?;
        Some(FieldId::OfField(entity_type, field, at))
    }

    /// The field with this key in the records of a field.
    fn column(&self, id: FieldId, key: &str) -> Option<FieldId> {
        let FieldId::OfType(entity_type, field) = id else { return None };
        let at = self.columns(entity_type, field).iter().position(|column| *column.id == *key)?;
        Some(FieldId::OfRecord(entity_type, field, at))
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
