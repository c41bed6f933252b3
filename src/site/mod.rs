//! The routes of the published site.
//!
//! In: the ecosystem and the theme's files. Out: a [`Site`] with every route and its path, and diagnostics. This stage
//! knows addresses, but not how pages look.

mod route;
mod paths;
mod names;
mod conflicts;
mod links;
mod search;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId, PageId, PageKind};
use crate::schema::TypeId;
use crate::source::Asset;
use crate::text::{Place, Span};

pub use links::menu_entry;
pub use paths::{
    ASSETS, MARKER, OUTLINE, SEARCH, entity_feed_path, entity_path, feed_path, index_path, is_translated, links_path,
    listing_path, page_path, path_in, record_path, record_path_of, table_path, type_feed_path,
};
use route::PlacedRoute;
pub use route::{IndexPart, Output, PlannedRoute, Route, RouteKind, Site, Subject};

/// What a site publishes besides the pages and files of its content.
#[derive(Debug, Default)]
pub struct Extras {
    /// The files for programs.
    pub outputs: Vec<PlannedRoute>,
    /// The theme's files; a later file replaces an earlier one of the same path.
    pub theme_assets: Vec<Asset>,
    /// Whether there is a full-text search index.
    pub search: bool,
    /// The page that holds the full-text search.
    pub search_page: Option<PageId>,
}

/// Plans all routes of the site. They depend on the names, former paths and places of entities, on the pages and the files, and on
/// nothing else that entities say (see [`are_same`]).
pub fn routes(ecosystem: &Ecosystem, extras: Extras) -> (Site, Vec<Diagnostic>) {
    let downloads = extras.outputs.iter().filter_map(PlannedRoute::download).collect();
    let mut planner = Planner { ecosystem, routes: Vec::new() };
    planner.pages();
    planner.outputs(extras.outputs);
    planner.files(&extras.theme_assets);
    planner.redirects();
    let mut problems = names::unportable(ecosystem);
    let conflicts = conflicts::remove(&mut planner.routes, ecosystem.config.portable_names);
    // A file that has to be renamed gets other addresses.
    let renamed: HashSet<Arc<str>> = problems.iter().map(|problem| problem.place.path.clone()).collect();
    let is_renamed = |path: &str| {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        folders.chain([path]).any(|path| renamed.contains(path))
    };
    problems.extend(conflicts.into_iter().filter(|problem| !is_renamed(&problem.place.path)));
    planner.routes.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    let routes: Vec<Route> = planner.routes.into_iter().map(|(route, _)| route).collect();
    let search_page = extras.search_page;
    let search = if extras.search { search::index_parts(ecosystem, &routes, search_page) } else { Vec::new() };
    (Site { routes, search, search_page, downloads }, problems)
}

/// Whether a model has the same routes as the one that it was made after, with the same theme and options.
pub fn are_same(before: &Ecosystem, now: &Ecosystem) -> bool {
    let is_same = |id: &EntityId| {
        let (before, now) = (before.entity(*id), now.entity(*id));
        before.redirects == now.redirects && before.place == now.place
    };
    now.renewed().is_some_and(|renewed| renewed.iter().all(is_same)) && before.assets == now.assets
}

/// The links in prose, and the entries of the menu, that lead nowhere.
pub fn broken_links(ecosystem: &Ecosystem, site: &Site) -> Vec<Diagnostic> {
    let mut problems = links::broken_paths(ecosystem, site);
    problems.extend(links::repeated_anchors(ecosystem));
    problems.extend(links::unknown_menu(ecosystem));
    problems
}

/// The number of pages of a type's index; an empty index has one, and so has the index of a type without pages.
pub fn index_pages(ecosystem: &Ecosystem, entity_type: TypeId) -> usize {
    let size = if ecosystem.schema.get(entity_type).pages { ecosystem.config.page_size } else { usize::MAX };
    ecosystem.count(entity_type).div_ceil(size).max(1)
}

/// The number of pages for readers, in all languages.
pub fn count_pages(ecosystem: &Ecosystem) -> usize {
    let pages = ecosystem.published_pages().map(|(_, page)| match page.kind {
        PageKind::Index(entity_type) => index_pages(ecosystem, entity_type),
        PageKind::Home | PageKind::Free => 1,
    });
    let entities = ecosystem.published().filter(|id| ecosystem.has_page(*id));
    (pages.sum::<usize>() + entities.count()) * ecosystem.config.languages.count()
}

/// Collects the routes, in the order of precedence for conflicts.
struct Planner<'a> {
    ecosystem: &'a Ecosystem,
    routes: Vec<PlacedRoute>,
}

impl Planner<'_> {
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
            for id in ecosystem.published().filter(|id| ecosystem.has_page(*id)) {
                self.add(entity_path(ecosystem, id, lang), RouteKind::Entity(id), lang, &ecosystem.entity(id).place);
            }
        }
        let not_found = Route { path: "/404.html".into(), kind: RouteKind::NotFound, lang: Lang::DEFAULT };
        self.routes.push((not_found, None));
    }

    fn outputs(&mut self, planned: Vec<PlannedRoute>) {
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

    /// A redirect leads to the page in the language whose prefix the old path has.
    fn redirects(&mut self) {
        let ecosystem = self.ecosystem;
        for id in ecosystem.published() {
            let entity = ecosystem.entity(id);
            self.redirects_to(&entity.redirects, |lang| entity_path(ecosystem, id, lang));
        }
        for (id, page) in ecosystem.published_pages() {
            self.redirects_to(&page.redirects, |lang| page_path(ecosystem, id, lang));
        }
        for (id, entity_type) in ecosystem.schema.types() {
            self.redirects_to(&entity_type.redirects, |lang| index_path(ecosystem, id, 1, lang));
            for entity in ecosystem.of_type(id) {
                let old = |(from, place): &(Box<str>, Place)| {
                    ([from, &ecosystem.entity(entity).id, "/"].concat().into(), place.clone())
                };
                let redirects: Vec<(Box<str>, Place)> = entity_type.redirects.iter().map(old).collect();
                self.redirects_to(&redirects, |lang| entity_path(ecosystem, entity, lang));
            }
        }
    }

    fn redirects_to(&mut self, redirects: &[(Box<str>, Place)], to: impl Fn(Lang) -> String) {
        for (from, place) in redirects {
            let lang = self.ecosystem.config.languages.of_path(from);
            self.add(from.clone(), RouteKind::Redirect(to(lang).into()), lang, place);
        }
    }
}
