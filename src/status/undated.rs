//! Figures that do not say when they hold.

use super::item::{Item, Kind};
use crate::model::{Ecosystem, EntityId};
use crate::render::Dated;
use crate::schema::TypeId;

/// The fields that say when a figure of a type holds, ascending. Empty if no view reads the type as figures, and if such a
/// field is required, because its lack is told as that of any required field.
pub(super) fn periods(ecosystem: &Ecosystem, owner: TypeId, figures: &[Dated]) -> Vec<usize> {
    let own = figures.iter().filter(|dated| dated.entity_type == owner);
    let mut fields: Vec<usize> = own.flat_map(|dated| dated.fields.iter().copied()).collect();
    fields.sort_unstable();
    fields.dedup();
    let all = &ecosystem.schema.get(owner).fields;
    if fields.iter().any(|at| all[*at].required) { Vec::new() } else { fields }
}

pub(super) fn find(ecosystem: &Ecosystem, id: EntityId, periods: &[usize], items: &mut Vec<Item>) {
    let entity = ecosystem.entity(id);
    let Some(first) = periods.first() else { return };
    if periods.iter().any(|at| !entity.values(*at).is_empty()) {
        return;
    }
    let field = &ecosystem.schema.get(entity.entity_type).fields[*first].id;
    let message = format!("it is a figure, and no \"{field}\" says when it holds");
    let item = Item::new(ecosystem, id, Kind::Undated, 40.0, message);
    items.push(Item { field: Some(field.to_string()), ..item });
}
