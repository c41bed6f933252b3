//! What is published, where, and in which language.
//!
//! In: the ecosystem and the theme's files. Out: a [`Site`]: every route with its path, and what was wrong with them. Knows addresses
//! and nothing of how pages look.

mod paths;
mod conflicts;
mod links;
mod search;

use std::collections::HashMap;

use crate::diagnostics::Diagnostic;
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId, PageId, PageKind};
use crate::schema::TypeId;
use crate::source::{Asset, Bytes};
use crate::text::{Place, Span};

pub use links::menu_entry;
pub use paths::{ASSETS, OUTLINE, SEARCH, entity_path, feed_path, index_path, listing_path, page_path, record_path};
pub use search::{IndexPart, search_page};

/// A sitemap holds at most so many addresses (sitemaps.org).
pub const SITEMAP_SIZE: usize = 50_000;

/// Everything that is published, in the order of the paths.
#[derive(Debug)]
pub struct Site {
    /// The routes.
    pub routes: Vec<Route>,
    /// The parts of the search's index, by language; none if there is no search.
    pub search: Vec<IndexPart>,
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
        self.is_page() || matches!(self, Self::NotFound | Self::Listing(_))
    }
}

impl Route {
    /// The file that it is written to, below the output folder.
    pub fn file(&self) -> String {
        paths::file_of(&self.path, matches!(self.kind, RouteKind::Redirect(_)))
    }
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
    let mut problems = conflicts::remove(&mut laying.routes);
    laying.routes.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    let routes: Vec<Route> = laying.routes.into_iter().map(|(route, _)| route).collect();
    let search = if extras.search { search::index_parts(ecosystem, &routes) } else { Vec::new() };
    let site = Site { routes, search };
    problems.extend(links::broken_paths(ecosystem, &site));
    problems.extend(links::unknown_menu(ecosystem));
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

/// The number of pages of a type's index; an empty index has one.
pub fn index_pages(ecosystem: &Ecosystem, entity_type: TypeId) -> usize {
    ecosystem.count(entity_type).div_ceil(ecosystem.config.page_size).max(1)
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
            for (id, page) in ecosystem.published_pages() {
                if let PageKind::Index(entity_type) = page.kind {
                    for number in 1..=index_pages(ecosystem, entity_type) {
                        self.add(
                            index_path(ecosystem, entity_type, number, lang),
                            RouteKind::Index(entity_type, number),
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
        for (id, entity_type) in ecosystem.schema.types() {
            self.add(format!("/data/{}.csv", entity_type.id), RouteKind::Csv(id), first, &entity_type.place);
            self.add(format!("/data/{}.json", entity_type.id), RouteKind::Json(id), first, &entity_type.place);
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
            for (id, entity_type) in ecosystem.schema.types() {
                self.add(listing_path(ecosystem, id, lang), RouteKind::Listing(id), lang, &entity_type.place);
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
        for (id, page) in ecosystem.published_pages() {
            let to = page_path(ecosystem, id, Lang::DEFAULT);
            for (from, place) in &page.redirects {
                self.add(from.clone(), RouteKind::Redirect(to.clone().into()), Lang::DEFAULT, place);
            }
        }
    }
}
