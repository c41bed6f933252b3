//! What happened to a profile.

use super::ids::EntityId;
use crate::history::Sides;
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
    Changed(Vec<Difference>),
    /// It was taken away.
    Removed,
}

/// A part of a profile that changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The part.
    pub part: Part,
    /// What its file said; `None` if that is not known, or long.
    pub sides: Option<Sides>,
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
    /// Joins what happened to one profile on one day: this, and what happened before it.
    pub(in crate::model) fn join(&mut self, before: Self) {
        match (self, before) {
            (Self::Changed(differences), Self::Changed(earlier)) => {
                for other in earlier {
                    match differences.iter_mut().find(|difference| difference.part == other.part) {
                        Some(difference) => difference.sides = joined(difference.sides.take(), other.sides),
                        None => differences.push(other),
                    }
                }
                differences.sort();
            }
            (kind @ Self::Changed(_), before) => *kind = before,
            _ => {}
        }
    }
}

/// Two changes of one value as one.
fn joined(later: Option<Sides>, earlier: Option<Sides>) -> Option<Sides> {
    Some(Sides { old: earlier?.old, new: later?.new })
}
