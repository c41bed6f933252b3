//! The kind `boolean`: yes or no.

use serde::Serializer;
use serde_json::json;

use crate::config::Config;
use crate::locale::{Lang, LocalText};
use crate::table::Value;
use crate::values::kind::{Declaration, FacetOption, Format, HasMarkdown, Host, Item, Rank, Raw, Source, ValueKind};
use crate::values::sheet::SheetCell;

/// Yes or no.
#[derive(Debug, Clone)]
pub struct BooleanKind;

impl ValueKind for BooleanKind {
    type Value<B> = bool;

    const NAME: &'static str = "boolean";
    const IS_FACET: bool = true;

    fn declare(_declaration: &mut Declaration<'_, '_>) -> Self {
        Self
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<bool> {
        source.reader.boolean(value)
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        json!({ "type": "boolean" })
    }

    fn is_same<B: HasMarkdown>(a: &bool, b: &bool) -> bool {
        a == b
    }

    fn rank<B>(is_true: &bool, _lang: Lang) -> Rank<'_> {
        Rank::Integer(i64::from(*is_true))
    }

    /// Yes comes before no.
    fn option<B>(&self, is_true: &bool, format: &dyn Format<B>) -> Option<FacetOption> {
        let rank = f64::from(u8::from(!is_true));
        Some(FacetOption { rank, id: is_true.to_string(), text: format.boolean(*is_true) })
    }

    fn possible<B>(&self, format: &dyn Format<B>) -> Vec<FacetOption> {
        [true, false].iter().filter_map(|is_true| self.option(is_true, format)).collect()
    }

    /// The label stands for yes.
    fn brief<B>(&self, is_true: &bool, label: &LocalText, format: &dyn Format<B>) -> Option<String> {
        is_true.then(|| format.words(label).text)
    }

    fn item<B>(&self, is_true: &bool, format: &mut dyn Format<B>) -> Item {
        Item::new(format.boolean(*is_true), format.lang(), Raw::Boolean(*is_true))
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        is_true: &bool,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(*is_true)
    }

    fn cell<B: HasMarkdown>(&self, is_true: &bool, _config: &Config, _lang: Lang) -> String {
        is_true.to_string()
    }

    fn sheet<B: HasMarkdown>(&self, is_true: &bool, _config: &Config, _lang: Lang) -> SheetCell {
        SheetCell::Boolean(*is_true)
    }

    fn entered<B>(&self, cell: &SheetCell, _like: Option<&bool>) -> Option<String> {
        let is_true = match cell {
            SheetCell::Boolean(is_true) => Some(*is_true),
            cell => match &*cell.text().trim().to_lowercase() {
                "true" | "vrai" | "wahr" | "waar" | "yes" | "oui" | "ja" | "1" | "x" => Some(true),
                "false" | "faux" | "falsch" | "onwaar" | "no" | "non" | "nein" | "nee" | "0" => Some(false),
                _ => None,
            },
        };
        is_true.map(|is_true| is_true.to_string())
    }

    fn schema_org<B>(&self, is_true: &bool, _lang: Lang) -> Option<serde_json::Value> {
        Some((*is_true).into())
    }
}
