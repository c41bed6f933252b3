//! Breadcrumbs.

use tera::Value;

use crate::model::{PageId, PageKind};
use crate::render::parts::entry;
use crate::render::scope::Scope;
use crate::site::{Route, RouteKind};

/// The ancestors of a page, from the home page down.
pub(super) fn breadcrumbs(scope: &Scope, route: &Route) -> Vec<Value> {
    let ecosystem = &scope.ecosystem;
    let mut pages = Vec::new();
    match &route.kind {
        RouteKind::Page(id) if ecosystem.page(*id).kind == PageKind::Home => {}
        RouteKind::Page(id) => {
            pages.push(PageId::HOME);
            let path = &ecosystem.page(*id).path;
            let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
            pages.extend(folders.filter_map(|folder| ecosystem.published_page(folder)));
        }
        RouteKind::Index(entity_type, number) => {
            pages.push(PageId::HOME);
            pages.extend((*number > 1).then(|| PageId::index_of(*entity_type)));
        }
        RouteKind::Entity(id) => {
            pages.extend([PageId::HOME, PageId::index_of(ecosystem.entity(*id).entity_type)]);
        }
        _ => pages.push(PageId::HOME),
    }
    pages.into_iter().map(|page| entry(scope, page).into()).collect()
}
