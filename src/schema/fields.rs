//! Reads the fields of a type.
//!
//! In: the table of a field. Out: a [`Field`], unless it has no kind or its id is not allowed.

use regex::Regex;

use super::declarations::{COMMON_KEYS, Field, is_id};
use super::kind::{Choice, Kind};
use crate::diagnostics::{self, Code};
use crate::locale::LocalText;
use crate::reader::Reader;
use crate::table::{Entry, Table, Value};

/// The keys that a field can have.
pub(super) const FIELD_KEYS: &[&str] = &[
    "kind",
    "label",
    "help",
    "many",
    "required",
    "facet",
    "brief",
    "hidden",
    "schema_org",
    "pattern",
    "min",
    "max",
    "unit",
    "choices",
];
/// The keys that a relation can have.
pub(super) const RELATION_KEYS: &[&str] =
    &["to", "one", "label", "help", "required", "facet", "brief", "hierarchy", "schema_org", "inverse", "attributes"];

/// Checks the id of a field, a relation or a derived relation. Returns whether it is allowed.
pub(super) fn check_field_id(reader: &mut Reader<'_>, entry: &Entry) -> bool {
    let is_reserved = COMMON_KEYS.iter().chain(&["id", "type", "url"]).any(|key| **key == *entry.key);
    if is_reserved {
        let problem =
            reader.problem(Code::ReservedField, entry.key_span, format!("\"{}\" is a key of every entity", entry.key));
        reader.report(problem.hint("give the field another name"));
    } else if !is_id(&entry.key, true) {
        let problem =
            reader.problem(Code::BadId, entry.key_span, format!("\"{}\" can't be the id of a field", entry.key));
        reader.report(problem.hint("use only small letters without accents, digits, hyphens and underscores"));
    }
    !is_reserved && is_id(&entry.key, true)
}

/// Reads a field that is not a relation.
pub(super) fn field(reader: &mut Reader<'_>, entry: &Entry, table: &Table) -> Option<Field> {
    for entry in &table.entries {
        if !FIELD_KEYS.contains(&&*entry.key) {
            if RELATION_KEYS.contains(&&*entry.key) {
                let message = format!("only relations can have \"{}\", and this field is not a relation", entry.key);
                let problem = reader.problem(Code::BadField, entry.key_span, message);
                reader.report(
                    problem.hint("delete it, or name the type that the relation leads to: to = \"id-of-the-type\""),
                );
            } else {
                reader.unknown_key(entry, "a field", FIELD_KEYS.iter().copied());
            }
        }
    }
    let Some(kind_entry) = table.entry("kind") else {
        let problem = reader.problem(
            Code::MissingField,
            entry.key_span,
            format!("the field \"{}\" needs a \"kind\", or \"to\" if it is a relation", entry.key),
        );
        reader.report(problem.hint(format!("the kinds are {}", diagnostics::list_all(Kind::NAMES.iter().copied()))));
        return None;
    };
    let name = reader.text(&kind_entry.value)?;
    let kind = kind(reader, &name, kind_entry, table)?;
    let field = common(reader, entry, table, kind);
    for (key, is_set) in [("facet", field.facet), ("brief", field.brief)] {
        if let Some(flag) = table.entry(key)
            && is_set
            && !field.kind.is_facet()
        {
            let message = format!("a field of kind \"{name}\" can't have \"{key}\"");
            let kinds = diagnostics::list_all(Kind::FACETS.iter().copied());
            let problem = reader.problem(Code::BadField, flag.key_span, message);
            reader.report(problem.hint(format!("\"{key}\" is for relations and for the kinds {kinds}")));
        }
    }
    Some(field)
}

/// Reads the keys that fields and relations have in common.
pub(super) fn common(reader: &mut Reader<'_>, entry: &Entry, table: &Table, kind: Kind) -> Field {
    let mut flag = |key| table.get(key).and_then(|value| reader.boolean(value)).unwrap_or_default();
    let (many, required) = (flag("many"), flag("required"));
    let (facet, brief, hidden) = (flag("facet"), flag("brief"), flag("hidden"));
    let label = table.get("label").and_then(|value| reader.localised(value));
    Field {
        id: entry.key.clone(),
        place: reader.source.place(entry.key_span),
        label: label.unwrap_or_else(|| LocalText::only_default(entry.key.clone())),
        help: table.get("help").and_then(|value| reader.localised(value)).unwrap_or_default(),
        kind,
        many,
        required,
        facet,
        brief,
        hidden,
        schema_org: table.get("schema_org").and_then(|value| reader.text(value)),
    }
}

fn kind(reader: &mut Reader<'_>, name: &str, kind_entry: &Entry, table: &Table) -> Option<Kind> {
    let allowed: &[&str] = match name {
        "text" => &["pattern"],
        "integer" | "number" => &["min", "max", "unit"],
        "year" => &["min", "max"],
        "choice" => &["choices"],
        _ => &[],
    };
    for key in ["pattern", "min", "max", "unit", "choices"] {
        if let Some(entry) = table.entry(key)
            && !allowed.contains(&key)
        {
            let message = format!("a field of kind \"{name}\" can't have \"{key}\"");
            reader
                .report(reader.problem(Code::BadField, entry.key_span, message).hint("delete it, or change the kind"));
        }
    }
    let (min, max) = (bound(reader, table, "min"), bound(reader, table, "max"));
    if let (Some(min), Some(max), Some(entry)) = (min, max, table.entry("max"))
        && min > max
    {
        reader.report(reader.problem(Code::BadField, entry.value.span, "\"max\" is smaller than \"min\""));
    }
    let unit = table.get("unit").filter(|_| allowed.contains(&"unit")).and_then(|value| reader.localised(value));
    Some(match name {
        "text" => Kind::Text { pattern: table.get("pattern").and_then(|value| pattern(reader, value)) },
        "markdown" => Kind::Markdown,
        "integer" => Kind::Integer { min, max, unit },
        "number" => Kind::Number { min, max, unit },
        "boolean" => Kind::Boolean,
        "year" => Kind::Year { min, max },
        "date" => Kind::Date,
        "url" => Kind::Url,
        "email" => Kind::Email,
        "point" => Kind::Point,
        "choice" => Kind::Choice(choices(reader, kind_entry, table)),
        "image" => Kind::Image,
        _ => {
            let problem =
                reader.problem(Code::UnknownKind, kind_entry.value.span, format!("there is no kind \"{name}\""));
            let kinds = Kind::NAMES.iter().copied();
            let hint = diagnostics::did_you_mean(name, kinds.clone());
            reader.report(
                problem.hint(hint.unwrap_or_else(|| format!("the kinds are {}", diagnostics::list_all(kinds)))),
            );
            return None;
        }
    })
}

fn bound(reader: &mut Reader<'_>, table: &Table, key: &str) -> Option<f64> {
    table.get(key).and_then(|value| reader.number(value))
}

fn pattern(reader: &mut Reader<'_>, value: &Value) -> Option<Regex> {
    let text = reader.text(value)?;
    // The whole text has to match, as in HTML's `pattern`.
    match regex::RegexBuilder::new(&format!("^(?:{text})$")).size_limit(1 << 20).build() {
        Ok(regex) => Some(regex),
        Err(error) => {
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            let message = format!("\"{text}\" is not a valid regular expression");
            reader.report(reader.problem(Code::BadPattern, value.span, message).hint(reason));
            None
        }
    }
}

fn choices(reader: &mut Reader<'_>, kind_entry: &Entry, table: &Table) -> Vec<Choice> {
    let Some(value) = table.get("choices") else {
        let problem =
            reader.problem(Code::BadField, kind_entry.value.span, "a field of kind \"choice\" needs \"choices\"");
        reader.report(problem.hint("add: choices = { yes = { fr = \"Oui\", en = \"Yes\" } }"));
        return Vec::new();
    };
    let Some(choices) = reader.table(value) else { return Vec::new() };
    if choices.entries.is_empty() {
        let problem = reader.problem(Code::BadField, value.span, "\"choices\" is empty");
        reader.report(problem.hint("declare at least one: choices = { yes = { fr = \"Oui\", en = \"Yes\" } }"));
    }
    choices
        .entries
        .iter()
        .map(|entry| Choice {
            id: entry.key.clone(),
            label: reader.localised(&entry.value).unwrap_or_else(|| LocalText::only_default(entry.key.clone())),
        })
        .collect()
}
