//! An entity as JSON, serialised from the model without a copy.

use std::io;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::locale::LocalText;
use crate::model::{Attribute, Ecosystem, EntityId, Link};
use crate::schema::Field;
use crate::site;
use crate::values::Json;

/// Writes a value as JSON on one line.
pub(super) fn write_json(out: &mut dyn io::Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A list whose items are computed while it is serialised.
pub(super) struct List<F>(pub F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}

/// The attributes of a link or of a value.
pub(super) struct Attributes<'a> {
    ecosystem: &'a Ecosystem,
    declared: &'a [Field],
    attributes: &'a [Attribute],
}

impl<'a> Attributes<'a> {
    pub(super) fn of_link(ecosystem: &'a Ecosystem, link: &'a Link) -> Self {
        let declared = &ecosystem.schema.relation(link.relation).attributes;
        Self { ecosystem, declared, attributes: &link.attributes }
    }
}

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for attributes in self.attributes.chunk_by(|a, b| a.index == b.index) {
            let field = &self.declared[attributes[0].index];
            let config = &self.ecosystem.config;
            let json = |value| Json { kind: &field.kind, value, config };
            match attributes {
                [only] if !field.many => map.serialize_entry(&field.id, &json(&only.value))?,
                several => map.serialize_entry(&field.id, &List(|| several.iter().map(|it| json(&it.value))))?,
            }
        }
        map.end()
    }
}

/// `type/id`.
pub(super) struct Key<'a>(pub &'a Ecosystem, pub EntityId);

impl Serialize for Key<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entity = self.0.entity(self.1);
        serializer.serialize_str(&[&*self.0.schema.get(entity.entity_type).id, "/", &entity.id].concat())
    }
}

/// An entity.
pub(super) struct Entity<'a> {
    pub ecosystem: &'a Ecosystem,
    pub id: EntityId,
    /// Whether the relations that it states are included.
    pub with_relations: bool,
}

impl Serialize for Entity<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { ecosystem, id, with_relations } = *self;
        let entity = ecosystem.entity(id);
        let entity_type = ecosystem.schema.get(entity.entity_type);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &entity_type.id)?;
        map.serialize_entry("id", &entity.id)?;
        map.serialize_entry("url", &Urls(ecosystem, id))?;
        map.serialize_entry("title", &ByLanguage(ecosystem, &entity.title))?;
        map.serialize_entry("summary", &ByLanguage(ecosystem, &entity.summary))?;
        map.serialize_entry("aliases", &aliases(ecosystem, id))?;
        if let Some(updated) = entity.updated {
            map.serialize_entry("updated", &updated.to_string())?;
        }
        if let Some((verified, _)) = &entity.verified {
            map.serialize_entry("verified", &verified.to_string())?;
        }
        map.serialize_entry("fields", &Fields(ecosystem, id))?;
        if entity.values.iter().any(|values| !values.attributes.is_empty()) {
            map.serialize_entry("attributes", &OfValues(ecosystem, id))?;
        }
        if with_relations {
            map.serialize_entry("relations", &Relations(ecosystem, id))?;
        }
        map.end()
    }
}

/// The aliases in all languages, each once.
pub(super) fn aliases(ecosystem: &Ecosystem, id: EntityId) -> Vec<&str> {
    let mut aliases: Vec<&str> = Vec::new();
    for name in ecosystem.entity(id).aliases.iter().flat_map(|(_, names)| names) {
        if !aliases.contains(&&**name) {
            aliases.push(name);
        }
    }
    aliases
}

struct Urls<'a>(&'a Ecosystem, EntityId);

impl Serialize for Urls<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let languages = &self.0.config.languages;
        let base = self.0.config.base_path();
        serializer.collect_map(
            languages
                .all()
                .map(|lang| (languages.tag(lang), [base, &site::entity_path(self.0, self.1, lang)].concat())),
        )
    }
}

struct ByLanguage<'a>(&'a Ecosystem, &'a LocalText);

impl Serialize for ByLanguage<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.1.iter().map(|(lang, text)| (self.0.config.languages.tag(lang), text)))
    }
}

struct Fields<'a>(&'a Ecosystem, EntityId);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(ecosystem, id) = *self;
        let entity = ecosystem.entity(id);
        let fields = &ecosystem.schema.get(entity.entity_type).fields;
        let mut map = serializer.serialize_map(None)?;
        for values in &entity.values {
            let field = &fields[values.field];
            let json = |value| Json { kind: &field.kind, value, config: &ecosystem.config };
            match values.values.as_slice() {
                [value] if !field.many => map.serialize_entry(&field.id, &json(value))?,
                values => map.serialize_entry(&field.id, &List(|| values.iter().map(json)))?,
            }
        }
        for extra in &entity.extra {
            match extra.texts.as_slice() {
                [text] if !extra.many => map.serialize_entry(&extra.key, text)?,
                texts => map.serialize_entry(&extra.key, texts)?,
            }
        }
        if let Some(image) = &entity.image {
            map.serialize_entry("image", &ecosystem.config.file_address(&image.src))?;
        }
        map.end()
    }
}

/// The attributes of the values, by field: a list for a field that holds several values.
struct OfValues<'a>(&'a Ecosystem, EntityId);

impl Serialize for OfValues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(ecosystem, id) = *self;
        let entity = ecosystem.entity(id);
        let fields = &ecosystem.schema.get(entity.entity_type).fields;
        let mut map = serializer.serialize_map(None)?;
        for values in &entity.values {
            let field = &fields[values.field];
            let one = |attributes| Attributes { ecosystem, declared: &field.attributes, attributes };
            match &*values.attributes {
                [] => {}
                [only] if !field.many => map.serialize_entry(&field.id, &one(only))?,
                several => map.serialize_entry(&field.id, &List(|| several.iter().map(|own| one(own))))?,
            }
        }
        map.end()
    }
}

struct Relations<'a>(&'a Ecosystem, EntityId);

impl Serialize for Relations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(ecosystem, id) = *self;
        let mut map = serializer.serialize_map(None)?;
        for (relation_id, relation) in ecosystem.schema.relations_of(ecosystem.entity(id).entity_type) {
            if ecosystem.statements(id, relation_id).next().is_some() {
                let related = || ecosystem.statements(id, relation_id).map(|link| Related { ecosystem, link });
                map.serialize_entry(&relation.id, &List(related))?;
            }
        }
        map.end()
    }
}

struct Related<'a> {
    ecosystem: &'a Ecosystem,
    link: &'a Link,
}

impl Serialize for Related<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { ecosystem, link } = *self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("to", &Key(ecosystem, link.to))?;
        if !link.attributes.is_empty() {
            map.serialize_entry("attributes", &Attributes::of_link(ecosystem, link))?;
        }
        map.end()
    }
}
