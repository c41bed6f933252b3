//! The kind `integer`: a whole number.

use serde::Serializer;

use super::quantity::Quantity;
use crate::config::Config;
use crate::locale::{Lang, LocalText};
use crate::table::Value;
use crate::values::amount::Amount;
use crate::values::kind::{Declaration, FacetOption, Format, HasMarkdown, Host, Item, Rank, Raw, Source, ValueKind};
use crate::values::sheet::SheetCell;

/// A whole number.
#[derive(Debug, Clone, Default)]
pub struct IntegerKind(pub Quantity);

impl ValueKind for IntegerKind {
    type Value<B> = i64;

    const NAME: &'static str = "integer";
    const KEYS: &'static [&'static str] = Quantity::KEYS;
    const IS_FACET: bool = true;
    const IS_SORTABLE: bool = true;

    fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        Self(Quantity::declare(declaration))
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<i64> {
        self.0.refuse_text(source, value, "an integer")?;
        let integer = source.reader.integer(value)?;
        self.0.range.check(source, value, integer as f64).then_some(integer)
    }

    fn bounds(&self) -> (Option<f64>, Option<f64>) {
        (self.0.range.min, self.0.range.max)
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        self.0.range.json_schema("integer")
    }

    fn is_same<B: HasMarkdown>(a: &i64, b: &i64) -> bool {
        a == b
    }

    fn unit(&self) -> Option<&LocalText> {
        self.0.unit.as_ref()
    }

    fn rank<B>(integer: &i64, _lang: Lang) -> Rank<'_> {
        Rank::Integer(*integer)
    }

    fn option<B>(&self, integer: &i64, format: &dyn Format<B>) -> Option<FacetOption> {
        Some(self.0.option(Amount::Integer(*integer), format))
    }

    fn brief<B>(&self, integer: &i64, label: &LocalText, format: &dyn Format<B>) -> Option<String> {
        Some(self.0.brief(Amount::Integer(*integer), label, format))
    }

    fn item<B>(&self, integer: &i64, format: &mut dyn Format<B>) -> Item {
        Item::new(format.number(Amount::Integer(*integer)), format.lang(), Raw::Integer(*integer))
    }

    fn plain<B>(&self, integer: &i64, format: &mut dyn Format<B>) -> String {
        self.0.text(Amount::Integer(*integer), format)
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        integer: &i64,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(*integer)
    }

    fn cell<B: HasMarkdown>(&self, integer: &i64, _config: &Config, _lang: Lang) -> String {
        integer.to_string()
    }

    fn sheet<B: HasMarkdown>(&self, integer: &i64, _config: &Config, _lang: Lang) -> SheetCell {
        // Spreadsheets have no whole numbers beyond those of a float.
        if integer.abs() < 1 << 53 { SheetCell::Number(*integer as f64) } else { SheetCell::Text(integer.to_string()) }
    }

    fn entered<B>(&self, cell: &SheetCell, _like: Option<&i64>) -> Option<String> {
        cell.integer().map(|integer| integer.to_string())
    }

    fn schema_org<B>(&self, integer: &i64, _lang: Lang) -> Option<serde_json::Value> {
        Some((*integer).into())
    }
}
