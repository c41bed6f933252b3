//! Routes: what is published, and where.

use crate::locale::Lang;
use crate::model::{EntityId, PageId};
use crate::schema::TypeId;
use crate::source::Bytes;
use crate::text::Place;

/// Everything that is published, in the order of the paths.
#[derive(Debug)]
pub struct Site {
    /// The routes.
    pub routes: Vec<Route>,
    /// The parts of the search's index, by language; none if there is no search.
    pub search: Vec<IndexPart>,
    /// The page that holds the search.
    pub search_page: Option<PageId>,
    pub(super) downloads: Vec<Download>,
}

/// A file with the data of a type.
#[derive(Debug)]
pub(super) struct Download {
    entity_type: TypeId,
    format: &'static str,
    path: Box<str>,
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
        file_of(&self.path, matches!(self.kind, RouteKind::Redirect(_)))
    }
}

impl Planned {
    /// What readers are offered as the data of a type.
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

/// A route and what makes it: a place in the site, or the program itself.
pub(super) type Laid = (Route, Option<Place>);

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
