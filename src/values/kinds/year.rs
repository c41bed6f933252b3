//! The kind `year`: a year from 1 to 9999.

use serde::Serializer;

use super::range::Range;
use crate::config::Config;
use crate::diagnostics::{Code, Hint};
use crate::locale::Lang;
use crate::table::{Data, Value};
use crate::values::kind::{Declaration, FacetOption, Format, HasMarkdown, Host, Item, Rank, Raw, Source, ValueKind};
use crate::values::sheet::SheetCell;

/// A year.
#[derive(Debug, Clone, Default)]
pub struct YearKind {
    /// The years that are allowed.
    pub range: Range,
}

impl ValueKind for YearKind {
    type Value<B> = i16;

    const NAME: &'static str = "year";
    const KEYS: &'static [&'static str] = &["min", "max"];
    const IS_FACET: bool = true;
    const IS_SORTABLE: bool = true;

    fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        Self { range: Range::declare(declaration) }
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<i16> {
        let Data::Integer(year) = value.data else {
            let message = format!("\"{}\" is a year, found {}", source.id, value.data.name());
            let problem = source.reader.problem(Code::WrongType, value.span, message);
            let hint = "write it as a number, without quotation marks: 2015";
            let year = value.as_text().filter(|text| text.parse::<i16>().is_ok());
            let fix = year.and_then(|year| Hint::write(value.span, year).fix);
            source.reader.report(problem.hint(Hint { text: hint.into(), fix }));
            return None;
        };
        let min = self.range.min.unwrap_or(1.0).max(1.0);
        let max = self.range.max.unwrap_or(9999.0).min(9999.0);
        let range = Range { min: Some(min), max: Some(max) };
        if range.check(source, value, year as f64) { i16::try_from(year).ok() } else { None }
    }

    fn bounds(&self) -> (Option<f64>, Option<f64>) {
        (self.range.min, self.range.max)
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        let Range { min, max } = self.range;
        Range { min: min.or(Some(1.0)), max: max.or(Some(9999.0)) }.json_schema("integer")
    }

    fn is_same<B: HasMarkdown>(a: &i16, b: &i16) -> bool {
        a == b
    }

    fn rank<B>(year: &i16, _lang: Lang) -> Rank<'_> {
        Rank::Integer(i64::from(*year))
    }

    fn option<B>(&self, year: &i16, _format: &dyn Format<B>) -> Option<FacetOption> {
        Some(FacetOption { rank: f64::from(*year), id: year.to_string(), text: year.to_string() })
    }

    fn item<B>(&self, year: &i16, format: &mut dyn Format<B>) -> Item {
        Item::new(year.to_string(), format.lang(), Raw::Integer(i64::from(*year)))
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        year: &i16,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_i16(*year)
    }

    fn cell<B: HasMarkdown>(&self, year: &i16, _config: &Config, _lang: Lang) -> String {
        year.to_string()
    }

    fn sheet<B: HasMarkdown>(&self, year: &i16, _config: &Config, _lang: Lang) -> SheetCell {
        SheetCell::Number(f64::from(*year))
    }

    fn entered<B>(&self, cell: &SheetCell, _like: Option<&i16>) -> Option<String> {
        let year = match cell {
            SheetCell::Date(date) => Some(i64::from(date.year)),
            cell => cell.integer(),
        };
        year.map(|year| year.to_string())
    }

    fn schema_org<B>(&self, year: &i16, _lang: Lang) -> Option<serde_json::Value> {
        Some(format!("{year:04}").into())
    }
}
