//! The variables that every page has, such as title, addresses and translations.

use std::sync::Arc;

use tera::Value;

use super::breadcrumbs::breadcrumbs;
use super::letter;
use super::shapes::{Language, Page};
use crate::locale::Lang;
use crate::model::{PageId, PageKind};
use crate::render::scope::Scope;
use crate::render::words::{Words, html};
use crate::site::{self, Route, RouteKind};
use crate::url::encoded;

/// A page without its prose.
pub(super) fn page(scope: &Scope, route: &Route) -> Page {
    let subject = Subject::new(scope, route);
    let (translations, alternates) = translations(scope, route);
    let edit_url = subject.file.as_deref().and_then(|file| {
        let pattern = scope.ecosystem.config.edit_url.as_ref()?;
        Some(pattern.replace("{path}", &encoded(file)))
    });
    Page {
        letter: letter::letter(scope, route, &subject.title, subject.file.as_deref()),
        kind: subject.kind,
        title: subject.title,
        title_lang: match &route.kind {
            RouteKind::Entity(id) => scope.title_tag(*id).to_owned(),
            _ => scope.tag().to_owned(),
        },
        summary_lang: scope.tag_of(subject.summary.lang).to_owned(),
        summary: subject.summary,
        lang: scope.tag().to_owned(),
        url: scope.address(&route.path),
        canonical: scope.canonical(&route.path),
        translations,
        alternates,
        content: html(""),
        content_lang: scope.tag().to_owned(),
        fallback: false,
        headings: Vec::new(),
        contents: Vec::new(),
        references: Vec::new(),
        uncited: Vec::new(),
        breadcrumbs: breadcrumbs(scope, route),
        edit_url,
        updated: subject.updated,
        json_ld: None,
    }
}

/// The page in all languages (for the page of missing paths, the home pages), and those of them that are announced to
/// search engines: none if the page is not translated into its language, or exists in one language only.
fn translations(scope: &Scope, route: &Route) -> (Vec<Value>, Vec<Value>) {
    let path = |lang| match route.kind {
        RouteKind::NotFound => site::page_path(&scope.ecosystem, PageId::HOME, lang),
        _ => site::path_in(&scope.ecosystem, &route.kind, lang),
    };
    let is_translated = |lang| site::is_translated(&scope.ecosystem, &route.kind, lang);
    let is_announced = route.kind.is_page() && is_translated(scope.lang);
    let (mut all, mut alternates) = (Vec::new(), Vec::new());
    for language in languages(scope, path, is_translated) {
        let is_alternate = is_announced && language.translated;
        let value = Value::from(language);
        if is_alternate {
            alternates.push(value.clone());
        }
        all.push(value);
    }
    if alternates.len() < 2 {
        alternates.clear();
    }
    (all, alternates)
}

/// A list of all languages, each with a path.
pub(super) fn languages<'a>(
    scope: &'a Scope,
    path: impl Fn(Lang) -> String + 'a,
    is_translated: impl Fn(Lang) -> bool + 'a,
) -> impl Iterator<Item = Language> + 'a {
    scope.ecosystem.config.languages.all().map(move |lang| {
        let path = path(lang);
        Language {
            lang: scope.tag_of(lang).to_owned(),
            name: scope.language_names[lang.index()].clone(),
            url: scope.address(&path),
            canonical: scope.canonical(&path),
            translated: is_translated(lang),
            current: lang == scope.lang,
        }
    })
}

/// The subject of a page.
struct Subject {
    kind: &'static str,
    title: String,
    summary: Words,
    file: Option<Arc<str>>,
    updated: Option<String>,
}

impl Subject {
    fn new(scope: &Scope, route: &Route) -> Self {
        match &route.kind {
            RouteKind::Entity(id) => {
                let entity = scope.ecosystem.entity(*id);
                Self {
                    kind: "entity",
                    title: scope.title(*id).text,
                    summary: scope.words(&entity.summary),
                    file: entity.files.best(scope.lang).map(|(_, file)| file.clone()),
                    updated: entity.updated.map(|date| date.to_string()),
                }
            }
            RouteKind::Index(entity_type, _) => Self::of_page(scope, PageId::index_of(*entity_type)),
            RouteKind::Page(id) => Self::of_page(scope, *id),
            _ => Self {
                kind: "not_found",
                title: scope.strings.get("not_found.title").unwrap_or("404").to_owned(),
                summary: Words { text: String::new(), lang: scope.lang },
                file: None,
                updated: None,
            },
        }
    }

    fn of_page(scope: &Scope, id: PageId) -> Self {
        let page = scope.ecosystem.page(id);
        let is_home = page.kind == PageKind::Home;
        let summary =
            if is_home && page.summary.is_empty() { &scope.ecosystem.config.description } else { &page.summary };
        Self {
            kind: match page.kind {
                PageKind::Home => "home",
                PageKind::Index(_) => "index",
                PageKind::Free => "page",
            },
            title: scope.page_title(id).text,
            summary: scope.words(summary),
            file: page.files.best(scope.lang).map(|(_, file)| file.clone()),
            updated: page.updated.map(|date| date.to_string()),
        }
    }
}
