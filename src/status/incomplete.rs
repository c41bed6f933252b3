//! Facts that are missing: required ones of drafts, and those that nearly all others of the type have.

use super::item::{Item, Kind};
use crate::model::{Ecosystem, EntityId};
use crate::schema::{Property, TypeId};

/// The part of a type's entities that have a fact, from which it is usual.
const USUAL: f64 = 0.8;
/// The number of entities from which a type says what is usual.
const FEW: usize = 5;

/// `periods` are the fields whose lack is told as that of a figure's year.
pub(super) fn find(ecosystem: &Ecosystem, owner: TypeId, periods: &[usize], items: &mut Vec<Item>) {
    let all: Vec<EntityId> = ecosystem.of_type(owner).collect();
    let schema = &ecosystem.schema;
    for (key, property) in schema.properties(owner) {
        let is_required = match property {
            Property::Field(at) => schema.get(owner).fields[at].required,
            Property::Relation(relation) => schema.relation(relation).required,
            Property::Derived(_) => continue,
        };
        // The top of a hierarchy has nothing above it.
        let is_hierarchy = matches!(property, Property::Relation(relation) if schema.relation(relation).hierarchy);
        let is_period = matches!(property, Property::Field(at) if periods.contains(&at));
        if (is_hierarchy || is_period) && !is_required {
            continue;
        }
        let lacking: Vec<EntityId> = all.iter().copied().filter(|id| !has(ecosystem, *id, property)).collect();
        let share = 1.0 - lacking.len() as f64 / all.len().max(1) as f64;
        if !is_required && (share < USUAL || all.len() < FEW) {
            continue;
        }
        for id in lacking {
            let (weight, message) = match is_required {
                true => (90.0, format!("\"{key}\" is required, and missing")),
                false => (45.0 * share, format!("\"{key}\" is missing; {:.0} % of the others have it", share * 100.0)),
            };
            let item = Item::new(ecosystem, id, Kind::Incomplete, weight, message);
            items.push(Item { field: Some(key.to_owned()), ..item });
        }
    }
}

fn has(ecosystem: &Ecosystem, id: EntityId, property: Property) -> bool {
    match property {
        Property::Field(at) => !ecosystem.entity(id).values(at).is_empty(),
        Property::Relation(relation) => ecosystem.statements(id, relation).next().is_some(),
        Property::Derived(_) => true,
    }
}
