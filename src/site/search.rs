//! What a search finds.
//!
//! In: the ecosystem and all routes. Out: the pages of each language that are indexed, in parts.

use super::paths::SEARCH;
use super::route::{IndexPart, Route, RouteKind};
use crate::model::{Ecosystem, PageId, PageKind};

/// An index of more pages than these comes in parts, each of which is made and searched for itself.
const PART_SIZE: usize = 10_000;

/// The parts of the search's index. An index without pages has a part too, so that a search finds nothing rather than fails.
pub(super) fn index_parts(ecosystem: &Ecosystem, routes: &[Route], search_page: Option<PageId>) -> Vec<IndexPart> {
    let mut parts = Vec::new();
    for lang in ecosystem.config.languages.all() {
        let tag = ecosystem.config.languages.tag(lang);
        let pages = routes
            .iter()
            .enumerate()
            .filter(|(_, route)| route.lang == lang && is_found(ecosystem, &route.kind, search_page));
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
fn is_found(ecosystem: &Ecosystem, kind: &RouteKind, search_page: Option<PageId>) -> bool {
    match kind {
        RouteKind::Entity(_) => true,
        RouteKind::Index(_, number) => *number == 1,
        RouteKind::Page(id) => ecosystem.page(*id).kind == PageKind::Free && Some(*id) != search_page,
        _ => false,
    }
}
