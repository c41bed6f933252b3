//! Numbers with a unit: the keys that they have, and what readers see of them.

use super::range::Range;
use crate::diagnostics::{Code, Hint};
use crate::locale::{Lang, LocalText};
use crate::table::Value;
use crate::values::amount::Amount;
use crate::values::kind::{Declaration, FacetOption, Format, Source};

/// What a field of numbers declares.
#[derive(Debug, Clone, Default)]
pub struct Quantity {
    /// The numbers that are allowed.
    pub range: Range,
    /// The unit of the numbers.
    pub unit: Option<LocalText>,
}

impl Quantity {
    /// The keys of a declaration.
    pub(super) const KEYS: &'static [&'static str] = &["min", "max", "unit"];

    /// Reads a declaration.
    pub(super) fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        let range = Range::declare(declaration);
        let unit = declaration.table.get("unit").and_then(|value| declaration.reader.localised(value));
        Self { range, unit }
    }

    /// Reports a text in the place of a number; `expected` is the kind of number. `None` if the value is a text.
    pub(super) fn refuse_text<H>(&self, source: &mut Source<'_, '_, H>, value: &Value, expected: &str) -> Option<()> {
        let Some(text) = value.as_text() else { return Some(()) };
        let message = format!("expected {expected}, found a text");
        let problem = source.reader.problem(Code::WrongType, value.span, message);
        let digits = text.trim();
        let end = digits.find(|char: char| !char.is_ascii_digit() && !"+-.,".contains(char)).unwrap_or(digits.len());
        let number = digits[..end].replace(',', ".");
        let hint = number.parse::<f64>().is_ok().then(|| match &self.unit {
            Some(unit) => format!("write {} = {number}; the unit is {}", source.id, unit.text(Lang::DEFAULT)),
            None => format!("write {} = {number}", source.id),
        });
        let hint = hint.map(|text| Hint { text, ..Hint::write(value.span, &number) });
        source.reader.report(problem.maybe_hint(hint));
        None
    }

    /// A number with its unit.
    pub(super) fn text<B>(&self, amount: Amount, format: &dyn Format<B>) -> String {
        format.quantity(amount, self.unit.as_ref())
    }

    /// A number as an option of a facet.
    pub(super) fn option<B>(&self, amount: Amount, format: &dyn Format<B>) -> FacetOption {
        FacetOption { rank: amount.value(), id: amount.to_string(), text: self.text(amount, format) }
    }

    /// A number as lists show it beside a title. A number without a unit comes after the label of its field.
    pub(super) fn brief<B>(&self, amount: Amount, label: &LocalText, format: &dyn Format<B>) -> String {
        let text = self.text(amount, format);
        if self.unit.is_some() { text } else { format!("{}\u{a0}{text}", format.words(label).text) }
    }
}
