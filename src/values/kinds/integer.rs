//! The kind `integer`: a whole number.

use serde::Serializer;

use super::range::Range;
use super::unit::beside_title;
use crate::config::Config;
use crate::locale::{Lang, LocalText};
use crate::table::Value;
use crate::values::amount::Amount;
use crate::values::kind::{Declaration, FacetOption, Format, HasMarkdown, Host, Item, Rank, Raw, Source, ValueKind};

/// A whole number.
#[derive(Debug, Clone, Default)]
pub struct IntegerKind {
    /// The numbers that are allowed.
    pub range: Range,
    /// The unit of the number.
    pub unit: Option<LocalText>,
}

impl ValueKind for IntegerKind {
    type Value<B> = i64;

    const NAME: &'static str = "integer";
    const KEYS: &'static [&'static str] = &["min", "max", "unit"];
    const IS_FACET: bool = true;
    const IS_SORTABLE: bool = true;

    fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        let range = Range::declare(declaration);
        let unit = declaration.table.get("unit").and_then(|value| declaration.reader.localised(value));
        Self { range, unit }
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<i64> {
        let integer = source.reader.integer(value)?;
        self.range.check(source, value, integer as f64).then_some(integer)
    }

    fn is_same<B: HasMarkdown>(a: &i64, b: &i64) -> bool {
        a == b
    }

    fn unit(&self) -> Option<&LocalText> {
        self.unit.as_ref()
    }

    fn rank<B>(integer: &i64, _lang: Lang) -> Rank<'_> {
        Rank::Integer(*integer)
    }

    fn option<B>(&self, integer: &i64, format: &dyn Format<B>) -> Option<FacetOption> {
        let text = format.quantity(Amount::Integer(*integer), self.unit());
        Some(FacetOption { rank: *integer as f64, id: integer.to_string(), text })
    }

    fn brief<B>(&self, integer: &i64, label: &LocalText, format: &dyn Format<B>) -> Option<String> {
        Some(beside_title(Amount::Integer(*integer), self.unit(), label, format))
    }

    fn item<B>(&self, integer: &i64, format: &mut dyn Format<B>) -> Item {
        Item::new(format.number(Amount::Integer(*integer)), format.lang(), Raw::Integer(*integer))
    }

    fn plain<B>(&self, integer: &i64, format: &mut dyn Format<B>) -> String {
        format.quantity(Amount::Integer(*integer), self.unit())
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

    fn schema_org<B>(&self, integer: &i64, _lang: Lang) -> Option<serde_json::Value> {
        Some((*integer).into())
    }
}
