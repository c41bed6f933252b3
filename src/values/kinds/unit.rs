//! Numbers with their unit.

use crate::locale::LocalText;
use crate::values::amount::Amount;
use crate::values::kind::Format;

/// A number as lists show it beside a title. A number without a unit comes after the label of its field.
pub(super) fn beside_title<B>(
    amount: Amount,
    unit: Option<&LocalText>,
    label: &LocalText,
    format: &dyn Format<B>,
) -> String {
    match unit {
        Some(_) => format.quantity(amount, unit),
        None => format!("{}\u{a0}{}", format.words(label).text, format.number(amount)),
    }
}
