//! The menu.
//!
//! In: the entries of `menu` in `site.toml`. Out: for templates, a list of [`Entry`]; before that, the diagnostics about
//! entries that lead to filtered indexes. The name of a page or type that does not exist, the stage `site` reports.

use tera::Value;

use crate::config::{MenuItem, MenuLink};
use crate::diagnostics::Diagnostic;
use crate::model::Ecosystem;
use crate::render::blocks::Index;
use crate::render::parts::shapes::Entry;
use crate::render::parts::{entry, outside_entry};
use crate::render::scope::Scope;
use crate::render::views::Noted;
use crate::render::views::spec::Spec;
use crate::site;

/// Checks what the entries say beside the names of pages. Out: the diagnostics, and the names in them.
pub(crate) fn check(ecosystem: &Ecosystem) -> (Vec<Diagnostic>, Noted) {
    let (mut problems, mut noted) = (Vec::new(), Noted::default());
    let items = ecosystem.config.menu.iter().flat_map(|item| match item {
        MenuItem::Group(_, items) => items.as_slice(),
        item => std::slice::from_ref(item),
    });
    for item in items {
        if let MenuItem::To(link) = item {
            let mut spec = Spec::new(ecosystem, &link.source, &link.value, "link");
            index(&mut spec, ecosystem, link);
            let (found, names) = spec.finish();
            problems.extend(found);
            noted.append(names);
        }
    }
    (problems, noted)
}

/// The index that a link leads to, if that is filtered or has a form. `None` if that is wrong, or if there is no such page.
fn index(spec: &mut Spec<'_>, ecosystem: &Ecosystem, link: &MenuLink) -> Option<Option<Index>> {
    let page = site::menu_entry(ecosystem, &link.to)?;
    Index::read(spec, ecosystem, Some(page), link.value.as_table()?)
}

/// The menu: its links and groups. Entries that name nothing are left out; they have been reported.
pub(super) fn menu(scope: &Scope, items: &[MenuItem]) -> Vec<Value> {
    let entries = items.iter().filter_map(|item| match item {
        MenuItem::Page(name, _) => site::menu_entry(&scope.ecosystem, name).map(|page| entry(scope, page)),
        MenuItem::To(link) => self::link(scope, link),
        MenuItem::Link(label, url) => Some(outside_entry(scope, label, url)),
        MenuItem::Group(label, items) => {
            let items = menu(scope, items);
            let group =
                Entry { id: String::new(), title: scope.words(label), url: String::new(), outside: false, items };
            (!group.items.is_empty()).then_some(group)
        }
    });
    entries.map(Value::from).collect()
}

fn link(scope: &Scope, link: &MenuLink) -> Option<Entry> {
    let ecosystem = &scope.ecosystem;
    let mut spec = Spec::new(ecosystem, &link.source, &link.value, "link");
    let mut target = match index(&mut spec, ecosystem, link)? {
        Some(index) => index.entry(scope),
        None => entry(scope, site::menu_entry(ecosystem, &link.to)?),
    };
    if !link.label.is_empty() {
        target.title = scope.words(&link.label);
    }
    Some(target)
}
