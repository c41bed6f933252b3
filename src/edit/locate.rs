//! Where a value is in the tables of a text.

use crate::parse;
use crate::table::{self, Data, Table, Value};
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
    let range = if source.path.ends_with(".md") { parse::facts(&source.text) } else { 0..source.text.len() };
    table::parse(&source.text[range.clone()], range.start).0
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

/// The table with this span.
pub(super) fn table(outer: &Table, span: Span) -> Option<&Table> {
    let values = outer.entries.iter().flat_map(|entry| match &entry.value.data {
        Data::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    });
    let mut tables = values.filter_map(|value| Some((value.span, value.as_table()?)));
    tables.find_map(|(own, inner)| if own == span { Some(inner) } else { table(inner, span) })
}

/// The items of a list; none of another value.
pub(super) fn items(value: &Value) -> &[Value] {
    match &value.data {
        Data::Array(items) => items,
        _ => &[],
    }
}

/// The lines of a table with a header: the comments directly above it, the header, and all lines before the next header.
pub(super) fn block(source: &SourceText, header: Span) -> Span {
    let text = &source.text;
    let mut start = text[..header.start as usize].rfind('\n').map_or(0, |at| at + 1);
    loop {
        let before = text[..start].strip_suffix('\n').unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        if before.is_empty() || !before[line..].trim_start().starts_with('#') {
            break;
        }
        start = line;
    }
    let limit = if source.path.ends_with(".md") { parse::facts(text).end } else { text.len() };
    Span::new(start..next_header(text, header.end as usize, limit))
}

/// The start of the first line after an offset that is a header, or of the comments directly above it.
fn next_header(text: &str, from: usize, limit: usize) -> usize {
    let mut at = text[from..limit].find('\n').map_or(limit, |newline| from + newline + 1);
    let mut comments = None;
    while at < limit {
        let end = text[at..limit].find('\n').map_or(limit, |newline| at + newline + 1);
        let line = text[at..end].trim_start();
        if line.starts_with('[') {
            return comments.unwrap_or(at);
        }
        comments = line.starts_with('#').then(|| comments.unwrap_or(at));
        at = end;
    }
    limit
}
