//! Routes: the paths of the published site, each with the page or file behind it.

use crate::locale::Lang;
use crate::model::{EntityId, PageId};
use crate::schema::TypeId;
use crate::source::Bytes;
use crate::text::Place;

/// Everything that is published.
#[derive(Debug)]
pub struct Site {
    /// The routes, in the order of their paths.
    pub routes: Vec<Route>,
    /// The parts of the search index, by language; empty if there is no search.
    pub search: Vec<IndexPart>,
    /// The page that holds the search.
    pub search_page: Option<PageId>,
    pub(super) downloads: Vec<Download>,
}

impl Site {
    /// Whether something is published at a path.
    pub fn has(&self, path: &str) -> bool {
        self.routes.binary_search_by(|route| (*route.path).cmp(path)).is_ok()
    }
}

/// A file with the data of a type.
#[derive(Debug)]
pub(super) struct Download {
    entity_type: TypeId,
    format: &'static str,
    path: Box<str>,
}

/// A part of the search index: pages of one language.
#[derive(Debug)]
pub struct IndexPart {
    /// The language.
    pub lang: Lang,
    /// Its folder in the published site, with a slash at both ends.
    pub path: Box<str>,
    /// Its pages, as indices into [`Site::routes`].
    pub pages: Vec<usize>,
}

/// A path of the published site.
#[derive(Debug, Clone)]
pub struct Route {
    /// Its path below the base URL, starting with `/`; a page's ends with `/`.
    pub path: Box<str>,
    /// The page or file at the path.
    pub kind: RouteKind,
    /// Its language.
    pub lang: Lang,
}

/// The page or file that a route leads to.
#[derive(Debug, Clone)]
pub enum RouteKind {
    /// The home page or a free page.
    Page(PageId),
    /// A page of a type's index; the first is number 1.
    Index(TypeId, usize),
    /// An entity.
    Entity(EntityId),
    /// The page for paths that don't exist.
    NotFound,
    /// A former path of an entity or page, which redirects to this path.
    Redirect(Box<str>),
    /// A file that is published as it is.
    File(Bytes),
    /// A file for programs, such as a feed or a data file.
    Output(Output),
}

/// A file for programs, such as a feed or a data file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Output {
    /// The index of its writer in the renderer's list of outputs.
    pub number: usize,
    /// The subject of the file.
    pub subject: Subject,
    /// Whether it is rendered with templates, which can fail.
    pub needs_templates: bool,
}

/// The subject of a file for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The whole site.
    Site,
    /// A type.
    Type(TypeId),
    /// An entity.
    Entity(EntityId),
    /// A part of an output that is too large for one file; the first is number 1.
    Part(usize),
    /// A part of an output about a type; the first is number 1.
    PartOfType(TypeId, usize),
}

/// A route to a file for programs, as the renderer plans it.
#[derive(Debug, Clone)]
pub struct PlannedRoute {
    /// The path.
    pub path: Box<str>,
    /// The file at the path.
    pub output: Output,
    /// The language.
    pub lang: Lang,
    /// The place in the content that causes the route; `None` if every site has it.
    pub place: Option<Place>,
    /// The name of the format, if pages offer the file to readers as a download of its type's data.
    pub format: Option<&'static str>,
}

impl RouteKind {
    /// Whether it is a page for readers.
    pub fn is_page(&self) -> bool {
        matches!(self, Self::Page(_) | Self::Index(..) | Self::Entity(_))
    }

    /// Whether it is rendered with templates, which can fail.
    pub fn needs_templates(&self) -> bool {
        match self {
            Self::Page(_) | Self::Index(..) | Self::Entity(_) | Self::NotFound => true,
            Self::Output(output) => output.needs_templates,
            Self::Redirect(_) | Self::File(_) => false,
        }
    }
}

impl Route {
    /// The path of its file below the output folder.
    pub fn file(&self) -> String {
        file_of(&self.path, matches!(self.kind, RouteKind::Redirect(_)))
    }
}

impl PlannedRoute {
    /// The download that pages offer, if this is one.
    pub(super) fn download(&self) -> Option<Download> {
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

/// A route, and the place in the content that causes it; `None` if every site has the route.
pub(super) type PlacedRoute = (Route, Option<Place>);

/// The file of a path: `index.html` in the folder of a page, or of a redirect whose path has no file extension.
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
