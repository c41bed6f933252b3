//! The part of a text that goes with an entry or an item of a list.

use super::locate::{self, Located};
use super::{headers, toml};
use crate::text::{SourceText, Span};

/// The part of a text that goes with an entry or an item: its lines, or also a comma. `span` covers the item, or the entry
/// with its key. None if there is nothing of the kind.
pub fn removal(source: &SourceText, span: Span) -> Option<Span> {
    let facts = locate::facts(source);
    if let Some((table, at)) = locate::entry(&facts, span) {
        let entry = &table.entries[at];
        return match toml::has_header(source, entry) {
            true => headers::of_entry(source, entry).into_iter().next(),
            false => Some(toml::entry_span(source, table, at)),
        };
    }
    let Located { table, entry, item } = locate::value(&facts, span)?;
    let items = locate::items(&table.entries[entry].value);
    match item {
        Some(item) if items.len() > 1 => toml::item_spans(source, items, &[item]).into_iter().next(),
        Some(_) => Some(span),
        None => Some(toml::entry_span(source, table, entry)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, piece: &str) -> String {
        let source = SourceText::new("content/actors/a.toml", text);
        let at = text.find(piece).unwrap();
        let span = removal(&source, Span::new(at..at + piece.len())).unwrap();
        format!("{}{}", &text[..span.start as usize], &text[span.end as usize..])
    }

    #[test]
    fn what_is_deleted_leaves_no_comma_and_no_empty_line_behind() {
        assert_eq!(without("a = [\"x\", \"y\"]", "\"x\""), "a = [\"y\"]");
        assert_eq!(without("a = [\"x\", \"y\"]", "\"y\""), "a = [\"x\"]");
        assert_eq!(without("a = [\"y\"]", "\"y\""), "a = []");
        assert_eq!(without("a = [\n  \"x\",\n  \"y\",\n]", "\"y\""), "a = [\n  \"x\",\n]");
        assert_eq!(without("a = 1\nb = 2\nc = 3\n", "b = 2"), "a = 1\nc = 3\n");
        assert_eq!(without("a = 1\r\nb = 2\r\n", "b = 2"), "a = 1\r\n");
        assert_eq!(without("a = { b = 1, c = 2 }", "b = 1"), "a = { c = 2 }");
        assert_eq!(without("a = { b = 1, c = 2 }", "c = 2"), "a = { b = 1 }");
        assert_eq!(without("a = 1\n[b]\nc = 2\n[d]\n", "b"), "a = 1\n[d]\n");
    }
}
