//! Spans that must be in their text, on the borders of characters.

use filiere::table::{Data, Table, Value};
use filiere::text::Span;

/// A span of a text.
pub fn span(text: &str, span: Span) {
    let range = span.range();
    assert!(range.start <= range.end && range.end <= text.len(), "{range:?} is not in a text of {} bytes", text.len());
    assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{range:?} cuts a character");
}

/// The spans of a table, its keys and its values.
pub fn table(text: &str, table: &Table) {
    for entry in &table.entries {
        span(text, entry.key_span);
        value(text, &entry.value);
    }
}

fn value(text: &str, value: &Value) {
    span(text, value.span);
    match &value.data {
        Data::Table(inner) => table(text, inner),
        Data::Array(items) => items.iter().for_each(|item| self::value(text, item)),
        _ => {}
    }
}
