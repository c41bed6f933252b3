//! Selection ranges: the word, the value, the key with its value, the table, the file.

use lsp_types::{Position, SelectionRange, SelectionRangeParams};

use super::context::{Context, File};
use super::cursor;
use crate::table::{self, Data, Entry, Value};
use crate::text::Span;

/// Answers the request: for each position, the ranges around it from the inside out.
pub(super) fn ranges(context: &Context<'_>, params: SelectionRangeParams) -> Option<Vec<SelectionRange>> {
    let path = context.path(&params.text_document.uri)?;
    let file = context.file(&path)?;
    let around = |position: Position| {
        let offset = context.offset(&file, position);
        let spans = spans(&path, &file, offset);
        let mut range: Option<SelectionRange> = None;
        for span in spans {
            let next = context.range(&file, span);
            range = Some(SelectionRange { range: next, parent: range.map(Box::new) });
        }
        range.unwrap_or(SelectionRange { range: lsp_types::Range::new(position, position), parent: None })
    };
    Some(params.positions.into_iter().map(around).collect())
}

/// The spans around an offset, the largest first, each inside the one before it.
fn spans(path: &str, file: &File, offset: usize) -> Vec<Span> {
    let text = file.text();
    let mut spans = vec![Span::new(0..text.len())];
    let facts = cursor::facts(path, text);
    match facts.filter(|facts| facts.contains(&offset)) {
        Some(facts) => {
            spans.push(Span::new(facts.clone()));
            let (table, _) = table::parse(&text[facts.clone()], facts.start);
            table.entries.iter().for_each(|entry| entry_spans(entry, offset, &mut spans));
        }
        None => {
            let start = text[..offset].rfind("\n\n").map_or(0, |at| at + 2);
            let end = text[offset..].find("\n\n").map_or(text.len(), |at| offset + at);
            spans.push(Span::new(start..end));
        }
    }
    spans.push(word(text, offset));
    let mut nested: Vec<Span> = Vec::new();
    for span in spans {
        let is_inside =
            nested.last().is_none_or(|last| last.start <= span.start && span.end <= last.end && *last != span);
        if is_inside && span.touches(offset) {
            nested.push(span);
        }
    }
    nested
}

fn entry_spans(entry: &Entry, offset: usize, spans: &mut Vec<Span>) {
    let whole = Span { start: entry.key_span.start.min(entry.value.span.start), end: entry.value.span.end };
    if whole.touches(offset) {
        spans.push(whole);
    }
    value_spans(&entry.value, offset, spans);
}

fn value_spans(value: &Value, offset: usize, spans: &mut Vec<Span>) {
    if value.span.touches(offset) {
        spans.push(value.span);
    }
    match &value.data {
        Data::Table(table) => table.entries.iter().for_each(|entry| entry_spans(entry, offset, spans)),
        Data::Array(items) => items.iter().for_each(|item| value_spans(item, offset, spans)),
        _ => {}
    }
}

/// The letters, digits and hyphens around an offset.
fn word(text: &str, offset: usize) -> Span {
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_');
    let before = text[..offset].chars().rev().take_while(|char| is_part(*char)).map(char::len_utf8).sum::<usize>();
    let after = text[offset..].chars().take_while(|char| is_part(*char)).map(char::len_utf8).sum::<usize>();
    Span::new(offset - before..offset + after)
}
