//! Values and tables in another form: in one line, or in lines of their own.

use super::toml;
use crate::table::{Data, Entry, Table, Value};
use crate::text::SourceText;

/// A value as it is after an equals sign. A table with a header becomes one in braces; its comments stay behind.
pub(super) fn inline(source: &SourceText, value: &Value) -> String {
    let text = &source.text[value.span.range()];
    match &value.data {
        Data::Table(table) if !text.starts_with('{') => braces(source, table),
        Data::Array(items) if items.iter().any(|item| is_header(source, item)) => {
            let items: Vec<String> = items.iter().map(|item| inline(source, item)).collect();
            format!("[{}]", items.join(", "))
        }
        _ => text.to_owned(),
    }
}

fn is_header(source: &SourceText, item: &Value) -> bool {
    item.as_table().is_some() && !source.text[item.span.range()].starts_with('{')
}

fn braces(source: &SourceText, table: &Table) -> String {
    let entries = table.entries.iter().map(|entry| assignment(source, entry));
    format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
}

fn assignment(source: &SourceText, entry: &Entry) -> String {
    format!("{} = {}", &source.text[entry.key_span.range()], inline(source, &entry.value))
}

/// The entries of a table as lines: those with headers come last. `path` is what headers start with, such as `book.`.
pub(super) fn lines(source: &SourceText, table: &Table, path: &str) -> String {
    let (headers, plain): (Vec<&Entry>, Vec<&Entry>) =
        table.entries.iter().partition(|entry| toml::has_header(source, entry));
    let mut out: String = plain.into_iter().map(|entry| assignment(source, entry) + "\n").collect();
    for entry in headers {
        let name = format!("{path}{}", &source.text[entry.key_span.range()]);
        match &entry.value.data {
            Data::Array(items) => {
                for item in items.iter().filter_map(Value::as_table) {
                    out += &format!("\n[[{name}]]\n{}", lines(source, item, &format!("{name}.")));
                }
            }
            Data::Table(inner) => out += &format!("\n[{name}]\n{}", lines(source, inner, &format!("{name}."))),
            _ => {}
        }
    }
    out
}
