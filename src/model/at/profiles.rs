//! Positions in the files of entities and pages.

use super::occurrence::{FieldId, LinkForm, Meaning, Occurrence, Subject};
use super::prose;
use crate::locale::Lang;
use crate::model::body::{Body, Target};
use crate::model::ecosystem::Ecosystem;
use crate::model::ids::{EntityId, PageId};
use crate::model::link::Link;
use crate::model::path;
use crate::parse::{self, Role};
use crate::schema::{Member, RelationId, TypeId};
use crate::table::{Cursor, Entry, Value};
use crate::text::SourceText;
use crate::values::Kind;

/// The occurrence at an offset of the file of an entity, of a page, or of a list of entities.
pub(super) fn at(ecosystem: &Ecosystem, source: &SourceText, offset: usize) -> Option<Occurrence> {
    let document = parse::document(source, &ecosystem.config, &ecosystem.schema);
    let request = Request { ecosystem, source, lang: document.lang };
    let cursor = document.front.cursor(offset);
    let (subject, cursor) = request.subject(&document.role, cursor)?;
    let subject = match subject {
        Found::Subject(subject) => subject,
        Found::Occurrence(occurrence) => return Some(occurrence),
    };
    if let Some((span, meaning)) = prose::link(ecosystem, request.bodies(subject), source, offset) {
        return Some(Occurrence { span, subject, meaning });
    }
    request.fact(subject, cursor?)
}

/// All occurrences in the file of an entity, of a page, or of a list of entities.
pub(super) fn all(ecosystem: &Ecosystem, source: &SourceText) -> Vec<Occurrence> {
    let document = parse::document(source, &ecosystem.config, &ecosystem.schema);
    let request = Request { ecosystem, source, lang: document.lang };
    let mut occurrences = Vec::new();
    let mut subjects = Vec::new();
    for cursor in document.front.cursors() {
        match request.subject(&document.role, Some(cursor)) {
            Some((Found::Subject(subject), cursor)) => {
                if subjects.last() != Some(&subject) {
                    subjects.push(subject);
                }
                occurrences.extend(cursor.and_then(|cursor| request.fact(subject, cursor)));
            }
            Some((Found::Occurrence(occurrence), _)) => {
                subjects.push(occurrence.subject);
                occurrences.push(occurrence);
            }
            None => {}
        }
    }
    // A file without facts still has prose.
    if let (true, Some((Found::Subject(subject), _))) = (subjects.is_empty(), request.subject(&document.role, None)) {
        subjects.push(subject);
    }
    subjects.dedup();
    for subject in subjects {
        let links = prose::links(ecosystem, request.bodies(subject), source);
        occurrences.extend(links.map(|(span, meaning)| Occurrence { span, subject, meaning }));
    }
    occurrences
}

/// A request for the meaning of a part of one file.
struct Request<'a> {
    ecosystem: &'a Ecosystem,
    source: &'a SourceText,
    lang: Lang,
}

/// What a part of a file is about.
enum Found {
    Subject(Subject),
    /// The part is the id of an entity in a list.
    Occurrence(Occurrence),
}

impl Request<'_> {
    /// What the cursor is about in a file of this role, and the rest of the cursor.
    fn subject<'c>(&self, role: &Role, cursor: Option<Cursor<'c>>) -> Option<(Found, Option<Cursor<'c>>)> {
        let subject = match role {
            Role::Entity(entity_type, id) => Subject::Entity(self.ecosystem.find_any(*entity_type, id)?),
            Role::List(entity_type) => return self.entity_in_list(*entity_type, cursor?),
            Role::Index(entity_type) => Subject::Page(PageId::index_of(*entity_type)),
            Role::Page(path) if path.is_empty() => Subject::Page(PageId::HOME),
            Role::Page(path) => Subject::Page(self.ecosystem.free_page(path)?),
            Role::Nothing => return None,
        };
        Some((Found::Subject(subject), cursor))
    }

    fn entity_in_list<'c>(&self, entity_type: TypeId, mut cursor: Cursor<'c>) -> Option<(Found, Option<Cursor<'c>>)> {
        let entry = cursor.next_key()?;
        let subject = Subject::Entity(self.ecosystem.find_any(entity_type, &entry.key)?);
        if cursor.is_at_end() {
            return Some((Found::Occurrence(Occurrence { span: entry.key_span, subject, meaning: Meaning::Id }), None));
        }
        Some((Found::Subject(subject), Some(cursor)))
    }

    /// All prose of an entity or a page, in any of its files.
    fn bodies(&self, subject: Subject) -> Box<dyn Iterator<Item = &Body> + '_> {
        let ecosystem = self.ecosystem;
        match subject {
            Subject::Entity(id) => {
                let statements = ecosystem.outgoing.of(id).iter().map(|at| &ecosystem.links[*at as usize]);
                let attributes = statements.flat_map(Link::bodies);
                Box::new(ecosystem.entity(id).bodies().chain(attributes).map(|(_, body)| body))
            }
            Subject::Page(id) => Box::new(ecosystem.page(id).body.iter().map(|(_, body)| body)),
            Subject::Type(_) | Subject::Site => Box::new(std::iter::empty()),
        }
    }

    /// A key or a value of an entity or a page.
    fn fact(&self, subject: Subject, cursor: Cursor<'_>) -> Option<Occurrence> {
        let span = cursor.span();
        let meaning = match subject {
            Subject::Entity(id) => self.entity(id, cursor)?,
            Subject::Page(_) => self.page(cursor)?,
            Subject::Type(_) | Subject::Site => return None,
        };
        Some(Occurrence { span, subject, meaning })
    }

    fn entity(&self, id: EntityId, mut cursor: Cursor<'_>) -> Option<Meaning> {
        let entry = cursor.next_key()?;
        let entity_type = self.ecosystem.entity(id).entity_type;
        Some(match self.ecosystem.member(entity_type, &entry.key) {
            Some(Member::Field(at)) => self.field(FieldId::OfType(entity_type, at), entry, cursor),
            Some(Member::Relation(relation)) => self.relation(relation, entry, cursor),
            None => self.common(entry, cursor),
        })
    }

    fn page(&self, mut cursor: Cursor<'_>) -> Option<Meaning> {
        let entry = cursor.next_key()?;
        Some(match &*entry.key {
            "view" if !cursor.is_at_end() => self.view(entry, cursor)?,
            _ => self.common(entry, cursor),
        })
    }

    /// A key that every entity or page may have, or its value.
    fn common(&self, entry: &Entry, mut cursor: Cursor<'_>) -> Meaning {
        let inner = cursor.next_key();
        if cursor.on_key() {
            return Meaning::Key(inner.unwrap_or(entry).key.clone());
        }
        match &*entry.key {
            "title" => {
                let lang = inner.and_then(|inner| self.ecosystem.config.languages.find(&inner.key));
                Meaning::Title(lang.unwrap_or(self.lang))
            }
            "image" if inner.is_none_or(|inner| &*inner.key == "src") => self.file(cursor.value()),
            key => Meaning::Value(key.into()),
        }
    }

    /// The key or a value of a field, of an attribute, or of a field of records.
    fn field(&self, id: FieldId, entry: &Entry, mut cursor: Cursor<'_>) -> Meaning {
        let field = self.ecosystem.field(id);
        let number = if field.many { cursor.next_item().unwrap_or_default() } else { 0 };
        let mut inner = cursor.next_key();
        // A record with attributes is in the table of its value.
        if inner.is_some_and(|it| &*it.key == "value") && matches!(field.kind, Kind::Record(_)) && !cursor.is_at_end() {
            inner = cursor.next_key();
        }
        if let Some((column, inner)) = inner.and_then(|it| Some((self.ecosystem.column(id, &it.key)?, it))) {
            return self.field(column, inner, cursor);
        }
        if let Some((attribute, inner)) = inner.and_then(|it| Some((self.ecosystem.attribute(id, &it.key)?, it))) {
            return self.field(attribute, inner, cursor);
        }
        match (cursor.on_key(), inner) {
            (true, None) => Meaning::Field(id),
            (true, Some(inner)) => Meaning::Key(inner.key.clone()),
            (false, inner)
                if matches!(field.kind, Kind::Image(_)) && inner.is_none_or(|inner| &*inner.key == "src") =>
            {
                self.file(cursor.value().or(Some(&entry.value)))
            }
            (false, _) => self.ecosystem.value_meaning(id, number, cursor.value().unwrap_or(&entry.value)),
        }
    }

    /// The key of a relation, a target of it, or an attribute of a link.
    fn relation(&self, id: RelationId, entry: &Entry, mut cursor: Cursor<'_>) -> Meaning {
        cursor.next_item();
        let target = |value: Option<&Value>| {
            let name = value.unwrap_or(&entry.value).as_text();
            Meaning::Target(id, name.and_then(|name| self.ecosystem.target_named(id, name)))
        };
        let Some(inner) = cursor.next_key() else {
            let in_braces = cursor.value().is_some_and(|value| value.as_table().is_some());
            return if cursor.on_key() || in_braces { Meaning::Relation(id) } else { target(cursor.value()) };
        };
        let attributes = &self.ecosystem.schema.relation(id).attributes;
        match attributes.iter().position(|attribute| attribute.id == inner.key) {
            Some(at) => self.field(FieldId::OfRelation(id, at), inner, cursor),
            None if cursor.on_key() => Meaning::Key(inner.key.clone()),
            None if &*inner.key == "to" => target(Some(&inner.value)),
            None => Meaning::Value(inner.key.clone()),
        }
    }

    /// A key or value of a page's view. The key `of` names types; other keys may name fields and relations of the first
    /// of these types.
    fn view(&self, view: &Entry, mut cursor: Cursor<'_>) -> Option<Meaning> {
        let entry = cursor.next_key()?;
        if cursor.on_key() {
            return Some(Meaning::Key(entry.key.clone()));
        }
        cursor.next_item();
        let schema = &self.ecosystem.schema;
        let name = cursor.value().unwrap_or(&entry.value).as_text();
        if &*entry.key == "of" {
            return Some(Meaning::Type(name.and_then(|name| schema.find(name))));
        }
        let entity_type = view.value.as_table()?.get("of").and_then(Value::as_text).and_then(|name| schema.find(name));
        let member = entity_type.zip(name).and_then(|(owner, name)| Some((owner, self.ecosystem.member(owner, name)?)));
        Some(match member {
            Some((owner, Member::Field(at))) => Meaning::Field(FieldId::OfType(owner, at)),
            Some((_, Member::Relation(relation))) => Meaning::Relation(relation),
            None => Meaning::Value(entry.key.clone()),
        })
    }

    /// A file of the content folder that a value names.
    fn file(&self, value: Option<&Value>) -> Meaning {
        let path = value.and_then(Value::as_text).and_then(|path| path::resolve(&self.source.path, path));
        let asset = path.and_then(|path| self.ecosystem.sources.asset(&path));
        let target = asset.map_or(Target::Nothing, |asset| Target::Asset(asset.path.clone(), None));
        Meaning::Link(LinkForm::Value, target)
    }
}
