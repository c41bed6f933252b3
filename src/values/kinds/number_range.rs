//! The kind `range`: numbers from one to another.

use serde::ser::{SerializeMap, Serializer};
use serde_json::json;

use super::interval::{self, Interval};
use crate::config::Config;
use crate::locale::{Lang, LocalText};
use crate::table::{Data, Value};
use crate::values::amount::Amount;
use crate::values::kind::{Declaration, Format, HasMarkdown, Host, Item, Rank, Raw, Source, ValueKind};
use crate::values::sheet::{self, SheetCell};

/// How a value is written, for hints.
const EXAMPLE: &str = "[470, 600], or { from = 470 } if only one end is known";

/// Numbers from one to another, written as `[470, 600]` or as a table.
#[derive(Debug, Clone, Default)]
pub struct RangeKind {
    /// The unit of the numbers.
    pub unit: Option<LocalText>,
}

impl ValueKind for RangeKind {
    type Value<B> = Interval<f64>;

    const NAME: &'static str = "range";
    const KEYS: &'static [&'static str] = &["unit"];
    const IS_BRIEF: bool = true;
    const IS_SORTABLE: bool = true;
    const IS_LIST: bool = true;

    fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        let unit = declaration.table.get("unit");
        Self { unit: unit.and_then(|value| declaration.reader.localised(value)) }
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Interval<f64>> {
        if let Data::Array(items) = &value.data
            && let [from, to] = items.as_slice()
        {
            let (from, to) = (source.reader.number(from)?, source.reader.number(to)?);
            return interval::check_order(source, value, Interval { from: Some(from), to: Some(to) });
        }
        interval::read(source, value, EXAMPLE, |source, value| source.reader.number(value))
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        let number = json!({ "type": "number" });
        let both = json!({ "type": "array", "items": number, "minItems": 2, "maxItems": 2 });
        json!({ "anyOf": [both, interval::json_schema(&number)] })
    }

    fn is_same<B: HasMarkdown>(a: &Interval<f64>, b: &Interval<f64>) -> bool {
        a == b
    }

    fn rank<B>(range: &Interval<f64>, _lang: Lang) -> Rank<'_> {
        range.from.or(range.to).map_or(Rank::Nothing, Rank::Number)
    }

    fn brief<B>(&self, range: &Interval<f64>, label: &LocalText, format: &dyn Format<B>) -> Option<String> {
        let text = self.text(range, format);
        Some(if self.unit.is_some() { text } else { format!("{}\u{a0}{text}", format.words(label).text) })
    }

    fn item<B>(&self, range: &Interval<f64>, format: &mut dyn Format<B>) -> Item {
        let end = |end: Option<f64>| end.map_or(Raw::Nothing, Raw::Number);
        let raw = Raw::Table(vec![("from".into(), end(range.from)), ("to".into(), end(range.to))]);
        Item::new(self.text(range, format), format.lang(), raw)
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        range: &Interval<f64>,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, end) in [("from", range.from), ("to", range.to)] {
            if let Some(end) = end {
                map.serialize_entry(key, &Amount::Float(end))?;
            }
        }
        map.end()
    }

    fn cell<B: HasMarkdown>(&self, range: &Interval<f64>, _config: &Config, _lang: Lang) -> String {
        range.data(f64::to_string)
    }

    fn entered<B>(&self, cell: &SheetCell, _like: Option<&Interval<f64>>) -> Option<String> {
        let text = cell.text();
        let end = |end: Option<&str>| end.map(|end| sheet::number(end).map(sheet::toml_number).ok_or(())).transpose();
        let (from, to) = sheet::ends(&text)?;
        Some(match (end(from).ok()?, end(to).ok()?) {
            (Some(from), Some(to)) => format!("[{from}, {to}]"),
            (from, to) => sheet::interval(from, to),
        })
    }

    fn schema_org<B>(&self, range: &Interval<f64>, _lang: Lang) -> Option<serde_json::Value> {
        Some(json!({ "@type": "QuantitativeValue", "minValue": range.from, "maxValue": range.to }))
    }
}

impl RangeKind {
    /// The range with its unit after the last number.
    fn text<B>(&self, range: &Interval<f64>, format: &dyn Format<B>) -> String {
        let number = |number: &f64| format.number(Amount::Float(*number));
        let text = range.text(number, ["≥\u{a0}{}", "≤\u{a0}{}"]);
        match &self.unit {
            Some(unit) => format!("{text}\u{a0}{}", format.words(unit).text),
            None => text,
        }
    }
}
