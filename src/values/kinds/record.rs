//! The kind `record`: a small table of values, such as a milestone or a round of funding.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::json;

use crate::config::Config;
use crate::diagnostics::Code;
use crate::locale::{Lang, LocalText, Localised};
use crate::table::{Table, Value};
use crate::text::Place;
use crate::values::image::Image;
use crate::values::kind::{AnyKind, Declaration, Format, HasMarkdown, Host, Item, Raw, Source, ValueKind};
use crate::values::sheet::{self, SheetCell};

/// A small table of values. `K` is the type of all kinds.
#[derive(Debug, Clone)]
pub struct RecordKind<K> {
    /// The fields of a record, in the order of their declaration.
    pub columns: Vec<Column<K>>,
}

/// A field of a record.
#[derive(Debug, Clone)]
pub struct Column<K> {
    /// The id: the key in the table.
    pub id: Box<str>,
    /// The position of the declaration.
    pub place: Place,
    /// The label that readers see.
    pub label: LocalText,
    /// A help text for authors.
    pub help: LocalText,
    /// The kind of the value.
    pub kind: K,
    /// Whether every record must have a value.
    pub required: bool,
}

/// A record: the value of each column, if it has one.
#[derive(Debug, Clone)]
pub struct Record<V>(pub Vec<Option<V>>);

impl<V> Record<V> {
    /// The value of a column.
    pub fn get(&self, column: usize) -> Option<&V> {
        self.0.get(column)?.as_ref()
    }
}

impl<K: AnyKind> ValueKind for RecordKind<K> {
    type Value<B> = Record<K::Value<B>>;

    const NAME: &'static str = "record";
    const KEYS: &'static [&'static str] = &["fields"];
    const IS_JSON: bool = true;

    /// The schema reads the columns, because they are declared like fields.
    fn declare(_declaration: &mut Declaration<'_, '_>) -> Self {
        Self { columns: Vec::new() }
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Record<K::Value<H::Prose>>> {
        let Some(table) = value.as_table() else {
            let message = format!("\"{}\" is a table, found {}", source.id, value.data.name());
            let keys: Vec<String> = self.columns.iter().map(|column| format!("{} = …", column.id)).collect();
            let problem = source.reader.problem(Code::WrongType, value.span, message);
            source.reader.report(problem.hint(format!("write {{ {} }}", keys.join(", "))));
            return None;
        };
        let keys: Vec<&str> = self.columns.iter().map(|column| &*column.id).collect();
        source.reader.unknown_keys(table, &format!("\"{}\"", source.id), &keys);
        for column in self.columns.iter().filter(|column| column.required && table.get(&column.id).is_none()) {
            let message = format!("a record of \"{}\" needs \"{}\"", source.id, column.id);
            let problem = source.reader.problem(Code::MissingField, value.span, message);
            let help = column.help.text(Lang::DEFAULT);
            let hint = if help.is_empty() { format!("add: {} = …", column.id) } else { help.to_owned() };
            source.reader.report(problem.hint(hint));
        }
        let cells: Vec<_> = self.columns.iter().map(|column| cell(source, column, table)).collect();
        if table.entries.is_empty() && !self.columns.iter().any(|column| column.required) {
            let message = format!("a record of \"{}\" is empty", source.id);
            source.reader.report(source.reader.problem(Code::MissingField, value.span, message).hint("delete it"));
        }
        Some(Record(cells))
    }

    fn json_schema(&self, text: &serde_json::Value, lang: Lang) -> serde_json::Value {
        let cells = self.columns.iter().map(|column| {
            let mut schema = column.kind.json_schema(text, lang);
            schema["title"] = column.label.text(lang).into();
            (column.id.to_string(), schema)
        });
        let cells: serde_json::Map<String, serde_json::Value> = cells.collect();
        let required: Vec<&str> =
            self.columns.iter().filter(|column| column.required).map(|column| &*column.id).collect();
        json!({ "type": "object", "properties": cells, "required": required, "additionalProperties": false })
    }

    fn is_same<B: HasMarkdown>(a: &Self::Value<B>, b: &Self::Value<B>) -> bool {
        a.0.iter().zip(&b.0).all(|cells| match cells {
            (Some(a), Some(b)) => K::is_same::<B>(a, b),
            (a, b) => a.is_none() && b.is_none(),
        })
    }

    fn prose<'v, B>(record: &'v Self::Value<B>, out: &mut Vec<&'v Localised<B>>) {
        record.0.iter().flatten().for_each(|value| K::prose(value, out));
    }

    fn prose_mut<'v, B>(record: &'v mut Self::Value<B>, out: &mut Vec<&'v mut Localised<B>>) {
        record.0.iter_mut().flatten().for_each(|value| K::prose_mut(value, out));
    }

    fn images<'v, B>(record: &'v Self::Value<B>, out: &mut Vec<&'v Image>) {
        record.0.iter().flatten().for_each(|value| K::images::<B>(value, out));
    }

    fn item<B>(&self, record: &Self::Value<B>, format: &mut dyn Format<B>) -> Item {
        let cells: Vec<Option<Item>> =
            self.cells(record).map(|(column, value)| Some(column.kind.item(value?, format))).collect();
        let texts = cells.iter().flatten().map(|item| &*item.words.text).filter(|text| !text.is_empty());
        let text = texts.collect::<Vec<_>>().join(", ");
        let raw = self
            .columns
            .iter()
            .zip(&cells)
            .filter_map(|(column, item)| Some((column.id.clone(), item.as_ref()?.raw.clone())));
        let raw = Raw::Table(raw.collect());
        Item { cells, ..Item::new(text, format.lang(), raw) }
    }

    fn plain<B>(&self, record: &Self::Value<B>, format: &mut dyn Format<B>) -> String {
        let texts = self.cells(record).filter_map(|(column, value)| Some(column.kind.plain(value?, format)));
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        record: &Self::Value<B>,
        config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Object { kind: self, record, config }.serialize(serializer)
    }

    fn cell<B: HasMarkdown>(&self, record: &Self::Value<B>, config: &Config, _lang: Lang) -> String {
        serde_json::to_string(&Object { kind: self, record, config }).unwrap_or_default()
    }

    fn entered<B>(&self, cell: &SheetCell, _like: Option<&Self::Value<B>>) -> Option<String> {
        let json: serde_json::Value = serde_json::from_str(&cell.text()).ok()?;
        json.is_object().then(|| sheet::toml_of_json(&json))?
    }
}

impl<K> RecordKind<K> {
    fn cells<'r, V>(&'r self, record: &'r Record<V>) -> impl Iterator<Item = (&'r Column<K>, Option<&'r V>)> {
        self.columns.iter().zip(record.0.iter().map(Option::as_ref))
    }
}

fn cell<K: AnyKind, H: Host>(
    source: &mut Source<'_, '_, H>,
    column: &Column<K>,
    table: &Table,
) -> Option<K::Value<H::Prose>> {
    let value = table.get(&column.id)?;
    column
        .kind
        .read(&mut Source { reader: source.reader, host: source.host, id: &column.id, help: &column.help }, value)
}

/// A record, to be written as JSON.
struct Object<'a, K: AnyKind, B> {
    kind: &'a RecordKind<K>,
    record: &'a Record<K::Value<B>>,
    config: &'a Config,
}

impl<K: AnyKind, B: HasMarkdown> Serialize for Object<'_, K, B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, value) in self.kind.cells(self.record) {
            if let Some(value) = value {
                map.serialize_entry(&column.id, &Cell { kind: &column.kind, value, config: self.config })?;
            }
        }
        map.end()
    }
}

/// A value of a record, to be written as JSON.
struct Cell<'a, K: AnyKind, B> {
    kind: &'a K,
    value: &'a K::Value<B>,
    config: &'a Config,
}

impl<K: AnyKind, B: HasMarkdown> Serialize for Cell<'_, K, B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.kind.json::<B, S>(self.value, self.config, serializer)
    }
}
