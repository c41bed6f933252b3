//! The kind `number`: a number, whole or not.

use serde::{Serialize, Serializer};

use super::range::Range;
use super::unit::beside_title;
use crate::config::Config;
use crate::locale::{Lang, LocalText};
use crate::table::Value;
use crate::values::amount::Amount;
use crate::values::kind::{Declaration, FacetOption, Format, HasMarkdown, Host, Item, Rank, Raw, Source, ValueKind};

/// A number.
#[derive(Debug, Clone, Default)]
pub struct NumberKind {
    /// The numbers that are allowed.
    pub range: Range,
    /// The unit of the number.
    pub unit: Option<LocalText>,
}

impl ValueKind for NumberKind {
    type Value<B> = f64;

    const NAME: &'static str = "number";
    const KEYS: &'static [&'static str] = &["min", "max", "unit"];
    const IS_FACET: bool = true;
    const IS_SORTABLE: bool = true;

    fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        let range = Range::declare(declaration);
        let unit = declaration.table.get("unit").and_then(|value| declaration.reader.localised(value));
        Self { range, unit }
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<f64> {
        let number = source.reader.number(value)?;
        self.range.check(source, value, number).then_some(number)
    }

    fn is_same<B: HasMarkdown>(a: &f64, b: &f64) -> bool {
        a == b
    }

    fn unit(&self) -> Option<&LocalText> {
        self.unit.as_ref()
    }

    fn rank<B>(number: &f64, _lang: Lang) -> Rank<'_> {
        Rank::Number(*number)
    }

    fn option<B>(&self, number: &f64, format: &dyn Format<B>) -> Option<FacetOption> {
        let text = format.quantity(Amount::Float(*number), self.unit());
        Some(FacetOption { rank: *number, id: number.to_string(), text })
    }

    fn brief<B>(&self, number: &f64, label: &LocalText, format: &dyn Format<B>) -> Option<String> {
        Some(beside_title(Amount::Float(*number), self.unit(), label, format))
    }

    fn item<B>(&self, number: &f64, format: &mut dyn Format<B>) -> Item {
        Item::new(format.number(Amount::Float(*number)), format.lang(), Raw::Number(*number))
    }

    fn plain<B>(&self, number: &f64, format: &mut dyn Format<B>) -> String {
        format.quantity(Amount::Float(*number), self.unit())
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        number: &f64,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Amount::Float(*number).serialize(serializer)
    }

    fn cell<B: HasMarkdown>(&self, number: &f64, _config: &Config, _lang: Lang) -> String {
        number.to_string()
    }

    fn schema_org<B>(&self, number: &f64, _lang: Lang) -> Option<serde_json::Value> {
        Some((*number).into())
    }
}
