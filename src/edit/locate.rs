//! Where a value is in the tables of a text.

use std::ops::Range;

use crate::parse;
use crate::table::{self, Data, Entry, Table, Value};
use crate::text::{SourceText, Span};

/// The place of a value: its table, its entry, and its item if the entry is a list.
#[derive(Debug, Clone)]
pub(super) struct Located<'a> {
    pub table: &'a Table,
    pub entry: usize,
    pub item: Option<usize>,
}

/// The facts of a text of the site: its front matter, or all of a `.toml` file.
pub(super) fn facts(source: &SourceText) -> Table {
    let range = facts_range(source);
    table::parse(&source.text[range.clone()], range.start).0
}

/// The part of a text that has its facts.
pub(super) fn facts_range(source: &SourceText) -> Range<usize> {
    if source.path.ends_with(".md") { parse::facts(&source.text) } else { 0..source.text.len() }
}

/// The part of a Markdown text that is its prose; empty in another text.
pub(super) fn body(source: &SourceText) -> Range<usize> {
    let text = &source.text;
    if !source.path.ends_with(".md") {
        return text.len()..text.len();
    }
    let facts = parse::facts(text).end;
    let end = text[facts..].find('\n').map_or(text.len(), |at| facts + at + 1);
    if facts == 0 { 0..text.len() } else { end..text.len() }
}

/// The innermost entry that has a value with this span: the value itself, an item of its list, or the target of a link
/// (`{ to = "…" }`), which is all of the table.
pub(super) fn value(table: &Table, span: Span) -> Option<Located<'_>> {
    for (at, entry) in table.entries.iter().enumerate() {
        let located = |item| Located { table, entry: at, item };
        match &entry.value.data {
            Data::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    if is_at(item, span) {
                        return Some(located(Some(number)));
                    }
                    if let Some(found) = item.as_table().and_then(|inner| value(inner, span)) {
                        return Some(found);
                    }
                }
            }
            _ if is_at(&entry.value, span) => return Some(located(None)),
            Data::Table(inner) => {
                if let Some(found) = value(inner, span) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a value is at a span, or is a link whose target is.
fn is_at(value: &Value, span: Span) -> bool {
    let target = value.as_table().and_then(|table| table.get("to"));
    value.span == span || target.is_some_and(|target| target.span == span)
}

/// The entry whose key and value cover a span, or whose key does: its table, and its position in it.
pub(super) fn entry(outer: &Table, span: Span) -> Option<(&Table, usize)> {
    let is_here = |entry: &Entry| {
        let key = entry.key_span;
        key.start == span.start && (span.end == entry.value.span.end || span.end == key.end)
    };
    if let Some(at) = outer.entries.iter().position(is_here) {
        return Some((outer, at));
    }
    tables(outer).find_map(|(_, inner)| entry(inner, span))
}

/// The table with this span.
pub(super) fn table(outer: &Table, span: Span) -> Option<&Table> {
    tables(outer).find_map(|(own, inner)| if own == span { Some(inner) } else { table(inner, span) })
}

/// The tables directly inside another one, or in its lists, with their positions.
fn tables(outer: &Table) -> impl Iterator<Item = (Span, &Table)> {
    let values = outer.entries.iter().flat_map(|entry| match &entry.value.data {
        Data::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    });
    values.filter_map(|value| Some((value.span, value.as_table()?)))
}

/// The items of a list; none of another value.
pub(super) fn items(value: &Value) -> &[Value] {
    match &value.data {
        Data::Array(items) => items,
        _ => &[],
    }
}
