//! Paths of pages and files.
//!
//! In: an entity, a page or a type, and a language. Out: its path below the base URL.

use super::route::RouteKind;
use crate::config::Config;
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId, PageId, PageKind};
use crate::schema::TypeId;

/// The folder of the theme's files in the published site.
pub const ASSETS: &str = "/assets/";
/// The path of the outline of maps.
pub const OUTLINE: &str = "/data/outline.svg";

/// The folder of the search index in the published site, reserved for it.
pub const SEARCH: &str = "/search-index/";

/// The file with which `output` marks its folder as made by this program; no route can have its path.
pub const MARKER: &str = ".filiere";

/// The path of an entity in a language. If its type has no pages, it is the path of the index with an anchor.
pub fn entity_path(ecosystem: &Ecosystem, id: EntityId, lang: Lang) -> String {
    let entity = ecosystem.entity(id);
    if !ecosystem.has_page(id) {
        return [&index_path(ecosystem, entity.entity_type, 1, lang), "#", &*entity.id].concat();
    }
    let entity_type = ecosystem.schema.get(entity.entity_type);
    [ecosystem.config.languages.prefix(lang), "/", entity_type.path.text(lang), "/", &entity.id, "/"].concat()
}

/// The path of a page of a type's index in a language; the first page is number 1.
pub fn index_path(ecosystem: &Ecosystem, entity_type: TypeId, number: usize, lang: Lang) -> String {
    let base =
        format!("{}/{}/", ecosystem.config.languages.prefix(lang), ecosystem.schema.get(entity_type).path.text(lang));
    if number > 1 { format!("{base}page/{number}/") } else { base }
}

/// The path of a page in a language.
pub fn page_path(ecosystem: &Ecosystem, id: PageId, lang: Lang) -> String {
    let page = ecosystem.page(id);
    let prefix = ecosystem.config.languages.prefix(lang);
    match page.kind {
        PageKind::Home => format!("{prefix}/"),
        PageKind::Index(entity_type) => index_path(ecosystem, entity_type, 1, lang),
        PageKind::Free => {
            let mut path = prefix.to_owned();
            let mut folder = String::new();
            for part in page.path.split('/') {
                folder.push_str(part);
                // The slug of a folder is that of the page with the folder's path, if there is one.
                let slug = ecosystem.published_page(&folder).map(|id| ecosystem.page(id).slug.text(lang));
                path.push('/');
                path.push_str(slug.filter(|slug| !slug.is_empty()).unwrap_or(part));
                folder.push('/');
            }
            path.push('/');
            path
        }
    }
}

/// The path of a page in another language.
pub fn path_in(ecosystem: &Ecosystem, kind: &RouteKind, lang: Lang) -> String {
    match kind {
        RouteKind::Entity(id) => entity_path(ecosystem, *id, lang),
        RouteKind::Index(entity_type, number) => index_path(ecosystem, *entity_type, *number, lang),
        RouteKind::Page(id) => page_path(ecosystem, *id, lang),
        _ => String::from("/"),
    }
}

/// Whether a page is translated into a language, so that it is listed as an alternate (`hreflang`).
pub fn is_translated(ecosystem: &Ecosystem, kind: &RouteKind, lang: Lang) -> bool {
    match kind {
        RouteKind::Entity(id) => ecosystem.entity(*id).is_translated(lang),
        RouteKind::Index(entity_type, _) => ecosystem.page(PageId::index_of(*entity_type)).is_translated(lang),
        RouteKind::Page(id) => ecosystem.page(*id).is_translated(lang),
        _ => true,
    }
}

/// The path of an entity's JSON file.
pub fn record_path(ecosystem: &Ecosystem, id: EntityId) -> String {
    let entity = ecosystem.entity(id);
    record_path_of(&ecosystem.schema.get(entity.entity_type).id, &entity.id)
}

/// The path of the JSON file of the entity with this id in a type.
pub fn record_path_of(entity_type: &str, id: &str) -> String {
    ["/data/", entity_type, "/", id, ".json"].concat()
}

/// The path of the JSON file with which a browser filters the index of a type, or of one of its parts; the first part is
/// number 1.
pub fn listing_path(ecosystem: &Ecosystem, entity_type: TypeId, lang: Lang, part: usize) -> String {
    let (id, tag) = (&ecosystem.schema.get(entity_type).id, ecosystem.config.languages.tag(lang));
    let part = if part > 1 { format!(".{part}") } else { String::new() };
    format!("/data/index/{id}.{tag}{part}.json")
}

/// The path of the JSON file with which a browser shows the index of a type as a table, or of one of its parts; the first
/// part is number 1.
pub fn table_path(ecosystem: &Ecosystem, entity_type: TypeId, lang: Lang, part: usize) -> String {
    let (id, tag) = (&ecosystem.schema.get(entity_type).id, ecosystem.config.languages.tag(lang));
    let part = if part > 1 { format!(".{part}") } else { String::new() };
    format!("/data/table/{id}.{tag}{part}.json")
}

/// The path of the JSON file with which a browser finds how two entities are connected, in a language.
pub fn links_path(config: &Config, lang: Lang) -> String {
    format!("/data/links.{}.json", config.languages.tag(lang))
}

/// The path of a language's Atom feed.
pub fn feed_path(config: &Config, lang: Lang) -> String {
    format!("{}/feed.xml", config.languages.prefix(lang))
}

/// The path of the Atom feed of what is related to an entity, in a language.
pub fn entity_feed_path(ecosystem: &Ecosystem, id: EntityId, lang: Lang) -> String {
    format!("{}feed.xml", entity_path(ecosystem, id, lang))
}

/// The path of the Atom feed of a type in a language.
pub fn type_feed_path(ecosystem: &Ecosystem, entity_type: TypeId, lang: Lang) -> String {
    format!("{}feed.xml", index_path(ecosystem, entity_type, 1, lang))
}
