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
    let broken = Broken::new(mistakes.spans().collect());
    if !broken.errors.is_empty() {
        broken.drop_from(&mut converted);
    }
    if let Some(open) = mistakes.unclosed() {
        converted.entries.retain(|entry| entry.key_span.start < open.start);
    }
    mistakes.add(converter.forbidden);
    let errors = mistakes.explained(&converted);
    (converted, errors)
}

/// The places of errors, to look up whether a value touches one.
struct Broken {
    /// Sorted by their starts, each with the furthest end of those up to it.
    errors: Vec<(u32, u32)>,
}

impl Broken {
    fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable_by_key(|span| span.start);
        let furthest = spans.iter().scan(0, |furthest, span| {
            *furthest = span.end.max(*furthest);
            Some((span.start, *furthest))
        });
        Self { errors: furthest.collect() }
    }

    fn touches(&self, value: Span) -> bool {
        let before = self.errors.partition_point(|(start, _)| *start <= value.end);
        before > 0 && self.errors[before - 1].1 >= value.start
    }

    /// Removes the entries whose values touch an error or have an empty span.
    fn drop_from(&self, table: &mut Table) {
        table.entries.retain_mut(|entry| match &mut entry.value.data {
            Data::Table(inner) => {
                self.drop_from(inner);
                true
            }
            _ => entry.value.span.start < entry.value.span.end && !self.touches(entry.value.span),
        });
    }
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
