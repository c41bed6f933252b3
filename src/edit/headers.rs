//! Tables with headers: the lines that belong to each.

use std::ops::Range;

use super::locate;
use crate::table::{self, Data, Entry, Table};
use crate::text::{SourceText, Span};

/// The headers of a text, such as `[book]` and `[[milestones]]`, in their order.
pub(super) struct Headers<'a> {
    source: &'a SourceText,
    facts: Range<usize>,
    all: Vec<Header>,
}

struct Header {
    /// Its keys: two for `[book.notes]`.
    path: Vec<Box<str>>,
    /// The positions of the keys.
    keys: Vec<Span>,
    /// The start of the comments directly above it, or else of its line.
    start: usize,
}

impl<'a> Headers<'a> {
    pub(super) fn of(source: &'a SourceText) -> Self {
        let facts = locate::facts_range(source);
        let mut all: Vec<Header> = Vec::new();
        let keys = table::keys(&source.text[facts.clone()], facts.start).into_iter();
        for key in keys.filter(|key| key.in_header) {
            match all.last_mut() {
                Some(header) if key.path.len() > 1 => {
                    header.path = key.path;
                    header.keys.push(key.span);
                }
                _ => {
                    let start = with_comments(&source.text, key.span.start as usize);
                    all.push(Header { path: key.path, keys: vec![key.span], start });
                }
            }
        }
        Self { source, facts, all }
    }

    /// The lines of the table whose header is at a span, with the tables inside it that follow.
    pub(super) fn block(&self, header: Span) -> Span {
        let line = line_start(&self.source.text, header.start as usize);
        let is_here = |other: &Header| line_start(&self.source.text, other.keys[0].start as usize) == line;
        let Some(at) = self.all.iter().position(is_here) else { return header };
        let path = &self.all[at].path;
        let is_inside = |other: &&Header| other.path.len() > path.len() && other.path.starts_with(path);
        let inside = self.all[at + 1..].iter().take_while(is_inside).count();
        Span::new(self.all[at].start..self.end(at + inside))
    }

    /// The lines of all tables at a path or below it. Those that follow one another are one part.
    pub(super) fn under(&self, path: &[&str]) -> Vec<Span> {
        let mut parts: Vec<Span> = Vec::new();
        for (at, header) in self.all.iter().enumerate().filter(|(_, header)| starts_with(&header.path, path)) {
            let span = Span::new(header.start..self.end(at));
            match parts.last_mut() {
                Some(last) if last.end == span.start => last.end = span.end,
                _ => parts.push(span),
            }
        }
        parts
    }

    /// The positions of the first keys of headers at a path, with the dots after them; of a header that is only this path,
    /// the whole header.
    pub(super) fn first_keys(&self, name: &str) -> Vec<Span> {
        let text = &self.source.text;
        let headers = self.all.iter().filter(|header| *header.path[0] == *name);
        let span = |header: &Header| match header.keys.get(1) {
            Some(next) => Span { start: header.keys[0].start, end: next.start },
            None => {
                let (start, end) = (line_start(text, header.keys[0].start as usize), header.keys[0].end as usize);
                let end = text[end..].find(']').map_or(end, |at| end + at + 1);
                let rest = &text[end..];
                let space = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
                // A line that had nothing else goes.
                Span::new(start..end + space + usize::from(rest[space..].starts_with('\n')))
            }
        };
        headers.map(span).collect()
    }

    /// The end of the lines of a header: the start of the next one.
    fn end(&self, at: usize) -> usize {
        self.all.get(at + 1).map_or(self.facts.end, |next| next.start)
    }
}

fn starts_with(path: &[Box<str>], start: &[&str]) -> bool {
    path.len() >= start.len() && path.iter().zip(start).all(|(own, other)| **own == **other)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The start of the comments directly above the line of an offset, or else of the line.
fn with_comments(text: &str, at: usize) -> usize {
    let mut start = line_start(text, at);
    loop {
        let before = text[..start].strip_suffix('\n').unwrap_or_default();
        let line = line_start(before, before.len());
        if before.is_empty() || !before[line..].trim_start().starts_with('#') {
            return start;
        }
        start = line;
    }
}

/// The parts of a text that have a key of its outermost table: lines of tables with headers, and of entries.
pub(super) fn parts(source: &SourceText, facts: &Table, key: &str) -> Vec<Span> {
    let mut parts = Headers::of(source).under(&[key]);
    let is_in = |parts: &[Span], span: Span| parts.iter().any(|part| part.start <= span.start && span.end <= part.end);
    let Some(entry) = facts.entry(key) else { return parts };
    let mut lines = Vec::new();
    entries(source, entry, &mut lines);
    lines.retain(|line| !is_in(&parts, *line));
    parts.extend(lines);
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// The parts of a text that have an entry whose table is not in braces.
pub(super) fn of_entry(source: &SourceText, entry: &Entry) -> Vec<Span> {
    let text = &source.text;
    let start = entry.value.span.start as usize;
    if text[line_start(text, start)..].trim_start().starts_with('[') {
        return vec![Headers::of(source).block(entry.value.span)];
    }
    let mut lines = Vec::new();
    entries(source, entry, &mut lines);
    lines
}

/// The lines of an entry, or of the entries inside it that have dotted keys.
fn entries(source: &SourceText, entry: &Entry, lines: &mut Vec<Span>) {
    match &entry.value.data {
        Data::Table(inner) if !source.text[entry.value.span.range()].starts_with('{') => {
            inner.entries.iter().for_each(|entry| entries(source, entry, lines));
        }
        _ => {
            let start = line_start(&source.text, entry.key_span.start as usize);
            let end = entry.value.span.end as usize;
            lines.push(Span::new(start..source.text[end..].find('\n').map_or(source.text.len(), |at| end + at + 1)));
        }
    }
}
