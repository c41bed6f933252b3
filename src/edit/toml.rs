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

/// New last items of a list: the offsets, and the texts to insert there. `values` are TOML.
pub(super) fn items_at_end(
    source: &SourceText,
    list: &Value,
    items: &[Value],
    values: &[String],
) -> Vec<(usize, String)> {
    let Some(last) = items.last() else { return vec![(list.span.start as usize + 1, values.join(", "))] };
    let text = &source.text;
    // The same white space as before the last item: a list with a line for each item gets more lines.
    let before = &text[..last.span.start as usize];
    let space = &before[before.trim_end_matches([' ', '\t', '\r', '\n']).len()..];
    let space = if items.len() == 1 && !space.contains('\n') { " " } else { space };
    let end = last.span.end as usize;
    let line = &text[end..end + text[end..].find('\n').unwrap_or(0)];
    let rest = line.trim_start().trim_start_matches(',').trim_start();
    if !rest.starts_with('#') {
        return vec![(end, values.iter().map(|value| format!(",{space}{value}")).collect())];
    }
    // The comment stays beside its item.
    let has_comma = line.trim_start().starts_with(',');
    let comma = (end, String::from(if has_comma { "" } else { "," }));
    vec![comma, (end + line.trim_end().len(), values.iter().map(|value| format!("{space}{value},")).collect())]
}

/// The parts of a list that go with some of its items, with their commas. `gone` has the positions of the items in order,
/// and not all of them.
pub(super) fn item_spans(source: &SourceText, items: &[Value], gone: &[usize]) -> Vec<Span> {
    let text = &source.text;
    // Items that follow one another go together, with the comments between them.
    let runs = gone.chunk_by(|a, b| a + 1 == *b);
    let span = |run: &[usize]| {
        let (first, last) = (run[0], run[run.len() - 1]);
        let (start, end) = (items[first].span.start as usize, items[last].span.end as usize);
        let (from, to) = match first.checked_sub(1) {
            Some(before) => (items[before].span.end as usize, end),
            None => (start, items.get(last + 1).map_or(end, |next| next.span.start as usize)),
        };
        if text[from..start].contains('#') || text[end..to].contains('#') {
            return beside_comment(text, start, end);
        }
        Span::new(from..to)
    };
    runs.map(span).collect()
}

/// The part that goes with items beside a comment: the items and their commas, with the whole line if nothing else is on it.
fn beside_comment(text: &str, start: usize, end: usize) -> Span {
    let rest = &text[end..];
    let space = rest.len() - rest.trim_start().len();
    let end = if rest[space..].starts_with(',') { end + space + 1 } else { end };
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map(|at| end + at);
    match line_end {
        Some(line_end) if text[line_start..start].trim().is_empty() && text[end..line_end].trim().is_empty() => {
            Span::new(line_start.saturating_sub(1)..line_end - usize::from(text[..line_end].ends_with('\r')))
        }
        _ => Span::new(start..end),
    }
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
