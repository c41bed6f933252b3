//! Links to pages, to filtered indexes, to entities and to other sites.

use tera::Value;

use super::filter::{self, Filter};
use super::kind::{self, Host};
use crate::diagnostics::{self, Code};
use crate::locale::LocalText;
use crate::model::{EntityId, Meaning, PageId, PageKind};
use crate::render::engine::shapes::shapes;
use crate::render::parts::shapes::Entry;
use crate::render::parts::{entity_entry, entry, facets, outside_entry};
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;
use crate::render::words::Words;
use crate::schema::TypeId;
use crate::site;
use crate::table::{Data, Table, Value as Written};
use crate::url;

pub(super) const NAME: &str = "links";

/// The forms in which an index can show its entities, besides a list.
const FORMS: [&str; 3] = ["table", "cards", "logos"];

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
    /// The index of a type, with only the entities that have these values, as a list, or in another form.
    Index(TypeId, Vec<Filter>, Option<&'static str>),
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
            match table.get("where").or(table.get("view")) {
                Some(value) => index(spec, host, target, table, value)?,
                None => target,
            }
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

/// The index that is a target, with only the entities that have some values, or in another form. Its readers could choose both, too.
fn index(spec: &mut Spec<'_>, host: &Host<'_>, target: Target, item: &Table, first: &Written) -> Option<Target> {
    let index = match target {
        Target::Page(page) => host.ecosystem.page(page).kind,
        _ => PageKind::Free,
    };
    let PageKind::Index(entity_type) = index else {
        let message = "only an index can be filtered, or be shown as a table";
        let problem = spec.reader.problem(Code::UnknownView, first.span, message);
        spec.reader.report(problem.hint("name a type, as in: to = \"actors\""));
        return None;
    };
    let view = match item.get("view") {
        Some(view) => Some(form(spec, view)?),
        None => None,
    };
    let Some(value) = item.get("where") else { return Some(Target::Index(entity_type, Vec::new(), view)) };
    let filters = filter::read(spec, host.ecosystem, entity_type, Some(value))?;
    let Data::Table(table) = &value.data else { return None };
    let schema = &host.ecosystem.schema;
    let is_facet = |property| facets::is_facet(schema, entity_type, property);
    for (entry, filter) in table.entries.iter().zip(&filters) {
        if !is_facet(filter.property()) {
            let own = schema.properties(entity_type).filter(|(_, property)| is_facet(*property)).map(|(id, _)| id);
            let message = format!("the index can't be filtered by \"{}\"", entry.key);
            let hint = format!("write facet = true in its declaration, or choose {}", diagnostics::list(own));
            spec.reader.report(spec.reader.problem(Code::UnknownView, entry.key_span, message).hint(hint));
            return None;
        }
    }
    Some(Target::Index(entity_type, filters, view))
}

/// The form in which an index shows its entities.
fn form(spec: &mut Spec<'_>, value: &Written) -> Option<&'static str> {
    let name = spec.reader.text(value)?;
    let form = FORMS.into_iter().find(|form| *form == &*name);
    if form.is_none() {
        let problem = spec.reader.problem(Code::UnknownView, value.span, format!("an index has no form \"{name}\""));
        spec.reader.report(problem.hint(format!("write {}", diagnostics::list(FORMS))));
    }
    form
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
                Target::Index(entity_type, filters, view) => Entry {
                    url: filter::address(scope, *entity_type, filters, *view),
                    ..entry(scope, PageId::index_of(*entity_type))
                },
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
