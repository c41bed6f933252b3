//! The differences between two states of a site, told by its schema.
//!
//! In: two checked sites. Out: a [`Comparison`]: which entities and pages are new, gone, renamed or changed, with their
//! fields, texts, relations and addresses; derived relations, the schema, and diagnostics that come or go. A relation is
//! told once, at the end that declares it.

mod shapes;
mod matching;
mod values;
mod entities;
mod pages;
mod derived;
mod schema;
mod sentences;
mod human;
mod markdown;
mod html;

use crate::compile::Checked;
use crate::diagnostics;
use crate::locale::Lang;
use matching::Matching;

pub use html::html;
pub use human::human;
pub use markdown::markdown;
pub use shapes::{
    AddressChange, ByLanguage, Changed, Comparison, DerivedChange, EntityChange, FieldChange, Kind, RelationChange,
    TextChange,
};

/// The differences between two states of a site. `lang` is the language of labels and titles in texts for people.
pub fn compare(before: &Checked, after: &Checked, lang: Lang) -> Comparison {
    let matching = Matching::new(before, after);
    let sides = entities::Sides { before, after, matching: &matching, lang };
    Comparison {
        entities: entities::changes(&sides),
        derived: derived::changes(&sides),
        schema: schema::changes(&before.ecosystem, &after.ecosystem),
        pages: pages::changes(&sides),
        new: diagnostics::only_in(&after.diagnostics, &before.diagnostics),
        gone: diagnostics::only_in(&before.diagnostics, &after.diagnostics),
    }
}
