//! What happened to a profile.

use super::ids::EntityId;
use crate::locale::Lang;
use crate::schema::TypeId;
use crate::values::Date;

/// What happened to a profile on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day, in UTC.
    pub date: Date,
    /// The profile.
    pub subject: EventSubject,
    /// What happened.
    pub kind: EventKind,
}

/// The profile that something happened to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventSubject {
    /// One that is published.
    Entity(EntityId),
    /// One that is no longer there: its type and its title.
    Gone(TypeId, Box<str>),
}

/// What happened to a profile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// It is new.
    Added,
    /// These parts changed, in the order of the schema. Empty if nothing more is known.
    Changed(Vec<Part>),
    /// It was taken away.
    Removed,
}

/// A part of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Its title and its other names.
    Names,
    /// Its summary.
    Summary,
    /// A field or a relation, by its number in the type.
    Member(usize),
    /// Its prose.
    Prose,
    /// Its picture.
    Image,
    /// The day on which its facts were verified.
    Verified,
    /// Its texts in another language.
    Translation(Lang),
}

impl EventKind {
    /// Joins what happened to one profile on one day.
    pub(in crate::model) fn join(&mut self, other: Self) {
        match (self, other) {
            (Self::Changed(parts), Self::Changed(others)) => {
                parts.extend(others);
                parts.sort();
                parts.dedup();
            }
            (kind @ Self::Changed(_), other) => *kind = other,
            _ => {}
        }
    }
}
