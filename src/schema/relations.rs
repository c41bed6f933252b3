//! Reads the relations and derived relations of a type.
//!
//! In: the table of a relation. Out: a draft, in which types and other relations are still ids.

use super::declarations::{Field, is_id};
use super::fields::{RELATION_KEYS, attributes, check_field_id, common, field_keys};
use crate::diagnostics::Code;
use crate::locale::LocalText;
use crate::reader::Reader;
use crate::table::{Data, Entry, Table, Value};
use crate::text::Place;
use crate::values::{Kind, TextKind};

/// A relation whose targets are still ids.
pub(super) struct RelationDraft {
    pub field: Field,
    pub to: Vec<(Box<str>, Place)>,
    pub one: bool,
    pub to_itself: bool,
    /// The position of `hierarchy = true`.
    pub hierarchy: Option<Place>,
    pub inverse: Option<(Box<str>, Place, Option<LocalText>)>,
    pub attributes: Vec<Field>,
}

/// A derived relation whose path is still a list of ids.
pub(super) struct DerivedDraft {
    pub id: Box<str>,
    pub place: Place,
    pub label: LocalText,
    pub path: Vec<(Box<str>, Place)>,
    pub facet: bool,
    pub brief: bool,
}

/// Reads a relation.
pub(super) fn relation(reader: &mut Reader<'_>, entry: &Entry, table: &Table) -> Option<RelationDraft> {
    for inner in &table.entries {
        if !RELATION_KEYS.contains(&&*inner.key) {
            if field_keys().any(|key| key == &*inner.key) {
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
    let to_itself = table.get("to_itself").and_then(|value| reader.boolean(value)).unwrap_or_default();
    let hierarchy = table.entry("hierarchy").filter(|entry| reader.boolean(&entry.value) == Some(true));
    let hierarchy = hierarchy.map(|entry| reader.source.place(entry.key_span));
    let inverse = table.get("inverse").and_then(|value| inverse(reader, value));
    let attributes = attributes(reader, table, "to", "the target of a link");
    Some(RelationDraft {
        // A relation has no kind.
        field: common(reader, entry, table, Kind::Text(TextKind::default())),
        to: names.into_iter().map(|(name, span)| (name, reader.source.place(span))).collect(),
        one,
        to_itself,
        hierarchy,
        inverse,
        attributes,
    })
}

/// Reads `inverse = { id = "…", label = "…" }`.
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

/// Reads a derived relation.
pub(super) fn derived(reader: &mut Reader<'_>, entry: &Entry) -> Option<DerivedDraft> {
    let table = reader.table(&entry.value)?;
    if !check_field_id(reader, entry) {
        return None;
    }
    reader.unknown_keys(table, "a derived relation", &["path", "label", "facet", "brief"]);
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
    let mut flag = |key| table.get(key).and_then(|value| reader.boolean(value)).unwrap_or_default();
    let (facet, brief) = (flag("facet"), flag("brief"));
    Some(DerivedDraft {
        id: entry.key.clone(),
        place: reader.source.place(entry.key_span),
        label: label.unwrap_or_else(|| LocalText::only_default(entry.key.clone())),
        path: steps.into_iter().map(|(id, span)| (id, reader.source.place(span))).collect(),
        facet,
        brief,
    })
}
