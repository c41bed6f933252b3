//! Positions in `site.toml` and in the `_type.toml` of types.

use super::occurrence::{FieldId, Meaning, Occurrence, Subject};
use crate::model::ecosystem::Ecosystem;
use crate::schema::{Member, RelationId, TypeId};
use crate::table::{self, Cursor, Entry, Value};
use crate::text::SourceText;

/// The occurrence at an offset of `site.toml`.
pub(super) fn site(ecosystem: &Ecosystem, source: &SourceText, offset: usize) -> Option<Occurrence> {
    let (table, _) = table::parse(&source.text, 0);
    let mut cursor = table.cursor(offset)?;
    let span = cursor.span();
    let entry = cursor.next_key()?;
    let meaning = match (&*entry.key, cursor.next_item()) {
        ("menu", Some(_)) if cursor.is_at_end() => menu_entry(ecosystem, cursor.value()?),
        _ => key_or_value(entry, cursor),
    };
    Some(Occurrence { span, subject: Subject::Site, meaning })
}

/// An entry of the menu: a type or a page.
fn menu_entry(ecosystem: &Ecosystem, value: &Value) -> Meaning {
    let name = value.as_text().unwrap_or_default();
    match (ecosystem.schema.find(name), ecosystem.free_page(name)) {
        (None, Some(page)) => Meaning::Page(page),
        (entity_type, _) => Meaning::Type(entity_type),
    }
}

/// The occurrence at an offset of the `_type.toml` of a type.
pub(super) fn entity_type(ecosystem: &Ecosystem, id: TypeId, source: &SourceText, offset: usize) -> Option<Occurrence> {
    let (table, _) = table::parse(&source.text, 0);
    let mut cursor = table.cursor(offset)?;
    let span = cursor.span();
    let entry = cursor.next_key()?;
    let declared_type = DeclaredType { ecosystem, id };
    let meaning = match &*entry.key {
        "fields" if !cursor.is_at_end() => declared_type.member(cursor)?,
        "derived" if !cursor.is_at_end() => declared_type.derived(cursor)?,
        "sort" if !cursor.on_key() => declared_type.sort(entry),
        _ => key_or_value(entry, cursor),
    };
    Some(Occurrence { span, subject: Subject::Type(id), meaning })
}

/// The type that a file declares.
struct DeclaredType<'a> {
    ecosystem: &'a Ecosystem,
    id: TypeId,
}

impl DeclaredType<'_> {
    /// A declaration of a field or a relation.
    fn member(&self, mut cursor: Cursor<'_>) -> Option<Meaning> {
        let entry = cursor.next_key()?;
        match self.ecosystem.member(self.id, &entry.key) {
            Some(Member::Field(at)) => Some(self.field(FieldId::OfType(self.id, at), entry, cursor)),
            Some(Member::Relation(relation)) => self.relation(relation, cursor),
            None => Some(key_or_value(entry, cursor)),
        }
    }

    /// A declaration of a relation; its key has been passed.
    fn relation(&self, relation: RelationId, mut cursor: Cursor<'_>) -> Option<Meaning> {
        if cursor.is_at_end() {
            return Some(Meaning::Relation(relation));
        }
        let inner = cursor.next_key()?;
        match &*inner.key {
            "to" if !cursor.on_key() => {
                cursor.next_item();
                let name = cursor.value().unwrap_or(&inner.value).as_text();
                Some(Meaning::Type(name.and_then(|name| self.ecosystem.schema.find(name))))
            }
            "attributes" if !cursor.is_at_end() => {
                let key = cursor.next_key()?;
                let attributes = &self.ecosystem.schema.relation(relation).attributes;
                Some(match attributes.iter().position(|attribute| attribute.id == key.key) {
                    Some(at) => self.field(FieldId::OfRelation(relation, at), key, cursor),
                    None => key_or_value(key, cursor),
                })
            }
            _ => Some(key_or_value(inner, cursor)),
        }
    }

    /// A declaration of a field or an attribute, or of one of its choices.
    fn field(&self, id: FieldId, entry: &Entry, mut cursor: Cursor<'_>) -> Meaning {
        if cursor.is_at_end() {
            return Meaning::Field(id);
        }
        let Some(inner) = cursor.next_key() else { return key_or_value(entry, cursor) };
        if &*inner.key == "attributes" && !cursor.is_at_end() {
            let Some(key) = cursor.next_key() else { return key_or_value(inner, cursor) };
            return match self.ecosystem.attribute(id, &key.key) {
                Some(attribute) => self.field(attribute, key, cursor),
                None => key_or_value(key, cursor),
            };
        }
        let choices = self.ecosystem.field(id).kind.choices();
        if &*inner.key != "choices" || choices.is_empty() || cursor.is_at_end() {
            return key_or_value(inner, cursor);
        }
        match cursor.next_key() {
            Some(key) if cursor.is_at_end() => {
                Meaning::Choice(id, choices.iter().position(|choice| choice.id == key.key))
            }
            inner => key_or_value(inner.unwrap_or(entry), cursor),
        }
    }

    /// A declaration of a derived relation. Its steps are names of relations.
    fn derived(&self, mut cursor: Cursor<'_>) -> Option<Meaning> {
        let entry = cursor.next_key()?;
        let Some(inner) = cursor.next_key() else { return Some(key_or_value(entry, cursor)) };
        let step = cursor.next_item().filter(|_| &*inner.key == "path");
        let entity_type = self.ecosystem.schema.get(self.id);
        let derived = entity_type.derived.iter().find(|derived| derived.id == entry.key);
        let step = derived.zip(step).and_then(|(derived, step)| derived.steps.get(step)?.first());
        Some(step.map_or_else(|| key_or_value(inner, cursor), |step| Meaning::Relation(step.relation)))
    }

    /// The field that the type is sorted by.
    fn sort(&self, entry: &Entry) -> Meaning {
        let name = entry.value.as_text().unwrap_or_default().trim_start_matches('-');
        match self.ecosystem.member(self.id, name) {
            Some(Member::Field(at)) => Meaning::Field(FieldId::OfType(self.id, at)),
            Some(Member::Relation(relation)) => Meaning::Relation(relation),
            None => Meaning::Value(entry.key.clone()),
        }
    }
}

/// The innermost key at the cursor, or its value, where neither depends on the schema.
fn key_or_value(entry: &Entry, mut cursor: Cursor<'_>) -> Meaning {
    let mut key = &entry.key;
    while !cursor.is_at_end() {
        match cursor.next_key() {
            Some(inner) => key = &inner.key,
            None => drop(cursor.next_item()),
        }
    }
    if cursor.on_key() { Meaning::Key(key.clone()) } else { Meaning::Value(key.clone()) }
}
