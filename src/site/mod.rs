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
pub use paths::{
    ASSETS, OUTLINE, SEARCH, entity_path, feed_path, index_path, is_translated, listing_path, page_path, path_in,
    record_path,
};
pub use search::IndexPart;

/// Everything that is published, in the order of the paths.
#[derive(Debug)]
pub struct Site {
    /// The routes.
    pub routes: Vec<Route>,
    /// The parts of the search's index, by language; none if there is no search.
    pub search: Vec<IndexPart>,
    /// The page that holds the search.
    pub search_page: Option<PageId>,
    downloads: Vec<Download>,
}

/// A file with the data of a type.
#[derive(Debug)]
struct Download {
    entity_type: TypeId,
    format: &'static str,
    path: Box<str>,
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
    /// A file for programs.
    Output(Output),
}

/// A file for programs, by the number of what writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Output {
    /// The number of what writes it.
    pub number: usize,
    /// What it is about.
    pub subject: Subject,
    /// Whether templates make it, so that it can fail.
    pub needs_templates: bool,
}

/// What a file for programs is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The whole site.
    Site,
    /// A type.
    Type(TypeId),
    /// An entity.
    Entity(EntityId),
    /// A part of something that is too large for one file, from 1.
    Part(usize),
}

/// A route to a file for programs, before the site is laid out.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The path.
    pub path: Box<str>,
    /// What is there.
    pub output: Output,
    /// The language.
    pub lang: Lang,
    /// The place in the content that makes the route; none if the program itself does.
    pub place: Option<Place>,
    /// The format in which readers are offered it as the data of its type; none if they are not.
    pub format: Option<&'static str>,
}

impl RouteKind {
    /// Whether it is a page for readers, in a language.
    pub fn is_page(&self) -> bool {
        matches!(self, Self::Page(_) | Self::Index(..) | Self::Entity(_))
    }

    /// Whether templates make it, so that making it can fail.
    pub fn needs_templates(&self) -> bool {
        match self {
            Self::Page(_) | Self::Index(..) | Self::Entity(_) | Self::NotFound => true,
            Self::Output(output) => output.needs_templates,
            Self::Redirect(_) | Self::File(_) => false,
        }
    }
}

impl Route {
    /// The file that it is written to, below the output folder.
    pub fn file(&self) -> String {
        paths::file_of(&self.path, matches!(self.kind, RouteKind::Redirect(_)))
    }
}

/// What a site publishes beside its pages.
#[derive(Debug, Default)]
pub struct Extras {
    /// The files for programs.
    pub outputs: Vec<Planned>,
    /// The theme's files, later ones hiding earlier ones of the same path.
    pub theme_assets: Vec<Asset>,
    /// Whether there is an index of the full-text search.
    pub search: bool,
    /// The page that holds the full-text search.
    pub search_page: Option<PageId>,
}

/// Lays out the site.
pub fn routes(ecosystem: &Ecosystem, extras: Extras) -> (Site, Vec<Diagnostic>) {
    let downloads = extras.outputs.iter().filter_map(Planned::download).collect();
    let mut laying = Laying { ecosystem, routes: Vec::new() };
    laying.pages();
    laying.outputs(extras.outputs);
    laying.files(&extras.theme_assets);
    laying.redirects();
    let mut problems = conflicts::remove(&mut laying.routes);
    laying.routes.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    let routes: Vec<Route> = laying.routes.into_iter().map(|(route, _)| route).collect();
    let search_page = extras.search_page;
    let search = if extras.search { search::index_parts(ecosystem, &routes, search_page) } else { Vec::new() };
    let site = Site { routes, search, search_page, downloads };
    problems.extend(links::broken_paths(ecosystem, &site));
    problems.extend(links::unknown_menu(ecosystem));
    (site, problems)
}

impl Planned {
    /// What readers are offered as the data of a type.
    fn download(&self) -> Option<Download> {
        match (self.output.subject, self.format) {
            (Subject::Type(entity_type), Some(format)) => {
                Some(Download { entity_type, format, path: self.path.clone() })
            }
            _ => None,
        }
    }
}

impl Site {
    /// The route of a path.
    pub fn find(&self, path: &str) -> Option<&Route> {
        self.routes.binary_search_by(|route| (*route.path).cmp(path)).ok().map(|at| &self.routes[at])
    }

    /// The files with the data of a type: their formats and paths.
    pub fn downloads(&self, entity_type: TypeId) -> impl Iterator<Item = (&'static str, &str)> {
        let own = self.downloads.iter().filter(move |download| download.entity_type == entity_type);
        own.map(|download| (download.format, &*download.path))
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

/// How many pages for readers there are, in all languages.
pub fn count_pages(ecosystem: &Ecosystem) -> usize {
    let pages = ecosystem.published_pages().map(|(_, page)| match page.kind {
        PageKind::Index(entity_type) => index_pages(ecosystem, entity_type),
        PageKind::Home | PageKind::Free => 1,
    });
    (pages.sum::<usize>() + ecosystem.published().count()) * ecosystem.config.languages.count()
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
        let not_found = Route { path: "/404.html".into(), kind: RouteKind::NotFound, lang: Lang::DEFAULT };
        self.routes.push((not_found, None));
    }

    fn outputs(&mut self, planned: Vec<Planned>) {
        self.routes.extend(planned.into_iter().map(|planned| {
            let kind = RouteKind::Output(planned.output);
            (Route { path: planned.path, kind, lang: planned.lang }, planned.place)
        }));
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
