//! Links to indexes that show only some of their entities, or show them in another form.
//!
//! In: a table such as `{ to = "actors", where = { category = "cdmo" }, view = "table" }`. Out: an [`Index`], whose address
//! follows from its type, values and form. Readers could choose both on the index itself, too.

use super::filter::{self, Filter};
use crate::diagnostics::{self, Code};
use crate::model::{Ecosystem, PageId, PageKind};
use crate::render::parts::shapes::Entry;
use crate::render::parts::{entry, facets};
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;
use crate::schema::TypeId;
use crate::table::{Data, Table, Value};

/// The forms in which an index can show its entities, besides a list.
const FORMS: [&str; 3] = ["table", "cards", "logos"];

/// The index of a type, with only the entities that have some values, as a list, or in another form.
pub(crate) struct Index {
    entity_type: TypeId,
    filters: Vec<Filter>,
    view: Option<&'static str>,
}

impl Index {
    /// Reads the keys `where` and `view` of a link to a page. `Some(None)` if it has neither; `None` if one of them is wrong,
    /// which is reported.
    pub(crate) fn read(
        spec: &mut Spec<'_>,
        ecosystem: &Ecosystem,
        page: Option<PageId>,
        link: &Table,
    ) -> Option<Option<Self>> {
        let Some(first) = link.get("where").or(link.get("view")) else { return Some(None) };
        let Some(PageKind::Index(entity_type)) = page.map(|page| ecosystem.page(page).kind) else {
            let message = "only an index can be filtered, or be shown as a table";
            let problem = spec.reader.problem(Code::UnknownView, first.span, message);
            spec.reader.report(problem.hint("name a type, as in: to = \"actors\""));
            return None;
        };
        let view = match link.get("view") {
            Some(view) => Some(form(spec, view)?),
            None => None,
        };
        let filters = match link.get("where") {
            Some(value) => filters(spec, ecosystem, entity_type, value)?,
            None => Vec::new(),
        };
        Some(Some(Self { entity_type, filters, view }))
    }

    /// The link, with the title of the index.
    pub(crate) fn entry(&self, scope: &Scope) -> Entry {
        let url = filter::address(scope, self.entity_type, &self.filters, self.view);
        Entry { url, ..entry(scope, PageId::index_of(self.entity_type)) }
    }
}

/// The values by which an index is filtered. Each key has to be a facet.
fn filters(spec: &mut Spec<'_>, ecosystem: &Ecosystem, entity_type: TypeId, value: &Value) -> Option<Vec<Filter>> {
    let filters = filter::read(spec, ecosystem, entity_type, Some(value))?;
    let Data::Table(table) = &value.data else { return None };
    let schema = &ecosystem.schema;
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
    Some(filters)
}

/// The form in which an index shows its entities.
fn form(spec: &mut Spec<'_>, value: &Value) -> Option<&'static str> {
    let name = spec.reader.text(value)?;
    let form = FORMS.into_iter().find(|form| *form == &*name);
    if form.is_none() {
        let problem = spec.reader.problem(Code::UnknownView, value.span, format!("an index has no form \"{name}\""));
        spec.reader.report(problem.hint(format!("write {}", diagnostics::list(FORMS))));
    }
    form
}
