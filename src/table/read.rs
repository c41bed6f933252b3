//! Reads the text of a table.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::data::{Data, Entry, Table, Value};
use super::mistakes::{Mistakes, SyntaxError};
use crate::diagnostics::Code;
use crate::text::{Span, forbidden};

/// Reads TOML text that starts `offset` bytes into its file.
///
/// Spans are counted from the start of the file. All syntax errors are returned, and the table holds what could be read
/// in spite of them.
pub fn parse(text: &str, offset: usize) -> (Table, Vec<SyntaxError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut converter = Converter { offset, too_great: Vec::new(), forbidden: Vec::new() };
    let mut converted = converter.table(Span::new(table.span()), table.get_ref());
    let mut mistakes = Mistakes::new(text, offset, &errors);
    mistakes.add(converter.too_great);
    // The parser invents values where it can't read any.
    let broken: Vec<Span> = mistakes.spans().collect();
    if !broken.is_empty() {
        drop_broken(&mut converted, &broken);
    }
    if let Some(open) = mistakes.unclosed() {
        converted.entries.retain(|entry| entry.key_span.start < open.start);
    }
    mistakes.add(converter.forbidden);
    let errors = mistakes.explained(&converted);
    (converted, errors)
}

/// Removes the entries whose values touch an error or have an empty span.
fn drop_broken(table: &mut Table, broken: &[Span]) {
    table.entries.retain_mut(|entry| match &mut entry.value.data {
        Data::Table(inner) => {
            drop_broken(inner, broken);
            true
        }
        _ => {
            let value = entry.value.span;
            value.start < value.end && !broken.iter().any(|error| error.start <= value.end && value.start <= error.end)
        }
    });
}

/// Makes our values from those of the TOML parser, whose spans count from the start of the TOML text.
struct Converter {
    offset: usize,
    /// Integers of more than 64 bits.
    too_great: Vec<SyntaxError>,
    /// Texts and keys with characters that can't be published.
    forbidden: Vec<SyntaxError>,
}

impl Converter {
    fn table(&mut self, span: Span, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| {
                let key_span = Span::new(key.span()).shifted(self.offset);
                self.check(key.get_ref(), key_span);
                Entry { key: key.get_ref().as_ref().into(), key_span, value: self.value(value) }
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span);
        Table { span: span.shifted(self.offset), entries }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) -> Value {
        let span = Span::new(value.span());
        let place = span.shifted(self.offset);
        let data = match value.get_ref() {
            DeValue::String(text) => {
                self.check(text, place);
                Data::Text(text.as_ref().into())
            }
            DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(integer) => Data::Integer(integer),
                Err(_) => {
                    let message = "the integer does not fit into 64 bits";
                    self.too_great.push(SyntaxError::new(Code::TomlSyntax, place, message));
                    Data::Integer(0)
                }
            },
            DeValue::Float(number) => Data::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(boolean) => Data::Boolean(*boolean),
            DeValue::Datetime(date) => Data::Date(date.to_string().into()),
            DeValue::Array(array) => Data::Array(array.iter().map(|item| self.value(item)).collect()),
            DeValue::Table(table) => Data::Table(self.table(span, table)),
        };
        Value { span: place, data }
    }

    /// Notes a character that no published file can contain.
    fn check(&mut self, text: &str, span: Span) {
        if let Some(char) = forbidden(text) {
            let message =
                format!("the text contains the character U+{:04X}, which can't be published", u32::from(char));
            self.forbidden.push(SyntaxError::new(Code::ForbiddenCharacter, span, message).hint("delete the character"));
        }
    }
}
