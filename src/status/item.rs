//! A piece of work.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Ecosystem, EntityId};

/// The list of work of a site, heaviest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    /// The pieces of work.
    pub items: Vec<Item>,
}

impl Status {
    /// How many pieces there are of each kind.
    pub fn totals(&self) -> BTreeMap<Kind, usize> {
        let mut totals = BTreeMap::new();
        self.items.iter().for_each(|item| *totals.entry(item.kind).or_default() += 1);
        totals
    }
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Two profiles may be of the same thing.
    Duplicate,
    /// A draft lacks required facts, or a profile lacks what nearly all others of its type have.
    Incomplete,
    /// No source is named.
    Unsourced,
    /// A figure does not say when it holds.
    Undated,
    /// Nothing leads to it or from it.
    Unrelated,
    /// Texts mention it, and no relation does.
    Mentioned,
    /// A text mentions others that no relation joins with it.
    InProseOnly,
    /// Its facts were last verified long ago.
    Stale,
    /// Its facts were never verified.
    NeverVerified,
    /// A link leads to an outside address that is dead.
    DeadLink,
    /// A text in a language is older than the original.
    Behind,
    /// A text is missing in a language.
    Untranslated,
    /// A picture has no text for those who can't see it.
    NoAlternativeText,
}

impl Kind {
    /// The name of the kind, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Incomplete => "incomplete",
            Self::Unsourced => "unsourced",
            Self::Undated => "undated",
            Self::Unrelated => "unrelated",
            Self::Mentioned => "mentioned",
            Self::InProseOnly => "in-prose-only",
            Self::Stale => "stale",
            Self::NeverVerified => "never-verified",
            Self::DeadLink => "dead-link",
            Self::Behind => "behind",
            Self::Untranslated => "untranslated",
            Self::NoAlternativeText => "no-alternative-text",
        }
    }
}

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// What is to be done.
    pub kind: Kind,
    /// The entity, as `type/id`.
    pub entity: String,
    /// The language that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The field or relation that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Since when it is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// A sentence.
    pub message: String,
    /// How much it is worth, from 0; about 100 at most.
    pub weight: f64,
    /// The file in which it is done.
    pub path: String,
    /// The number of the entity.
    #[serde(skip)]
    pub id: EntityId,
}

impl Item {
    /// A piece of work about an entity.
    pub(super) fn new(ecosystem: &Ecosystem, id: EntityId, kind: Kind, weight: f64, message: String) -> Self {
        Self {
            kind,
            entity: name(ecosystem, id),
            lang: None,
            field: None,
            since: None,
            message,
            weight,
            path: ecosystem.entity(id).place.path.to_string(),
            id,
        }
    }
}

/// `type/id`
pub(super) fn name(ecosystem: &Ecosystem, id: EntityId) -> String {
    let entity = ecosystem.entity(id);
    format!("{}/{}", ecosystem.schema.get(entity.entity_type).id, entity.id)
}

/// How many others lead to an entity.
pub(super) fn incoming(ecosystem: &Ecosystem, id: EntityId) -> usize {
    let inverses = &ecosystem.schema.get(ecosystem.entity(id).entity_type).inverses;
    inverses.iter().map(|relation| ecosystem.statements_about(id, *relation).count()).sum()
}
