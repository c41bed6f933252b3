//! Pages: the variables of the templates of pages.
//!
//! In: a route of a page, and the scope of its language. Out: the variables of its template: `page`, and `entity` or
//! `index`. A page that holds a view names it; the renderer draws it.

pub(crate) mod shapes;
mod breadcrumbs;
mod letter;
mod head;
mod index;
mod json_ld;
mod menu;
mod site;

use std::collections::BTreeMap;

use tera::Value;

use super::parts::citations::Citations;
use super::parts::prose::Filling;
use super::parts::shapes::{ContentsEntry, Heading, Reference};
use super::parts::sources::SourceLink;
use super::parts::{card, entity};
use super::scope::Scope;
use super::words::html;
use crate::locale::Lang;
use crate::model::{Body, EntityId, PageId, PageKind};
use crate::site::{Route, RouteKind};
use shapes::Page;

pub(crate) use index::sorts;
pub(crate) use menu::check as menu;
pub(crate) use site::site;

/// The variables of a page's template, by name. `render_card` renders the card of an entity that prose embeds.
pub(crate) fn variables(
    scope: &Scope,
    route: &Route,
    render_card: &dyn Fn(EntityId) -> String,
) -> Vec<(&'static str, Value)> {
    let mut citations = Citations::default();
    let mut filling = Filling { scope, citations: Some(&mut citations), card: Some(render_card) };
    let mut page = head::page(scope, route);
    let mut variables = Vec::new();
    let mut source_links = Vec::new();
    match &route.kind {
        RouteKind::Entity(id) => {
            prose(&mut page, &mut filling, Some(*id), scope.ecosystem.entity(*id).body.best(scope.lang), 2);
            let full = entity::entity(scope, *id, &mut filling);
            page.contents.extend(full.contents);
            source_links = full.source_links;
            variables.push(("entity", full.entity.into()));
            page.json_ld = json_ld::entity(scope, *id).map(|json| html(&json));
        }
        RouteKind::Index(entity_type, number) => {
            if *number == 1 {
                let text = scope.ecosystem.page(PageId::index_of(*entity_type));
                prose(&mut page, &mut filling, None, text.body.best(scope.lang), 3);
            }
            variables.push(("index", index::index(scope, *entity_type, *number).into()));
        }
        RouteKind::Page(id) => {
            let text = scope.ecosystem.page(*id);
            prose(&mut page, &mut filling, None, text.body.best(scope.lang), 3);
            page.json_ld = (text.kind == PageKind::Home).then(|| html(&json_ld::home(scope)));
        }
        _ => {}
    }
    (page.references, page.uncited) = references(scope, citations, &source_links);
    variables.push(("page", page.into()));
    variables
}

/// The page whose view a route shows: the page itself, or the text of an index on the first of its pages.
pub(crate) fn with_view(route: &Route) -> Option<PageId> {
    match &route.kind {
        RouteKind::Page(id) => Some(*id),
        RouteKind::Index(entity_type, 1) => Some(PageId::index_of(*entity_type)),
        _ => None,
    }
}

/// Puts prose on the page of an entity or on another one. Its headings down to `level` are in the table of contents.
fn prose(page: &mut Page, filling: &mut Filling<'_>, own: Option<EntityId>, body: Option<(Lang, &Body)>, level: u8) {
    let Some((lang, body)) = body else { return };
    let scope = filling.scope;
    page.content = html(&filling.fill_with(body, &scope.ecosystem.autolinks(body, own, lang)));
    page.content_lang = scope.tag_of(lang).to_owned();
    page.fallback = lang != scope.lang;
    for heading in &body.prose.headings {
        let (anchor, text) = (heading.id.to_string(), scope.words_in(lang, &heading.text));
        if heading.level <= level {
            let (title, lang) = (text.clone(), page.content_lang.clone());
            let level = usize::from(heading.level);
            page.contents.push(ContentsEntry { anchor: anchor.clone(), title, lang, level, count: 0 }.into());
        }
        page.headings.push(Heading { level: usize::from(heading.level), id: anchor, text }.into());
    }
}

/// The list of references, and the sources of the entity that are not in it.
fn references(scope: &Scope, citations: Citations, source_links: &[SourceLink]) -> (Vec<Value>, Vec<Value>) {
    let mut attributes: BTreeMap<EntityId, Vec<Value>> = BTreeMap::new();
    for link in source_links {
        attributes.entry(link.source).or_default().extend_from_slice(&link.attributes);
    }
    let references = citations.into_sources().into_iter().zip(1..).map(|(source, number)| {
        Reference {
            number,
            id: format!("ref_{number}"),
            card: card(scope, source.entity),
            locators: source.locators,
            citations: source.anchors,
            attributes: attributes.remove(&source.entity).unwrap_or_default(),
        }
        .into()
    });
    let references = references.collect();
    // The sources that are left are not cited.
    let uncited = source_links.iter().filter(|link| attributes.contains_key(&link.source));
    (references, uncited.map(|link| link.value(scope)).collect())
}
