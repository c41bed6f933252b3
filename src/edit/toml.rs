//! Writes parts of TOML in the manner of the text around them.

use toml_writer::{ToTomlValue as _, TomlStringBuilder};

use crate::table::{Data, Entry, Table, Value};
use crate::text::{SourceText, Span};

/// A text as a TOML string. `like` is the string that it replaces: it keeps its quotation marks if they can hold the
/// text.
pub(super) fn quoted(text: &str, like: &str) -> String {
    let builder = TomlStringBuilder::new(text);
    let literal = builder.as_literal().filter(|_| like.starts_with('\''));
    literal.unwrap_or_else(|| builder.as_basic()).to_toml_value()
}

/// A key in place of another one, which gives the quotation marks. The key is an id, which needs none.
pub(super) fn key(name: &str, like: &str) -> String {
    match like.chars().next() {
        Some(quote @ ('"' | '\'')) => format!("{quote}{name}{quote}"),
        _ => name.to_owned(),
    }
}

/// Whether the table of an entry is written with a header of its own, `[key]`.
pub(super) fn has_header(source: &SourceText, entry: &Entry) -> bool {
    let starts_with = |value: &Value, sign: char| source.text[value.span.range()].starts_with(sign);
    match &entry.value.data {
        Data::Table(_) => !starts_with(&entry.value, '{'),
        Data::Array(items) => items.iter().any(|item| item.as_table().is_some() && !starts_with(item, '{')),
        _ => false,
    }
}

/// A new entry, after an entry of the same table: the offset, and the text to insert there. `value` is TOML.
pub(super) fn entry_after(
    source: &SourceText,
    table: &Table,
    before: &Entry,
    name: &str,
    value: &str,
) -> (usize, String) {
    let text = &source.text;
    if text[table.span.range()].starts_with('{') {
        return (before.value.span.end as usize, format!(", {name} = {value}"));
    }
    let line_start = text[..before.key_span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    // The indentation, and the part of a dotted key that both entries share.
    let prefix = &text[line_start..before.key_span.start as usize];
    let key_width = before.key_span.end - before.key_span.start;
    let gap = text[before.key_span.end as usize..].bytes().take_while(|byte| *byte == b' ').count();
    // Where the equals signs are below one another, the new one is too.
    let width = if gap > 1 { key_width as usize + gap - 1 } else { 0 };
    let end = before.value.span.end as usize;
    let newline = line_end(text);
    match text[end..].find('\n') {
        Some(at) => (end + at + 1, format!("{prefix}{name:width$} = {value}{newline}")),
        None => (text.len(), format!("{newline}{prefix}{name:width$} = {value}")),
    }
}

/// The first entry of a table that has a header: the offset, and the text to insert there.
pub(super) fn entry_after_header(source: &SourceText, table: &Table, name: &str, value: &str) -> (usize, String) {
    let text = &source.text;
    let end = table.span.end as usize;
    let newline = line_end(text);
    match text[end..].find('\n') {
        Some(at) => (end + at + 1, format!("{name} = {value}{newline}")),
        None => (text.len(), format!("{newline}{name} = {value}")),
    }
}

/// A new last item of a list: the offset, and the text to insert there. `value` is TOML.
pub(super) fn item_at_end(source: &SourceText, list: &Value, items: &[Value], value: &str) -> (usize, String) {
    let Some(last) = items.last() else { return (list.span.start as usize + 1, value.to_owned()) };
    let text = &source.text;
    // The same white space as before the last item: a list with a line for each item gets another line.
    let before = &text[..last.span.start as usize];
    let space = &before[before.trim_end_matches([' ', '\t', '\r', '\n']).len()..];
    let space = if items.len() == 1 && !space.contains('\n') { " " } else { space };
    (last.span.end as usize, format!(",{space}{value}"))
}

/// The parts of a list that go with some of its items, with their commas. `gone` has the positions of the items in order,
/// and not all of them.
pub(super) fn item_spans(source: &SourceText, items: &[Value], gone: &[usize]) -> Vec<Span> {
    let first_kept = (0..items.len()).find(|at| !gone.contains(at)).unwrap_or(items.len());
    let text = &source.text;
    let span = |at: &usize| {
        let (start, end) = (items[*at].span.start as usize, items[*at].span.end as usize);
        // What is between two items goes with the one that goes, unless it is a comment.
        let (from, to) = match at.checked_sub(1) {
            Some(before) if *at > first_kept => (items[before].span.end as usize, end),
            _ => (start, items.get(at + 1).map_or(end, |next| next.span.start as usize)),
        };
        if text[from..start].contains('#') || text[end..to].contains('#') {
            let rest = &text[end..];
            let comma = rest.len() - rest.trim_start().len();
            return Span::new(start..if rest[comma..].starts_with(',') { end + comma + 1 } else { end });
        }
        Span::new(from..to)
    };
    gone.iter().map(span).collect()
}

/// The part of a text that goes with an entry of a table: its lines, or in an inline table the entry and a comma.
pub(super) fn entry_span(source: &SourceText, table: &Table, at: usize) -> Span {
    let text = &source.text;
    let entry = &table.entries[at];
    let (start, end) = (entry.key_span.start as usize, entry.value.span.end as usize);
    if text[table.span.range()].starts_with('{') {
        if let Some(previous) = at.checked_sub(1) {
            return Span::new(table.entries[previous].value.span.end as usize..end);
        }
        let next = table.entries.get(at + 1).map(|next| next.key_span.start as usize);
        return Span::new(start..next.unwrap_or(end));
    }
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    Span::new(line_start..line_end)
}

/// The line end that a text uses.
pub(super) fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
