//! The kind `period`: from one date to another.

use serde::ser::{SerializeMap, Serializer};

use super::interval::{self, Interval};
use serde_json::json;

use crate::config::Config;
use crate::locale::{Lang, LocalText};
use crate::table::{Data, Value};
use crate::values::date::Date;
use crate::values::kind::{Declaration, Format, HasMarkdown, Host, Item, Rank, Raw, Source, ValueKind};
use crate::values::sheet::{self, SheetCell};

/// How a value is written, for hints.
const EXAMPLE: &str = "{ from = 2021, to = \"2027-06\" }";

/// From one day, month or year to another.
#[derive(Debug, Clone)]
pub struct PeriodKind;

impl ValueKind for PeriodKind {
    type Value<B> = Interval<Date>;

    const NAME: &'static str = "period";
    const IS_BRIEF: bool = true;
    const IS_SORTABLE: bool = true;

    fn declare(_declaration: &mut Declaration<'_, '_>) -> Self {
        Self
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Interval<Date>> {
        interval::read(source, value, EXAMPLE, date)
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        let year = json!({ "type": "integer", "minimum": 1, "maximum": 9999 });
        interval::json_schema(&json!({ "anyOf": [year, Date::json_schema()] }))
    }

    fn is_same<B: HasMarkdown>(a: &Interval<Date>, b: &Interval<Date>) -> bool {
        a == b
    }

    fn rank<B>(period: &Interval<Date>, _lang: Lang) -> Rank<'_> {
        period.from.or(period.to).map_or(Rank::Nothing, Rank::Date)
    }

    fn brief<B>(&self, period: &Interval<Date>, _label: &LocalText, format: &dyn Format<B>) -> Option<String> {
        Some(text(period, format))
    }

    fn item<B>(&self, period: &Interval<Date>, format: &mut dyn Format<B>) -> Item {
        let end = |end: Option<Date>| end.map_or(Raw::Nothing, |date| date.to_string().into());
        let raw = Raw::Table(vec![("from".into(), end(period.from)), ("to".into(), end(period.to))]);
        Item::new(text(period, format), format.lang(), raw)
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        period: &Interval<Date>,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, end) in [("from", period.from), ("to", period.to)] {
            if let Some(end) = end {
                map.serialize_entry(key, &end.to_string())?;
            }
        }
        map.end()
    }

    fn cell<B: HasMarkdown>(&self, period: &Interval<Date>, _config: &Config, _lang: Lang) -> String {
        period.data(Date::to_string)
    }

    fn entered<B>(&self, cell: &SheetCell, _like: Option<&Interval<Date>>) -> Option<String> {
        let text = cell.text();
        let date = |end: &str| SheetCell::Text(end.to_owned()).as_date().ok_or(());
        let end = |end: Option<&str>| end.map(date).transpose();
        let (from, to) = sheet::ends(&text)?;
        // A year alone needs no quotation marks here.
        let toml = |date: Date| if date.month.is_none() { date.year.to_string() } else { date.toml() };
        Some(sheet::interval(end(from).ok()?.map(toml), end(to).ok()?.map(toml)))
    }

    /// As ISO 8601 writes it, which is how schema.org has `temporalCoverage`.
    fn schema_org<B>(&self, period: &Interval<Date>, _lang: Lang) -> Option<serde_json::Value> {
        Some(period.data(Date::to_string).into())
    }
}

/// An end of a period: a date, or a year without quotation marks.
fn date<H>(source: &mut Source<'_, '_, H>, value: &Value) -> Option<Date> {
    match value.data {
        Data::Integer(year) => match i16::try_from(year) {
            Ok(year @ 1..=9999) => Some(Date { year, month: None, day: None }),
            _ => Date::read(source.reader, value),
        },
        _ => Date::read(source.reader, value),
    }
}

fn text<B>(period: &Interval<Date>, format: &dyn Format<B>) -> String {
    let has_spaces = |date: &Option<Date>| date.is_some_and(|date| date.month.is_some());
    let text = period.text(|date| format.date(*date), ["{}\u{a0}–", "–\u{a0}{}"]);
    // A dash between dates of several words has spaces.
    let is_long = period.from.is_some() && period.to.is_some() && (has_spaces(&period.from) || has_spaces(&period.to));
    if is_long { text.replacen('–', "\u{a0}– ", 1) } else { text }
}
