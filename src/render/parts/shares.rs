//! The shares of a whole, for a bar: the public and the private share of a budget.

use tera::Value;

use super::entity;
use super::headline::{Ends, PERCENT, figure};
use super::shapes::{Fact, Share};
use crate::model::EntityId;
use crate::render::scope::Scope;

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
        let Some((fact, unit, value)) = amount(scope, id, part) else { continue };
        let total = total.as_ref().filter(|(_, total, _)| *total == unit);
        let whole = if unit == PERCENT { Some(100.0) } else { total.map(|(_, _, total)| *total) };
        let Some(whole) = whole.filter(|whole| *whole > 0.0) else { return Vec::new() };
        let width = 100.0 * value / whole;
        shares.push(Share { fact: fact.into(), from, width }.into());
        from += width;
    }
    if from > 100.0 + ROUNDING { Vec::new() } else { shares }
}

/// A field of an entity, and the unit and the number of the first of its values, if that is a number that is not
/// negative.
fn amount(scope: &Scope, id: EntityId, field: &str) -> Option<(Fact, String, f64)> {
    let entity = scope.ecosystem.entity(id);
    let fields = &scope.ecosystem.schema.get(entity.entity_type).fields;
    let at = fields.iter().position(|other| *other.id == *field)?;
    let figure = figure(entity.values(at).first()?)?;
    let Ends::One(number) = figure.ends else { return None };
    let fact = entity::fact_of(scope, id, at)?;
    let unit = figure.unit.map_or_else(|| fact.unit.clone(), String::from);
    (number.value() >= 0.0).then_some((fact, unit, number.value()))
}
