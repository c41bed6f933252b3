//! The number that an entity is about, as large type shows it: `about 470–600 jobs`, `€81 million`.

use super::prose::Filling;
use super::shapes::Headline;
use super::value;
use crate::model::{EntityId, FieldValue};
use crate::render::scope::Scope;
use crate::schema::{self, Field};
use crate::values::{Amount, Kind};

/// The unit of percentages.
pub(super) const PERCENT: &str = "%";

/// The headline of an entity; none if its type has none, or if the entity has no number.
///
/// `short` writes round sums of money in millions and billions.
pub(crate) fn headline(scope: &Scope, id: EntityId, short: bool) -> Option<Headline> {
    let entity_type = scope.ecosystem.schema.get(scope.ecosystem.entity(id).entity_type);
    let roles = entity_type.headline?;
    let number = number(scope, id, roles)?;
    let (text, unit) = number_and_unit(scope, &number, short);
    let fields = [Some(roles.value), roles.to, roles.unit, roles.qualifier].into_iter().flatten();
    Some(Headline {
        fields: fields.map(|at| entity_type.fields[at].id.to_string()).collect(),
        qualifier: roles.qualifier.and_then(|at| text_of(scope, id, at)).unwrap_or_default(),
        number: text,
        unit,
    })
}

/// The number of a headline, as drawings use it.
pub(crate) struct Number {
    ends: Ends,
    /// The unit; empty if it has none.
    pub unit: String,
}

impl Number {
    /// The lower and the upper end; the same number twice if it is no range.
    pub(crate) fn ends(&self) -> (f64, f64) {
        match self.ends {
            Ends::One(number) | Ends::AtLeast(number) | Ends::AtMost(number) => (number.value(), number.value()),
            Ends::Between(from, to) => (from.value(), to.value()),
        }
    }

    /// Whether it is a year or a rank and no amount: its unit is in brackets.
    pub(crate) fn is_ordinal(&self) -> bool {
        self.unit.starts_with('(') && self.ends.some().value().fract() == 0.0
    }
}

/// The number of an entity's headline; none if it has none.
pub(crate) fn number_of(scope: &Scope, id: EntityId) -> Option<Number> {
    let entity_type = scope.ecosystem.entity(id).entity_type;
    number(scope, id, scope.ecosystem.schema.get(entity_type).headline?)
}

/// A value of a scale, with the unit of its numbers where that is a part of them.
pub(crate) fn tick(scope: &Scope, value: f64, unit: &str) -> String {
    let number = Number { ends: Ends::One(Amount::Float(value)), unit: unit.to_owned() };
    number_and_unit(scope, &number, true).0
}

fn number(scope: &Scope, id: EntityId, roles: schema::Headline) -> Option<Number> {
    let (field, value) = first(scope, id, roles.value)?;
    let value = figure(value)?;
    let to = roles.to.and_then(|to| figure(first(scope, id, to)?.1)).filter(|to| to.unit == value.unit);
    let unit = roles.unit.and_then(|at| text_of(scope, id, at)).or_else(|| value.unit.map(String::from));
    let declared = match &field.kind {
        // A range has its unit in its text.
        Kind::Range(range) => range.unit.as_ref(),
        kind => kind.unit(),
    };
    let unit = unit.or_else(|| Some(scope.words(declared?).text)).unwrap_or_default();
    Some(Number { ends: value.ends.up_to(to.map(|to| to.ends)), unit })
}

/// The first value of a field that is not hidden.
fn first(scope: &Scope, id: EntityId, at: usize) -> Option<(&Field, &FieldValue)> {
    let entity = scope.ecosystem.entity(id);
    let field = &scope.ecosystem.schema.get(entity.entity_type).fields[at];
    (!field.hidden).then_some((field, entity.values(at).first()?))
}

fn text_of(scope: &Scope, id: EntityId, at: usize) -> Option<String> {
    first(scope, id, at).map(|(field, value)| value::item(&mut Filling::new(scope), field, value).text)
}

/// A value as a number.
pub(super) struct Figure<'a> {
    pub ends: Ends,
    /// The unit that the value itself has: `%`, or the code of a currency.
    pub unit: Option<&'a str>,
}

/// A number, or the ends of a range.
#[derive(Clone, Copy)]
pub(super) enum Ends {
    One(Amount),
    Between(Amount, Amount),
    AtLeast(Amount),
    AtMost(Amount),
}

impl Ends {
    /// A number of the range.
    pub(super) fn some(self) -> Amount {
        match self {
            Self::One(number) | Self::Between(number, _) | Self::AtLeast(number) | Self::AtMost(number) => number,
        }
    }

    /// A single number with the upper end that another field has.
    fn up_to(self, other: Option<Self>) -> Self {
        match (self, other) {
            (Self::One(from), Some(Self::One(to))) => Self::Between(from, to),
            _ => self,
        }
    }
}

/// A value as a number; none for values of other kinds.
pub(super) fn figure(value: &FieldValue) -> Option<Figure<'_>> {
    let (ends, unit) = match value {
        FieldValue::Integer(integer) => (Ends::One(Amount::Integer(*integer)), None),
        FieldValue::Number(number) => (Ends::One(Amount::Float(*number)), None),
        FieldValue::Percentage(number) => (Ends::One(Amount::Float(*number)), Some(PERCENT)),
        FieldValue::Money(money) => (Ends::One(money.amount), Some(&*money.currency)),
        FieldValue::Range(range) => match (range.from, range.to) {
            (Some(from), Some(to)) => (Ends::Between(from.into(), to.into()), None),
            (Some(from), None) => (Ends::AtLeast(from.into()), None),
            (None, to) => (Ends::AtMost(to?.into()), None),
        },
        _ => return None,
    };
    Some(Figure { ends, unit })
}

/// A number or a range, and its unit. The unit is part of the number for money and percentages, and is then empty.
fn number_and_unit(scope: &Scope, number: &Number, short: bool) -> (String, String) {
    let (strings, ends, unit) = (&scope.strings, number.ends, &*number.unit);
    // The digits of a year or a rank are not grouped.
    let is_ordinal = number.is_ordinal();
    let comes_after = strings.quantity(ends.some(), unit, short).ends_with(&format!("\u{a0}{unit}"));
    let is_inside = !unit.is_empty() && !is_ordinal && !comes_after;
    let format_number = |number: Amount| match is_ordinal {
        true => format!("{}", number.value() as i64),
        false => strings.quantity(number, if is_inside { unit } else { "" }, short),
    };
    let number = match ends {
        Ends::One(number) => format_number(number),
        Ends::AtLeast(from) => format!("≥\u{a0}{}", format_number(from)),
        Ends::AtMost(to) => format!("≤\u{a0}{}", format_number(to)),
        // Between negative numbers, a dash could be read as a minus sign.
        Ends::Between(from, to) if from.value() < 0.0 || to.value() < 0.0 => {
            let pattern = strings.get("figures.range").unwrap_or("{from}–{to}");
            pattern.replace("{from}", &format_number(from)).replace("{to}", &format_number(to))
        }
        Ends::Between(from, to) => format!("{}–{}", format_number(from), format_number(to)),
    };
    (number, if is_inside { String::new() } else { unit.to_owned() })
}
