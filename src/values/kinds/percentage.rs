//! The kind `percentage`: hundredths of a whole.

use serde::{Serialize, Serializer};

use super::range::Range;
use crate::config::Config;
use crate::locale::{Lang, LocalText};
use crate::table::Value;
use crate::values::amount::Amount;
use crate::values::kind::{Declaration, FacetOption, Format, HasMarkdown, Host, Item, Rank, Raw, Source, ValueKind};
use crate::values::sheet::{self, SheetCell};

/// The unit, as themes know it.
const UNIT: &str = "%";

/// Hundredths of a whole.
#[derive(Debug, Clone, Default)]
pub struct PercentageKind {
    /// The numbers that are allowed.
    pub range: Range,
}

impl ValueKind for PercentageKind {
    type Value<B> = f64;

    const NAME: &'static str = "percentage";
    const KEYS: &'static [&'static str] = &["min", "max"];
    const IS_FACET: bool = true;
    const IS_SORTABLE: bool = true;

    fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        Self { range: Range::declare(declaration) }
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<f64> {
        let number = source.reader.number(value)?;
        self.range.check(source, value, number).then_some(number)
    }

    fn bounds(&self) -> (Option<f64>, Option<f64>) {
        (self.range.min, self.range.max)
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        self.range.json_schema("number")
    }

    fn is_same<B: HasMarkdown>(a: &f64, b: &f64) -> bool {
        a == b
    }

    fn rank<B>(number: &f64, _lang: Lang) -> Rank<'_> {
        Rank::Number(*number)
    }

    fn option<B>(&self, number: &f64, format: &dyn Format<B>) -> Option<FacetOption> {
        let text = format.measure(Amount::Float(*number), UNIT);
        Some(FacetOption { rank: *number, id: number.to_string(), text })
    }

    /// The label tells of what the number is a part.
    fn brief<B>(&self, number: &f64, label: &LocalText, format: &dyn Format<B>) -> Option<String> {
        let text = format.measure(Amount::Float(*number), UNIT);
        Some(format!("{}\u{a0}{text}", format.words(label).text))
    }

    fn item<B>(&self, number: &f64, format: &mut dyn Format<B>) -> Item {
        Item::new(format.measure(Amount::Float(*number), UNIT), format.lang(), Raw::Number(*number))
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
        let number = match cell {
            SheetCell::Share(share) => Some(sheet::hundredths(*share)).filter(|number| number.is_finite()),
            SheetCell::Text(text) => sheet::number(text.trim().trim_end_matches('%')),
            cell => cell.number(),
        };
        number.map(sheet::toml_number)
    }

    fn schema_org<B>(&self, number: &f64, _lang: Lang) -> Option<serde_json::Value> {
        Some((*number).into())
    }
}
