//! Pages that are no entity: home, the indexes of types, and free pages.

use std::sync::Arc;

use super::assemble::{PageGroup, Part};
use super::body::Body;
use super::entity::{redirects, title};
use super::{Context, Date, PageId, values};
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Lang, LocalText, Localised};
use crate::parse::Role;
use crate::reader::Reader;
use crate::schema::{self, Schema, TypeId};
use crate::table::Value;
use crate::text::{Place, SourceText, Span};

/// A page that is no entity.
#[derive(Debug, Clone)]
pub struct Page {
    /// What it is.
    pub kind: PageKind,
    /// Its path below the content folder, without ending; empty for home and indexes.
    pub path: Box<str>,
    /// Where it is written.
    pub place: Place,
    /// Its title; empty where it follows from what it is.
    pub title: LocalText,
    /// What it is about, in a sentence.
    pub summary: LocalText,
    /// The last part of its address.
    pub slug: LocalText,
    /// Whether it is not to be published yet.
    pub draft: bool,
    /// When it last changed.
    pub updated: Option<Date>,
    /// Its old paths.
    pub redirects: Vec<(Box<str>, Place)>,
    /// Its prose.
    pub body: Localised<Body>,
    /// The file of each language.
    pub files: Localised<Arc<str>>,
    /// The languages in which all is said that is said in the default one, as bits.
    pub translated: u64,
    /// The view that it holds, as it is written.
    pub view: Option<RawView>,
}

/// What a page says under `view`. Which kinds of view there are, and what their keys mean, is not known here.
#[derive(Debug, Clone)]
pub struct RawView {
    /// The file.
    pub source: SourceText,
    /// The value.
    pub value: Value,
}

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The home page.
    Home,
    /// The list of the entities of a type.
    Index(TypeId),
    /// Any other page.
    Free,
}

impl Page {
    fn new(kind: PageKind, path: &str, place: Place) -> Self {
        Self {
            kind,
            path: path.into(),
            place,
            title: LocalText::default(),
            summary: LocalText::default(),
            slug: LocalText::default(),
            draft: false,
            updated: None,
            redirects: Vec::new(),
            body: Localised::default(),
            files: Localised::default(),
            translated: 1,
            view: None,
        }
    }

    /// Whether all is said in this language that is said in the default one.
    pub fn is_translated(&self, lang: Lang) -> bool {
        self.translated & (1 << lang.0) != 0
    }

    /// What exists in the default language but not in this one.
    pub(super) fn untranslated(&self, lang: Lang) -> Vec<&'static str> {
        let lacks = |text: &LocalText| text.exactly(Lang::DEFAULT).is_some() && text.exactly(lang).is_none();
        let mut missing = Vec::new();
        if lacks(&self.title) {
            missing.push("title");
        }
        if lacks(&self.summary) {
            missing.push("summary");
        }
        if self.body.exactly(Lang::DEFAULT).is_some() && self.body.exactly(lang).is_none() {
            missing.push("prose");
        }
        missing
    }
}

/// The free page of a path: free pages come behind home and the indexes, in the order of their paths.
pub(super) fn find(pages: &[Page], schema: &Schema, path: &str) -> Option<PageId> {
    let before = 1 + schema.types.len();
    let free = pages.get(before..).unwrap_or_default();
    free.binary_search_by(|page| (*page.path).cmp(path)).ok().map(|at| PageId((before + at) as u32))
}

const PAGE_KEYS: &[&str] = &["title", "summary", "slug", "redirects", "draft", "updated", "view"];
const INDEX_KEYS: &[&str] = &["title", "summary", "redirects", "updated", "view"];
const TRANSLATION_KEYS: &[&str] = &["title", "summary"];

/// Reads all pages: home, then the index of each type, then free pages by path.
pub(super) fn read(context: &Context<'_>, groups: &[PageGroup<'_>]) -> (Vec<Page>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let config_place = || Place { path: crate::config::FILE.into(), span: Span::default() };
    let mut pages = vec![Page::new(PageKind::Home, "", config_place())];
    pages.extend(
        context.schema.types().map(|(id, entity_type)| Page::new(PageKind::Index(id), "", entity_type.place.clone())),
    );
    let mut free = Vec::new();
    for group in groups {
        let kind = match &group.role {
            Role::Page(path) if path.is_empty() => PageKind::Home,
            Role::Index(entity_type) => PageKind::Index(*entity_type),
            _ => PageKind::Free,
        };
        let path = match &group.role {
            Role::Page(path) => path,
            _ => "",
        };
        let mut page = Page::new(kind, path, group.parts[0].place.clone());
        let mut found = Vec::new();
        for part in &group.parts {
            let mut reader = Reader::new(&part.document.source, &context.config.languages);
            read_part(&mut reader, &mut page, part);
            found.extend(part.document.problems.iter().cloned());
            found.extend(reader.problems);
        }
        if context.drafts || !page.draft {
            problems.extend(found);
        }
        for lang in context.config.languages.all().skip(1) {
            page.translated |= u64::from(page.untranslated(lang).is_empty()) << lang.0;
        }
        match kind {
            PageKind::Home => pages[0] = page,
            PageKind::Index(entity_type) => pages[PageId::index_of(entity_type).0 as usize] = page,
            PageKind::Free => free.push(page),
        }
    }
    for page in &mut pages {
        if page.files.is_empty() {
            page.translated = u64::MAX;
        }
    }
    free.sort_by(|a, b| a.path.cmp(&b.path));
    pages.extend(free);
    (pages, problems)
}

fn read_part(reader: &mut Reader<'_>, page: &mut Page, part: &Part<'_>) {
    if let Some(prose) = part.prose {
        page.body.set(part.lang, Body::unresolved(&part.document.source.path, prose.clone()));
    }
    page.files.set(part.lang, part.document.source.path.clone());
    let free = page.kind == PageKind::Free;
    let keys = if free { PAGE_KEYS } else { INDEX_KEYS };
    let original = part.lang == Lang::DEFAULT;
    for entry in &part.front.entries {
        let value = &entry.value;
        if !keys.contains(&&*entry.key) {
            reader.unknown_key(entry, if free { "a page" } else { "this page" }, keys.iter().copied());
            continue;
        }
        if !original && !TRANSLATION_KEYS.contains(&&*entry.key) {
            let message = format!("\"{}\" belongs into the original, once for all languages", entry.key);
            reader.report(reader.problem(Code::FactsInTranslation, entry.key_span, message));
            continue;
        }
        match &*entry.key {
            "title" if original => page.title = title(reader, value),
            "title" => put(&mut page.title, part.lang, reader.text(value)),
            "summary" if original => page.summary = reader.localised(value).unwrap_or_default(),
            "summary" => put(&mut page.summary, part.lang, reader.text(value)),
            "slug" => page.slug = schema::segments(reader, value).unwrap_or_default(),
            "redirects" => page.redirects = redirects(reader, value),
            "draft" => page.draft = reader.boolean(value).unwrap_or_default(),
            "updated" => page.updated = values::date(reader, value),
            "view" => page.view = Some(RawView { source: part.document.source.clone(), value: value.clone() }),
            _ => {}
        }
    }
    let has_front = !part.document.problems.iter().any(|problem| problem.code == Code::NoFrontMatter);
    if free && original && has_front && part.front.get("title").is_none() {
        reader.missing(part.place.span, "a page", "title", "title = \"The name of the page\"");
    }
}

fn put(texts: &mut LocalText, lang: Lang, text: Option<Box<str>>) {
    if let Some(text) = text {
        texts.set(lang, text);
    }
}
