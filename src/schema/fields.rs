//! Reads the fields of a type.
//!
//! In: the table of a field. Out: a [`Field`], unless it has no kind or its id is not allowed.

use super::declarations::{COMMON_KEYS, Field, is_id};
use crate::diagnostics::{self, Code};
use crate::locale::LocalText;
use crate::reader::Reader;
use crate::table::{Entry, Table, Value};
use crate::values::{Column, Declaration, Kind};

/// The keys that a field of every kind can have.
const COMMON_FIELD_KEYS: [&str; 12] = [
    "kind",
    "label",
    "help",
    "many",
    "required",
    "unique",
    "facet",
    "brief",
    "hidden",
    "schema_org",
    "after",
    "attributes",
];

/// The keys that a field can have.
pub(super) fn field_keys() -> impl Iterator<Item = &'static str> + Clone {
    COMMON_FIELD_KEYS.into_iter().chain(Kind::keys())
}

/// The keys that a relation can have.
pub(super) const RELATION_KEYS: &[&str] = &[
    "to",
    "one",
    "label",
    "help",
    "required",
    "facet",
    "brief",
    "hierarchy",
    "schema_org",
    "inverse",
    "to_itself",
    "attributes",
];

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
    let field = without_attributes(reader, entry, table)?;
    Some(Field { attributes: attributes(reader, table, "value", "the value itself"), ..field })
}

/// Reads the attributes that a value or a link can have: the table `attributes` of a field or a relation. In a profile,
/// `key` stands beside the attributes in one table, so it can't be one of them; `meaning` says what it is.
pub(super) fn attributes(reader: &mut Reader<'_>, table: &Table, key: &str, meaning: &str) -> Vec<Field> {
    let attributes = table.get("attributes").and_then(|value| reader.table(value));
    let entries = attributes.map(|table| table.entries.as_slice()).unwrap_or_default();
    entries.iter().filter_map(|entry| attribute(reader, entry, key, meaning)).collect()
}

fn attribute(reader: &mut Reader<'_>, entry: &Entry, key: &str, meaning: &str) -> Option<Field> {
    if *entry.key == *key {
        let message = format!("an attribute can't be called \"{key}\", because \"{key}\" is {meaning}");
        reader.report(reader.problem(Code::ReservedField, entry.key_span, message));
        return None;
    }
    let table = reader.table(&entry.value)?;
    for key in ["facet", "brief", "unique", "attributes"] {
        if let Some(flag) = table.entry(key) {
            let message = format!("an attribute can't have \"{key}\"");
            let problem = reader.problem(Code::BadField, flag.key_span, message);
            reader.report(problem.hint(format!("delete it: \"{key}\" is for fields and relations of a type")));
        }
    }
    if check_field_id(reader, entry) { without_attributes(reader, entry, table) } else { None }
}

/// Reads a field of a type, or an attribute.
fn without_attributes(reader: &mut Reader<'_>, entry: &Entry, table: &Table) -> Option<Field> {
    for entry in &table.entries {
        if field_keys().all(|key| key != &*entry.key) {
            if RELATION_KEYS.contains(&&*entry.key) {
                let message = format!("only relations can have \"{}\", and this field is not a relation", entry.key);
                let problem = reader.problem(Code::BadField, entry.key_span, message);
                reader.report(
                    problem.hint("delete it, or name the type that the relation leads to: to = \"id-of-the-type\""),
                );
            } else {
                reader.unknown_key(entry, "a field", field_keys());
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
    check_flag(reader, table, "facet", field.facet, &name, Kind::facets());
    check_flag(reader, table, "brief", field.brief, &name, Kind::briefs());
    Some(field)
}

/// Reports a flag that is set for a field of a kind that can't have it.
fn check_flag(
    reader: &mut Reader<'_>,
    table: &Table,
    key: &str,
    is_set: bool,
    name: &str,
    mut kinds: impl Iterator<Item = &'static str> + Clone,
) {
    let all = kinds.clone();
    if let Some(flag) = table.entry(key)
        && is_set
        && kinds.all(|kind| kind != name)
    {
        let message = format!("a field of kind \"{name}\" can't have \"{key}\"");
        let problem = reader.problem(Code::BadField, flag.key_span, message);
        let kinds = diagnostics::list_all(all);
        reader.report(problem.hint(format!("\"{key}\" is for relations and for the kinds {kinds}")));
    }
}

/// Reads the keys that fields and relations have in common.
pub(super) fn common(reader: &mut Reader<'_>, entry: &Entry, table: &Table, kind: Kind) -> Field {
    let mut flag = |key| table.get(key).and_then(|value| reader.boolean(value)).unwrap_or_default();
    let (many, required, unique) = (flag("many"), flag("required"), flag("unique"));
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
        unique,
        facet,
        brief,
        hidden,
        schema_org: table.get("schema_org").and_then(|value| reader.text(value)),
        attributes: Vec::new(),
        after: table.get("after").and_then(|value| Some((reader.text(value)?, reader.source.place(value.span)))),
    }
}

/// Reads the kind of a field and the keys that belong to it.
fn kind(reader: &mut Reader<'_>, name: &str, kind: &Entry, table: &Table) -> Option<Kind> {
    for key in Kind::keys().filter(|key| !Kind::keys_of(name).contains(key)) {
        if let Some(entry) = table.entry(key) {
            let message = format!("a field of kind \"{name}\" can't have \"{key}\"");
            let problem = reader.problem(Code::BadField, entry.key_span, message);
            reader.report(problem.hint("delete it, or change the kind"));
        }
    }
    let mut declared = Kind::declare(name, &mut Declaration { reader, kind, table });
    if let Some(Kind::Record(record)) = &mut declared {
        record.columns = columns(reader, kind, table);
    }
    if declared.is_none() {
        let problem = reader.problem(Code::UnknownKind, kind.value.span, format!("there is no kind \"{name}\""));
        let names = Kind::NAMES.iter().copied();
        let hint = diagnostics::did_you_mean(name, names.clone());
        let hint = hint.unwrap_or_else(|| format!("the kinds are {}", diagnostics::list_all(names)).into());
        reader.report(problem.hint(hint));
    }
    declared
}

/// The keys of a field that a field of a record can't have.
const NOT_IN_RECORDS: [&str; 8] = ["many", "unique", "facet", "brief", "hidden", "schema_org", "attributes", "after"];

/// Reads the fields of a record.
fn columns(reader: &mut Reader<'_>, kind: &Entry, table: &Table) -> Vec<Column<Kind>> {
    let entries = table.get("fields").and_then(|value| reader.table(value)).map(|table| table.entries.as_slice());
    let columns: Vec<Column<Kind>> =
        entries.unwrap_or_default().iter().filter_map(|entry| column(reader, entry)).collect();
    if columns.is_empty() {
        reader.missing(kind.value.span, "a record", "fields", "fields.date = { kind = \"date\" }");
    }
    columns
}

fn column(reader: &mut Reader<'_>, entry: &Entry) -> Option<Column<Kind>> {
    let table = reader.table(&entry.value)?;
    if !is_id(&entry.key, true) {
        check_field_id(reader, entry);
        return None;
    }
    if let Some(to) = table.entry("to") {
        let problem = reader.problem(Code::BadField, to.key_span, "a field of a record can't be a relation");
        reader.report(problem.hint("make the record a type of its own, which can have relations"));
        return None;
    }
    for flag in NOT_IN_RECORDS.into_iter().filter_map(|key| table.entry(key)) {
        let message = format!("a field of a record can't have \"{}\"", flag.key);
        let problem = reader.problem(Code::BadField, flag.key_span, message);
        reader.report(problem.hint(format!("delete it: \"{}\" is for the fields of a type", flag.key)));
    }
    if table.get("kind").and_then(Value::as_text) == Some("record") {
        let problem = reader.problem(Code::BadField, entry.key_span, "a record can't have records inside");
        reader.report(problem.hint("make it a type of its own, and relate the two"));
        return None;
    }
    let Field { id, place, label, help, kind, required, .. } = field(reader, entry, table)?;
    Some(Column { id, place, label, help, kind, required })
}
