//! Reads pages that are not about an entity.

use super::assemble::{PageGroup, Part};
use super::common::{lists_by_language, text_list, title};
use super::context::Context;
use super::misplaced::misplaced;
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Lang, LocalText};
use crate::model::body::Body;
use crate::model::ids::PageId;
use crate::model::page::{Page, PageKind, RawView};
use crate::parse::Role;
use crate::reader::Reader;
use crate::schema;
use crate::table::Value;
use crate::text::{Place, Span};
use crate::values::Date;

/// The keys of a free page, in the order in which they are written.
pub(crate) const PAGE_KEYS: &[&str] =
    &["title", "summary", "keywords", "slug", "redirects", "draft", "updated", "view", "blocks", "template"];
const INDEX_KEYS: &[&str] = &["title", "summary", "keywords", "redirects", "updated", "view", "blocks", "template"];
const TRANSLATION_KEYS: &[&str] = &["title", "summary", "keywords"];

/// Reads all pages: home, then the index of each type, then free pages by path.
pub(in crate::model) fn read(context: &Context<'_>, groups: &[PageGroup<'_>]) -> (Vec<Page>, Vec<Diagnostic>) {
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
        let mut page_problems = Vec::new();
        for part in &group.parts {
            let mut reader = Reader::new(&part.document.source, &context.config.languages);
            read_part(context, &mut reader, &mut page, part);
            page_problems.extend(part.document.problems.iter().cloned());
            page_problems.extend(reader.problems);
        }
        if context.drafts || !page.draft {
            problems.extend(page_problems);
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
    // Home and indexes without a file have no text of their own, so there is nothing to translate.
    for page in &mut pages {
        if page.files.is_empty() {
            page.translated = u64::MAX;
        }
    }
    free.sort_by(|a, b| a.path.cmp(&b.path));
    pages.extend(free);
    (pages, problems)
}

fn read_part(context: &Context<'_>, reader: &mut Reader<'_>, page: &mut Page, part: &Part<'_>) {
    if let Some(prose) = part.prose {
        page.body.set(part.lang, Body::unresolved(&part.document.source.path, prose.clone()));
    }
    page.files.set(part.lang, part.document.source.path.clone());
    let free = page.kind == PageKind::Free;
    let keys = if free { PAGE_KEYS } else { INDEX_KEYS };
    let original = part.lang == Lang::DEFAULT;
    if original && let Some(problem) = misplaced(context, part.front, &part.place, "a page", |key| keys.contains(&key))
    {
        reader.report(problem);
        return;
    }
    for entry in &part.front.entries {
        let value = &entry.value;
        if !keys.contains(&&*entry.key) {
            reader.unknown_key(entry, if free { "a page" } else { "this page" }, keys.iter().copied());
            continue;
        }
        if !original && !TRANSLATION_KEYS.contains(&&*entry.key) {
            let message = format!(
                "\"{}\" can't be in a translation: it belongs in the original, once for all languages",
                entry.key
            );
            reader.report(reader.problem(Code::FactsInTranslation, entry.key_span, message));
            continue;
        }
        match &*entry.key {
            "title" if original => page.title = title(reader, value),
            "title" => put(&mut page.title, part.lang, reader.words(value)),
            "summary" if original => page.summary = reader.localised(value).unwrap_or_default(),
            "summary" => put(&mut page.summary, part.lang, reader.words(value)),
            "keywords" if original => page.keywords = lists_by_language(reader, value),
            "keywords" => page.keywords.set(part.lang, text_list(reader, value)),
            "slug" => page.slug = schema::segments(reader, value).unwrap_or_default(),
            "redirects" => page.redirects = schema::redirects(reader, value),
            "draft" => page.draft = reader.boolean(value).unwrap_or_default(),
            "updated" => page.updated = Date::read(reader, value),
            "view" => page.view = Some(raw(part, value)),
            "template" => page.template = reader.text(value).map(|text| (text, reader.source.place(value.span))),
            "blocks" => page.blocks = Some(raw(part, value)),
            _ => {}
        }
    }
    let has_front = !part.document.problems.iter().any(|problem| problem.code == Code::NoFrontMatter);
    if free && original && has_front && part.front.get("title").is_none() {
        reader.missing(part.place.span, "a page", "title", "title = \"The name of the page\"");
    }
}

fn raw(part: &Part<'_>, value: &Value) -> RawView {
    RawView { source: part.document.source.clone(), value: value.clone() }
}

fn put(texts: &mut LocalText, lang: Lang, text: Option<Box<str>>) {
    if let Some(text) = text {
        texts.set(lang, text);
    }
}
