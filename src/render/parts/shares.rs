//! The shares of a whole, for a bar: the public and the private share of a budget.

use tera::Value;

use super::shapes::{Fact, Share};
use super::{entity, headline};
use crate::model::EntityId;
use crate::render::scope::Scope;

/// The unit of shares that are hundredths of the whole.
const PERCENT: &str = "%";
/// Shares that add up to a little more than the whole, in hundredths of it, are rounded ones.
const ROUNDING: f64 = 0.5;

/// The shares that an entity has in the fields `parts`, in their order. A share is in hundredths, or in the unit of the
/// field `total`, whose value is then the whole. Empty if the entity has no such share, if the whole of a share is not
/// known, or if the shares are more than the whole.
pub(super) fn shares(scope: &Scope, id: EntityId, parts: &[String], total: &str) -> Vec<Value> {
    let total = amount(scope, id, total);
    let mut shares = Vec::new();
    let mut from = 0.0;
    for part in parts {
        let Some((fact, value)) = amount(scope, id, part) else { continue };
        let total = total.as_ref().filter(|(total, _)| total.unit == fact.unit);
        let whole = if fact.unit == PERCENT { Some(100.0) } else { total.map(|(_, total)| *total) };
        let Some(whole) = whole.filter(|whole| *whole > 0.0) else { return Vec::new() };
        let width = 100.0 * value / whole;
        shares.push(Share { fact: fact.into(), from, width }.into());
        from += width;
    }
    if from > 100.0 + ROUNDING { Vec::new() } else { shares }
}

/// A field of an entity and the first of its values, if that is a number that is not negative.
fn amount(scope: &Scope, id: EntityId, field: &str) -> Option<(Fact, f64)> {
    let entity = scope.ecosystem.entity(id);
    let fields = &scope.ecosystem.schema.get(entity.entity_type).fields;
    let at = fields.iter().position(|other| *other.id == *field)?;
    let value = headline::number(entity.values(at).first()?)?.value();
    let fact = entity::fact_of(scope, id, at)?;
    (value >= 0.0).then_some((fact, value))
}
