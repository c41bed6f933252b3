//! Keys that a type does not declare and keeps, so that data from elsewhere can be read before its schema is complete.

use super::context::Context;
use super::members::{inverse, keys};
use crate::diagnostics::{self, Code};
use crate::model::entity::Extra;
use crate::reader::Reader;
use crate::schema::{Type, is_id};
use crate::table::{Data, Entry, Value};

/// Whether a key that a type does not declare is kept.
pub(super) fn is_extra(context: &Context<'_>, entity_type: &Type, entry: &Entry) -> bool {
    let is_reserved = ["id", "type", "url"].contains(&&*entry.key);
    entity_type.extra && is_id(&entry.key, true) && !is_reserved && inverse(context, entity_type, &entry.key).is_none()
}

/// Reads the values of such a key as texts, with a warning.
pub(super) fn extra(context: &Context<'_>, reader: &mut Reader<'_>, entity_type: &Type, entry: &Entry) -> Extra {
    let hint = diagnostics::did_you_mean(&entry.key, keys(context, entity_type).iter().copied())
        .unwrap_or_else(|| format!("declare it in _type.toml: [fields.{}]", entry.key).into());
    let message =
        format!("the type \"{}\" does not declare \"{}\", which is kept as a text", entity_type.id, entry.key);
    reader.report(reader.problem(Code::ExtraKey, entry.key_span, message).hint(hint));
    let text = |value: &Value| -> Box<str> {
        match &value.data {
            Data::Text(text) | Data::Date(text) => text.clone(),
            _ => reader.source.text[value.span.range()].into(),
        }
    };
    let (texts, many) = match &entry.value.data {
        Data::Array(items) => (items.iter().map(text).collect(), true),
        _ => (vec![text(&entry.value)], false),
    };
    Extra { key: entry.key.clone(), texts, many }
}
