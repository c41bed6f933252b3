//! The pages of the full-text search index.
//!
//! In: the ecosystem and all routes. Out: the parts of the index, each with its pages.

use super::paths::SEARCH;
use super::route::{IndexPart, Route, RouteKind};
use crate::model::{Ecosystem, PageId, PageKind};

/// The maximum number of pages in a part of the index. Parts are made and searched separately.
const PART_SIZE: usize = 10_000;

/// The parts of the search index. A language without pages has one empty part, so that a search returns no results
/// instead of an error.
pub(super) fn index_parts(ecosystem: &Ecosystem, routes: &[Route], search_page: Option<PageId>) -> Vec<IndexPart> {
    let mut parts = Vec::new();
    for lang in ecosystem.config.languages.all() {
        let tag = ecosystem.config.languages.tag(lang);
        let pages = routes
            .iter()
            .enumerate()
            .filter(|(_, route)| route.lang == lang && is_indexed(ecosystem, &route.kind, search_page));
        let pages: Vec<usize> = pages.map(|(at, _)| at).collect();
        // Parts have about the same size, so that their ranks compare.
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

/// Whether a page is in the search index. The home page, the search page and the later pages of an index repeat the
/// content of other pages, so they are left out.
fn is_indexed(ecosystem: &Ecosystem, kind: &RouteKind, search_page: Option<PageId>) -> bool {
    match kind {
        RouteKind::Entity(_) => true,
        RouteKind::Index(_, number) => *number == 1,
        RouteKind::Page(id) => ecosystem.page(*id).kind == PageKind::Free && Some(*id) != search_page,
        _ => false,
    }
}
