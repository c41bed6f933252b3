//! Parses one source file.
//!
//! In: a text and its path. Out: a [`Document`] with its role, its facts with their spans, and its prose as HTML with
//! slots for links. Parsing never fails: mistakes are reported, and the rest of the file is still there. This module
//! knows neither the file system nor other documents.

pub mod outline;
pub mod active;
mod prose;
mod typography;
mod fragment;
mod nesting;
mod writer;
mod labels;
mod outside;

use std::ops::Range;
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostics::{self, Change, Code, Diagnostic, Hint};
use crate::locale::{Lang, Language};
use crate::reader::Reader;
use crate::schema::{self, Schema, TypeId, is_id};
use crate::source::CONTENT;
use crate::table::{self, SyntaxError, Table};
use crate::text::{SourceText, Span};

pub use labels::{Label, LabelKind, labels};
pub use outside::outside;
pub(crate) use prose::slug;
pub use prose::{Heading, Prose, Slot, SlotKind, Words};
pub use typography::typographic;
pub use writer::Markdown;

/// The name of the file that holds many entities of a type.
pub const LIST: &str = "_list.toml";

/// Whether a path is that of a list of entities, or of the translation of one.
pub fn is_list(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("_list.") && name.ends_with(".toml")
}

/// A source file, parsed.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text of the file.
    pub source: SourceText,
    /// What the file describes.
    pub role: Role,
    /// The language of the file.
    pub lang: Lang,
    /// The facts: the front matter, or the whole of a `.toml` file.
    pub front: Table,
    /// The prose, if there is any.
    pub prose: Option<Arc<Prose>>,
    /// The diagnostics about this file.
    pub problems: Vec<Diagnostic>,
}

/// What a file describes. It depends on the path alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// An entity, by its type and id.
    Entity(TypeId, Box<str>),
    /// Many entities of one type.
    List(TypeId),
    /// The index page of a type.
    Index(TypeId),
    /// A free page, by its path below the content folder; empty for the home page.
    Page(Box<str>),
    /// Nothing that can be published. The diagnostics give the reason.
    Nothing,
}

/// Parses a file of the content folder.
pub fn document(source: &SourceText, config: &Config, schema: &Schema) -> Document {
    let mut reader = Reader::new(source, &config.languages);
    let (role, lang) = role(&mut reader, schema);
    let is_markdown = source.path.ends_with(".md");
    let (facts, body) =
        if is_markdown { split(&mut reader, &role, lang) } else { (Span::new(0..source.text.len()), None) };
    let (front, mut errors) = table::parse(&source.text[facts.range()], facts.start as usize);
    if let Role::List(entity_type) = role {
        errors.iter_mut().for_each(|error| repeated_entity(error, &schema.get(entity_type).id));
    }
    reader.syntax(errors);
    let prose = body.map(|body| {
        let markdown = Markdown { source, tag: config.languages.tag(lang), html: config.html, notes: "" };
        markdown.compile(&source.text[body.range()], body.start as usize, &mut reader.problems)
    });
    Document {
        source: source.clone(),
        role,
        lang,
        front,
        prose: prose.filter(|prose| !prose.is_empty()).map(Arc::new),
        problems: reader.problems,
    }
}

/// The facts and the prose of a file as they are written: the front matter of a `.md` file and what follows it, or the whole
/// of a `.toml` file.
pub fn parts(source: &SourceText) -> (Range<usize>, Range<usize>) {
    let all = 0..source.text.len();
    match FrontMatter::of(&source.text) {
        _ if !source.path.ends_with(".md") => (all, 0..0),
        FrontMatter::Parts(facts, prose) => (facts, prose),
        FrontMatter::None => (0..0, all),
        FrontMatter::Unclosed => (0..0, 0..0),
    }
}

/// What the file at a path describes, and its language.
pub fn role_of(path: &str, config: &Config, schema: &Schema) -> (Role, Lang) {
    role(&mut Reader::new(&SourceText::new(path, ""), &config.languages), schema)
}

/// In a list of entities, a table that is there twice is an entity that exists twice.
fn repeated_entity(error: &mut SyntaxError, type_id: &str) {
    if let Some(table) = &error.repeated_table {
        error.code = Code::DuplicateId;
        error.message = format!("\"{table}\" of \"{type_id}\" exists twice");
        error.hint = Some("give one of them another id, or merge them".into());
    }
}

/// The role and the language of a file, from its path.
fn role(reader: &mut Reader<'_>, schema: &Schema) -> (Role, Lang) {
    let start = Span::default();
    let path = reader.source.path.clone();
    let inner = path.strip_prefix(CONTENT).map_or(&*path, |rest| rest.trim_start_matches('/'));
    let (folder, name) = inner.rsplit_once('/').unwrap_or(("", inner));
    let entity_type = schema.find(folder.split('/').next().unwrap_or_default()).filter(|_| !folder.is_empty());
    let (stem, _) = name.rsplit_once('.').unwrap_or((name, ""));
    let (stem, lang) = match stem.rsplit_once('.') {
        Some((stem, tag)) => match language_of(reader, tag) {
            Some(lang) => (stem, lang),
            None => return (Role::Nothing, Lang::DEFAULT),
        },
        None => (stem, Lang::DEFAULT),
    };
    if name == schema::FILE {
        let problem =
            reader.problem(Code::MisplacedType, start, "a _type.toml is only allowed at content/FOLDER/_type.toml");
        reader.report(problem.hint("move it there to declare a type, or delete it: deeper folders only group files"));
        return (Role::Nothing, lang);
    }
    let role = match (entity_type, stem) {
        (Some(entity_type), "_list") if name.ends_with(".toml") => Role::List(entity_type),
        (Some(entity_type), "_index") if !folder.contains('/') => Role::Index(entity_type),
        (None, "_index") => Role::Page(folder.into()),
        (Some(entity_type), id) => Role::Entity(entity_type, id.into()),
        (None, id) if folder.is_empty() => Role::Page(id.into()),
        (None, id) => Role::Page(format!("{folder}/{id}").into()),
    };
    let is_valid = match &role {
        Role::Entity(_, id) => is_id(id, false),
        Role::Page(path) => path.is_empty() || path.split('/').all(|part| is_id(part, false)),
        _ => true,
    };
    if !is_valid {
        report_bad_id(reader, folder, name, stem);
        return (Role::Nothing, lang);
    }
    (role, lang)
}

/// The names of files that are for the people who work on a folder.
const ABOUT_FOLDERS: [&str; 5] = ["README", "CONTRIBUTING", "CHANGELOG", "LICENSE", "LICENCE"];

/// Reports that the name of a file, or of a folder that becomes part of an address, is not an id; `stem` is the name of
/// the file without suffixes.
fn report_bad_id(reader: &mut Reader<'_>, folder: &str, name: &str, stem: &str) {
    let is_stem_valid = stem == "_index" || is_id(stem, false);
    let bad_folder = folder.split('/').find(|part| !is_id(part, false)).filter(|_| is_stem_valid);
    let bad = bad_folder.unwrap_or(stem);
    let problem = reader.problem(Code::BadId, Span::default(), format!("\"{bad}\" can't be an id"));
    if ABOUT_FOLDERS.contains(&bad.to_uppercase().as_str()) {
        let hint = "every .md file in content/ is a profile or a page: move it out of content/ if it is for editors";
        reader.report(problem.hint(hint));
        return;
    }
    let hint: Hint = match (prose::slug(bad), bad_folder) {
        (slug, _) if !is_id(&slug, false) || slug == bad => {
            "use only small letters without accents, digits and hyphens, at most 200".into()
        }
        (slug, Some(_)) => format!("rename the folder to \"{slug}\"").into(),
        (slug, None) => rename_file(reader, name, &format!("{slug}{}", name.strip_prefix(stem).unwrap_or_default())),
    };
    reader.report(problem.hint(hint));
}

/// The hint to give a file another name.
fn rename_file(reader: &Reader<'_>, name: &str, new: &str) -> Hint {
    let path = &reader.source.path;
    let path = format!("{}{new}", path.strip_suffix(name).unwrap_or(path));
    Hint::mend(format!("rename the file to \"{new}\""), format!("Rename the file to \"{new}\""), Change::Move(path))
}

/// The language of a file with a suffix for its language, such as `.en.md`.
fn language_of(reader: &mut Reader<'_>, tag: &str) -> Option<Lang> {
    let (code, message, hint) = match reader.languages.find(tag) {
        Some(Lang::DEFAULT) => (
            Code::UndeclaredLanguage,
            format!("\"{tag}\" is the default language, whose files have no suffix for the language"),
            without_tag(reader, tag),
        ),
        Some(lang) => return Some(lang),
        None if Language::parse(tag).is_some() => (
            Code::UndeclaredLanguage,
            format!("\"{tag}\" is not one of the site's languages"),
            format!(
                "the languages are {}; to add one, put it into \"languages\" in site.toml",
                diagnostics::list_all(reader.languages.tags())
            )
            .into(),
        ),
        None => (
            Code::BadId,
            format!("\"{tag}\" in the file's name is not a language"),
            "write a hyphen in place of the dot; only a translation has one more dot: \"novadip.en.md\"".into(),
        ),
    };
    reader.report(reader.problem(code, Span::default(), message).hint(hint));
    None
}

/// The front matter of a Markdown text.
enum FrontMatter {
    /// There is none.
    None,
    /// Its last line is missing.
    Unclosed,
    /// What is between its lines `+++`, and what follows.
    Parts(Range<usize>, Range<usize>),
}

impl FrontMatter {
    fn of(text: &str) -> Self {
        let is_fence = |line: &str| line.trim_end() == "+++";
        let mut lines = text.split_inclusive('\n');
        let Some(first) = lines.next().filter(|first| is_fence(first)).map(str::len) else { return Self::None };
        let mut at = first;
        for line in lines {
            if is_fence(line) {
                return Self::Parts(first..at, at + line.len()..text.len());
            }
            at += line.len();
        }
        Self::Unclosed
    }
}

/// The facts of a Markdown text: what is between its lines `+++`; empty if there are none.
pub fn facts(text: &str) -> Range<usize> {
    match FrontMatter::of(text) {
        FrontMatter::Parts(facts, _) => facts,
        FrontMatter::None | FrontMatter::Unclosed => 0..0,
    }
}

/// The hint to take the tag of the default language out of the name of a file.
fn without_tag(reader: &Reader<'_>, tag: &str) -> Hint {
    let path = reader.source.path.replace(&format!(".{tag}."), ".");
    let text = format!("rename the file without \".{tag}\"");
    Hint::mend(text, format!("Rename the file without \".{tag}\""), Change::Move(path))
}

/// The facts of a Markdown text as they are written; `None` if there are none.
pub fn facts_of(text: &str) -> Option<&str> {
    text.get(facts(text)).filter(|facts| !facts.trim().is_empty())
}

/// The prose of a Markdown text as it is written, without white space around it; `None` if there is none.
pub fn prose_of(text: &str) -> Option<&str> {
    let prose = match FrontMatter::of(text) {
        FrontMatter::Parts(_, body) => &text[body],
        FrontMatter::None => text,
        FrontMatter::Unclosed => "",
    };
    Some(prose.trim()).filter(|prose| !prose.is_empty())
}

/// Splits a Markdown file: the spans of the facts and of the prose.
fn split(reader: &mut Reader<'_>, role: &Role, lang: Lang) -> (Span, Option<Span>) {
    let text = reader.source.text.clone();
    match FrontMatter::of(&text) {
        FrontMatter::Parts(facts, body) => return (Span::new(facts), Some(Span::new(body))),
        FrontMatter::Unclosed => {}
        FrontMatter::None => {
            // Index pages and the home page have a default title, and translations that of the original, so they need
            // no front matter.
            let is_optional = lang != Lang::DEFAULT
                || matches!(role, Role::Index(_) | Role::Nothing)
                || *role == Role::Page("".into());
            if !is_optional {
                let first_line = text.split('\n').next().unwrap_or_default().trim_end().len();
                let problem = reader.problem(
                    Code::NoFrontMatter,
                    Span::new(0..first_line),
                    "the file does not start with front matter",
                );
                reader.report(problem.hint(Hint::mend(
                    "start the file with a line \"+++\", then title = \"…\", then another line \"+++\"",
                    "Add front matter",
                    Change::Text(Span::default(), String::from("+++\ntitle = \"\"\n+++\n")),
                )));
            }
            return (Span::default(), Some(Span::new(0..text.len())));
        }
    }
    let problem = reader.problem(Code::UnclosedFrontMatter, Span::new(0..3), "the front matter is not closed");
    reader.report(problem.hint("put a line with only \"+++\" after the facts"));
    (Span::default(), None)
}
