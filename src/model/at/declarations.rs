//! Positions in `site.toml` and in the `_type.toml` of types.

use super::occurrence::{FieldId, Meaning, Occurrence, Subject};
use crate::model::ecosystem::Ecosystem;
use crate::schema::{Field, Member, RelationId, Step, TypeId};
use crate::table::{Cursor, Entry, Value};

/// The occurrence at a cursor in `site.toml`.
pub(super) fn site(ecosystem: &Ecosystem, mut cursor: Cursor<'_>) -> Option<Occurrence> {
    let span = cursor.span();
    let entry = cursor.next_key()?;
    let on_value = !cursor.on_key();
    let text = cursor.value().filter(|_| on_value).and_then(Value::as_text);
    let meaning = match (&*entry.key, text) {
        ("menu", Some(name)) if is_menu_entry(cursor.clone()) => menu_entry(ecosystem, name),
        ("warnings", Some(name)) if is_scope(cursor.clone()) => match name.ends_with('/') {
            true => Meaning::Folder(name.into()),
            false if name.starts_with('@') => Meaning::Value(entry.key.clone()),
            false => Meaning::Type(ecosystem.schema.find(name)),
        },
        _ => key_or_value(entry, cursor),
    };
    Some(Occurrence { span, subject: Subject::Site, meaning })
}

/// Whether a cursor in the menu is at an item, or at an item of a group: at its name, or at that in its key `to`.
fn is_menu_entry(mut cursor: Cursor<'_>) -> bool {
    cursor.next_item();
    match cursor.next_key() {
        Some(entry) if &*entry.key == "items" => {
            let is_item = cursor.next_item().is_some();
            is_item && cursor.next_key().is_none_or(|entry| &*entry.key == "to") && cursor.is_at_end()
        }
        Some(entry) => &*entry.key == "to" && cursor.is_at_end(),
        None => cursor.is_at_end(),
    }
}

/// Whether a cursor in `[warnings]` is at an item of a list, such as `missing-translation = { allow = ["products"] }`.
fn is_scope(mut cursor: Cursor<'_>) -> bool {
    cursor.next_key().is_some() && cursor.next_key().is_some() && cursor.next_item().is_some()
}

/// An entry of the menu: a type or a page.
fn menu_entry(ecosystem: &Ecosystem, name: &str) -> Meaning {
    match (ecosystem.schema.find(name), ecosystem.free_page(name)) {
        (None, Some(page)) => Meaning::Page(page),
        (entity_type, _) => Meaning::Type(entity_type),
    }
}

/// The occurrences at a cursor in the `_type.toml` of a type: several if a name means several things.
pub(super) fn entity_type(
    ecosystem: &Ecosystem,
    id: TypeId,
    mut cursor: Cursor<'_>,
) -> impl Iterator<Item = Occurrence> + use<> {
    let span = cursor.span();
    let declared_type = DeclaredType { ecosystem, id };
    let meanings = cursor.next_key().map(|entry| match &*entry.key {
        "fields" if !cursor.is_at_end() => declared_type.member(cursor).into_iter().collect(),
        "derived" if !cursor.is_at_end() => declared_type.derived(cursor),
        "sort" if !cursor.on_key() => vec![declared_type.sort(entry)],
        "sources" | "title_language" if !cursor.on_key() => vec![declared_type.named(entry.value.as_text(), entry)],
        "headline" if !cursor.on_key() => {
            let inner = cursor.next_key().unwrap_or(entry);
            vec![declared_type.named(inner.value.as_text(), inner)]
        }
        _ => vec![key_or_value(entry, cursor)],
    });
    let occurrence = move |meaning| Occurrence { span, subject: Subject::Type(id), meaning };
    meanings.unwrap_or_default().into_iter().map(occurrence)
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
            "inverse" if !cursor.on_key() && cursor.next_key().is_some_and(|key| &*key.key == "id") => {
                Some(Meaning::Inverse(relation))
            }
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

    /// A declaration of a field, an attribute or a field of records, or of one of its choices.
    fn field(&self, id: FieldId, entry: &Entry, mut cursor: Cursor<'_>) -> Meaning {
        if cursor.is_at_end() {
            return Meaning::Field(id);
        }
        let Some(inner) = cursor.next_key() else { return key_or_value(entry, cursor) };
        if let ("after", false) = (&*inner.key, cursor.on_key()) {
            let name = inner.value.as_text().unwrap_or_default();
            return self.sibling(id, name).map_or_else(|| key_or_value(inner, cursor), Meaning::Field);
        }
        if &*inner.key == "attributes" && !cursor.is_at_end() {
            let Some(key) = cursor.next_key() else { return key_or_value(inner, cursor) };
            return match self.ecosystem.attribute(id, &key.key) {
                Some(attribute) => self.field(attribute, key, cursor),
                None => key_or_value(key, cursor),
            };
        }
        if &*inner.key == "fields" && !cursor.is_at_end() {
            let Some(key) = cursor.next_key() else { return key_or_value(inner, cursor) };
            return match self.ecosystem.column(id, &key.key) {
                Some(column) => self.field(column, key, cursor),
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

    /// The field with this name in the same table as another field.
    fn sibling(&self, id: FieldId, name: &str) -> Option<FieldId> {
        let position = |fields: &[Field]| fields.iter().position(|field| &*field.id == name);
        let schema = &self.ecosystem.schema;
        Some(match id {
            FieldId::OfType(owner, _) => FieldId::OfType(owner, position(&schema.get(owner).fields)?),
            FieldId::OfRelation(relation, _) => {
                FieldId::OfRelation(relation, position(&schema.relation(relation).attributes)?)
            }
            FieldId::OfField(owner, field, _) => {
                FieldId::OfField(owner, field, position(&schema.get(owner).fields[field].attributes)?)
            }
            FieldId::OfRecord(..) => return None,
        })
    }

    /// A declaration of a derived relation, or a step of its path: the relations and inverses with that name.
    fn derived(&self, mut cursor: Cursor<'_>) -> Vec<Meaning> {
        let Some(entry) = cursor.next_key() else { return Vec::new() };
        let entity_type = self.ecosystem.schema.get(self.id);
        let derived = entity_type.derived.iter().position(|derived| derived.id == entry.key);
        if let (true, Some(at)) = (cursor.is_at_end(), derived) {
            return vec![Meaning::Derived(self.id, at)];
        }
        let Some(inner) = cursor.next_key() else { return vec![key_or_value(entry, cursor)] };
        let step = cursor.next_item().filter(|_| &*inner.key == "path");
        match derived.zip(step).and_then(|(at, step)| entity_type.derived[at].steps.get(step)) {
            Some(steps) => steps.iter().copied().map(meaning_of).collect(),
            None => vec![key_or_value(inner, cursor)],
        }
    }

    /// The field or relation that the type is sorted by.
    fn sort(&self, entry: &Entry) -> Meaning {
        self.named(entry.value.as_text().map(|name| name.trim_start_matches('-')), entry)
    }

    /// What the type calls by this name; `entry` has the name.
    fn named(&self, name: Option<&str>, entry: &Entry) -> Meaning {
        let name = name.unwrap_or_default();
        let properties = || self.ecosystem.schema.properties(self.id);
        match properties().find(|(id, _)| *id == name).map(|(_, property)| property) {
            Some(property) => Meaning::property(self.id, property),
            None => Meaning::Value(entry.key.clone()),
        }
    }
}

/// A step of a derived relation.
fn meaning_of(step: Step) -> Meaning {
    if step.backward { Meaning::Inverse(step.relation) } else { Meaning::Relation(step.relation) }
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
