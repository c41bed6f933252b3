//! Tables, keys and values.

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
    /// The value as JSON; a date is a text.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) | Self::Date(text) => text.as_ref().into(),
            Self::Integer(integer) => (*integer).into(),
            Self::Float(number) => (*number).into(),
            Self::Boolean(boolean) => (*boolean).into(),
            Self::Array(items) => items.iter().map(|item| item.data.to_json()).collect(),
            Self::Table(table) => serde_json::Value::Object(
                table.entries.iter().map(|entry| (entry.key.to_string(), entry.value.data.to_json())).collect(),
            ),
        }
    }

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

/// All texts of a table and of those inside it, with their dotted keys.
pub fn texts(table: &Table) -> Vec<(String, &str)> {
    let mut all = Vec::new();
    for entry in &table.entries {
        match &entry.value.data {
            Data::Text(text) => all.push((entry.key.to_string(), &**text)),
            Data::Table(inner) => {
                all.extend(texts(inner).into_iter().map(|(key, text)| (format!("{}.{key}", entry.key), text)));
            }
            _ => {}
        }
    }
    all
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
