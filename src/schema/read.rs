//! Reads one `_type.toml`. References to other types are not resolved yet.

use regex::Regex;

use super::declarations::{COMMON_KEYS, Field, is_id};
use super::kind::{Choice, Kind};
use crate::config;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::{Languages, LocalText};
use crate::reader::Reader;
use crate::table::{self, Data, Entry, Table, Value};
use crate::text::{Place, SourceText, Span};

/// A type whose references to other types are still ids.
pub(super) struct TypeDraft {
    pub id: Box<str>,
    pub place: Place,
    pub name: LocalText,
    pub plural: LocalText,
    pub path: LocalText,
    pub schema_org: Option<Box<str>>,
    pub template: Option<(Box<str>, Place)>,
    pub sort: Option<(Box<str>, Place)>,
    pub citation: bool,
    pub stale_after: Option<jiff::Span>,
    pub members: Vec<MemberDraft>,
    pub derived: Vec<DerivedDraft>,
}

pub(super) enum MemberDraft {
    Field(Field),
    Relation(RelationDraft),
}

pub(super) struct RelationDraft {
    pub field: Field,
    pub to: Vec<(Box<str>, Place)>,
    pub one: bool,
    /// The position of `hierarchy = true`.
    pub hierarchy: Option<Place>,
    pub inverse: Option<(Box<str>, Place, Option<LocalText>)>,
    pub attributes: Vec<Field>,
}

pub(super) struct DerivedDraft {
    pub id: Box<str>,
    pub place: Place,
    pub label: LocalText,
    pub path: Vec<(Box<str>, Place)>,
}

const TYPE_KEYS: &[&str] =
    &["name", "plural", "path", "schema_org", "template", "sort", "citation", "stale_after", "fields", "derived"];
const FIELD_KEYS: &[&str] = &[
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
const RELATION_KEYS: &[&str] =
    &["to", "one", "label", "help", "required", "facet", "brief", "hierarchy", "schema_org", "inverse", "attributes"];

/// Reads the type that a file declares; `id` is the name of its folder.
pub(super) fn type_file(id: &str, source: &SourceText, languages: &Languages) -> (TypeDraft, Vec<Diagnostic>) {
    let (table, errors) = table::parse(&source.text, 0);
    let mut reader = Reader::new(source, languages);
    for error in errors {
        reader.report(reader.problem(Code::TomlSyntax, error.span, error.message));
    }
    if !is_id(id, false) {
        let problem = reader.problem(Code::BadId, Span::default(), format!("\"{id}\" can't be the id of a type"));
        reader.report(problem.hint("rename the folder: use only small letters without accents, digits and hyphens"));
    }
    let default_name = LocalText::only_default(id.into());
    let mut draft = TypeDraft {
        id: id.into(),
        place: source.place(Span::default()),
        name: default_name.clone(),
        plural: default_name.clone(),
        path: default_name,
        schema_org: None,
        template: None,
        sort: None,
        citation: false,
        stale_after: None,
        members: Vec::new(),
        derived: Vec::new(),
    };
    reader.unknown_keys(&table, "a type", TYPE_KEYS);
    for Entry { key, value, .. } in &table.entries {
        type_entry(&mut reader, &mut draft, key, value);
    }
    if table.get("plural").is_none() {
        draft.plural = draft.name.clone();
    }
    if table.get("name").is_none() {
        reader.missing(Span::default(), "a type", "name", "name = { fr = \"Acteur\", en = \"Actor\" }");
    }
    // A syntax error may hide a key that is there.
    if reader.problems.iter().any(|problem| problem.code == Code::TomlSyntax) {
        reader.problems.retain(|problem| problem.code != Code::MissingField);
    }
    (draft, reader.problems)
}

fn type_entry(reader: &mut Reader<'_>, draft: &mut TypeDraft, key: &str, value: &Value) {
    match key {
        "name" => draft.name = reader.localised(value).unwrap_or_default(),
        "plural" => draft.plural = reader.localised(value).unwrap_or_default(),
        "path" => {
            if let Some(path) = segments(reader, value) {
                draft.path = path;
            }
        }
        "schema_org" => draft.schema_org = reader.text(value),
        "template" => draft.template = reader.text(value).map(|text| (text, reader.source.place(value.span))),
        "sort" => draft.sort = reader.text(value).map(|text| (text, reader.source.place(value.span))),
        "citation" => draft.citation = reader.boolean(value).unwrap_or_default(),
        "stale_after" => draft.stale_after = config::age(reader, value),
        "fields" => {
            let entries = reader.table(value).map(|table| table.entries.as_slice()).unwrap_or_default();
            draft.members = entries.iter().filter_map(|entry| member(reader, entry)).collect();
        }
        "derived" => {
            let entries = reader.table(value).map(|table| table.entries.as_slice()).unwrap_or_default();
            draft.derived = entries.iter().filter_map(|entry| derived(reader, entry)).collect();
        }
        _ => {}
    }
}

/// Reads a segment of an address, in one or several languages.
pub(crate) fn segments(reader: &mut Reader<'_>, value: &Value) -> Option<LocalText> {
    let texts = reader.localised(value)?;
    for (_, text) in texts.iter() {
        if !is_id(text, true) {
            let problem = reader.problem(Code::BadId, value.span, format!("\"{text}\" can't be part of an address"));
            reader.report(problem.hint("use only small letters without accents, digits and hyphens"));
            return None;
        }
    }
    Some(texts)
}

/// Checks the id of a field, a relation or a derived relation. Returns whether it is allowed.
fn check_field_id(reader: &mut Reader<'_>, entry: &Entry) -> bool {
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

fn member(reader: &mut Reader<'_>, entry: &Entry) -> Option<MemberDraft> {
    let table = reader.table(&entry.value)?;
    if !check_field_id(reader, entry) {
        return None;
    }
    if table.get("to").is_some() {
        relation(reader, entry, table).map(MemberDraft::Relation)
    } else {
        field(reader, entry, table).map(MemberDraft::Field)
    }
}

fn field(reader: &mut Reader<'_>, entry: &Entry, table: &Table) -> Option<Field> {
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
        reader.report(problem.hint(format!("the kinds are {}", diagnostics::list(Kind::NAMES.iter().copied()))));
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
            let kinds = diagnostics::list(Kind::FACETS.iter().copied());
            let problem = reader.problem(Code::BadField, flag.key_span, message);
            reader.report(problem.hint(format!("\"{key}\" is for relations and for the kinds {kinds}")));
        }
    }
    Some(field)
}

/// Reads the keys that fields and relations have in common.
fn common(reader: &mut Reader<'_>, entry: &Entry, table: &Table, kind: Kind) -> Field {
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
            reader.report(problem.hint(hint.unwrap_or_else(|| format!("the kinds are {}", diagnostics::list(kinds)))));
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

fn relation(reader: &mut Reader<'_>, entry: &Entry, table: &Table) -> Option<RelationDraft> {
    for inner in &table.entries {
        if !RELATION_KEYS.contains(&&*inner.key) {
            if FIELD_KEYS.contains(&&*inner.key) {
                let message = format!("a relation (a field with \"to\") can't have \"{}\"", inner.key);
                let problem = reader.problem(Code::BadField, inner.key_span, message);
                let hint = (&*inner.key == "many")
                    .then(|| String::from("delete it: a relation is a list, unless it has one = true"));
                reader.report(problem.maybe_hint(hint));
            } else {
                reader.unknown_key(inner, "a relation", RELATION_KEYS.iter().copied());
            }
        }
    }
    let to = table.get("to")?;
    let names = match &to.data {
        Data::Text(name) => vec![(name.clone(), to.span)],
        _ => reader.texts(to),
    };
    if names.is_empty() {
        let problem = reader.problem(Code::BadField, to.span, "\"to\" is empty");
        reader.report(problem.hint("name the type that the relation leads to: to = \"id-of-the-type\""));
    }
    let one = table.get("one").and_then(|value| reader.boolean(value)).unwrap_or_default();
    let hierarchy = table.entry("hierarchy").filter(|entry| reader.boolean(&entry.value) == Some(true));
    let hierarchy = hierarchy.map(|entry| reader.source.place(entry.key_span));
    let inverse = table.get("inverse").and_then(|value| inverse(reader, value));
    let attributes = table
        .get("attributes")
        .and_then(|value| reader.table(value))
        .map(|attributes| attributes.entries.iter().filter_map(|entry| attribute(reader, entry)).collect());
    Some(RelationDraft {
        field: common(reader, entry, table, Kind::Boolean),
        to: names.into_iter().map(|(name, span)| (name, reader.source.place(span))).collect(),
        one,
        hierarchy,
        inverse,
        attributes: attributes.unwrap_or_default(),
    })
}

fn attribute(reader: &mut Reader<'_>, entry: &Entry) -> Option<Field> {
    if &*entry.key == "to" {
        reader.report(reader.problem(
            Code::ReservedField,
            entry.key_span,
            "an attribute can't be called \"to\", because \"to\" is the target of a link",
        ));
        return None;
    }
    let table = reader.table(&entry.value)?;
    for key in ["facet", "brief"] {
        if let Some(flag) = table.entry(key) {
            let problem = reader.problem(
                Code::BadField,
                flag.key_span,
                format!("an attribute of a relation can't have \"{key}\""),
            );
            reader.report(problem.hint(format!("delete it: \"{key}\" is for fields and relations of a type")));
        }
    }
    if check_field_id(reader, entry) { field(reader, entry, table) } else { None }
}

fn inverse(reader: &mut Reader<'_>, value: &Value) -> Option<(Box<str>, Place, Option<LocalText>)> {
    let table = reader.table(value)?;
    reader.unknown_keys(table, "an inverse", &["id", "label"]);
    let label = table.get("label").and_then(|value| reader.localised(value));
    let Some(entry) = table.entry("id") else {
        reader.missing(value.span, "an inverse", "id", "inverse = { id = \"projects\", label = \"Projects\" }");
        return None;
    };
    let id = reader.text(&entry.value)?;
    if !is_id(&id, true) {
        let problem = reader.problem(Code::BadId, entry.value.span, format!("\"{id}\" can't be the id of an inverse"));
        reader.report(problem.hint("use only small letters without accents, digits, hyphens and underscores"));
        return None;
    }
    Some((id, reader.source.place(entry.value.span), label))
}

fn derived(reader: &mut Reader<'_>, entry: &Entry) -> Option<DerivedDraft> {
    let table = reader.table(&entry.value)?;
    if !check_field_id(reader, entry) {
        return None;
    }
    reader.unknown_keys(table, "a derived relation", &["path", "label"]);
    let Some(path) = table.get("path") else {
        reader.missing(entry.key_span, "a derived relation", "path", "path = [\"projects\", \"areas\"]");
        return None;
    };
    let steps = reader.texts(path);
    if steps.is_empty() {
        let problem = reader.problem(Code::ImpossiblePath, path.span, "the path is empty");
        reader.report(problem.hint("list the ids of relations: path = [\"projects\", \"areas\"]"));
        return None;
    }
    let label = table.get("label").and_then(|value| reader.localised(value));
    Some(DerivedDraft {
        id: entry.key.clone(),
        place: reader.source.place(entry.key_span),
        label: label.unwrap_or_else(|| LocalText::only_default(entry.key.clone())),
        path: steps.into_iter().map(|(id, span)| (id, reader.source.place(span))).collect(),
    })
}
