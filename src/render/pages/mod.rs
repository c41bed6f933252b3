//! Pages: the variables of the templates of pages.
//!
//! In: a route of a page, and the scope of its language. Out: the variables of its template: `page`, and `entity` or
//! `index`. A page that holds a view names it; the renderer draws it.

pub(crate) mod shapes;
mod breadcrumbs;
mod head;
mod index;
mod json_ld;
mod site;

use tera::Value;

use super::parts::citations::Citations;
use super::parts::prose::Filling;
use super::parts::shapes::{Heading, Reference};
use super::parts::{card, entity};
use super::scope::Scope;
use super::words::html;
use crate::locale::Lang;
use crate::model::{Body, EntityId, PageId, PageKind};
use crate::site::{Route, RouteKind};
use shapes::Page;

pub(crate) use index::sorts;
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
    match &route.kind {
        RouteKind::Entity(id) => {
            prose(&mut page, &mut filling, scope.ecosystem.entity(*id).body.best(scope.lang));
            variables.push(("entity", entity::entity(scope, *id, &mut filling).into()));
            page.json_ld = json_ld::entity(scope, *id).map(|json| html(&json));
        }
        RouteKind::Index(entity_type, number) => {
            if *number == 1 {
                let text = scope.ecosystem.page(PageId::index_of(*entity_type));
                prose(&mut page, &mut filling, text.body.best(scope.lang));
            }
            variables.push(("index", index::index(scope, *entity_type, *number).into()));
        }
        RouteKind::Page(id) => {
            let text = scope.ecosystem.page(*id);
            prose(&mut page, &mut filling, text.body.best(scope.lang));
            page.json_ld = (text.kind == PageKind::Home).then(|| html(&json_ld::home(scope)));
        }
        _ => {}
    }
    page.references = references(scope, citations);
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

fn prose(page: &mut Page, filling: &mut Filling<'_>, body: Option<(Lang, &Body)>) {
    let Some((lang, body)) = body else { return };
    let scope = filling.scope;
    page.content = html(&filling.fill(body));
    page.content_lang = scope.tag_of(lang).to_owned();
    page.fallback = lang != scope.lang;
    let headings = body.prose.headings.iter().map(|heading| {
        let text = scope.words_in(lang, &heading.text);
        Heading { level: usize::from(heading.level), id: heading.id.to_string(), text }.into()
    });
    page.headings = headings.collect();
}

/// The list of references.
fn references(scope: &Scope, citations: Citations) -> Vec<Value> {
    let references = citations.into_sources().into_iter().zip(1..).map(|(source, number)| {
        let (locators, citations) = (source.locators, source.anchors);
        Reference { number, id: format!("ref_{number}"), card: card(scope, source.entity), locators, citations }.into()
    });
    references.collect()
}
