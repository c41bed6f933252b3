//! Views: pictures of the ecosystem that a page can hold.
//!
//! In: what a page's front matter says under `view`. Out: a [`View`], whose value the template `views/KIND.html` shows.
//! A kind of view is a folder with its keys, its checks, its values for templates, its template functions and its
//! tests, and a line in [`KINDS`]. Views know parts and the scope, but neither one another nor pages.

pub(crate) mod spec;
mod kind;
mod groups;
mod matrix;
mod chain;
mod tree;
pub(crate) mod map;
mod network;
pub(crate) mod path;
mod timeline;
mod figures;
pub(crate) mod series;
mod flows;
mod glossary;
mod wall;
mod history;
mod search;

use std::collections::BTreeMap;

use crate::diagnostics::Diagnostic;
use crate::model::{Ecosystem, PageId};
pub use kind::Dated;
use kind::{Kind, View};
use spec::Spec;
pub use spec::{Lookup, Noted};

/// All kinds of view.
pub(crate) static KINDS: &[&dyn Kind] = &[
    &matrix::Kind,
    &chain::Kind,
    &tree::Kind,
    &map::Kind,
    &network::Kind,
    &path::Kind,
    &timeline::Kind,
    &figures::Kind,
    &series::Kind,
    &flows::Kind,
    &glossary::Kind,
    &wall::Kind,
    &history::Kind,
    &search::Kind,
];

/// The views of all published pages.
#[derive(Default)]
pub struct Views {
    by_page: BTreeMap<PageId, (&'static dyn Kind, Box<dyn View>)>,
    /// What the views name, and what they look for.
    pub noted: Noted,
}

/// Reads and checks the views of all published pages.
pub fn read(ecosystem: &Ecosystem) -> (Views, Vec<Diagnostic>) {
    let mut views = Views::default();
    let mut problems = Vec::new();
    for (id, page) in ecosystem.published_pages() {
        let Some(raw) = &page.view else { continue };
        let mut spec = Spec::new(ecosystem, &raw.source, &raw.value, "view");
        let view = spec.kind(KINDS.iter().map(|kind| kind.name())).and_then(|name| {
            let kind = KINDS.iter().find(|kind| kind.name() == name)?;
            Some((*kind, kind.read(&mut spec)?))
        });
        let (found, noted) = spec.finish();
        problems.extend(found);
        views.noted.append(noted);
        views.by_page.extend(view.map(|view| (id, view)));
    }
    (views, problems)
}

/// The names by which template functions find fields and relations where a template does not name them.
pub fn usual_names() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|kind| kind.usual_names()).copied()
}

impl Views {
    /// The view of a page: the name of its kind, and the view.
    pub(crate) fn of(&self, page: PageId) -> Option<(&'static str, &dyn View)> {
        self.by_page.get(&page).map(|(kind, view)| (kind.name(), &**view))
    }

    /// The types that views read as figures.
    pub(crate) fn dated(&self) -> impl Iterator<Item = Dated> {
        self.by_page.values().filter_map(|(_, view)| view.dated())
    }

    /// The page that holds the full-text search, if there is one.
    pub fn search_page(&self) -> Option<PageId> {
        self.by_page.iter().find(|(_, (_, view))| view.is_search()).map(|(id, _)| *id)
    }
}
