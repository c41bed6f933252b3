//! The keys `min` and `max` of numbers and years.

use serde_json::json;

use crate::diagnostics::Code;
use crate::table::Value;
use crate::values::kind::{Declaration, Source};

/// The range that a number must be in; both ends belong to it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Range {
    /// The minimum.
    pub min: Option<f64>,
    /// The maximum.
    pub max: Option<f64>,
}

impl Range {
    /// Reads `min` and `max`.
    pub(super) fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        let Declaration { reader, table, .. } = declaration;
        let mut bound = |key: &str| table.get(key).and_then(|value| reader.number(value));
        let (min, max) = (bound("min"), bound("max"));
        if let (Some(lowest), Some(highest), Some(entry)) = (min, max, table.entry("max"))
            && lowest > highest
        {
            reader.report(reader.problem(Code::BadField, entry.value.span, "\"max\" is smaller than \"min\""));
        }
        Self { min, max }
    }

    /// A JSON Schema of a number in the range; `kind` is `integer` or `number`.
    pub(super) fn json_schema(self, kind: &str) -> serde_json::Value {
        let mut schema = json!({ "type": kind });
        for (key, bound) in [("minimum", self.min), ("maximum", self.max)] {
            if let Some(bound) = bound {
                // A bound without a fraction is written without one.
                schema[key] = if bound.fract() == 0.0 { json!(bound as i64) } else { json!(bound) };
            }
        }
        schema
    }

    /// Whether a number is in the range. Reports it if not.
    pub(super) fn check<H>(self, source: &mut Source<'_, '_, H>, value: &Value, number: f64) -> bool {
        let Self { min, max } = self;
        let too_small = min.is_some_and(|min| number < min);
        let too_large = max.is_some_and(|max| number > max);
        if !too_small && !too_large {
            return true;
        }
        let hint = match (min, max) {
            (Some(min), Some(max)) => format!("write a number from {min} to {max}"),
            (Some(min), None) => format!("write a number of at least {min}"),
            _ => format!("write a number of at most {}", max.unwrap_or_default()),
        };
        let direction = if too_small { "small" } else { "large" };
        let message = format!("{number} is too {direction} for \"{}\"", source.id);
        source.reader.report(source.reader.problem(Code::OutOfRange, value.span, message).hint(hint));
        false
    }
}
