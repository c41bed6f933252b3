//! Entities: everything that has a type.

use std::ops::Range;
use std::sync::Arc;

use super::body::Body;
use super::date::Date;
use super::ids::EntityId;
use super::value::{FieldValue, FieldValues, Image};
use crate::locale::{Lang, LocalText, Localised};
use crate::schema::TypeId;
use crate::text::{Place, Span};

/// Something of a type.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its type.
    pub entity_type: TypeId,
    /// Its id, unique in its type.
    pub id: Box<str>,
    /// Where it is written: its title, or its table in a list.
    pub place: Place,
    /// Its name.
    pub title: LocalText,
    /// What it is, in a sentence.
    pub summary: LocalText,
    /// Its other names.
    pub aliases: Localised<Vec<Box<str>>>,
    /// A picture of it.
    pub image: Option<Image>,
    /// Whether it is not to be published yet.
    pub draft: bool,
    /// When it last changed.
    pub updated: Option<Date>,
    /// When its facts were last verified, and where that is said.
    pub verified: Option<(Date, Place)>,
    /// Its old paths.
    pub redirects: Vec<(Box<str>, Place)>,
    /// Its values, in the order of their fields.
    pub values: Vec<FieldValues>,
    /// Its prose.
    pub body: Localised<Body>,
    /// The file of each language.
    pub files: Localised<Arc<str>>,
    /// The languages in which all is said that is said in the default one, as bits.
    pub translated: u64,
}

impl Entity {
    /// The values of a field; none where it is not given.
    pub fn values(&self, field: usize) -> &[FieldValue] {
        match self.values.binary_search_by_key(&field, |values| usize::from(values.field)) {
            Ok(at) => &self.values[at].values,
            Err(_) => &[],
        }
    }

    /// The place of a span in the file of the default language, where facts are.
    pub(in crate::model) fn place_of(&self, span: Span) -> Place {
        let path = self.files.exactly(Lang::DEFAULT).unwrap_or(&self.place.path);
        Place { path: path.clone(), span }
    }

    /// Where the values of a field are written, in their order: each in the file of the default language.
    pub fn places(&self, field: usize) -> impl Iterator<Item = Place> + '_ {
        let values = self.values.iter().filter(move |values| usize::from(values.field) == field);
        values.flat_map(|values| &values.spans).map(|span| self.place_of(*span))
    }

    /// All prose of the entity: its own, then that of its values.
    pub(in crate::model) fn bodies(&self) -> impl Iterator<Item = (Lang, &Body)> {
        let values = self.values.iter().flat_map(|values| &values.values);
        self.body.iter().chain(values.flat_map(FieldValue::bodies))
    }

    /// What exists in the default language but not in this one.
    pub(in crate::model) fn untranslated(&self, lang: Lang) -> Vec<&'static str> {
        let mut missing = Vec::new();
        // A title is often a name, the same in every language; it is missing only where it is given by language.
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

    /// Whether all is said in this language that is said in the default one.
    pub fn is_translated(&self, lang: Lang) -> bool {
        self.translated & (1 << lang.0) != 0
    }
}

/// The numbers of the entities of each type.
pub(in crate::model) fn ranges(entities: &[Entity], types: usize) -> Vec<Range<u32>> {
    let mut at = 0;
    (0..types as u16)
        .map(|entity_type| {
            let start = at;
            while entities.get(at).is_some_and(|entity| entity.entity_type.0 == entity_type) {
                at += 1;
            }
            start as u32..at as u32
        })
        .collect()
}

/// The entity of a type with this id.
pub(in crate::model) fn find(
    entities: &[Entity],
    by_type: &[Range<u32>],
    entity_type: TypeId,
    id: &str,
) -> Option<EntityId> {
    let range = &by_type[usize::from(entity_type.0)];
    let slice = &entities[range.start as usize..range.end as usize];
    slice.binary_search_by(|entity| (*entity.id).cmp(id)).ok().map(|at| EntityId(range.start + at as u32))
}
