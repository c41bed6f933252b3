//! Sets the items of a list, and leaves those that stay as they are written.

use super::file::Facts;
use super::setting::Item;
use crate::edit::draft::Draft;
use crate::edit::refusal::Refusal;
use crate::edit::{locate, toml};
use crate::table::{Table, Value};

/// Gives a list these items.
pub(super) fn set(facts: &Facts<'_>, draft: &mut Draft, key: &str, items: &[Item]) -> Result<(), Refusal> {
    let Some(at) = facts.table.entries.iter().position(|entry| &*entry.key == key) else {
        let new: Vec<&str> = items.iter().filter_map(new).collect();
        return if new.is_empty() { Ok(()) } else { facts.add(draft, key, &format!("[{}]", new.join(", "))) };
    };
    if items.is_empty() {
        return facts.remove(draft, at);
    }
    let value = &facts.table.entries[at].value;
    facts.refuse_header(value)?;
    let present = locate::items(value);
    let kept: Vec<usize> = items.iter().filter_map(|item| kept(item, present)).collect();
    let first_new = items.iter().position(|item| matches!(item, Item::New(_))).unwrap_or(items.len());
    let is_in_place = kept.is_sorted_by(|a, b| a < b)
        && !kept.is_empty()
        && items[first_new..].iter().all(|item| matches!(item, Item::New(_)));
    if is_in_place {
        in_place(facts, draft, (value, present), &kept, items);
        return Ok(());
    }
    let text = |item: &Item| match item {
        Item::New(text) => text.clone(),
        Item::Kept(at) => {
            let span = present.get(*at).map_or(value.span, |item| item.span);
            facts.source.text[span.range()].to_owned()
        }
    };
    let all: Vec<String> = items.iter().map(text).collect();
    facts.replace(draft, value, &format!("[{}]", all.join(", ")))
}

/// Takes out the items that go, and adds new ones at the end.
fn in_place(facts: &Facts<'_>, draft: &mut Draft, (list, present): (&Value, &[Value]), kept: &[usize], items: &[Item]) {
    let gone: Vec<usize> = (0..present.len()).filter(|at| !kept.contains(at)).collect();
    if !gone.is_empty() {
        for span in toml::item_spans(&facts.source, present, &gone) {
            draft.remove(&facts.source.place(span));
        }
    }
    let new: Vec<String> = items.iter().filter_map(new).map(str::to_owned).collect();
    if new.is_empty() {
        return;
    }
    // Behind the last item that stays, so that what is added is not part of what is taken out.
    let staying = &present[..kept.last().map_or(0, |last| last + 1)];
    for (at, text) in toml::items_at_end(&facts.source, list, staying, &new) {
        draft.insert(&facts.source.path, at, &text);
    }
}

fn new(item: &Item) -> Option<&str> {
    match item {
        Item::New(text) => Some(text),
        Item::Kept(_) => None,
    }
}

fn kept(item: &Item, present: &[Value]) -> Option<usize> {
    match item {
        Item::Kept(at) => Some(*at).filter(|at| *at < present.len()),
        Item::New(_) => None,
    }
}

/// Sets or removes an attribute of an item.
pub(super) fn attribute(
    facts: &Facts<'_>,
    draft: &mut Draft,
    (key, item): (&str, usize),
    name: &str,
    value: Option<&str>,
) -> Result<(), Refusal> {
    let Some(entry) = facts.table.entry(key) else { return Ok(()) };
    let items = locate::items(&entry.value);
    let item = items.get(item).unwrap_or(&entry.value);
    facts.refuse_header(item)?;
    let Some(table) = item.as_table() else {
        let target = &facts.source.text[item.span.range()];
        return match value {
            Some(value) => facts.replace(draft, item, &format!("{{ to = {target}, {name} = {value} }}")),
            None => Ok(()),
        };
    };
    let at = table.entries.iter().position(|entry| &*entry.key == name);
    match (at, value) {
        (Some(at), Some(value)) => facts.replace(draft, &table.entries[at].value, value),
        (Some(at), None) => {
            draft.remove(&facts.source.place(toml::entry_span(&facts.source, table, at)));
            Ok(())
        }
        (None, Some(value)) => {
            insert(facts, draft, table, name, value);
            Ok(())
        }
        (None, None) => Ok(()),
    }
}

fn insert(facts: &Facts<'_>, draft: &mut Draft, table: &Table, name: &str, value: &str) {
    if let Some(last) = table.entries.last() {
        let (at, text) = toml::entry_after(&facts.source, table, last, name, value);
        draft.insert(&facts.source.path, at, &text);
    }
}
