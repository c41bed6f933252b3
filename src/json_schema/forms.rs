//! Forms that several schemas have: texts by language, keys with their descriptions.

use serde_json::{Map, Value, json};

use crate::locale::{Lang, LocalText};
use crate::manual;
use crate::model::Ecosystem;

/// What the schemas of a site have in common.
pub(super) struct Forms<'a> {
    pub ecosystem: &'a Ecosystem,
    /// The language of titles and descriptions.
    pub lang: Lang,
    /// A text for people: a text, or texts by language.
    pub text: Value,
}

impl<'a> Forms<'a> {
    pub(super) fn new(ecosystem: &'a Ecosystem, lang: Lang) -> Self {
        let text = by_language(ecosystem, &json!({ "type": "string" }));
        Self { ecosystem, lang, text }
    }

    /// A value, or a table of values by language.
    pub(super) fn by_language(&self, value: &Value) -> Value {
        by_language(self.ecosystem, value)
    }

    /// The labels and the help of something, as a title and a description.
    pub(super) fn described(&self, mut schema: Value, label: &LocalText, help: &LocalText) -> Value {
        schema["title"] = label.text(self.lang).into();
        if !help.text(self.lang).is_empty() {
            schema["description"] = help.text(self.lang).into();
        }
        schema
    }
}

fn by_language(ecosystem: &Ecosystem, value: &Value) -> Value {
    let tags = ecosystem.config.languages.tags();
    let properties: Map<String, Value> = tags.map(|tag| (tag.to_owned(), value.clone())).collect();
    let default = ecosystem.config.languages.tag(Lang::DEFAULT);
    let table = json!({
        "type": "object",
        "properties": properties,
        "required": [default],
        "additionalProperties": false,
    });
    json!({ "anyOf": [value, table] })
}

/// A table with these keys. Their descriptions are those of a section of FORMAT.md.
pub(super) fn table(section: &str, keys: Vec<(&str, Value)>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, mut schema) in keys {
        if let Some(key) = manual::key(section, name) {
            let absent = match key.absent.as_str() {
                "" | "an error" => String::new(),
                absent => format!("\n\nIf absent: {absent}"),
            };
            schema["description"] = format!("{}{absent}", key.value).into();
            if key.required {
                required.push(name.to_owned());
            }
        }
        properties.insert(name.to_owned(), schema);
    }
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// The head of a schema file.
pub(super) fn file(title: &str, mut schema: Value) -> Value {
    let head = json!({ "$schema": "http://json-schema.org/draft-07/schema#", "title": title });
    let (Value::Object(mut all), Value::Object(inner)) = (head, schema.take()) else { return Value::Null };
    all.extend(inner);
    Value::Object(all)
}

pub(super) fn string() -> Value {
    json!({ "type": "string" })
}

pub(super) fn strings() -> Value {
    json!({ "type": "array", "items": string() })
}

pub(super) fn boolean() -> Value {
    json!({ "type": "boolean" })
}

/// One of several words.
pub(super) fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> Value {
    let words: Vec<&str> = words.into_iter().collect();
    json!({ "type": "string", "enum": words })
}

/// A duration, such as `18 months`.
pub(super) fn age() -> Value {
    json!({ "type": "string", "pattern": "^ *[0-9]+ +(day|week|month|year)s? *$" })
}
