//! The variables that are the same on all pages of a language.

use tera::Value;

use super::head::languages;
use super::menu::menu;
use super::shapes::{SearchIndex, Site};
use crate::model::PageId;
use crate::render::parts::type_value;
use crate::render::scope::Scope;
use crate::render::views;
use crate::site;

/// The site, for the pages of one language.
pub(crate) fn site(scope: &Scope) -> Site {
    let config = &scope.ecosystem.config;
    let home = |lang| site::page_path(&scope.ecosystem, PageId::HOME, lang);
    let (total, translated) = scope.ecosystem.coverage(scope.lang);
    let types = scope.ecosystem.schema.types();
    Site {
        title: scope.words(&config.title),
        description: scope.words(&config.description),
        lang: scope.tag().to_owned(),
        languages: languages(scope, home, |_| true).map(Value::from).collect(),
        base_url: config.base_url.as_str().to_owned(),
        base_path: config.base_path().to_owned(),
        home: scope.address(&home(scope.lang)),
        feed: scope.address(&site::feed_path(config, scope.lang)),
        menu: menu(scope, &config.menu),
        types: types.map(|(entity_type, _)| type_value(scope, entity_type)).collect(),
        params: scope.params.clone(),
        total,
        translated,
        security_policy: scope.settings.security_policy.as_deref().map(str::to_owned),
        search: search(scope).map(Value::from),
        paths: paths(scope),
        generator: concat!("Filière ", env!("CARGO_PKG_VERSION")),
    }
}

/// Where the index of the search is, and the page that holds the search; none if there is no index.
fn search(scope: &Scope) -> Option<SearchIndex> {
    let parts = scope.site.search.iter().filter(|part| part.lang == scope.lang);
    let parts: Vec<String> = parts.map(|part| scope.address(&part.path)).collect();
    let page = scope.site.search_page.map(|id| site::page_path(&scope.ecosystem, id, scope.lang));
    (!parts.is_empty()).then(|| SearchIndex { parts, page: page.map(|path| scope.address(&path)) })
}

/// The address of the page that says how two entities are connected.
fn paths(scope: &Scope) -> Option<String> {
    let page = views::path::page(&scope.ecosystem)?;
    Some(scope.address(&site::page_path(&scope.ecosystem, page, scope.lang)))
}
