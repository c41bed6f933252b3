//! Reads the keys of an axis: its property, its classes, its level, and whether it shows what is empty.

use crate::diagnostics;
use crate::model::Meaning;
use crate::render::views::spec::Spec;
use crate::schema::{Field, Property, TypeId};
use crate::table::Data;
use crate::values::Kind;

impl<'a> Spec<'a> {
    /// The field, relation or derived relation of a type that a key names; the key is required. `fits` says whether a
    /// field can be named by its kind.
    pub(crate) fn property(&mut self, entity_type: TypeId, key: &str, fits: fn(&Kind) -> bool) -> Option<Property> {
        let Some(value) = self.get(key) else {
            self.reader.missing(self.value.span, self.noun, key, &format!("{key} = \"the id of a field or relation\""));
            return None;
        };
        let name = self.reader.text(value)?;
        let schema = self.schema;
        let fields: &'a [Field] = &schema.get(entity_type).fields;
        let can_be = |property: &Property| match property {
            Property::Field(at) => fits(&fields[*at].kind),
            _ => true,
        };
        let property = schema.properties(entity_type).find(|(id, _)| *id == &*name).map(|(_, property)| property);
        match property {
            Some(Property::Field(at)) if !fits(&fields[at].kind) => {
                let kind = fields[at].kind.name();
                let message = format!("{} can't have a field of kind \"{kind}\" as its \"{key}\"", self.noun);
                let ids = schema.properties(entity_type).filter(|(_, it)| can_be(it)).map(|(id, _)| id);
                self.report(key, message, &format!("choose {}", diagnostics::list(ids)));
                None
            }
            Some(property) => {
                self.note(value.span, Meaning::property(entity_type, property));
                Some(property)
            }
            None => {
                let ids = || schema.properties(entity_type).filter(|(_, it)| can_be(it)).map(|(id, _)| id);
                self.unknown_member("field or relation", &name, entity_type, key, ids);
                None
            }
        }
    }

    /// An optional `true` or `false`: `Some(None)` where the view does not have the key, `None` where it is wrong.
    pub(crate) fn optional_boolean(&mut self, key: &str) -> Option<Option<bool>> {
        match self.get(key) {
            None => Some(None),
            Some(value) => self.reader.boolean(value).map(Some),
        }
    }

    /// An optional level of a hierarchy, written from 1, from 0 here. Gives the same as [`Spec::optional_boolean`].
    pub(crate) fn level(&mut self, key: &str) -> Option<Option<usize>> {
        let Some(value) = self.get(key) else { return Some(None) };
        let level = self.reader.integer(value)?;
        match usize::try_from(level - 1) {
            Ok(level) => Some(Some(level)),
            Err(_) => {
                self.report(key, format!("there is no level {level}"), "the highest level of a hierarchy is 1");
                None
            }
        }
    }

    /// The text or the integers that a key holds. Other items are reported and left out.
    pub(crate) fn text_or_integers(&mut self, key: &str) -> Result<&'a str, Vec<i64>> {
        match self.get(key).map(|value| &value.data) {
            Some(Data::Text(text)) => Ok(text),
            Some(Data::Array(items)) => Err(items.iter().filter_map(|item| self.reader.integer(item)).collect()),
            _ => Err(Vec::new()),
        }
    }
}
