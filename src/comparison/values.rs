//! Values, as JSON and in words.

use serde_json::{Map, Value as Json};

use super::shapes::ByLanguage;
use crate::locale::{Lang, LocalText};
use crate::model::{Attribute, Ecosystem, FieldValue, Link};
use crate::schema::Field;
use crate::values;

/// A text by the tags of languages.
pub(super) fn by_language(ecosystem: &Ecosystem, text: &LocalText) -> ByLanguage {
    let languages = &ecosystem.config.languages;
    text.iter().map(|(lang, text)| (languages.tag(lang).to_owned(), text.to_string())).collect()
}

/// Values as in the data: a list for a field that can have several; null for none.
pub(super) fn json(ecosystem: &Ecosystem, field: &Field, values: &[&FieldValue]) -> Json {
    let one = |value: &&FieldValue| {
        serde_json::to_value(values::Json { kind: &field.kind, value, config: &ecosystem.config }).unwrap_or_default()
    };
    match values {
        [] => Json::Null,
        [value] if !field.many => one(value),
        several => several.iter().map(one).collect(),
    }
}

/// Values in words; a dash for none.
pub(super) fn words(ecosystem: &Ecosystem, field: &Field, values: &[&FieldValue], lang: Lang) -> String {
    let one = |value: &&FieldValue| {
        let cell = |lang| field.kind.cell(value, &ecosystem.config, lang);
        let cell = Some(cell(lang)).filter(|cell| !cell.is_empty()).unwrap_or_else(|| cell(Lang::DEFAULT));
        let choice = field.kind.choices().iter().find(|choice| *choice.id == *cell);
        choice.map_or(cell, |choice| choice.label.text(lang).to_owned())
    };
    let words: Vec<String> = values.iter().map(one).collect();
    if words.is_empty() { String::from("–") } else { words.join(", ") }
}

/// The values of attributes by their fields, in the order of the declaration.
pub(super) fn grouped<'a>(
    declared: &'a [Field],
    attributes: &'a [Attribute],
) -> impl Iterator<Item = (&'a Field, Vec<&'a FieldValue>)> {
    declared.iter().enumerate().filter_map(move |(at, field)| {
        let own = attributes.iter().filter(|attribute| attribute.index == at);
        let values: Vec<&FieldValue> = own.map(|attribute| &attribute.value).collect();
        (!values.is_empty()).then_some((field, values))
    })
}

/// The attributes of a link as JSON.
pub(super) fn attributes(ecosystem: &Ecosystem, declared: &[Field], attributes: &[Attribute]) -> Json {
    let map: Map<String, Json> = grouped(declared, attributes)
        .map(|(field, values)| (field.id.to_string(), json(ecosystem, field, &values)))
        .collect();
    Json::Object(map)
}

/// The attributes of a link in words: `Coordinator, 2020`.
pub(super) fn attribute_words(ecosystem: &Ecosystem, link: &Link, lang: Lang) -> String {
    let declared = &ecosystem.schema.relation(link.relation).attributes;
    let words = grouped(declared, &link.attributes).filter_map(|(field, values)| match *values {
        // The label stands for yes.
        [FieldValue::Boolean(is_true)] => is_true.then(|| field.label.text(lang).to_owned()),
        _ => Some(words(ecosystem, field, &values, lang)),
    });
    words.collect::<Vec<_>>().join(", ")
}
