//! TOML tables in which every key and value knows its place.
//!
//! In: TOML text. Out: a [`Table`] in the order of the text, and the errors of its syntax. Knows nothing of what the keys
//! mean; reading one never fails, since whatever could be read is there.

use toml::de::{DeTable, DeValue};

use crate::text::Span;

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// All of it.
    pub span: Span,
    /// Its entries, in the order of the text.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: Box<str>,
    /// Where the key is.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

/// A value.
#[derive(Debug, Clone)]
pub struct Value {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a value is.
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
    /// A date or a time, as it is written.
    Date(Box<str>),
    /// A list.
    Array(Vec<Value>),
    /// A table.
    Table(Table),
}

impl Data {
    /// The kind of value, with its article.
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
    /// The string, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, whole or not, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self.data {
            Data::Integer(integer) => Some(integer as f64),
            Data::Float(number) => Some(number),
            _ => None,
        }
    }

    /// The table, if it is one.
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

/// The way from a table to what stands at an offset: keys, and indexes of list items, from the outermost inwards. Whoever reads it takes one step
/// after the other.
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
    /// The entry of the next key, unless an item comes first.
    pub fn next_key(&mut self) -> Option<&'a Entry> {
        let Some(Step::Key(entry)) = self.steps.get(self.next) else { return None };
        self.next += 1;
        Some(entry)
    }

    /// The index of the next item, unless a key comes first.
    pub fn next_item(&mut self) -> Option<usize> {
        let Some(Step::Item(index, _)) = self.steps.get(self.next) else { return None };
        self.next += 1;
        Some(*index)
    }

    /// Whether the last step has been taken.
    pub fn is_at_end(&self) -> bool {
        self.next == self.steps.len()
    }

    /// Whether the offset is on the last key itself, and not on a value.
    pub fn on_key(&self) -> bool {
        self.on_key
    }

    /// The innermost value that the offset is on, or that belongs to the key that it is on.
    pub fn value(&self) -> Option<&'a Value> {
        match self.steps.last()? {
            Step::Key(entry) => Some(&entry.value),
            Step::Item(_, value) => Some(value),
        }
    }

    /// From where to where the innermost key or value stands.
    pub fn span(&self) -> Span {
        match self.steps.last() {
            Some(Step::Key(entry)) if self.on_key => entry.key_span,
            _ => self.value().map_or(Span::default(), |value| value.span),
        }
    }
}

impl Table {
    /// What stands at an offset; none between the entries.
    pub fn cursor(&self, offset: usize) -> Option<Cursor<'_>> {
        let mut steps = Vec::new();
        let on_key = self.walk(offset, &mut steps)?;
        Some(Cursor { steps, next: 0, on_key })
    }

    /// Finds the steps to an offset; says whether the last of them is a key. The span of a table that has a header is that of the header, so
    /// all tables are looked through.
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

/// What is wrong with the syntax, and where.
#[derive(Debug, Clone)]
pub struct SyntaxError {
    /// Where.
    pub span: Span,
    /// What, without a full stop.
    pub message: String,
}

/// Reads TOML text that starts `offset` bytes into its file.
///
/// Spans count from the start of the file. Every syntax error is given; the table holds what could be read in spite of them.
pub fn parse(text: &str, offset: usize) -> (Table, Vec<SyntaxError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut errors: Vec<SyntaxError> = errors
        .iter()
        .map(|error| SyntaxError {
            span: Span::new(error.span().unwrap_or(0..0)).shifted(offset),
            message: error.message().split_whitespace().collect::<Vec<_>>().join(" "),
        })
        .collect();
    let span = table.span();
    let mut reading = Reading { offset, errors: &mut errors };
    let mut table = reading.table(Span::new(span), table.get_ref());
    // What the parser makes of something that it can't read is not what anybody wrote.
    let broken: Vec<Span> = errors.iter().map(|error| error.span).collect();
    if !broken.is_empty() {
        drop_broken(&mut table, &broken);
    }
    (table, errors)
}

/// Takes out the entries whose values touch an error or are nowhere.
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

struct Reading<'a> {
    offset: usize,
    errors: &'a mut Vec<SyntaxError>,
}

impl Reading<'_> {
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
    fn values_know_their_place_in_the_file() {
        let file = "+++\ntitle = \"É\"\nn = [1, 2.5]\n+++\n";
        let (table, errors) = parse(&file[4..file.len() - 4], 4);
        assert!(errors.is_empty());
        assert_eq!(&file[table.entry("title").unwrap().key_span.range()], "title");
        assert_eq!(&file[table.get("title").unwrap().span.range()], "\"É\"");
        assert_eq!(&file[table.get("n").unwrap().span.range()], "[1, 2.5]");
    }

    #[test]
    fn a_cursor_says_what_stands_at_an_offset() {
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
        assert_eq!(steps(", {"), (String::from("fields.role.links.0"), false, "\"a\""), "just behind it");
        assert!(table.cursor(text.len()).is_none());
    }

    #[test]
    fn every_syntax_error_is_given() {
        let (table, errors) = parse("a = \nb = 2\nc = = 3\nd = 4\n", 0);
        assert!(errors.len() >= 2, "{errors:?}");
        assert!(table.get("d").is_some());
    }
}
