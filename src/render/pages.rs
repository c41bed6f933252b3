//! The views of entities and pages. What many pages show, such as cards, is made once and shared.

use std::sync::{Arc, OnceLock};

use tera::Value;

use super::prose::{Citations, Filling};
use super::strings::Strings;
use super::theme::Settings;
use super::views::{self, html, text};
use super::{collections, facets, facts, index, json_ld, map, matrix, network, timeline};
use crate::locale::{Lang, LocalText};
use crate::model::{Body, Ecosystem, EntityId, PageId, PageKind, View};
use crate::parse::typographic;
use crate::schema::TypeId;
use crate::site::{self, IndexPart, Route, RouteKind};

/// Makes views of a site.
pub(super) struct Pages {
    pub ecosystem: Arc<Ecosystem>,
    pub strings: Vec<Arc<Strings>>,
    pub settings: Settings,
    /// By language, then by entity; made when first asked for.
    cards: Vec<Vec<OnceLock<Value>>>,
    /// The link to each entity of which nothing is said: most links are such.
    links: Vec<Vec<OnceLock<Value>>>,
    /// By language, then by type; made when first asked for.
    orders: Vec<Vec<OnceLock<Vec<EntityId>>>>,
    lists: Vec<Vec<OnceLock<Value>>>,
    facets: Vec<Vec<OnceLock<Value>>>,
    sorts: Vec<Vec<OnceLock<Value>>>,
}

impl Pages {
    pub(super) fn new(ecosystem: Arc<Ecosystem>, strings: Vec<Arc<Strings>>, settings: Settings) -> Self {
        let langs: Vec<Lang> = ecosystem.config.languages.all().collect();
        let none = || langs.iter().map(|_| ecosystem.entities.iter().map(|_| OnceLock::new()).collect()).collect();
        let (cards, links) = (none(), none());
        let empty = || langs.iter().map(|_| ecosystem.schema.types.iter().map(|_| OnceLock::new()).collect()).collect();
        let orders = langs.iter().map(|_| ecosystem.schema.types.iter().map(|_| OnceLock::new()).collect()).collect();
        Self { cards, links, orders, lists: empty(), facets: empty(), sorts: empty(), ecosystem, strings, settings }
    }

    /// The entity in short.
    pub(super) fn card(&self, id: EntityId, lang: Lang) -> Value {
        self.cards[lang.index()][id.index()].get_or_init(|| card(self, id, lang)).clone()
    }

    /// A link to an entity of which nothing is said.
    pub(super) fn link(&self, id: EntityId, lang: Lang) -> Value {
        let link = || views::Link { card: self.card(id, lang), attributes: Value::from(Vec::<Value>::new()) }.into();
        self.links[lang.index()][id.index()].get_or_init(link).clone()
    }

    /// An address of a path of the site, below its host.
    pub(super) fn address(&self, path: &str) -> String {
        [self.ecosystem.config.base_path(), path].concat()
    }

    /// The whole address of a path of the site.
    pub(super) fn canonical(&self, path: &str) -> String {
        [self.ecosystem.config.base_url.as_str(), path].concat()
    }

    pub(super) fn tag(&self, lang: Lang) -> &str {
        self.ecosystem.config.languages.tag(lang)
    }

    /// A text in a language or else in the default one, with the typography of the language that it is in.
    pub(super) fn local(&self, texts: &LocalText, lang: Lang) -> Value {
        local(&self.ecosystem, texts, lang).0
    }

    pub(super) fn title(&self, id: EntityId, lang: Lang) -> String {
        let (lang, title) =
            self.ecosystem.entity(id).title.best(lang).map_or((lang, ""), |(lang, title)| (lang, title));
        typographic(title, self.tag(lang)).into_owned()
    }

    pub(super) fn type_id(&self, id: EntityId) -> &str {
        &self.ecosystem.schema.get(self.ecosystem.entity(id).entity_type).id
    }

    pub(super) fn is_citation(&self, id: EntityId) -> bool {
        self.ecosystem.schema.get(self.ecosystem.entity(id).entity_type).citation
    }

    pub(super) fn page_title(&self, id: PageId, lang: Lang) -> String {
        let page = self.ecosystem.page(id);
        let title = match page.kind {
            _ if !page.title.is_empty() => &page.title,
            PageKind::Home | PageKind::Free => &self.ecosystem.config.title,
            PageKind::Index(entity_type) => &self.ecosystem.schema.get(entity_type).plural,
        };
        local(&self.ecosystem, title, lang).0.as_str().unwrap_or_default().to_owned()
    }

    /// All entities of a type, in its order.
    pub(super) fn order(&self, entity_type: TypeId, lang: Lang) -> &[EntityId] {
        self.orders[lang.index()][usize::from(entity_type.0)].get_or_init(|| {
            let mut ids: Vec<EntityId> = self.ecosystem.of_type(entity_type).collect();
            self.ecosystem.sort(&mut ids, lang);
            ids
        })
    }

    /// Their cards.
    pub(super) fn of_type(&self, entity_type: TypeId, lang: Lang) -> Value {
        let cards = || self.order(entity_type, lang).iter().map(|id| self.card(*id, lang)).collect::<Vec<_>>();
        self.lists[lang.index()][usize::from(entity_type.0)].get_or_init(|| Value::from(cards())).clone()
    }

    /// What the entities of a type can be sorted by.
    pub(super) fn sorts(&self, entity_type: TypeId, lang: Lang) -> Value {
        self.sorts[lang.index()][usize::from(entity_type.0)]
            .get_or_init(|| index::sortings(self, entity_type, lang))
            .clone()
    }

    /// What the entities of a type can be filtered by.
    pub(super) fn facets(&self, entity_type: TypeId, lang: Lang) -> Value {
        self.facets[lang.index()][usize::from(entity_type.0)]
            .get_or_init(|| facets::view(self, entity_type, lang))
            .clone()
    }

    /// The cards of the entities that changed last.
    pub(super) fn latest(&self, count: usize, lang: Lang) -> Value {
        let latest = latest(&self.ecosystem, lang).into_iter().take(count);
        Value::from(latest.map(|id| self.card(id, lang)).collect::<Vec<_>>())
    }

    /// The entity in full, for a template that asks for one that its page is not about.
    pub(super) fn entity(&self, id: EntityId, lang: Lang) -> Value {
        facts::entity(self, id, &mut Filling { pages: self, lang, citations: None, card: None })
    }

    /// The values of an entity's fields: a list of facts.
    pub(super) fn facts(&self, id: EntityId, lang: Lang) -> Value {
        Value::from(facts::facts(self, id, &mut Filling { pages: self, lang, citations: None, card: None }))
    }

    /// A link to the page or the index of a type that goes by this name; none if there is none.
    pub(super) fn entry(&self, name: &str, lang: Lang) -> Value {
        let Some(page) = site::menu_entry(&self.ecosystem, name) else { return Value::none() };
        let url = self.address(&site::page_path(&self.ecosystem, page, lang));
        views::Entry { id: name.to_owned(), title: text(&self.page_title(page, lang)), url }.into()
    }

    /// What is the same on all pages of a language.
    pub(super) fn site(&self, lang: Lang, search: &[IndexPart]) -> Value {
        let config = &self.ecosystem.config;
        let home = |lang| self.address(&site::page_path(&self.ecosystem, PageId::HOME, lang));
        let (total, translated) = self.ecosystem.coverage(lang);
        let menu = config.menu.iter().map(|(id, _)| self.entry(id, lang)).filter(|entry| !entry.is_none());
        views::Site {
            title: self.local(&config.title, lang),
            description: self.local(&config.description, lang),
            lang: self.tag(lang).to_owned(),
            languages: self.languages(lang, |lang| site::page_path(&self.ecosystem, PageId::HOME, lang), |_| true),
            base_url: config.base_url.as_str().to_owned(),
            base_path: config.base_path().to_owned(),
            home: home(lang),
            feed: self.address(&site::feed_path(config, lang)),
            menu: menu.collect(),
            types: self.ecosystem.schema.types().map(|(entity_type, _)| self.type_info(entity_type, lang)).collect(),
            params: Value::from_serializable(&config.params),
            total,
            translated,
            security_policy: self.settings.security_policy.as_deref().map(str::to_owned),
            search: self.search(lang, search),
            generator: concat!("Filière ", env!("CARGO_PKG_VERSION")),
        }
        .into()
    }

    /// Where the index of the search is, and the page that holds the search; none if there is no index.
    fn search(&self, lang: Lang, parts: &[IndexPart]) -> Option<Value> {
        let parts = parts.iter().filter(|part| part.lang == lang).map(|part| self.address(&part.path));
        let parts: Vec<String> = parts.collect();
        let page = site::search_page(&self.ecosystem).map(|id| site::page_path(&self.ecosystem, id, lang));
        (!parts.is_empty()).then(|| views::SearchIndex { parts, page: page.map(|path| self.address(&path)) }.into())
    }

    /// A picture of the ecosystem.
    fn view(&self, view: &View, lang: Lang) -> Value {
        match view {
            View::Matrix { entity_type, rows, columns } => matrix::view(self, *entity_type, *rows, *columns, lang),
            View::Map { entity_type, by } => map::view(self, *entity_type, *by, lang),
            View::Network { entity_type } => network::view(self, entity_type, lang),
            View::Timeline { entity_type } => timeline::view(self, entity_type, lang),
            View::Figures { entity_type, by, against } => collections::figures(self, *entity_type, *by, *against, lang),
            View::Glossary { entity_type } => collections::glossary(self, *entity_type, lang),
            View::Search => views::Search { kind: "search" }.into(),
        }
    }

    pub(super) fn type_info(&self, entity_type: TypeId, lang: Lang) -> Value {
        let info = self.ecosystem.schema.get(entity_type);
        views::TypeInfo {
            id: info.id.to_string(),
            name: self.local(&info.name, lang),
            plural: self.local(&info.plural, lang),
            url: self.address(&site::index_path(&self.ecosystem, entity_type, 1, lang)),
            count: self.ecosystem.count(entity_type),
            csv: self.address(&format!("/data/{}.csv", info.id)),
            json: self.address(&format!("/data/{}.json", info.id)),
            citation: info.citation,
        }
        .into()
    }

    /// Something in all languages, by its path in each.
    fn languages(&self, current: Lang, path: impl Fn(Lang) -> String, translated: impl Fn(Lang) -> bool) -> Vec<Value> {
        let languages = self.ecosystem.config.languages.all().map(|lang| {
            let tag = self.tag(lang).to_owned();
            let name = self.strings[lang.index()].get("language").map_or_else(|| tag.clone(), str::to_owned);
            let path = path(lang);
            let (url, canonical) = (self.address(&path), self.canonical(&path));
            views::Language { lang: tag, name, url, canonical, translated: translated(lang), current: lang == current }
                .into()
        });
        languages.collect()
    }

    /// The view of a page, with everything that its templates need beside the site: names and values.
    pub(super) fn page(&self, route: &Route, card: &dyn Fn(EntityId) -> String) -> Vec<(&'static str, Value)> {
        let lang = route.lang;
        let mut citations = Citations::default();
        let mut filling = Filling { pages: self, lang, citations: Some(&mut citations), card: Some(card) };
        let mut page = self.blank(route);
        let mut parts = Vec::new();
        match &route.kind {
            RouteKind::Entity(id) => {
                let entity = self.ecosystem.entity(*id);
                self.prose(&mut page, &mut filling, entity.body.best(lang));
                parts.push(("entity", facts::entity(self, *id, &mut filling)));
                page.json_ld = json_ld::entity(self, *id, lang).map(|json| html(&json));
            }
            RouteKind::Index(entity_type, number) => {
                let text = self.ecosystem.page(PageId::index_of(*entity_type));
                if *number == 1 {
                    self.prose(&mut page, &mut filling, text.body.best(lang));
                }
                let view = text.view.as_ref().filter(|_| *number == 1);
                parts.push(("view", view.map_or_else(Value::none, |view| self.view(view, lang))));
                parts.push(("index", index::index(self, *entity_type, *number, lang)));
            }
            RouteKind::Page(id) => {
                let info = self.ecosystem.page(*id);
                self.prose(&mut page, &mut filling, info.body.best(lang));
                parts.push(("view", info.view.as_ref().map_or_else(Value::none, |view| self.view(view, lang))));
                page.json_ld = (info.kind == PageKind::Home).then(|| html(&json_ld::home(self, lang)));
            }
            // What stands in for a missing page has a page's template, and nothing to show in it.
            _ => parts.push(("view", Value::none())),
        }
        page.references = citations.references(self, lang);
        parts.push(("page", page.into()));
        parts
    }

    fn prose(&self, page: &mut views::Page, filling: &mut Filling<'_>, body: Option<(Lang, &Body)>) {
        let Some((lang, body)) = body else { return };
        page.content = html(&filling.fill(body));
        page.content_lang = self.tag(lang).to_owned();
        page.fallback = lang != filling.lang;
        let headings = body.prose.headings.iter().map(|heading| {
            views::Heading {
                level: usize::from(heading.level),
                id: heading.id.to_string(),
                text: typographic(&heading.text, self.tag(lang)).into_owned(),
            }
            .into()
        });
        page.headings = headings.collect();
    }

    /// What a page has whatever it is about.
    fn blank(&self, route: &Route) -> views::Page {
        let lang = route.lang;
        let about = About::of(self, route);
        let translations = match route.kind {
            RouteKind::NotFound => {
                self.languages(lang, |lang| site::page_path(&self.ecosystem, PageId::HOME, lang), |_| true)
            }
            _ => self.languages(lang, |lang| path_in(&self.ecosystem, &route.kind, lang), &about.translated),
        };
        let languages = self.ecosystem.config.languages.all();
        let announced = route.kind.is_page()
            && (about.translated)(lang)
            && languages.filter(|lang| (about.translated)(*lang)).count() > 1;
        let translated = |other: &&Value| other.get_from_path("translated").is_some_and(Value::is_truthy);
        let alternates = translations.iter().filter(|_| announced).filter(translated).cloned().collect();
        views::Page {
            kind: about.kind,
            title: text(&about.title),
            summary: about.summary.0,
            summary_lang: self.tag(about.summary.1).to_owned(),
            lang: self.tag(lang).to_owned(),
            url: self.address(&route.path),
            canonical: self.canonical(&route.path),
            translations,
            alternates,
            content: html(""),
            content_lang: self.tag(lang).to_owned(),
            fallback: false,
            headings: Vec::new(),
            references: Vec::new(),
            breadcrumbs: self.breadcrumbs(route),
            edit_url: about.file.and_then(|file| {
                Some(self.ecosystem.config.edit_url.as_ref()?.replace("{path}", &super::prose::encoded(&file)))
            }),
            updated: about.updated,
            json_ld: None,
        }
    }

    /// The way from home to the page, without the page itself.
    fn breadcrumbs(&self, route: &Route) -> Vec<Value> {
        let lang = route.lang;
        let mut pages = Vec::new();
        match &route.kind {
            RouteKind::Page(id) if self.ecosystem.page(*id).kind == PageKind::Home => {}
            RouteKind::Page(id) => {
                pages.push(PageId::HOME);
                let path = &self.ecosystem.page(*id).path;
                let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
                pages.extend(folders.filter_map(|folder| self.ecosystem.published_page(folder)));
            }
            RouteKind::Index(entity_type, number) => {
                pages.push(PageId::HOME);
                pages.extend((*number > 1).then(|| PageId::index_of(*entity_type)));
            }
            RouteKind::Entity(id) => {
                pages.extend([PageId::HOME, PageId::index_of(self.ecosystem.entity(*id).entity_type)])
            }
            _ => pages.push(PageId::HOME),
        }
        let entries = pages.into_iter().map(|id| {
            let url = self.address(&site::page_path(&self.ecosystem, id, lang));
            let id_text = match self.ecosystem.page(id).kind {
                PageKind::Index(entity_type) => self.ecosystem.schema.get(entity_type).id.to_string(),
                _ => self.ecosystem.page(id).path.to_string(),
            };
            views::Entry { id: id_text, title: text(&self.page_title(id, lang)), url }.into()
        });
        entries.collect()
    }
}

/// The entities that say when they changed, the latest first.
pub(super) fn latest(ecosystem: &Ecosystem, lang: Lang) -> Vec<EntityId> {
    let mut dated: Vec<EntityId> = ecosystem.published().filter(|id| ecosystem.entity(*id).updated.is_some()).collect();
    dated.sort_by_key(|id| {
        let entity = ecosystem.entity(*id);
        (std::cmp::Reverse(entity.updated), entity.entity_type, ecosystem.rank(*id, lang))
    });
    dated
}

/// The path of the same thing in another language.
pub(super) fn path_in(ecosystem: &Ecosystem, kind: &RouteKind, lang: Lang) -> String {
    match kind {
        RouteKind::Entity(id) => site::entity_path(ecosystem, *id, lang),
        RouteKind::Index(entity_type, number) => site::index_path(ecosystem, *entity_type, *number, lang),
        RouteKind::Page(id) => site::page_path(ecosystem, *id, lang),
        _ => String::from("/"),
    }
}

/// Whether something is translated into a language, so that it can be announced as a translation.
pub(super) fn is_translated(ecosystem: &Ecosystem, kind: &RouteKind, lang: Lang) -> bool {
    match kind {
        RouteKind::Entity(id) => ecosystem.entity(*id).is_translated(lang),
        RouteKind::Index(entity_type, _) => ecosystem.page(PageId::index_of(*entity_type)).is_translated(lang),
        RouteKind::Page(id) => ecosystem.page(*id).is_translated(lang),
        _ => true,
    }
}

/// What a page is about.
struct About<'a> {
    kind: &'static str,
    title: String,
    summary: (Value, Lang),
    file: Option<Arc<str>>,
    updated: Option<String>,
    translated: Box<dyn Fn(Lang) -> bool + 'a>,
}

impl<'a> About<'a> {
    fn of(pages: &'a Pages, route: &'a Route) -> Self {
        let lang = route.lang;
        let ecosystem = &pages.ecosystem;
        let translated = Box::new(move |lang| is_translated(ecosystem, &route.kind, lang));
        match &route.kind {
            RouteKind::Entity(id) => {
                let entity = ecosystem.entity(*id);
                Self {
                    kind: "entity",
                    title: pages.title(*id, lang),
                    summary: local(ecosystem, &entity.summary, lang),
                    file: entity.files.best(lang).map(|(_, file)| file.clone()),
                    updated: entity.updated.map(|date| date.to_string()),
                    translated,
                }
            }
            RouteKind::Index(..) | RouteKind::Page(_) => {
                let id = match &route.kind {
                    RouteKind::Index(entity_type, _) => PageId::index_of(*entity_type),
                    RouteKind::Page(id) => *id,
                    _ => PageId::HOME,
                };
                let page = ecosystem.page(id);
                let kind = match page.kind {
                    PageKind::Home => "home",
                    PageKind::Index(_) => "index",
                    PageKind::Free => "page",
                };
                let summary = if page.kind == PageKind::Home && page.summary.is_empty() {
                    &ecosystem.config.description
                } else {
                    &page.summary
                };
                Self {
                    kind,
                    title: pages.page_title(id, lang),
                    summary: local(ecosystem, summary, lang),
                    file: page.files.best(lang).map(|(_, file)| file.clone()),
                    updated: page.updated.map(|date| date.to_string()),
                    translated,
                }
            }
            _ => {
                let title = pages.strings[lang.index()].get("not_found.title").unwrap_or("404").to_owned();
                Self { kind: "not_found", title, summary: (text(""), lang), file: None, updated: None, translated }
            }
        }
    }
}

fn card(pages: &Pages, id: EntityId, lang: Lang) -> Value {
    let ecosystem = &pages.ecosystem;
    let entity = ecosystem.entity(id);
    let entity_type = ecosystem.schema.get(entity.entity_type);
    let (summary, summary_lang) = local(ecosystem, &entity.summary, lang);
    views::Card {
        key: format!("{}/{}", entity_type.id, entity.id),
        type_id: entity_type.id.to_string(),
        type_name: local(ecosystem, &entity_type.name, lang).0,
        id: entity.id.to_string(),
        title: local(ecosystem, &entity.title, lang).0,
        summary,
        brief: facts::brief(pages, id, lang),
        summary_lang: ecosystem.config.languages.tag(summary_lang).to_owned(),
        url: format!("{}{}", ecosystem.config.base_path(), site::entity_path(ecosystem, id, lang)),
        translated: entity.is_translated(lang),
        updated: entity.updated.map(|date| date.to_string()),
        draft: entity.draft,
    }
    .into()
}

/// A text in a language or else in the default one, set in the typography of the language that it is in, and that language.
fn local(ecosystem: &Ecosystem, texts: &LocalText, lang: Lang) -> (Value, Lang) {
    match texts.best(lang) {
        Some((found, words)) => (text(&typographic(words, ecosystem.config.languages.tag(found))), found),
        None => (text(""), lang),
    }
}
