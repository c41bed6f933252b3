//! Links to indexes and pages.

use tera::Value;

use super::shapes::{Download, Entry, TypeInfo};
use crate::locale::LocalText;
use crate::model::{EntityId, PageId, PageKind};
use crate::render::scope::Scope;
use crate::schema::TypeId;
use crate::site;

/// A type as templates see it, with its index and its data: a [`TypeInfo`], made once for each type.
pub(crate) fn type_value(scope: &Scope, entity_type: TypeId) -> Value {
    scope.memo.entity_type(entity_type).info.get_or_init(|| type_info(scope, entity_type).into()).clone()
}

fn type_info(scope: &Scope, entity_type: TypeId) -> TypeInfo {
    let info = scope.ecosystem.schema.get(entity_type);
    let downloads = scope.site.downloads(entity_type);
    let downloads = downloads.map(|(format, path)| Download { format, url: scope.address(path) }.into());
    TypeInfo {
        id: info.id.to_string(),
        mark: mark(scope, entity_type),
        hue: info.sign.colour.hue(),
        name: scope.words(&info.name),
        plural: scope.words(&info.plural),
        url: scope.address(&site::index_path(&scope.ecosystem, entity_type, 1, scope.lang)),
        count: scope.ecosystem.count(entity_type),
        data: downloads.collect(),
        feed: info.pages.then(|| scope.address(&site::type_feed_path(&scope.ecosystem, entity_type, scope.lang))),
        citation: info.citation,
    }
}

/// The letters in the sign of a type.
pub(super) fn mark(scope: &Scope, entity_type: TypeId) -> String {
    scope.ecosystem.schema.get(entity_type).sign.mark.text(scope.lang).to_owned()
}

/// A link to another site.
pub(crate) fn outside_entry(scope: &Scope, label: &LocalText, url: &str) -> Entry {
    let (title, url) = (scope.words(label), url.to_owned());
    Entry { id: String::new(), title, url, outside: true, items: Vec::new() }
}

/// A link to an entity.
pub(crate) fn entity_entry(scope: &Scope, id: EntityId) -> Entry {
    let url = scope.address(&site::entity_path(&scope.ecosystem, id, scope.lang));
    let name = format!("{}/{}", scope.type_id(id), scope.ecosystem.entity(id).id);
    Entry { id: name, title: scope.title(id), url, outside: false, items: Vec::new() }
}

/// A link to a page.
pub(crate) fn entry(scope: &Scope, page: PageId) -> Entry {
    let id = match scope.ecosystem.page(page).kind {
        PageKind::Index(entity_type) => &scope.ecosystem.schema.get(entity_type).id,
        _ => &scope.ecosystem.page(page).path,
    };
    Entry {
        id: id.to_string(),
        title: scope.page_title(page),
        url: scope.address(&site::page_path(&scope.ecosystem, page, scope.lang)),
        outside: false,
        items: Vec::new(),
    }
}
