//! Redirects from the addresses that something had before a change.
//!
//! If a new address is among the redirects, the change takes an earlier one back: the redirect goes, and none is added
//! for that language. So a change there and back leaves no trace.

use super::draft::Draft;
use super::place;
use super::toml;
use crate::table::{Data, Table, Value};
use crate::text::SourceText;

/// The old and the new address in a language.
pub(super) struct Addresses {
    pub old: String,
    pub new: String,
}

/// Adds redirects to the facts of an entity, a page or a type. `order` has the keys of the table in their order.
pub(super) fn add(draft: &mut Draft, source: &SourceText, table: &Table, order: &[&str], addresses: &[Addresses]) {
    let at = table.entries.iter().position(|entry| &*entry.key == "redirects");
    let items: &[Value] = match at.map(|at| &table.entries[at].value.data) {
        Some(Data::Array(items)) => items,
        _ => &[],
    };
    let is = |item: &Value, address: &str| {
        item.as_text().is_some_and(|text| text.trim_end_matches('/') == address.trim_end_matches('/'))
    };
    let mut gone: Vec<usize> = Vec::new();
    let mut added: Vec<&str> = Vec::new();
    for Addresses { old, new } in addresses.iter().filter(|it| it.old != it.new) {
        match items.iter().position(|item| is(item, new)) {
            Some(item) => gone.push(item),
            None if !items.iter().any(|item| is(item, old)) && !added.contains(&&**old) => added.push(old),
            None => {}
        }
    }
    let quoted: Vec<String> = added.iter().map(|old| toml::quoted(old, "")).collect();
    let Some(at) = at else {
        if !quoted.is_empty() {
            place::add(draft, source, table, order, "redirects", &format!("[{}]", quoted.join(", ")));
        }
        return;
    };
    let entry = &table.entries[at];
    if gone.len() == items.len() && quoted.is_empty() {
        draft.remove(&source.place(toml::entry_span(source, table, at)));
        return;
    }
    gone.sort_unstable();
    // What goes makes room for what comes.
    let replaced = gone.len().min(quoted.len());
    for (item, text) in gone.iter().zip(&quoted) {
        draft.replace(&source.place(items[*item].span), text.clone());
    }
    if quoted.len() > replaced {
        for (offset, text) in toml::items_at_end(source, &entry.value, items, &quoted[replaced..]) {
            draft.insert(&source.path, offset, &text);
        }
    }
    let gone = &gone[replaced..];
    for span in toml::item_spans(source, items, gone) {
        draft.remove(&source.place(span));
    }
}
