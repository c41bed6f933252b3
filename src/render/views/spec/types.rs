//! Keys that name types.

use super::keys::Spec;
use crate::diagnostics::Code;
use crate::model::Meaning;
use crate::schema::{self, TypeId};
use crate::table::{Data, Value};

impl<'a> Spec<'a> {
    /// The type that the key `of` names.
    pub(crate) fn entity_type(&mut self) -> Option<TypeId> {
        self.required_type("of")
    }

    /// The type that a required key names.
    pub(crate) fn required_type(&mut self, key: &str) -> Option<TypeId> {
        let Some(value) = self.get(key) else {
            self.missing(key, &format!("{key} = \"actors\""));
            return None;
        };
        let name = self.reader.text(value)?;
        self.find_type(&name, value)
    }

    /// The types that the key `of` names: one, or a list that is not empty.
    pub(crate) fn entity_types(&mut self) -> Vec<TypeId> {
        let Some(value) = self.of() else { return Vec::new() };
        if matches!(&value.data, Data::Array(items) if items.is_empty()) {
            self.report("of", String::from("the view is of nothing"), "name a type, as in: of = [\"actors\"]");
        }
        self.types_in(value)
    }

    /// The types that an optional key names: one, or a list. None where the view does not have the key.
    pub(crate) fn optional_types(&mut self, key: &str) -> Option<Vec<TypeId>> {
        self.get(key).map(|value| self.types_in(value))
    }

    fn types_in(&mut self, value: &'a Value) -> Vec<TypeId> {
        let items = match &value.data {
            Data::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut types = Vec::new();
        for item in items {
            let entity_type = self.reader.text(item).and_then(|name| self.find_type(&name, item));
            types.extend(entity_type.filter(|entity_type| !types.contains(entity_type)));
        }
        types
    }

    fn of(&mut self) -> Option<&'a Value> {
        let value = self.get("of");
        if value.is_none() {
            self.missing("of", "of = \"actors\"");
        }
        value
    }

    fn find_type(&mut self, name: &str, value: &Value) -> Option<TypeId> {
        let entity_type = self.schema.find(name);
        if entity_type.is_none() {
            let hint = schema::hint_for_type(name, &self.schema.types);
            let problem = self.reader.problem(Code::UnknownType, value.span, format!("there is no type \"{name}\""));
            self.reader.report(problem.hint(hint));
        }
        if entity_type.is_some() {
            self.note(value.span, Meaning::Type(entity_type));
        }
        entity_type
    }
}
