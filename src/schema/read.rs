//! Reads one `_type.toml`. References to other types are not resolved yet.

use super::declarations::{Field, Sign, Sort, Type, is_id};
use super::fields::{check_field_id, field};
use super::headline;
use super::redirects::redirects;
use super::relations::{DerivedDraft, RelationDraft, derived, relation};
use super::signs::{self, SignDraft};
use crate::config;
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Languages, LocalText};
use crate::reader::Reader;
use crate::table::{self, Entry, Value};
use crate::text::{Place, SourceText, Span};
use crate::values::Frame;

/// A type whose references to fields and to other types are still ids.
pub(super) struct TypeDraft {
    /// The type, without what the other members of the draft refer to.
    pub entity_type: Type,
    pub sort: Option<(Box<str>, Place)>,
    pub headline: headline::Names,
    pub sources: Option<(Box<str>, Place)>,
    pub title_language: Option<(Box<str>, Place)>,
    pub sign: SignDraft,
    pub members: Vec<MemberDraft>,
    pub derived: Vec<DerivedDraft>,
}

/// A field or a relation of a type.
pub(super) enum MemberDraft {
    Field(Field),
    Relation(RelationDraft),
}

/// The keys of a type, in the order in which they are written.
pub(crate) const TYPE_KEYS: &[&str] = &[
    "name",
    "plural",
    "path",
    "redirects",
    "pages",
    "feeds",
    "schema_org",
    "template",
    "sort",
    "headline",
    "sources",
    "title_language",
    "citation",
    "autolink",
    "extra",
    "colour",
    "mark",
    "image_fit",
    "background",
    "stale_after",
    "fields",
    "derived",
];

/// Reads the type that a file declares; `id` is the name of its folder.
pub(super) fn type_file(id: &str, source: &SourceText, languages: &Languages) -> (TypeDraft, Vec<Diagnostic>) {
    let (table, errors) = table::parse(&source.text, 0);
    let mut reader = Reader::new(source, languages);
    reader.syntax(errors);
    if !is_id(id, false) {
        let problem = reader.problem(Code::BadId, Span::default(), format!("\"{id}\" can't be the id of a type"));
        reader.report(problem.hint("rename the folder: use only small letters without accents, digits and hyphens"));
    }
    let default_name = LocalText::only_default(id.into());
    let entity_type = Type {
        id: id.into(),
        place: source.place(Span::default()),
        name: default_name.clone(),
        plural: default_name.clone(),
        path: default_name,
        redirects: Vec::new(),
        schema_org: None,
        pages: true,
        feeds: false,
        template: None,
        sort: Sort::Title,
        headline: None,
        sources: None,
        title_language: None,
        citation: false,
        autolink: false,
        extra: false,
        sign: Sign::default(),
        frame: Frame::default(),
        stale_after: None,
        fields: Vec::new(),
        members: Vec::new(),
        inverses: Vec::new(),
        derived: Vec::new(),
    };
    let (members, derived) = (Vec::new(), Vec::new());
    let (headline, sign) = (headline::Names::default(), SignDraft::default());
    let mut draft =
        TypeDraft { entity_type, sort: None, headline, sources: None, title_language: None, sign, members, derived };
    reader.unknown_keys(&table, "a type", TYPE_KEYS);
    for Entry { key, value, .. } in &table.entries {
        type_entry(&mut reader, &mut draft, key, value);
    }
    if table.get("plural").is_none() {
        draft.entity_type.plural = draft.entity_type.name.clone();
    }
    if table.get("name").is_none() {
        reader.missing(Span::default(), "a type", "name", "name = { fr = \"Acteur\", en = \"Actor\" }");
    }
    if !draft.entity_type.pages {
        draft.entity_type.template = None;
        draft.entity_type.feeds = false;
        for entry in ["template", "schema_org", "feeds"].into_iter().filter_map(|key| table.entry(key)) {
            let message = format!("a type without pages can't have \"{}\", which is about pages", entry.key);
            reader.report(
                reader.problem(Code::BadField, entry.key_span, message).hint("delete it, or delete pages = false"),
            );
        }
    }
    if let Some(entry) = table.entry("autolink").filter(|_| draft.entity_type.citation && draft.entity_type.autolink) {
        let message = "names of sources can't become links: a link to a source is a citation";
        reader.report(
            reader.problem(Code::BadField, entry.key_span, message).hint("delete it, or delete citation = true"),
        );
    }
    // A syntax error may hide a key that is there.
    if reader.problems.iter().any(|problem| problem.code == Code::TomlSyntax) {
        reader.problems.retain(|problem| problem.code != Code::MissingField);
    }
    (draft, reader.problems)
}

fn type_entry(reader: &mut Reader<'_>, draft: &mut TypeDraft, key: &str, value: &Value) {
    let entity_type = &mut draft.entity_type;
    match key {
        "name" => entity_type.name = reader.localised(value).unwrap_or_default(),
        "plural" => entity_type.plural = reader.localised(value).unwrap_or_default(),
        "path" => {
            if let Some(path) = segments(reader, value) {
                entity_type.path = path;
            }
        }
        "redirects" => {
            let redirects = redirects(reader, value).into_iter();
            entity_type.redirects =
                redirects.map(|(path, place)| (format!("{}/", path.trim_end_matches('/')).into(), place)).collect();
        }
        "schema_org" => entity_type.schema_org = reader.text(value),
        "template" => entity_type.template = reader.text(value).map(|text| (text, reader.source.place(value.span))),
        "pages" => entity_type.pages = reader.boolean(value).unwrap_or(true),
        "feeds" => entity_type.feeds = reader.boolean(value).unwrap_or_default(),
        "sort" => draft.sort = reader.text(value).map(|text| (text, reader.source.place(value.span))),
        "headline" => draft.headline = headline::read(reader, value),
        "sources" => draft.sources = reader.text(value).map(|text| (text, reader.source.place(value.span))),
        "title_language" => {
            draft.title_language = reader.text(value).map(|text| (text, reader.source.place(value.span)));
        }
        "citation" => entity_type.citation = reader.boolean(value).unwrap_or_default(),
        "autolink" => entity_type.autolink = reader.boolean(value).unwrap_or_default(),
        "extra" => entity_type.extra = reader.boolean(value).unwrap_or_default(),
        "colour" => draft.sign.colour = signs::colour(reader, value),
        "mark" => draft.sign.mark = signs::mark(reader, value),
        "image_fit" | "background" => entity_type.frame.read(reader, key, value),
        "stale_after" => entity_type.stale_after = config::age(reader, value),
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
