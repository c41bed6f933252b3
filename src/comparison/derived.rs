//! Links of derived relations that appear or vanish.

use std::collections::BTreeSet;

use super::entities::Sides;
use super::matching::name;
use super::shapes::{Changed, DerivedChange};
use crate::model::EntityId;
use crate::schema::Property;

/// The links that only one state has, among entities that both have.
pub(super) fn changes(sides: &Sides<'_>) -> Vec<DerivedChange> {
    let mut changes = Vec::new();
    for (before, after) in &sides.matching.after {
        changes.extend(of(sides, *before, *after));
    }
    changes.sort_by(|a, b| (&a.relation, &a.from, &a.to).cmp(&(&b.relation, &b.from, &b.to)));
    changes
}

fn of(sides: &Sides<'_>, before: EntityId, after: EntityId) -> Vec<DerivedChange> {
    let (old, new) = (&sides.before.ecosystem, &sides.after.ecosystem);
    let old_type = old.schema.get(old.entity(before).entity_type);
    let new_type = new.schema.get(new.entity(after).entity_type);
    let mut changes = Vec::new();
    for (at, derived) in new_type.derived.iter().enumerate() {
        let Some(was_at) = old_type.derived.iter().position(|other| other.id == derived.id) else { continue };
        // By the entities after: what is gone is told where it is gone from.
        let was: BTreeSet<EntityId> = old
            .reached_by(before, Property::Derived(was_at))
            .iter()
            .filter_map(|to| sides.matching.after.get(to).copied())
            .collect();
        let is: BTreeSet<EntityId> = new
            .reached_by(after, Property::Derived(at))
            .into_iter()
            .filter(|to| sides.matching.before.contains_key(to))
            .collect();
        let title = |id: EntityId| new.entity(id).title.text(sides.lang).to_owned();
        let change = |to: EntityId, change| DerivedChange {
            relation: derived.id.to_string(),
            from: name(new, after),
            to: name(new, to),
            change,
            words: [derived.label.text(sides.lang).to_owned(), title(after), title(to)],
        };
        changes.extend(is.difference(&was).map(|to| change(*to, Changed::Added)));
        changes.extend(was.difference(&is).map(|to| change(*to, Changed::Removed)));
    }
    changes
}
