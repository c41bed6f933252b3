//! Entities: everything that has a type.

use std::ops::Range;
use std::sync::Arc;

use super::body::Body;
use super::ids::EntityId;
use super::value::{FieldValue, FieldValues};
use crate::locale::{Lang, LocalText, Localised};
use crate::schema::TypeId;
use crate::text::{Place, Span};
use crate::values::{Date, Frame, Image};

/// An entity: something that has a type, such as an organisation or a project.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its type.
    pub entity_type: TypeId,
    /// Its id, unique in its type.
    pub id: Box<str>,
    /// The start of its file, or the name of its table in a list.
    pub place: Place,
    /// Its name.
    pub title: LocalText,
    /// What it is, in a sentence.
    pub summary: LocalText,
    /// Its other names.
    pub aliases: Localised<Vec<Box<str>>>,
    /// Words that people search for and that its page does not show.
    pub keywords: Localised<Vec<Box<str>>>,
    /// A picture of it.
    pub image: Option<Image>,
    /// How the picture is shown, where this is not as in the type.
    pub frame: Frame,
    /// Whether it is left out of the published site.
    pub draft: bool,
    /// When it last changed.
    pub updated: Option<Date>,
    /// When its facts were last verified, and the place of that date in the content.
    pub verified: Option<(Date, Place)>,
    /// Its former paths on the site.
    pub redirects: Vec<(Box<str>, Place)>,
    /// Its values, in the order of their fields.
    pub values: Vec<FieldValues>,
    /// The values of keys that its type does not declare, in the order of the file.
    pub extra: Vec<Extra>,
    /// Its prose.
    pub body: Localised<Body>,
    /// The file of each language.
    pub files: Localised<Arc<str>>,
    /// The day on which each translation was last compared with the original, as it says itself.
    pub translated_on: Localised<Date>,
    /// The languages that have every text of the default language, as a bit set by [`Lang`].
    pub translated: u64,
}

/// The values of a key that the type does not declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// The key.
    pub key: Box<str>,
    /// The values, as they are written.
    pub texts: Vec<Box<str>>,
    /// Whether they are in a list.
    pub many: bool,
}

impl Entity {
    /// The values of a field; empty if the entity has none.
    pub fn values(&self, field: usize) -> &[FieldValue] {
        self.values_of(field).map(|values| values.values.as_slice()).unwrap_or_default()
    }

    /// The values of a field, with their attributes and places; none if the entity has no value.
    pub fn values_of(&self, field: usize) -> Option<&FieldValues> {
        let at = self.values.binary_search_by_key(&field, |values| values.field);
        at.ok().map(|at| &self.values[at])
    }

    /// The values of a field with their places.
    pub(in crate::model) fn placed_values(&self, field: usize) -> impl Iterator<Item = (&FieldValue, Place)> {
        let at = self.values.binary_search_by_key(&field, |values| values.field).ok();
        let values = at.map(|at| &self.values[at]);
        let pairs = values.into_iter().flat_map(|values| values.values.iter().zip(&values.spans));
        pairs.map(|(value, span)| (value, self.place_of(*span)))
    }

    /// The place of a span in the file of the default language, the only one with facts.
    pub(in crate::model) fn place_of(&self, span: Span) -> Place {
        let path = self.files.exactly(Lang::DEFAULT).unwrap_or(&self.place.path);
        Place { path: path.clone(), span }
    }

    /// The places of a field's values in the file of the default language, in the order of the values.
    pub fn places(&self, field: usize) -> impl Iterator<Item = Place> + '_ {
        self.values_of(field).into_iter().flat_map(|values| &values.spans).map(|span| self.place_of(*span))
    }

    /// The prose of the entity, then the prose of its values.
    pub(in crate::model) fn bodies(&self) -> impl Iterator<Item = (Lang, &Body)> {
        self.body.iter().chain(self.values.iter().flat_map(FieldValues::bodies))
    }

    /// The texts that exist in the default language but not in this one.
    pub(crate) fn untranslated(&self, lang: Lang) -> Vec<&'static str> {
        let mut missing = Vec::new();
        // A title is often a name that is the same in every language. It counts as missing only if it is given by
        // language.
        if self.title.exactly(lang).is_none() && self.title.iter().count() > 1 {
            missing.push("title");
        }
        if self.summary.exactly(lang).is_none() && self.summary.exactly(Lang::DEFAULT).is_some() {
            missing.push("summary");
        }
        if self.body.exactly(lang).is_none() && self.body.exactly(Lang::DEFAULT).is_some() {
            missing.push("prose");
        }
        missing
    }

    /// Whether every text that exists in the default language also exists in this one.
    pub fn is_translated(&self, lang: Lang) -> bool {
        self.translated & (1 << lang.0) != 0
    }
}

/// The range of entity numbers of each type; entities are sorted by type.
pub(in crate::model) fn ranges(entities: &[Arc<Entity>], types: usize) -> Vec<Range<u32>> {
    let mut at = 0;
    (0..types)
        .map(|entity_type| {
            let start = at;
            while entities.get(at).is_some_and(|entity| entity.entity_type.index() == entity_type) {
                at += 1;
            }
            start as u32..at as u32
        })
        .collect()
}

/// The entity of a type with this id.
pub(in crate::model) fn find(
    entities: &[Arc<Entity>],
    by_type: &[Range<u32>],
    entity_type: TypeId,
    id: &str,
) -> Option<EntityId> {
    let range = &by_type[entity_type.index()];
    let slice = &entities[range.start as usize..range.end as usize];
    slice.binary_search_by(|entity| (*entity.id).cmp(id)).ok().map(|at| EntityId(range.start + at as u32))
}
