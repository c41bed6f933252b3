//! One source file, understood as far as it can be on its own.
//!
//! In: a text and its path. Out: a [`Document`]: its role, its facts with their places, its prose as HTML with slots where links go.
//! Parsing never fails: what is wrong is reported and what is right is there. Does not know the file system nor other documents.

pub mod outline;
mod prose;
mod typography;
mod fragment;
mod writer;

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::{Lang, Language};
use crate::reader::Reader;
use crate::schema::{self, Schema, TypeId, is_id};
use crate::source::CONTENT;
use crate::table::{self, Table};
use crate::text::{SourceText, Span};

pub use prose::{Heading, Prose, Slot, SlotKind, Words};
pub use typography::typographic;
pub use writer::Markdown;

/// The file that holds many entities.
pub const LIST: &str = "_list.toml";

/// A source file, parsed.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text it was.
    pub source: SourceText,
    /// What it is about.
    pub role: Role,
    /// The language it is in.
    pub lang: Lang,
    /// Its facts.
    pub front: Table,
    /// Its prose, if there is any.
    pub prose: Option<Arc<Prose>>,
    /// What was wrong.
    pub problems: Vec<Diagnostic>,
}

/// What a file is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// An entity: its type and its id.
    Entity(TypeId, Box<str>),
    /// Many entities of one type.
    List(TypeId),
    /// The text of a type's index page.
    Index(TypeId),
    /// A free page: its path below the content folder, empty for the home page.
    Page(Box<str>),
    /// Nothing that could be published; the problems say why.
    Nothing,
}

/// Parses a file of the content folder.
pub fn document(source: &SourceText, config: &Config, schema: &Schema) -> Document {
    let mut reader = Reader::new(source, &config.languages);
    let (role, lang) = role(&mut reader, schema);
    let markdown = source.path.ends_with(".md");
    let (facts, body) = if markdown { split(&mut reader, &role) } else { (Span::new(0..source.text.len()), None) };
    let (front, errors) = table::parse(&source.text[facts.range()], facts.start as usize);
    for error in errors {
        let diagnostic = reader.problem(Code::TomlSyntax, error.span, error.message);
        reader.report(diagnostic);
    }
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

/// What the path says: the role of the file and its language.
fn role(reader: &mut Reader<'_>, schema: &Schema) -> (Role, Lang) {
    let nowhere = Span::default();
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
            reader.problem(Code::MisplacedType, nowhere, "a _type.toml belongs directly into a folder of content/");
        reader.report(problem);
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
    let valid = match &role {
        Role::Entity(_, id) => is_id(id, false),
        Role::Page(path) => path.is_empty() || path.split('/').all(|part| is_id(part, false)),
        _ => true,
    };
    if !valid {
        let problem = reader.problem(Code::BadId, nowhere, format!("\"{stem}\" can't be an id"));
        let slug = prose::slug(stem);
        let hint = if slug.is_empty() {
            String::from("an id holds small letters, digits and hyphens")
        } else {
            format!("rename the file to \"{slug}.{}\"", name.rsplit('.').next().unwrap_or("md"))
        };
        reader.report(problem.hint(hint));
        return (Role::Nothing, lang);
    }
    (role, lang)
}

/// The language that a file's suffix names.
fn language_of(reader: &mut Reader<'_>, tag: &str) -> Option<Lang> {
    let nowhere = Span::default();
    match reader.languages.find(tag) {
        Some(Lang::DEFAULT) => {
            let problem = reader.problem(
                Code::UndeclaredLanguage,
                nowhere,
                format!("\"{tag}\" is the default language, which has no suffix"),
            );
            reader.report(problem.hint(format!("rename the file without \".{tag}\"")));
            None
        }
        Some(lang) => Some(lang),
        None if Language::parse(tag).is_some() => {
            let problem = reader.problem(
                Code::UndeclaredLanguage,
                nowhere,
                format!("\"{tag}\" is not one of the site's languages"),
            );
            let known = diagnostics::list(reader.languages.tags());
            reader.report(problem.hint(format!("the languages are {known}; others are declared in site.toml")));
            None
        }
        None => {
            let problem = reader.problem(
                Code::BadId,
                nowhere,
                format!("the file's name has a part \"{tag}\" that is no language"),
            );
            reader.report(problem.hint("an id has no dots; a translation is named like \"novadip.en.md\""));
            None
        }
    }
}

/// Where the facts are, and where the prose is.
fn split(reader: &mut Reader<'_>, role: &Role) -> (Span, Option<Span>) {
    let text = reader.source.text.clone();
    let fence = |line: &str| line.trim_end() == "+++";
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if !fence(first) {
        // A text without facts is fine where the title is known from elsewhere.
        let optional = matches!(role, Role::Index(_) | Role::Nothing) || *role == Role::Page("".into());
        if !optional {
            let first_line = Span::new(0..first.trim_end().len());
            let problem =
                reader.problem(Code::NoFrontMatter, first_line, "the file does not start with its front matter");
            reader.report(
                problem.hint("start the file with a line \"+++\", then title = \"…\", then another line \"+++\""),
            );
        }
        return (Span::default(), Some(Span::new(0..text.len())));
    }
    let mut at = first.len();
    for line in lines {
        if fence(line) {
            return (Span::new(first.len()..at), Some(Span::new(at + line.len()..text.len())));
        }
        at += line.len();
    }
    let problem = reader.problem(Code::UnclosedFrontMatter, Span::new(0..3), "the front matter never ends");
    reader.report(problem.hint("put a line with only \"+++\" after the facts"));
    (Span::default(), None)
}
