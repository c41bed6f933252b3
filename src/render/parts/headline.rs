//! The number that an entity is about, as large type shows it: `about 470–600 jobs`, `€81 million`.

use super::prose::Filling;
use super::shapes::Headline;
use super::value;
use crate::model::{EntityId, FieldValue};
use crate::render::scope::Scope;
use crate::values::Amount;

/// The headline of an entity; none if its type has none, or if the entity has no number.
///
/// `short` writes round sums of money in millions and billions.
pub(crate) fn headline(scope: &Scope, id: EntityId, short: bool) -> Option<Headline> {
    let entity = scope.ecosystem.entity(id);
    let entity_type = scope.ecosystem.schema.get(entity.entity_type);
    let roles = entity_type.headline?;
    let first = |at: usize| {
        let field = &entity_type.fields[at];
        (!field.hidden).then_some((field, entity.values(at).first()?))
    };
    let text = |at| first(at).map(|(field, value)| value::item(&mut Filling::new(scope), field, value).text);
    let from = number(first(roles.value)?.1)?;
    let to = roles.to.and_then(first).and_then(|(_, value)| number(value));
    let unit = roles.unit.and_then(text);
    let unit =
        unit.or_else(|| Some(scope.words(entity_type.fields[roles.value].kind.unit()?).text)).unwrap_or_default();
    let (number, unit) = number_and_unit(scope, from, to, unit, short);
    let fields = [Some(roles.value), roles.to, roles.unit, roles.qualifier].into_iter().flatten();
    Some(Headline {
        fields: fields.map(|at| entity_type.fields[at].id.to_string()).collect(),
        qualifier: roles.qualifier.and_then(text).unwrap_or_default(),
        number,
        unit,
    })
}

/// The number that a value is; none for other kinds.
pub(super) fn number(value: &FieldValue) -> Option<Amount> {
    match value {
        FieldValue::Integer(integer) => Some(Amount::Integer(*integer)),
        FieldValue::Number(number) => Some(Amount::Float(*number)),
        _ => None,
    }
}

/// A number or a range, and its unit. The unit is part of the number for money and percentages, and is then empty.
fn number_and_unit(scope: &Scope, from: Amount, to: Option<Amount>, unit: String, short: bool) -> (String, String) {
    let strings = &scope.strings;
    // A year or a rank is no amount: its unit is in brackets, and its digits are not grouped.
    let is_ordinal = unit.starts_with('(') && from.value().fract() == 0.0;
    let comes_after = strings.quantity(from, &unit, short).ends_with(&format!("\u{a0}{unit}"));
    let is_inside = !unit.is_empty() && !is_ordinal && !comes_after;
    let format_number = |number: Amount| match is_ordinal {
        true => format!("{}", number.value() as i64),
        false => strings.quantity(number, if is_inside { &unit } else { "" }, short),
    };
    let number = match to {
        None => format_number(from),
        // Between negative numbers, a dash could be read as a minus sign.
        Some(to) if from.value() < 0.0 || to.value() < 0.0 => {
            let pattern = strings.get("figures.range").unwrap_or("{from}–{to}");
            pattern.replace("{from}", &format_number(from)).replace("{to}", &format_number(to))
        }
        Some(to) => format!("{}–{}", format_number(from), format_number(to)),
    };
    (number, if is_inside { String::new() } else { unit })
}
