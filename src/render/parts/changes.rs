//! What happened to profiles, in words.

use super::card::card;
use super::shapes::Change;
use super::sides;
use crate::model::{Difference, EntityId, Event, EventKind, EventSubject, Part};
use crate::render::scope::Scope;
use crate::render::words::Words;
use crate::schema::{Member, TypeId};

/// The most changes on the page of an entity.
const MOST: usize = 10;

/// The last changes of an entity, the newest first.
pub(crate) fn changes_of(scope: &Scope, id: EntityId) -> Vec<Change> {
    scope.ecosystem.events_of(id).take(MOST).map(|event| change(scope, event)).collect()
}

/// A change.
pub(crate) fn change(scope: &Scope, event: &Event) -> Change {
    let (kind, key, differences) = match &event.kind {
        EventKind::Added => ("added", "change.added", &[][..]),
        EventKind::Changed(differences) => ("changed", "change.changed", differences.as_slice()),
        EventKind::Removed => ("removed", "change.removed", &[][..]),
    };
    let (owner, title) = match &event.subject {
        EventSubject::Entity(id) => (scope.ecosystem.entity(*id).entity_type, scope.title(*id)),
        EventSubject::Gone(owner, title) => {
            (*owner, Words { text: title.to_string(), lang: crate::locale::Lang::DEFAULT })
        }
    };
    Change {
        date: event.date.to_string(),
        kind,
        words: word(scope, key),
        card: match event.subject {
            EventSubject::Entity(id) => Some(card(scope, id)),
            EventSubject::Gone(..) => None,
        },
        title,
        type_name: scope.words(&scope.ecosystem.schema.get(owner).name),
        parts: differences.iter().map(|difference| told(scope, owner, difference)).collect(),
    }
}

/// A change as a text: `Changed: Founded (2016 instead of 2015), Partners`.
pub(crate) fn sentence(scope: &Scope, event: &Event) -> String {
    let Change { words, parts, .. } = change(scope, event);
    let parts: Vec<String> = parts.into_iter().map(|part| part.text).collect();
    if parts.is_empty() { words.text } else { format!("{}{}{}", words.text, colon(scope), parts.join(", ")) }
}

fn colon(scope: &Scope) -> &str {
    scope.strings.get("colon").unwrap_or(": ")
}

/// The name of a part, with its values where they are short.
fn told(scope: &Scope, owner: TypeId, difference: &Difference) -> Words {
    let name = part_name(scope, owner, difference.part);
    match sides::words(scope, owner, difference) {
        Some(words) => Words { text: format!("{} ({words})", name.text), ..name },
        None => name,
    }
}

fn part_name(scope: &Scope, owner: TypeId, part: Part) -> Words {
    let owner = scope.ecosystem.schema.get(owner);
    match part {
        Part::Member(at) => scope.words(match owner.members[at] {
            Member::Field(field) => &owner.fields[field].label,
            Member::Relation(relation) => &scope.ecosystem.schema.relation(relation).label,
        }),
        Part::Names => word(scope, "change.names"),
        Part::Summary => word(scope, "change.summary"),
        Part::Prose => word(scope, "change.prose"),
        Part::Image => word(scope, "change.image"),
        Part::Verified => word(scope, "change.verified"),
        Part::Translation(lang) => Words { text: scope.language_names[lang.index()].clone(), lang },
    }
}

fn word(scope: &Scope, key: &str) -> Words {
    Words { text: scope.strings.get(key).unwrap_or(key).to_owned(), lang: scope.lang }
}
