//! Checks links that need the routes.
//!
//! In: the ecosystem and all routes. Out: diagnostics about links from prose to paths of the site, and about the
//! entries of the menu.

use super::route::{Route, RouteKind, Site};
use crate::diagnostics::{self, Code, Diagnostic};
use crate::model::{Ecosystem, PageId};
use crate::parse::Prose;
use crate::text::{Place, Span};

/// The maximum number of broken links that get a suggestion, since each suggestion compares a path with all others.
const MOST_SUGGESTIONS: usize = 100;

/// Links in prose to paths of the site that don't exist.
pub(super) fn broken_paths(ecosystem: &Ecosystem, site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (path, place) in &ecosystem.addresses {
        let place = place.clone();
        let (page, anchor) = path.split_once('#').unwrap_or((path, ""));
        let page = page.split('?').next().unwrap_or_default();
        let may_suggest = problems.len() < MOST_SUGGESTIONS;
        match site.find(page).or_else(|| site.find(&format!("{page}/"))) {
            None => {
                let paths = || site.routes.iter().map(|route| &*route.path);
                let hint = may_suggest.then(|| diagnostics::did_you_mean(page, paths())).flatten();
                let message = format!("there is no page or file with the address \"{page}\"");
                problems.push(Diagnostic::new(Code::BrokenLink, place, message).maybe_hint(hint));
            }
            Some(route) if !anchor.is_empty() && route.kind.is_page() => {
                let prose = prose(ecosystem, route);
                let has_anchor = prose.is_some_and(|prose| prose.has_anchor(anchor));
                if !has_anchor && !is_entity(ecosystem, route, anchor) {
                    let prose = prose.filter(|_| may_suggest);
                    let hint = prose.and_then(|prose| diagnostics::did_you_mean(anchor, prose.anchors()));
                    let message = format!("there is no heading with the anchor \"#{anchor}\" on \"{page}\"");
                    problems.push(Diagnostic::new(Code::BrokenAnchor, place, message).maybe_hint(hint));
                }
            }
            Some(_) => {}
        }
    }
    problems
}

/// Whether an anchor is that of an entity on the index of a type without pages.
fn is_entity(ecosystem: &Ecosystem, route: &Route, anchor: &str) -> bool {
    let RouteKind::Index(entity_type, _) = route.kind else { return false };
    !ecosystem.schema.get(entity_type).pages && ecosystem.find(entity_type, anchor).is_some()
}

/// Headings above the index of a type without pages that have the anchor of one of its entities.
pub(super) fn repeated_anchors(ecosystem: &Ecosystem) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (entity_type, info) in ecosystem.schema.types().filter(|(_, info)| !info.pages) {
        for (_, body) in ecosystem.page(PageId::index_of(entity_type)).body.iter() {
            for entity in body.prose.anchors().filter_map(|anchor| ecosystem.find(entity_type, anchor)) {
                let entity = ecosystem.entity(entity);
                let message = format!("a heading has the anchor of the profile \"{}\", \"#{0}\"", entity.id);
                let place = Place { path: body.path.clone(), span: Span::default() };
                let note = format!("\"{}\" has no pages, so this is the address of the profile", info.id);
                let diagnostic = Diagnostic::new(Code::UrlConflict, place, message).note(entity.place.clone(), note);
                problems.push(diagnostic.hint("give the heading another anchor: ## Heading {#another}"));
            }
        }
    }
    problems
}

/// The prose of a page in its language.
fn prose<'a>(ecosystem: &'a Ecosystem, route: &Route) -> Option<&'a Prose> {
    let body = match &route.kind {
        RouteKind::Entity(id) => &ecosystem.entity(*id).body,
        RouteKind::Page(id) => &ecosystem.page(*id).body,
        RouteKind::Index(entity_type, _) => &ecosystem.page(PageId::index_of(*entity_type)).body,
        _ => return None,
    };
    body.best(route.lang).map(|(_, body)| &*body.prose)
}

/// The page that an entry of the menu names; the name of a type means its index.
pub fn menu_entry(ecosystem: &Ecosystem, entry: &str) -> Option<PageId> {
    ecosystem.schema.find(entry).map(PageId::index_of).or_else(|| ecosystem.published_page(entry))
}

/// Entries of the menu that name nothing, or a draft.
pub(super) fn unknown_menu(ecosystem: &Ecosystem) -> impl Iterator<Item = Diagnostic> {
    let entries = ecosystem.config.menu_pages();
    let unknown = entries.filter(|(entry, _)| menu_entry(ecosystem, entry).is_none());
    unknown.map(|(entry, place)| {
        if ecosystem.is_draft_page(entry) {
            let message = format!("\"{entry}\" is a draft, so the menu leaves it out");
            return Diagnostic::new(Code::LinkToDraft, place.clone(), message);
        }
        let types = ecosystem.schema.types.iter().map(|entity_type| &*entity_type.id);
        let names: Vec<&str> = types
            .chain(ecosystem.published_pages().map(|(_, page)| &*page.path).filter(|path| !path.is_empty()))
            .collect();
        let hint = diagnostics::did_you_mean(entry, names.iter().copied())
            .unwrap_or_else(|| String::from("write the id of a type or the path of a page").into());
        Diagnostic::new(Code::BadConfig, place.clone(), format!("there is no type or page \"{entry}\" for the menu"))
            .hint(hint)
    })
}
