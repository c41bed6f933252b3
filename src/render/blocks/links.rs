//! Links to pages, to filtered indexes, to entities and to other sites.

use tera::Value;

use super::index::Index;
use super::kind::{self, Host};
use crate::locale::LocalText;
use crate::model::{EntityId, Meaning, PageId};
use crate::render::engine::shapes::shapes;
use crate::render::parts::{entity_entry, entry, outside_entry};
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;
use crate::render::words::Words;
use crate::site;
use crate::table::Value as Written;
use crate::url;

pub(super) const NAME: &str = "links";

pub(crate) struct Kind;

struct Links {
    title: LocalText,
    items: Vec<Item>,
}

struct Item {
    target: Target,
    /// The text of the link; if it is empty, the title of the target.
    title: LocalText,
}

enum Target {
    Page(PageId),
    Index(Index),
    Entity(EntityId),
    Outside(Box<str>),
}

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, spec: &mut Spec<'_>, host: &Host<'_>) -> Option<Box<dyn kind::Block>> {
        spec.keys("a block of links", &["title", "items"]);
        let title = spec.localised("title");
        let Some(value) = spec.get("items") else {
            spec.missing("items", "items = [{ to = \"about\" }]");
            return None;
        };
        let items = spec.reader.array(value)?.iter().filter_map(|value| item(spec, host, value)).collect();
        Some(Box::new(Links { title, items }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        SHAPES
    }
}

fn item(spec: &mut Spec<'_>, host: &Host<'_>, value: &Written) -> Option<Item> {
    let table = spec.reader.table(value)?;
    spec.reader.unknown_keys(table, "a link", &["to", "where", "view", "url", "title"]);
    let title = table.get("title").and_then(|title| spec.reader.localised(title)).unwrap_or_default();
    let target = match (table.get("to"), table.get("url")) {
        (Some(to), _) => {
            let target = self::target(spec, host, to)?;
            let page = if let Target::Page(page) = target { Some(page) } else { None };
            Index::read(spec, host.ecosystem, page, table)?.map_or(target, Target::Index)
        }
        (None, Some(address)) => Target::Outside(url::read(&mut spec.reader, address)?),
        (None, None) => {
            spec.reader.missing(value.span, "a link", "to", "to = \"about\", or url = \"https://example.org\"");
            return None;
        }
    };
    if let (true, Target::Outside(_)) = (title.is_empty(), &target) {
        spec.reader.missing(value.span, "a link to another site", "title", "title = \"The text of the link\"");
        return None;
    }
    Some(Item { target, title })
}

/// A page, the index of a type, or an entity.
fn target(spec: &mut Spec<'_>, host: &Host<'_>, value: &Written) -> Option<Target> {
    let name = spec.reader.text(value)?;
    if let Some(page) = site::menu_entry(host.ecosystem, &name) {
        spec.note(value.span, Meaning::menu_entry(host.ecosystem, page));
        return Some(Target::Page(page));
    }
    let types: Vec<_> = host.ecosystem.schema.types().map(|(id, _)| id).collect();
    let advice = "write the id of a type, the path of a page, or a type and an id: \"projects/theramir\"";
    spec.entity(value, &types, advice).map(Target::Entity)
}

impl kind::Block for Links {
    fn value(&self, scope: &Scope) -> Value {
        let items = self.items.iter().map(|item| {
            let mut link = match &item.target {
                Target::Page(page) => entry(scope, *page),
                Target::Index(index) => index.entry(scope),
                Target::Entity(id) => entity_entry(scope, *id),
                Target::Outside(url) => outside_entry(scope, &item.title, url),
            };
            if !item.title.is_empty() {
                link.title = scope.words(&item.title);
            }
            link.into()
        });
        let title = (!self.title.is_empty()).then(|| scope.words(&self.title));
        LinksBlock { title, items: items.collect() }.into()
    }

    fn excludes(&self, _: &dyn kind::Block) -> bool {
        false
    }
}

shapes! {
    /// The block `links`.
    LinksBlock {
        /// The title that the block has; none if it has none.
        title: Option<Words>,
        /// The links, a list of [Entry](#entry).
        items: Vec<Value>,
    }
}
