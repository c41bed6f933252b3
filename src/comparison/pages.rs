//! What is different about pages that are no entities.

use std::collections::BTreeMap;

use super::entities::{Sides, addresses, compare_texts};
use super::shapes::{EntityChange, Kind};
use super::values;
use crate::compile::Checked;
use crate::locale::LocalText;
use crate::model::{Ecosystem, Page, PageId, PageKind};
use crate::parse;
use crate::site;

/// The differences of all pages, by name.
pub(super) fn changes(sides: &Sides<'_>) -> Vec<EntityChange> {
    let (old, new) = (pages(sides.before), pages(sides.after));
    let mut changes = Vec::new();
    for (name, id) in &new {
        let mut change = empty(sides, sides.after, name, *id, Kind::Added);
        if let Some(before) = old.get(name) {
            change.change = Kind::Changed;
            both(sides, *before, *id, &mut change);
            if change.texts.is_empty() && change.addresses.is_empty() {
                continue;
            }
        }
        changes.push(change);
    }
    for (name, id) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        changes.push(empty(sides, sides.before, name, *id, Kind::Removed));
    }
    changes
}

/// The pages with their names: `page:` and the path, the folder of a type for its index, and nothing for the home page.
fn pages(checked: &Checked) -> BTreeMap<String, PageId> {
    let ecosystem = &checked.ecosystem;
    let name = |page: &Page| match page.kind {
        PageKind::Home => String::from("page:"),
        PageKind::Index(entity_type) => format!("page:{}", ecosystem.schema.get(entity_type).id),
        PageKind::Free => format!("page:{}", page.path),
    };
    ecosystem.published_pages().map(|(id, page)| (name(page), id)).collect()
}

fn empty(sides: &Sides<'_>, checked: &Checked, name: &str, id: PageId, change: Kind) -> EntityChange {
    let page = checked.ecosystem.page(id);
    let title = values::by_language(&checked.ecosystem, &page.title);
    EntityChange::new(change, name.to_owned(), title, page.title.text(sides.lang))
}

fn both(sides: &Sides<'_>, before: PageId, after: PageId, change: &mut EntityChange) {
    let (old, new) = (&sides.before.ecosystem, &sides.after.ecosystem);
    let (was, is) = (old.page(before), new.page(after));
    compare_texts(sides, "title", &was.title, &is.title, &mut change.texts);
    compare_texts(sides, "summary", &was.summary, &is.summary, &mut change.texts);
    compare_texts(sides, "facts", &part(old, was, parse::facts_of), &part(new, is, parse::facts_of), &mut change.texts);
    compare_texts(sides, "body", &part(old, was, parse::prose_of), &part(new, is, parse::prose_of), &mut change.texts);
    // The title and the summary are among the facts too, and have been told.
    let told: Vec<String> =
        change.texts.iter().filter(|text| text.text != "facts").map(|text| text.lang.clone()).collect();
    change.texts.retain(|text| text.text != "facts" || !told.contains(&text.lang));
    let (from, to) = (|lang| site::page_path(old, before, lang), |lang| site::page_path(new, after, lang));
    change.addresses = addresses(sides, from, to);
}

/// A part of the files of a page, in each language.
fn part(ecosystem: &Ecosystem, page: &Page, of: fn(&str) -> Option<&str>) -> LocalText {
    let mut texts = LocalText::default();
    for (lang, path) in page.files.iter() {
        if let Some(text) = ecosystem.text(path).and_then(|source| of(&source.text)) {
            texts.set(lang, text.into());
        }
    }
    texts
}
