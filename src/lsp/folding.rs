//! Folding: the front matter, tables, lists of several lines, and the sections of prose.

use lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use super::context::{Context, File};
use super::cursor;
use crate::table::{self, Data, Entry, Value};

/// Answers the request.
pub(super) fn ranges(context: &Context<'_>, params: FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let path = context.path(&params.text_document.uri)?;
    let file = context.file(&path)?;
    let mut ranges = Vec::new();
    if let Some(facts) = cursor::facts(&path, file.text()) {
        if facts.start > 0 {
            ranges.extend(range(&file, 0, facts.end));
        }
        let (table, _) = table::parse(&file.text()[facts.clone()], facts.start);
        let mut tables = Vec::new();
        for entry in &table.entries {
            values(&file, entry, &mut ranges);
            headers(entry, &mut tables);
        }
        // A table with a header ends where the next one starts.
        tables.sort_unstable();
        let ends = tables.iter().skip(1).copied().chain([facts.end]);
        ranges.extend(tables.iter().zip(ends).filter_map(|(start, end)| range(&file, *start, end)));
    }
    let document = context.document(&file);
    let headings = document.prose.as_ref().map(|prose| &*prose.headings).unwrap_or_default();
    for (at, heading) in headings.iter().enumerate() {
        let next = headings[at + 1..].iter().find(|next| next.level <= heading.level);
        let end = next.map_or(file.text().len(), |next| next.span.start as usize);
        ranges.extend(range(&file, heading.span.start as usize, end));
    }
    ranges.sort_by_key(|range| (range.start_line, std::cmp::Reverse(range.end_line)));
    ranges.dedup_by_key(|range| range.start_line);
    Some(ranges)
}

/// The lists and tables between brackets.
fn values(file: &File, entry: &Entry, ranges: &mut Vec<FoldingRange>) {
    let is_bracket = |value: &Value| file.text()[value.span.start as usize..].starts_with(['[', '{', '"']);
    match &entry.value.data {
        Data::Table(table) => table.entries.iter().for_each(|entry| values(file, entry, ranges)),
        _ if is_bracket(&entry.value) => {
            let span = entry.value.span;
            ranges.extend(range(file, span.start as usize, span.end as usize));
        }
        _ => {}
    }
}

/// The starts of the tables with a header.
fn headers(entry: &Entry, starts: &mut Vec<usize>) {
    let Data::Table(table) = &entry.value.data else { return };
    let is_inline = table.entries.iter().any(|inner| entry.value.span.touches(inner.key_span.start as usize));
    if !is_inline && !table.entries.is_empty() {
        starts.push(entry.value.span.start as usize);
        table.entries.iter().for_each(|entry| headers(entry, starts));
    }
}

/// The lines from an offset to another, without the empty lines at the end; none if that is one line.
fn range(file: &File, start: usize, end: usize) -> Option<FoldingRange> {
    let end = start + file.text().get(start..end)?.trim_end().len();
    let (start_line, end_line) = (file.lines().line(start) as u32, file.lines().line(end) as u32);
    let kind = Some(FoldingRangeKind::Region);
    (start_line < end_line).then(|| FoldingRange { start_line, end_line, kind, ..FoldingRange::default() })
}
