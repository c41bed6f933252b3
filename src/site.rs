//! What is published, where, and in which language.
//!
//! In: the ecosystem and the theme's files. Out: a [`Site`]: every route with its path, and what was wrong with them. Knows addresses
//! and nothing of how pages look.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use crate::config::Config;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::Lang;
use crate::model::{Body, Ecosystem, EntityId, FieldValue, Page, PageId, PageKind, Target, View};
use crate::schema::TypeId;
use crate::source::{Asset, Bytes};
use crate::text::{Place, Span};

/// The folder of the theme's files in the published site.
pub const ASSETS: &str = "/assets/";
/// The path of the outline of maps.
pub const OUTLINE: &str = "/data/outline.svg";

/// The folder of the search's index in the published site; nothing else may be in it.
pub const SEARCH: &str = "/search-index/";

/// An index of more pages than these comes in parts, each of which is made and searched for itself.
const PART_SIZE: usize = 10_000;

/// Everything that is published, in the order of the paths.
#[derive(Debug)]
pub struct Site {
    /// The routes.
    pub routes: Vec<Route>,
    /// The parts of the search's index, by language; none if there is no search.
    pub search: Vec<IndexPart>,
}

/// A part of the search's index: pages of one language.
#[derive(Debug)]
pub struct IndexPart {
    /// The language.
    pub lang: Lang,
    /// Its folder in the published site, with a slash at both ends.
    pub path: Box<str>,
    /// Its pages, by their place among the routes.
    pub pages: Vec<usize>,
}

/// One thing that is published.
#[derive(Debug, Clone)]
pub struct Route {
    /// Its path below the base URL, starting with `/`; a page's ends with `/`.
    pub path: Box<str>,
    /// What is there.
    pub kind: RouteKind,
    /// Its language.
    pub lang: Lang,
}

/// What a route leads to.
#[derive(Debug, Clone)]
pub enum RouteKind {
    /// A page that is no entity.
    Page(PageId),
    /// A page of a type's index; the first is number 1.
    Index(TypeId, usize),
    /// An entity.
    Entity(EntityId),
    /// The page for paths that don't exist.
    NotFound,
    /// The old path of something, which leads to this path.
    Redirect(Box<str>),
    /// A file that is published as it is.
    File(Bytes),
    /// All data as one graph.
    Graph,
    /// A type as a table.
    Csv(TypeId),
    /// A type as JSON.
    Json(TypeId),
    /// An entity as JSON.
    Record(EntityId),
    /// What a browser needs to filter the index of a type.
    Listing(TypeId),
    /// What small maps are drawn on.
    Outline,
    /// The feed of a language.
    Feed,
    /// The list of pages for search engines, or its part of this number.
    Sitemap(Option<usize>),
    /// What search engines may read.
    Robots,
    /// The old paths, for hosts that read a list of them.
    Redirects,
    /// What is sent with every page, for hosts that read a list of that.
    Headers,
}

impl RouteKind {
    /// Whether it is a page for readers, in a language.
    pub fn is_page(&self) -> bool {
        matches!(self, Self::Page(_) | Self::Index(..) | Self::Entity(_))
    }

    /// Whether templates make it, so that making it can fail.
    pub fn needs_templates(&self) -> bool {
        self.is_page() || matches!(self, Self::NotFound)
    }
}

impl Route {
    /// The file that it is written to, below the output folder.
    pub fn file(&self) -> String {
        file_of(&self.path, matches!(self.kind, RouteKind::Redirect(_)))
    }
}

/// The file of a path: a page's is `index.html` in its folder, and so is an old path that is no file.
fn file_of(path: &str, redirect: bool) -> String {
    let path = path.trim_start_matches('/');
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    match path {
        "" => String::from("index.html"),
        _ if path.ends_with('/') => format!("{path}index.html"),
        _ if redirect && !is_file => format!("{path}/index.html"),
        _ => path.to_owned(),
    }
}

/// A sitemap holds at most so many addresses (sitemaps.org).
pub const SITEMAP_SIZE: usize = 50_000;

/// The path of an entity in a language.
pub fn entity_path(ecosystem: &Ecosystem, id: EntityId, lang: Lang) -> String {
    let entity = ecosystem.entity(id);
    let of = ecosystem.schema.get(entity.of);
    [ecosystem.config.languages.prefix(lang), "/", of.path.text(lang), "/", &entity.id, "/"].concat()
}

/// The path of a type's index in a language; the first page is number 1.
pub fn index_path(ecosystem: &Ecosystem, of: TypeId, number: usize, lang: Lang) -> String {
    let base = format!("{}/{}/", ecosystem.config.languages.prefix(lang), ecosystem.schema.get(of).path.text(lang));
    if number > 1 { format!("{base}page/{number}/") } else { base }
}

/// The path of a page in a language.
pub fn page_path(ecosystem: &Ecosystem, id: PageId, lang: Lang) -> String {
    let page = ecosystem.page(id);
    let prefix = ecosystem.config.languages.prefix(lang);
    match page.kind {
        PageKind::Home => format!("{prefix}/"),
        PageKind::Index(of) => index_path(ecosystem, of, 1, lang),
        PageKind::Free => {
            let mut path = prefix.to_owned();
            let mut folder = String::new();
            for part in page.path.split('/') {
                folder.push_str(part);
                // A page of the folder's own path says what the folder is called in addresses.
                let slug = ecosystem.free_page(&folder).map(|id| ecosystem.page(id).slug.text(lang));
                path.push('/');
                path.push_str(slug.filter(|slug| !slug.is_empty()).unwrap_or(part));
                folder.push('/');
            }
            path.push('/');
            path
        }
    }
}

/// The path of an entity's data.
pub fn record_path(ecosystem: &Ecosystem, id: EntityId) -> String {
    let entity = ecosystem.entity(id);
    ["/data/", &ecosystem.schema.get(entity.of).id, "/", &entity.id, ".json"].concat()
}

/// The path of what a browser needs to filter the index of a type.
pub fn listing_path(ecosystem: &Ecosystem, of: TypeId, lang: Lang) -> String {
    format!("/data/index/{}.{}.json", ecosystem.schema.get(of).id, ecosystem.config.languages.tag(lang))
}

/// The path of a language's feed.
pub fn feed_path(config: &Config, lang: Lang) -> String {
    format!("{}/feed.xml", config.languages.prefix(lang))
}

/// What a theme can want to be published.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extras {
    /// The data of each entity.
    pub records: bool,
    /// What browsers need to filter the index of each type.
    pub listings: bool,
    /// The headers of all pages.
    pub headers: bool,
    /// The index of the search.
    pub search: bool,
}

/// Lays out the site. `theme_assets` are the files of the theme, later ones hiding earlier ones of the same path.
pub fn routes(ecosystem: &Ecosystem, theme_assets: &[Asset], extras: Extras) -> (Site, Vec<Diagnostic>) {
    let mut laying = Laying { ecosystem, routes: Vec::new() };
    laying.pages();
    laying.data();
    laying.extras(extras);
    laying.files(theme_assets);
    laying.redirects();
    let mut problems = conflicts(&mut laying.routes);
    laying.routes.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    let routes: Vec<Route> = laying.routes.into_iter().map(|(route, _)| route).collect();
    let search = if extras.search { index_parts(ecosystem, &routes) } else { Vec::new() };
    let site = Site { routes, search };
    problems.extend(broken_paths(ecosystem, &site));
    problems.extend(unknown_menu(ecosystem));
    (site, problems)
}

impl Site {
    /// The route of a path.
    pub fn find(&self, path: &str) -> Option<&Route> {
        self.routes.binary_search_by(|route| (*route.path).cmp(path)).ok().map(|at| &self.routes[at])
    }

    /// The pages for readers.
    pub fn pages(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter().filter(|route| route.kind.is_page())
    }
}

/// The parts of the search's index. An index without pages has a part too, so that a search finds nothing rather than fails.
fn index_parts(ecosystem: &Ecosystem, routes: &[Route]) -> Vec<IndexPart> {
    let mut parts = Vec::new();
    for lang in ecosystem.config.languages.all() {
        let tag = ecosystem.config.languages.tag(lang);
        let pages =
            routes.iter().enumerate().filter(|(_, route)| route.lang == lang && is_found(ecosystem, &route.kind));
        let pages: Vec<usize> = pages.map(|(at, _)| at).collect();
        // Parts of the same size are searched alike.
        let count = pages.len().div_ceil(PART_SIZE).max(1);
        let size = pages.len().div_ceil(count).max(1);
        for number in 1..=count {
            let pages = pages.iter().skip((number - 1) * size).take(size).copied().collect();
            let name = if number > 1 { format!("{tag}-part-{number}") } else { tag.to_owned() };
            parts.push(IndexPart { lang, path: format!("{SEARCH}{name}/").into(), pages });
        }
    }
    parts
}

/// Whether a search finds it. The home page, the search itself and the further pages of an index say nothing that others don't say.
fn is_found(ecosystem: &Ecosystem, kind: &RouteKind) -> bool {
    match kind {
        RouteKind::Entity(_) => true,
        RouteKind::Index(_, number) => *number == 1,
        RouteKind::Page(id) => {
            let page = ecosystem.page(*id);
            page.kind == PageKind::Free && !matches!(page.view, Some(View::Search))
        }
        _ => false,
    }
}

/// The page that holds the search, if there is one.
pub fn search_page(ecosystem: &Ecosystem) -> Option<PageId> {
    let published = |page: &Page| ecosystem.drafts || !page.draft;
    let at = ecosystem.pages.iter().position(|page| matches!(page.view, Some(View::Search)) && published(page))?;
    Some(PageId(at as u32))
}

/// The number of pages of a type's index; an empty index has one.
pub fn index_pages(ecosystem: &Ecosystem, of: TypeId) -> usize {
    ecosystem.count(of).div_ceil(ecosystem.config.page_size).max(1)
}

/// The page or type that an entry of the menu means.
pub fn menu_entry(ecosystem: &Ecosystem, entry: &str) -> Option<PageId> {
    let published = |id: &PageId| ecosystem.drafts || !ecosystem.page(*id).draft;
    ecosystem.schema.find(entry).map(PageId::index_of).or_else(|| ecosystem.free_page(entry).filter(published))
}

struct Laying<'a> {
    ecosystem: &'a Ecosystem,
    routes: Vec<Laid>,
}

/// A route and what makes it: a place in the site, or the program itself.
type Laid = (Route, Option<Place>);

impl Laying<'_> {
    fn add(&mut self, path: impl Into<Box<str>>, kind: RouteKind, lang: Lang, place: &Place) {
        self.routes.push((Route { path: path.into(), kind, lang }, Some(place.clone())));
    }

    fn add_own(&mut self, path: impl Into<Box<str>>, kind: RouteKind, lang: Lang) {
        self.routes.push((Route { path: path.into(), kind, lang }, None));
    }

    fn pages(&mut self) {
        let ecosystem = self.ecosystem;
        for lang in ecosystem.config.languages.all() {
            for (at, page) in ecosystem.pages.iter().enumerate().filter(|(_, page)| ecosystem.drafts || !page.draft) {
                let id = PageId(at as u32);
                if let PageKind::Index(of) = page.kind {
                    for number in 1..=index_pages(ecosystem, of) {
                        self.add(
                            index_path(ecosystem, of, number, lang),
                            RouteKind::Index(of, number),
                            lang,
                            &page.place,
                        );
                    }
                } else {
                    self.add(page_path(ecosystem, id, lang), RouteKind::Page(id), lang, &page.place);
                }
            }
            for id in ecosystem.published() {
                self.add(entity_path(ecosystem, id, lang), RouteKind::Entity(id), lang, &ecosystem.entity(id).place);
            }
        }
    }

    fn data(&mut self) {
        let ecosystem = self.ecosystem;
        let first = Lang::DEFAULT;
        for (id, of) in ecosystem.schema.types() {
            self.add(format!("/data/{}.csv", of.id), RouteKind::Csv(id), first, &of.place);
            self.add(format!("/data/{}.json", of.id), RouteKind::Json(id), first, &of.place);
        }
        self.add_own("/data/ecosystem.json", RouteKind::Graph, first);
        if !ecosystem.outline.areas.is_empty() {
            self.add_own(OUTLINE, RouteKind::Outline, first);
        }
        for lang in ecosystem.config.languages.all() {
            self.add_own(feed_path(&ecosystem.config, lang), RouteKind::Feed, lang);
        }
        let pages = self.routes.iter().filter(|(route, _)| route.kind.is_page()).count();
        self.add_own("/sitemap.xml", RouteKind::Sitemap(None), first);
        if pages > SITEMAP_SIZE {
            for part in 1..=pages.div_ceil(SITEMAP_SIZE) {
                self.add_own(format!("/sitemap-{part}.xml"), RouteKind::Sitemap(Some(part)), first);
            }
        }
        self.add_own("/robots.txt", RouteKind::Robots, first);
        self.add_own("/404.html", RouteKind::NotFound, first);
        self.add_own("/_redirects", RouteKind::Redirects, first);
    }

    fn extras(&mut self, extras: Extras) {
        let ecosystem = self.ecosystem;
        for id in ecosystem.published().filter(|_| extras.records) {
            let path = record_path(ecosystem, id);
            self.add(path, RouteKind::Record(id), Lang::DEFAULT, &ecosystem.entity(id).place);
        }
        for lang in ecosystem.config.languages.all().filter(|_| extras.listings) {
            for (id, of) in ecosystem.schema.types() {
                self.add(listing_path(ecosystem, id, lang), RouteKind::Listing(id), lang, &of.place);
            }
        }
        if extras.headers {
            self.add_own("/_headers", RouteKind::Headers, Lang::DEFAULT);
        }
    }

    fn files(&mut self, theme_assets: &[Asset]) {
        for asset in &self.ecosystem.assets {
            let place =
                Place { path: format!("{}/{}", crate::source::CONTENT, asset.path).into(), span: Span::default() };
            self.add(format!("/{}", asset.path), RouteKind::File(asset.bytes.clone()), Lang::DEFAULT, &place);
        }
        let mut of_theme: HashMap<&str, &Asset> = HashMap::new();
        for asset in theme_assets {
            of_theme.insert(&asset.path, asset);
        }
        let mut of_theme: Vec<&Asset> = of_theme.into_values().collect();
        of_theme.sort_by(|a, b| a.path.cmp(&b.path));
        for asset in of_theme {
            let place = Place {
                path: format!("{}/{}", crate::source::THEMES, self.ecosystem.config.theme).into(),
                span: Span::default(),
            };
            self.add(format!("{ASSETS}{}", asset.path), RouteKind::File(asset.bytes.clone()), Lang::DEFAULT, &place);
        }
    }

    fn redirects(&mut self) {
        let ecosystem = self.ecosystem;
        for id in ecosystem.published() {
            let to = entity_path(ecosystem, id, Lang::DEFAULT);
            for (from, place) in &ecosystem.entity(id).redirects {
                self.add(from.clone(), RouteKind::Redirect(to.clone().into()), Lang::DEFAULT, place);
            }
        }
        for (at, page) in ecosystem.pages.iter().enumerate().filter(|(_, page)| ecosystem.drafts || !page.draft) {
            let to = page_path(ecosystem, PageId(at as u32), Lang::DEFAULT);
            for (from, place) in &page.redirects {
                self.add(from.clone(), RouteKind::Redirect(to.clone().into()), Lang::DEFAULT, place);
            }
        }
    }
}

/// Finds routes whose files are the same, or one of which is a folder of another; capitals don't tell them apart. Keeps the first.
fn conflicts(routes: &mut Vec<Laid>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut files: HashMap<String, usize> = HashMap::with_capacity(routes.len());
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    for (at, laid) in routes.iter().enumerate() {
        match files.entry(laid.0.file().to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert(at);
            }
            Entry::Occupied(taken) => {
                problems.push(conflict(laid, &routes[*taken.get()]));
                dropped.insert(at);
            }
        }
    }
    // A file that stands where pages need a folder is to blame once, however many pages there are.
    for (at, laid) in routes.iter().enumerate() {
        let file = laid.0.file().to_lowercase();
        let folders = file.match_indices('/').map(|(end, _)| &file[..end]);
        if let Some(taken) = folders.filter_map(|folder| files.get(folder)).find(|taken| **taken != at)
            && dropped.insert(*taken)
        {
            problems.push(conflict(&routes[*taken], laid));
        }
    }
    for (at, laid) in routes.iter().enumerate() {
        if is_reserved(&laid.0.file()) && dropped.insert(at) {
            problems.push(reserved(laid));
        }
    }
    for at in dropped.into_iter().rev() {
        routes.remove(at);
    }
    problems
}

/// Whether a file would lie in the folder of the search's index, or in its place. It is kept free even where there is no search, so that
/// another theme does not change what content may be called.
fn is_reserved(file: &str) -> bool {
    let folder = SEARCH.trim_matches('/');
    let start = file.split('/').next().unwrap_or_default();
    start.eq_ignore_ascii_case(folder)
}

fn reserved((route, place): &Laid) -> Diagnostic {
    let place = place.clone().unwrap_or_else(|| Place { path: crate::config::FILE.into(), span: Span::default() });
    let message = format!("\"{}\" can't be published, since \"{SEARCH}\" belongs to the search", route.path);
    Diagnostic::new(Code::UrlConflict, place, message).hint(remedy(&route.kind))
}

/// What to do about an address that can't be.
fn remedy(kind: &RouteKind) -> &'static str {
    match kind {
        RouteKind::Redirect(_) => "delete this redirect, since the address is in use",
        RouteKind::File(_) => "rename this file",
        _ => "change the id, the slug, or the path of the type",
    }
}

/// Blames what an editor can change: a file or a redirect before a page, and anything before what the program makes.
fn conflict(one: &Laid, other: &Laid) -> Diagnostic {
    let weight = |(route, place): &Laid| match (place, &route.kind) {
        (None, _) => 0,
        (Some(place), _) if &*place.path == crate::config::FILE => 1,
        (_, RouteKind::File(_) | RouteKind::Redirect(_)) => 3,
        _ => 2,
    };
    let ((route, place), (second, first)) = if weight(one) >= weight(other) { (one, other) } else { (other, one) };
    let message = if route.path == second.path {
        format!("\"{}\" is the address of two things", route.path)
    } else {
        format!("\"{}\" and \"{}\" can't both be published", route.path, second.path)
    };
    let hint = remedy(&route.kind);
    let place = place.clone().unwrap_or_else(|| Place { path: crate::config::FILE.into(), span: Span::default() });
    let diagnostic = Diagnostic::new(Code::UrlConflict, place, message);
    match first {
        Some(first) if &*first.path != crate::config::FILE => {
            diagnostic.note(first.clone(), "the other one is here").hint(hint)
        }
        _ => diagnostic.hint(format!("the other one is always there; {hint}")),
    }
}

/// Links in prose to paths of the site that are not there.
fn broken_paths(ecosystem: &Ecosystem, site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for body in all_bodies(ecosystem) {
        for (target, slot) in body.targets.iter().zip(&body.prose.slots) {
            let Target::Path(path) = target else { continue };
            let place = Place { path: body.path.clone(), span: slot.span };
            let (page, anchor) = path.split_once('#').unwrap_or((path, ""));
            let page = page.split('?').next().unwrap_or_default();
            match site.find(page).or_else(|| site.find(&format!("{page}/"))) {
                None => {
                    // Each look goes through all paths; the first mistakes are enough to see what is the matter.
                    let few = problems.len() < 100;
                    let paths = site.routes.iter().filter(|_| few).map(|route| &*route.path);
                    let hint = diagnostics::did_you_mean(page, paths);
                    let message = format!("there is neither a file nor a page \"{page}\"");
                    problems.push(Diagnostic::new(Code::BrokenLink, place, message).maybe_hint(hint));
                }
                Some(route) if !anchor.is_empty() && route.kind.is_page() => {
                    let headings = headings(ecosystem, route);
                    if !headings.contains(&anchor) {
                        let hint = diagnostics::did_you_mean(anchor, headings);
                        let message = format!("there is no heading \"#{anchor}\" on \"{page}\"");
                        problems.push(Diagnostic::new(Code::BrokenAnchor, place, message).maybe_hint(hint));
                    }
                }
                Some(_) => {}
            }
        }
    }
    problems
}

/// The anchors of the headings of a page.
fn headings<'a>(ecosystem: &'a Ecosystem, route: &Route) -> Vec<&'a str> {
    let body = match &route.kind {
        RouteKind::Entity(id) => &ecosystem.entity(*id).body,
        RouteKind::Page(id) => &ecosystem.page(*id).body,
        RouteKind::Index(of, _) => &ecosystem.page(PageId::index_of(*of)).body,
        _ => return Vec::new(),
    };
    let headings = body.best(route.lang).map_or(&[][..], |(_, body)| &body.prose.headings);
    headings.iter().map(|heading| &*heading.id).collect()
}

/// All prose that is published.
fn all_bodies(ecosystem: &Ecosystem) -> impl Iterator<Item = &Body> {
    let of_entities = ecosystem.published().flat_map(move |id| {
        let entity = ecosystem.entity(id);
        entity
            .body
            .iter()
            .map(|(_, body)| body)
            .chain(entity.values.iter().flat_map(|(_, values)| values).flat_map(of_value))
    });
    let pages = ecosystem.pages.iter().filter(|page: &&Page| ecosystem.drafts || !page.draft);
    let of_pages = pages.flat_map(|page| page.body.iter().map(|(_, body)| body));
    let of_links = ecosystem.links.iter().flat_map(|link| &link.attributes).flat_map(|(_, value)| of_value(value));
    of_entities.chain(of_pages).chain(of_links)
}

fn of_value(value: &FieldValue) -> impl Iterator<Item = &Body> {
    match value {
        FieldValue::Markdown(bodies) => Some(bodies.iter().map(|(_, body)| body)),
        _ => None,
    }
    .into_iter()
    .flatten()
}

fn unknown_menu(ecosystem: &Ecosystem) -> impl Iterator<Item = Diagnostic> {
    let unknown = ecosystem.config.menu.iter().filter(|(entry, _)| menu_entry(ecosystem, entry).is_none());
    unknown.map(|(entry, place)| {
        if ecosystem.free_page(entry).is_some() {
            let message = format!("\"{entry}\" is a draft, so the menu leaves it out");
            return Diagnostic::new(Code::LinkToDraft, place.clone(), message);
        }
        let types = ecosystem.schema.types.iter().map(|of| &*of.id);
        let names: Vec<&str> =
            types.chain(ecosystem.pages.iter().map(|page| &*page.path).filter(|path| !path.is_empty())).collect();
        let hint = diagnostics::did_you_mean(entry, names.iter().copied())
            .unwrap_or_else(|| String::from("an entry of the menu is the id of a type or the path of a page"));
        Diagnostic::new(
            Code::BadConfig,
            place.clone(),
            format!("the menu names \"{entry}\", and there is no such type or page"),
        )
        .hint(hint)
    })
}
