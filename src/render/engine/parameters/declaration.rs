//! Reads the declarations of parameters in `theme.toml`.

use crate::diagnostics::{self, Code};
use crate::reader::Reader;
use crate::table::{Entry, Table};
use crate::values::{self, Declaration};

/// A parameter that a theme declares.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The key in `[params]`.
    pub id: Box<str>,
    /// The kind of its value.
    pub kind: ParameterKind,
    /// Whether the value is a list.
    pub many: bool,
    /// What it is for, for the hints of diagnostics; may be empty.
    pub help: Box<str>,
    /// The value if the site sets none.
    pub default: Option<serde_json::Value>,
    /// What to write in its place, if it should no longer be used.
    pub deprecated: Option<Box<str>>,
}

impl Parameter {
    /// The field or relation that it names by default.
    pub(super) fn named(&self) -> Option<&str> {
        let is_name = matches!(self.kind, ParameterKind::Field | ParameterKind::Relation);
        self.default.as_ref().filter(|_| is_name)?.as_str()
    }
}

/// The kind of a parameter's value.
#[derive(Debug, Clone)]
pub enum ParameterKind {
    /// A value as fields hold it.
    Value(values::Kind),
    /// The id of a type.
    Type,
    /// The id of a field of any type.
    Field,
    /// The id of a relation of any type.
    Relation,
    /// The path of a page, or the id of a type for its index.
    Page,
    /// An entity: `type/id`.
    Entity,
    /// A file of the content folder, by its path there.
    File,
    /// A table with these keys; without keys, any table.
    Table(Vec<Parameter>),
}

/// The kinds besides those of fields.
const KINDS: [&str; 7] = ["type", "field", "relation", "page", "entity", "file", "table"];
/// The kinds of fields that a parameter can have: those whose values need no file and no prose.
const VALUES: [&str; 9] = ["text", "integer", "number", "percentage", "boolean", "year", "date", "url", "choice"];
/// The keys of a declaration, besides those of its kind.
const KEYS: [&str; 6] = ["kind", "many", "help", "default", "deprecated", "keys"];

impl ParameterKind {
    /// The kind with a name, if its values are names of the site's content.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "type" => Self::Type,
            "field" => Self::Field,
            "relation" => Self::Relation,
            "page" => Self::Page,
            "entity" => Self::Entity,
            "file" => Self::File,
            _ => return None,
        })
    }

    /// The keys of the declaration of a parameter, besides those of its kind.
    pub const KEYS: [&str; 6] = KEYS;

    /// The names of all kinds.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        VALUES.into_iter().chain(KINDS)
    }
}

/// Reads a table of declarations.
pub(in crate::render::engine) fn read(reader: &mut Reader<'_>, table: &Table) -> Vec<Parameter> {
    table.entries.iter().filter_map(|entry| parameter(reader, entry)).collect()
}

fn parameter(reader: &mut Reader<'_>, entry: &Entry) -> Option<Parameter> {
    let table = reader.table(&entry.value)?;
    let Some(kind_entry) = table.entry("kind") else {
        reader.missing(entry.key_span, &format!("the parameter \"{}\"", entry.key), "kind", "kind = \"text\"");
        return None;
    };
    let name = reader.text(&kind_entry.value)?;
    let own: &[&str] = if VALUES.contains(&&*name) { values::Kind::keys_of(&name) } else { &[] };
    reader.unknown_keys(table, "a parameter", &[&KEYS[..], own].concat());
    let text = |reader: &mut Reader<'_>, key| table.get(key).and_then(|value| reader.text(value));
    Some(Parameter {
        id: entry.key.clone(),
        kind: kind(reader, &name, kind_entry, table)?,
        many: table.get("many").and_then(|value| reader.boolean(value)).unwrap_or_default(),
        help: text(reader, "help").unwrap_or_default(),
        default: table.get("default").map(|value| value.data.to_json()),
        deprecated: text(reader, "deprecated"),
    })
}

fn kind(reader: &mut Reader<'_>, name: &str, kind: &Entry, table: &Table) -> Option<ParameterKind> {
    if let Some(kind) = ParameterKind::named(name) {
        return Some(kind);
    }
    Some(match name {
        "table" => {
            let keys = table.get("keys").and_then(|value| reader.table(value));
            ParameterKind::Table(keys.map(|keys| read(reader, keys)).unwrap_or_default())
        }
        name if VALUES.contains(&name) => {
            ParameterKind::Value(values::Kind::declare(name, &mut Declaration { reader, kind, table })?)
        }
        _ => {
            let names = ParameterKind::names;
            let hint = diagnostics::did_you_mean(name, names())
                .unwrap_or_else(|| format!("the kinds of parameters are {}", diagnostics::list_all(names())).into());
            let message = format!("there is no kind of parameter \"{name}\"");
            reader.report(reader.problem(Code::UnknownKind, kind.value.span, message).hint(hint));
            return None;
        }
    })
}
