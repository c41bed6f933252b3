//! The kind `number`: a number, whole or not.

use serde::{Serialize, Serializer};

use super::quantity::Quantity;
use crate::config::Config;
use crate::locale::{Lang, LocalText};
use crate::table::Value;
use crate::values::amount::Amount;
use crate::values::kind::{Declaration, FacetOption, Format, HasMarkdown, Host, Item, Rank, Raw, Source, ValueKind};
use crate::values::sheet::{self, SheetCell};

/// A number.
#[derive(Debug, Clone, Default)]
pub struct NumberKind(pub Quantity);

impl ValueKind for NumberKind {
    type Value<B> = f64;

    const NAME: &'static str = "number";
    const KEYS: &'static [&'static str] = Quantity::KEYS;
    const IS_FACET: bool = true;
    const IS_SORTABLE: bool = true;

    fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        Self(Quantity::declare(declaration))
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<f64> {
        self.0.refuse_text(source, value, "a number")?;
        let number = source.reader.number(value)?;
        self.0.range.check(source, value, number).then_some(number)
    }

    fn bounds(&self) -> (Option<f64>, Option<f64>) {
        (self.0.range.min, self.0.range.max)
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        self.0.range.json_schema("number")
    }

    fn is_same<B: HasMarkdown>(a: &f64, b: &f64) -> bool {
        a == b
    }

    fn unit(&self) -> Option<&LocalText> {
        self.0.unit.as_ref()
    }

    fn rank<B>(number: &f64, _lang: Lang) -> Rank<'_> {
        Rank::Number(*number)
    }

    fn option<B>(&self, number: &f64, format: &dyn Format<B>) -> Option<FacetOption> {
        Some(self.0.option(Amount::Float(*number), format))
    }

    fn brief<B>(&self, number: &f64, label: &LocalText, format: &dyn Format<B>) -> Option<String> {
        Some(self.0.brief(Amount::Float(*number), label, format))
    }

    fn item<B>(&self, number: &f64, format: &mut dyn Format<B>) -> Item {
        Item::new(format.number(Amount::Float(*number)), format.lang(), Raw::Number(*number))
    }

    fn plain<B>(&self, number: &f64, format: &mut dyn Format<B>) -> String {
        self.0.text(Amount::Float(*number), format)
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

    fn sheet<B: HasMarkdown>(&self, number: &f64, _config: &Config, _lang: Lang) -> SheetCell {
        SheetCell::Number(*number)
    }

    fn entered<B>(&self, cell: &SheetCell, _like: Option<&f64>) -> Option<String> {
        cell.number().map(sheet::toml_number)
    }

    fn schema_org<B>(&self, number: &f64, _lang: Lang) -> Option<serde_json::Value> {
        Some((*number).into())
    }
}
