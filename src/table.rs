//! TOML tables in which every key and value has its span.
//!
//! In: TOML text. Out: a [`Table`] in the order of the text, and the syntax errors. Reading never fails: the table
//! holds whatever could be read. This module does not know what the keys mean.

use toml::de::{DeTable, DeValue};

use crate::text::Span;

/// A TOML table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The whole inline table; of a table with a header, only the header.
    pub span: Span,
    /// The entries, in the order of the text.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key, without quotation marks.
    pub key: Box<str>,
    /// The position of the key.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

/// A TOML value, with its position.
#[derive(Debug, Clone)]
pub struct Value {
    /// The position of the value.
    pub span: Span,
    /// The value itself.
    pub data: Data,
}

/// A TOML value without its position.
#[derive(Debug, Clone)]
pub enum Data {
    /// A string.
    Text(Box<str>),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date, a time or both, in TOML's notation.
    Date(Box<str>),
    /// A list.
    Array(Vec<Value>),
    /// A table.
    Table(Table),
}

impl Data {
    /// The type of the value for messages, with its article.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Boolean(_) => "a boolean",
            Self::Date(_) => "a date",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Value {
    /// The text, if the value is a string.
    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if the value is an integer or a float.
    pub fn as_number(&self) -> Option<f64> {
        match self.data {
            Data::Integer(integer) => Some(integer as f64),
            Data::Float(number) => Some(number),
            _ => None,
        }
    }

    /// The table, if the value is one.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.data {
            Data::Table(table) => Some(table),
            _ => None,
        }
    }
}

impl Table {
    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| &*entry.key == key)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }
}

/// The path from a table to the key or value at an offset: keys, and indexes of list items, from the outermost inwards.
/// A reader takes one step after the other.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    steps: Vec<Step<'a>>,
    next: usize,
    on_key: bool,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a Entry),
    Item(usize, &'a Value),
}

impl<'a> Cursor<'a> {
    /// Takes the next step if it is a key, and gives its entry.
    pub fn next_key(&mut self) -> Option<&'a Entry> {
        let Some(Step::Key(entry)) = self.steps.get(self.next) else { return None };
        self.next += 1;
        Some(entry)
    }

    /// Takes the next step if it is a list item, and gives its index.
    pub fn next_item(&mut self) -> Option<usize> {
        let Some(Step::Item(index, _)) = self.steps.get(self.next) else { return None };
        self.next += 1;
        Some(*index)
    }

    /// Whether all steps have been taken.
    pub fn is_at_end(&self) -> bool {
        self.next == self.steps.len()
    }

    /// Whether the offset is on the last key, not on a value.
    pub fn on_key(&self) -> bool {
        self.on_key
    }

    /// The innermost value at the offset. If the offset is on a key, the value of that key.
    pub fn value(&self) -> Option<&'a Value> {
        match self.steps.last()? {
            Step::Key(entry) => Some(&entry.value),
            Step::Item(_, value) => Some(value),
        }
    }

    /// The span of the innermost key or value at the offset.
    pub fn span(&self) -> Span {
        match self.steps.last() {
            Some(Step::Key(entry)) if self.on_key => entry.key_span,
            _ => self.value().map_or(Span::default(), |value| value.span),
        }
    }
}

impl Table {
    /// The path to the key or value at an offset; `None` between the entries.
    pub fn cursor(&self, offset: usize) -> Option<Cursor<'_>> {
        let mut steps = Vec::new();
        let on_key = self.walk(offset, &mut steps)?;
        Some(Cursor { steps, next: 0, on_key })
    }

    /// Collects the steps to an offset. Returns whether the last step is a key; `None` if the offset is on no entry.
    /// The span of a table with a header is only the header, so spans can't rule tables out and all of them are
    /// searched.
    fn walk<'a>(&'a self, offset: usize, steps: &mut Vec<Step<'a>>) -> Option<bool> {
        for entry in &self.entries {
            steps.push(Step::Key(entry));
            if entry.key_span.touches(offset) {
                return Some(true);
            }
            if let Some(on_key) = entry.value.walk(offset, steps) {
                return Some(on_key);
            }
            steps.pop();
        }
        None
    }
}

impl Value {
    fn walk<'a>(&'a self, offset: usize, steps: &mut Vec<Step<'a>>) -> Option<bool> {
        let inner = match &self.data {
            Data::Table(table) => table.walk(offset, steps),
            Data::Array(items) => items.iter().enumerate().find_map(|(index, item)| {
                steps.push(Step::Item(index, item));
                let on_key = item.walk(offset, steps);
                if on_key.is_none() {
                    steps.pop();
                }
                on_key
            }),
            _ => None,
        };
        inner.or_else(|| self.span.touches(offset).then_some(false))
    }
}

/// An error in the syntax of TOML.
#[derive(Debug, Clone)]
pub struct SyntaxError {
    /// The position of the error.
    pub span: Span,
    /// What is wrong, without a full stop.
    pub message: String,
}

/// Reads TOML text that starts `offset` bytes into its file.
///
/// Spans are counted from the start of the file. All syntax errors are returned, and the table holds what could be read
/// in spite of them.
pub fn parse(text: &str, offset: usize) -> (Table, Vec<SyntaxError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut errors: Vec<SyntaxError> = errors.iter().map(|error| syntax_error(text, offset, error)).collect();
    let span = table.span();
    let mut converter = Converter { offset, errors: &mut errors };
    let mut table = converter.table(Span::new(span), table.get_ref());
    // The parser invents values where it can't read any.
    let broken: Vec<Span> = errors.iter().map(|error| error.span).collect();
    if !broken.is_empty() {
        drop_broken(&mut table, &broken);
    }
    (table, errors)
}

fn syntax_error(text: &str, offset: usize, error: &toml::de::Error) -> SyntaxError {
    let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
    let is_too_deep = message.contains("recursion limit") || message.contains("recursion depth");
    let span = match error.span() {
        Some(span) => span,
        // The parser does not say where a key with too many parts is.
        None if is_too_deep => longest_key(text),
        None => 0..0,
    };
    let message = if is_too_deep { String::from("tables and lists are inside each other too deep") } else { message };
    SyntaxError { span: Span::new(span).shifted(offset), message }
}

/// The line whose part before the `=` has the most dots.
fn longest_key(text: &str) -> std::ops::Range<usize> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        start += line.len();
        (line.split('=').next().unwrap_or_default().matches('.').count(), start - line.len()..start)
    });
    let (_, line) = lines.max_by_key(|(dots, _)| *dots).unwrap_or((0, 0..0));
    line.start..line.start + text[line].trim_end().len()
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
struct Converter<'a> {
    offset: usize,
    errors: &'a mut Vec<SyntaxError>,
}

impl Converter<'_> {
    fn table(&mut self, span: Span, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().as_ref().into(),
                key_span: Span::new(key.span()).shifted(self.offset),
                value: self.value(Span::new(value.span()), value.get_ref()),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span);
        Table { span: span.shifted(self.offset), entries }
    }

    fn value(&mut self, span: Span, value: &DeValue<'_>) -> Value {
        let data = match value {
            DeValue::String(text) => Data::Text(text.as_ref().into()),
            DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(integer) => Data::Integer(integer),
                Err(_) => {
                    self.errors.push(SyntaxError {
                        span: span.shifted(self.offset),
                        message: String::from("the integer does not fit into 64 bits"),
                    });
                    Data::Integer(0)
                }
            },
            DeValue::Float(number) => Data::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(boolean) => Data::Boolean(*boolean),
            DeValue::Datetime(date) => Data::Date(date.to_string().into()),
            DeValue::Array(array) => {
                Data::Array(array.iter().map(|item| self.value(Span::new(item.span()), item.get_ref())).collect())
            }
            DeValue::Table(table) => Data::Table(self.table(span, table)),
        };
        Value { span: span.shifted(self.offset), data }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_from_the_start_of_the_file() {
        let file = "+++\ntitle = \"É\"\nn = [1, 2.5]\n+++\n";
        let (table, errors) = parse(&file[4..file.len() - 4], 4);
        assert!(errors.is_empty());
        assert_eq!(&file[table.entry("title").unwrap().key_span.range()], "title");
        assert_eq!(&file[table.get("title").unwrap().span.range()], "\"É\"");
        assert_eq!(&file[table.get("n").unwrap().span.range()], "[1, 2.5]");
    }

    #[test]
    fn a_cursor_leads_to_the_key_or_value_at_an_offset() {
        let text = "title = \"É\"\n[fields.role]\nlinks = [\"a\", { to = \"b\" }]\n";
        let (table, _) = parse(text, 0);
        let steps = |needle: &str| {
            let mut cursor = table.cursor(text.find(needle).unwrap()).unwrap();
            let mut steps = Vec::new();
            while !cursor.is_at_end() {
                steps.push(match cursor.next_key() {
                    Some(entry) => entry.key.to_string(),
                    None => cursor.next_item().unwrap().to_string(),
                });
            }
            (steps.join("."), cursor.on_key(), &text[cursor.span().range()])
        };
        assert_eq!(steps("title"), (String::from("title"), true, "title"));
        assert_eq!(steps("\"É"), (String::from("title"), false, "\"É\""));
        assert_eq!(steps("role"), (String::from("fields.role"), true, "role"));
        assert_eq!(steps("\"a\""), (String::from("fields.role.links.0"), false, "\"a\""));
        assert_eq!(steps("to"), (String::from("fields.role.links.1.to"), true, "to"));
        assert_eq!(steps("\"b\""), (String::from("fields.role.links.1.to"), false, "\"b\""));
        assert_eq!(steps(", {"), (String::from("fields.role.links.0"), false, "\"a\""), "directly after it");
        assert!(table.cursor(text.len()).is_none());
    }

    #[test]
    fn tables_that_are_too_deep_are_errors_with_a_place() {
        let deep = [
            "a = 1\nb = ".to_owned() + &"[".repeat(1000) + &"]".repeat(1000),
            "a = 1\nb = ".to_owned() + &"{ c = ".repeat(1000) + "1" + &" }".repeat(1000),
            "a = 1\n".to_owned() + &"b.".repeat(1000) + "b = 1",
            "a = 1\n[".to_owned() + &"b.".repeat(1000) + "b]",
        ];
        for text in deep {
            let (table, errors) = parse(&text, 0);
            assert!(table.get("a").is_some());
            let too_deep = errors.iter().find(|error| error.message.contains("too deep")).unwrap();
            assert!(too_deep.span.start >= 6, "{errors:?}");
        }
    }

    #[test]
    fn every_syntax_error_is_reported() {
        let (table, errors) = parse("a = \nb = 2\nc = = 3\nd = 4\n", 0);
        assert!(errors.len() >= 2, "{errors:?}");
        assert!(table.get("d").is_some());
    }
}
