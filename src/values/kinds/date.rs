//! The kind `date`: a day, a month or a year.

use serde::Serializer;

use crate::config::Config;
use crate::locale::{Lang, LocalText};
use crate::table::Value;
use crate::values::date::Date;
use crate::values::kind::{Declaration, FacetOption, Format, HasMarkdown, Host, Item, Rank, Source, ValueKind};
use crate::values::sheet::SheetCell;

/// A date: a TOML date, or a text for a month or a year.
#[derive(Debug, Clone)]
pub struct DateKind;

impl ValueKind for DateKind {
    type Value<B> = Date;

    const NAME: &'static str = "date";
    const IS_FACET: bool = true;
    const IS_SORTABLE: bool = true;

    fn declare(_declaration: &mut Declaration<'_, '_>) -> Self {
        Self
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Date> {
        Date::read(source.reader, value)
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        Date::json_schema()
    }

    fn is_same<B: HasMarkdown>(a: &Date, b: &Date) -> bool {
        a == b
    }

    fn rank<B>(date: &Date, _lang: Lang) -> Rank<'_> {
        Rank::Date(*date)
    }

    /// Dates are filtered by their year.
    fn option<B>(&self, date: &Date, _format: &dyn Format<B>) -> Option<FacetOption> {
        let year = date.year.to_string();
        Some(FacetOption { rank: f64::from(date.year), id: year.clone(), text: year })
    }

    fn brief<B>(&self, date: &Date, _label: &LocalText, format: &dyn Format<B>) -> Option<String> {
        Some(format.date(*date))
    }

    fn item<B>(&self, date: &Date, format: &mut dyn Format<B>) -> Item {
        Item::new(format.date(*date), format.lang(), date.to_string())
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        date: &Date,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(date)
    }

    fn cell<B: HasMarkdown>(&self, date: &Date, _config: &Config, _lang: Lang) -> String {
        date.to_string()
    }

    fn sheet<B: HasMarkdown>(&self, date: &Date, _config: &Config, _lang: Lang) -> SheetCell {
        SheetCell::Date(*date)
    }

    fn entered<B>(&self, cell: &SheetCell, _like: Option<&Date>) -> Option<String> {
        cell.as_date().map(Date::toml)
    }

    fn schema_org<B>(&self, date: &Date, _lang: Lang) -> Option<serde_json::Value> {
        Some(date.to_string().into())
    }
}
