//! What every kind of value has to define, and what it can use.

use std::sync::Arc;

use serde::Serializer;

use super::amount::Amount;
use super::choice::Choice;
use super::date::Date;
use super::image::Image;
use super::sheet::{self, SheetCell};
use crate::config::Config;
use crate::locale::{Lang, LocalText, Localised, Words};
use crate::reader::Reader;
use crate::table::{Entry, Table, Value};
use crate::text::Span;

/// A kind of value: its keys in `_type.toml`, and everything that is done with a value of this kind.
///
/// `B` is compiled prose. Most kinds don't use it.
pub trait ValueKind: Sized {
    /// A value of this kind.
    type Value<B>;

    /// The name of the kind in `_type.toml`.
    const NAME: &'static str;
    /// The keys that only fields of this kind, and of kinds that name the same keys, can have.
    const KEYS: &'static [&'static str] = &[];
    /// Whether fields of this kind can be facets.
    const IS_FACET: bool = false;
    /// Whether lists can show fields of this kind beside a title.
    const IS_BRIEF: bool = Self::IS_FACET;
    /// Whether readers can sort a list by the values: whether these are numbers or dates.
    const IS_SORTABLE: bool = false;
    /// Whether the values are in a language, so that translations can have values of their own.
    const IS_TEXT: bool = false;
    /// Whether one value is written as a list.
    const IS_LIST: bool = false;
    /// Whether a cell of CSV has the values as JSON: several as one list.
    const IS_JSON: bool = false;

    /// Reads the keys of a field of this kind.
    fn declare(declaration: &mut Declaration<'_, '_>) -> Self;

    /// Reads and checks a value. `None` if it is invalid, which is reported.
    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Self::Value<H::Prose>>;

    /// Reads the text of a value in another language, from a translation.
    fn translate<H: Host>(
        _value: &mut Self::Value<H::Prose>,
        _source: &mut Source<'_, '_, H>,
        _lang: Lang,
        _text: &Value,
    ) {
    }

    /// A JSON Schema of a value as it is written. `text` is that of a text for people.
    fn json_schema(&self, text: &serde_json::Value, lang: Lang) -> serde_json::Value;

    /// Whether two values of one field are the same. Texts are compared as they are in the file, before typography.
    fn is_same<B: HasMarkdown>(a: &Self::Value<B>, b: &Self::Value<B>) -> bool;

    /// Whether a value is there and says nothing.
    fn is_blank<B>(_value: &Self::Value<B>) -> bool {
        false
    }

    /// Adds the prose of a value.
    fn prose<'v, B>(_value: &'v Self::Value<B>, _out: &mut Vec<&'v Localised<B>>) {}

    /// Like [`ValueKind::prose`], mutable, in the same order.
    fn prose_mut<'v, B>(_value: &'v mut Self::Value<B>, _out: &mut Vec<&'v mut Localised<B>>) {}

    /// Adds the pictures of a value.
    fn images<'v, B>(_value: &'v Self::Value<B>, _out: &mut Vec<&'v Image>) {}

    /// The unit of the numbers.
    fn unit(&self) -> Option<&LocalText> {
        None
    }

    /// The smallest and the largest number.
    fn bounds(&self) -> (Option<f64>, Option<f64>) {
        (None, None)
    }

    /// The possible values.
    fn choices(&self) -> &[Choice] {
        &[]
    }

    /// The position of a value in a list that is sorted by it.
    fn rank<B>(_value: &Self::Value<B>, _lang: Lang) -> Rank<'_> {
        Rank::Nothing
    }

    /// A value as an option of a facet; `None` if fields of this kind can't be facets.
    fn option<B>(&self, _value: &Self::Value<B>, _format: &dyn Format<B>) -> Option<FacetOption> {
        None
    }

    /// All possible values in their order, for kinds with few of them.
    fn possible<B>(&self, _format: &dyn Format<B>) -> Vec<FacetOption> {
        Vec::new()
    }

    /// A value as lists show it beside a title. `label` is the field's.
    fn brief<B>(&self, value: &Self::Value<B>, _label: &LocalText, format: &dyn Format<B>) -> Option<String> {
        self.option(value, format).map(|option| option.text)
    }

    /// A value as a page shows it.
    fn item<B>(&self, value: &Self::Value<B>, format: &mut dyn Format<B>) -> Item;

    /// The searchable text of a value, without markup.
    fn plain<B>(&self, value: &Self::Value<B>, format: &mut dyn Format<B>) -> String {
        self.item(value, format).words.text
    }

    /// Writes a value as JSON.
    ///
    /// # Errors
    /// The serializer's.
    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        value: &Self::Value<B>,
        config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error>;

    /// A value as a cell of CSV. Kinds with `IS_TEXT` have a cell for each language.
    fn cell<B: HasMarkdown>(&self, value: &Self::Value<B>, config: &Config, lang: Lang) -> String;

    /// A value as a cell of a spreadsheet, which people change. Kinds with `IS_TEXT` have a cell for each language.
    fn sheet<B: HasMarkdown>(&self, value: &Self::Value<B>, config: &Config, lang: Lang) -> SheetCell {
        SheetCell::Text(self.cell(value, config, lang))
    }

    /// What a person who typed this into a cell means, as TOML; `None` if it is no value of this kind. `like` is the
    /// present value.
    fn entered<B>(&self, cell: &SheetCell, _like: Option<&Self::Value<B>>) -> Option<String> {
        let text = cell.text();
        (!text.trim().is_empty()).then(|| sheet::toml_text(text.trim()))
    }

    /// A value in JSON-LD, as schema.org has it; `None` if schema.org has no form for it.
    fn schema_org<B>(&self, _value: &Self::Value<B>, _lang: Lang) -> Option<serde_json::Value> {
        None
    }

    /// The address of a page elsewhere that is about the same thing as the entity with this value.
    fn same_as<B>(&self, _value: &Self::Value<B>) -> Option<String> {
        None
    }
}

/// Any of the kinds, for kinds whose values are made of other values. The methods are those of [`ValueKind`].
#[allow(missing_docs)]
pub trait AnyKind: Sized {
    type Value<B>;

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Self::Value<H::Prose>>;
    fn json_schema(&self, text: &serde_json::Value, lang: Lang) -> serde_json::Value;
    fn is_same<B: HasMarkdown>(a: &Self::Value<B>, b: &Self::Value<B>) -> bool;
    fn prose<'v, B>(value: &'v Self::Value<B>, out: &mut Vec<&'v Localised<B>>);
    fn prose_mut<'v, B>(value: &'v mut Self::Value<B>, out: &mut Vec<&'v mut Localised<B>>);
    fn images<'v, B>(value: &'v Self::Value<B>, out: &mut Vec<&'v Image>);
    fn item<B>(&self, value: &Self::Value<B>, format: &mut dyn Format<B>) -> Item;
    fn plain<B>(&self, value: &Self::Value<B>, format: &mut dyn Format<B>) -> String;

    /// # Errors
    /// The serializer's.
    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        value: &Self::Value<B>,
        config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error>;
}

/// The declaration of a field in `_type.toml`, for the kind to read its keys.
pub struct Declaration<'a, 'r> {
    /// Reads values and reports mistakes.
    pub reader: &'a mut Reader<'r>,
    /// The key `kind`.
    pub kind: &'a Entry,
    /// The declaration.
    pub table: &'a Table,
}

/// A field of a profile, for the kind to read a value.
pub struct Source<'a, 'r, H> {
    /// Reads values and reports mistakes.
    pub reader: &'a mut Reader<'r>,
    /// The rest of the content.
    pub host: &'a H,
    /// The id of the field.
    pub id: &'a str,
    /// The help text of the field.
    pub help: &'a LocalText,
}

/// The rest of the content, as far as values need it.
pub trait Host {
    /// Compiled prose.
    type Prose;

    /// Looks up a file in the content folder. `None` if it is not there, which is reported.
    fn file(&self, reader: &mut Reader<'_>, name: &str, span: Span) -> Option<Arc<str>>;

    /// Compiles the Markdown of a value.
    fn prose(&self, reader: &mut Reader<'_>, lang: Lang, markdown: &str, span: Span) -> Self::Prose;
}

/// Compiled prose that keeps its source.
pub trait HasMarkdown {
    /// The Markdown that the prose was compiled from.
    fn markdown(&self) -> &str;
}

/// How the pages of one language write values.
pub trait Format<B> {
    /// The language.
    fn lang(&self) -> Lang;
    /// A text in the typography of its language: in this language, or else in the default one.
    fn words(&self, texts: &LocalText) -> Words;
    /// A number with the separators of the language.
    fn number(&self, amount: Amount) -> String;
    /// A number with its unit, if it has one.
    fn quantity(&self, amount: Amount, unit: Option<&LocalText>) -> String;
    /// A number with a unit that is the same in all languages: `%`, or the code of a currency.
    fn measure(&self, amount: Amount, unit: &str) -> String;
    /// A date in words.
    fn date(&self, date: Date) -> String;
    /// Yes or no.
    fn boolean(&self, is_true: bool) -> String;
    /// The address of a file of the content folder.
    fn address(&self, file: &str) -> String;
    /// The width and height of a picture of the content folder, in pixels, if they are known.
    fn size(&self, file: &str) -> Option<(u32, u32)>;
    /// Prose as HTML. Citations are counted, so that each page numbers its own.
    fn html(&mut self, prose: &B) -> String;
    /// Prose as plain text.
    fn text(&self, prose: &B) -> String;
}

/// The position of a value in a sorted list. All values of a field have the same variant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rank<'a> {
    /// None: the values have no order.
    Nothing,
    /// By a whole number.
    Integer(i64),
    /// By a number.
    Number(f64),
    /// By a currency, then by the amount.
    Money(&'a str, f64),
    /// By a date.
    Date(Date),
    /// By the alphabet of the language.
    Text(&'a str),
}

/// A value as an option of a facet.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetOption {
    /// Options are in ascending order of their rank, then of their text.
    pub rank: f64,
    /// The same in all languages.
    pub id: String,
    /// The text for readers.
    pub text: String,
}

/// A value as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The value for readers; empty for prose.
    pub words: Words,
    /// The value as it is in the data.
    pub raw: Raw,
    /// The value as HTML, for prose.
    pub html: Option<String>,
    /// The target of the link, for values that are links.
    pub url: Option<String>,
    /// The width and height of a picture in pixels, if they are known.
    pub size: Option<(u32, u32)>,
    /// The values of a record, by column.
    pub cells: Vec<Option<Item>>,
}

impl Item {
    /// A value in a language, without a link.
    pub fn new(text: impl Into<String>, lang: Lang, raw: impl Into<Raw>) -> Self {
        Self {
            words: Words { text: text.into(), lang },
            raw: raw.into(),
            html: None,
            url: None,
            size: None,
            cells: Vec::new(),
        }
    }

    /// A text of the content.
    pub fn of_text<B>(texts: &LocalText, format: &dyn Format<B>) -> Self {
        let raw = texts.text(format.lang()).into();
        Self { words: format.words(texts), raw, html: None, url: None, size: None, cells: Vec::new() }
    }

    /// The same value, as a link.
    #[must_use]
    pub fn link(self, url: impl Into<String>) -> Self {
        Self { url: Some(url.into()), ..self }
    }
}

/// A value as it is in the data.
#[derive(Debug, Clone, PartialEq)]
pub enum Raw {
    /// No value.
    Nothing,
    /// A text, a date, the id of a choice or an address.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// Several values.
    List(Vec<Raw>),
    /// Values by their names.
    Table(Vec<(Box<str>, Raw)>),
}

impl From<Amount> for Raw {
    fn from(amount: Amount) -> Self {
        match amount {
            Amount::Integer(integer) => Self::Integer(integer),
            Amount::Float(number) => Self::Number(number),
        }
    }
}

impl From<&str> for Raw {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Raw {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
