//! The neighbourhood of an entity: the entities that are related to it.
//!
//! In: an entity, and the types whose entities count as neighbours. Out: a selection of the neighbours, each once with
//! the labels of all relations to it, in two columns of about the same length, and the number of the other neighbours.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::shapes;
use crate::locale::{Lang, LocalText};
use crate::model::{Ecosystem, EntityId};
use crate::render::parts::card;
use crate::render::scope::Scope;
use crate::schema::TypeId;

/// The number of relations of each entity, in both directions. If there are too many neighbours, those with the most
/// relations are selected.
pub(super) struct Weights(Vec<u32>);

impl Weights {
    /// Counts the relations; linear in them.
    pub(super) fn new(ecosystem: &Ecosystem) -> Self {
        let mut weights = vec![0; ecosystem.number_of_ids()];
        for link in &ecosystem.links {
            weights[link.from.index()] += 1;
            weights[link.to.index()] += 1;
        }
        Self(weights)
    }
}

/// A neighbour.
struct Near<'a> {
    id: EntityId,
    /// The labels of the relations that lead to it.
    labels: Vec<&'a LocalText>,
    /// Whether only derived relations lead to it.
    derived: bool,
}

/// At most `most` neighbours of an entity; none if all are joined to it by one relation, so that a list of them says the
/// same.
pub(super) fn neighbourhood(scope: &Scope, weights: &Weights, id: EntityId, types: &[TypeId], most: usize) -> Value {
    let mut all = neighbours(&scope.ecosystem, id, types, scope.lang);
    let kinds: BTreeSet<&str> = all.iter().flat_map(|near| &near.labels).map(|label| label.text(scope.lang)).collect();
    if kinds.len() < 2 || most == 0 {
        return Value::none();
    }
    let total = all.len();
    all.sort_by_key(|near| (near.derived, Reverse(weights.0[near.id.index()]), near.id));
    let mut selection = select(&scope.ecosystem, all, types, most);
    let place = |near: &Near<'_>| {
        types.iter().position(|entity_type| *entity_type == scope.ecosystem.entity(near.id).entity_type)
    };
    selection.sort_by_key(|near| (place(near), near.derived, scope.ecosystem.rank(near.id, scope.lang)));
    let sizes: Vec<usize> = selection.chunk_by(|a, b| place(a) == place(b)).map(<[_]>::len).collect();
    let more = total - selection.len();
    let is_mixed = sizes.len() > 1;
    let right = selection.split_off(cut(&sizes));
    let column = |column: &[Near<'_>]| -> Vec<Value> {
        column.chunk_by(|a, b| place(a) == place(b)).map(|group| self::group(scope, group)).collect()
    };
    shapes::Neighbourhood { left: column(&selection), right: column(&right), mixed: is_mixed, more }.into()
}

/// All neighbours, each once. Derived relations count only for entities that are not related directly.
fn neighbours<'a>(ecosystem: &'a Ecosystem, id: EntityId, types: &[TypeId], lang: Lang) -> Vec<Near<'a>> {
    let mut neighbours: BTreeMap<EntityId, Near<'a>> = BTreeMap::new();
    let mut add = |other: EntityId, label: &'a LocalText, derived: bool| {
        if other == id || !types.contains(&ecosystem.entity(other).entity_type) {
            return;
        }
        let near = neighbours.entry(other).or_insert_with(|| Near { id: other, labels: Vec::new(), derived });
        if near.derived == derived && !near.labels.iter().any(|other| other.text(lang) == label.text(lang)) {
            near.labels.push(label);
        }
    };
    for group in ecosystem.groups(id, lang) {
        let relation = ecosystem.schema.relation(group.relation);
        let label = if group.inverse { &relation.inverse_label } else { &relation.label };
        group.links.iter().for_each(|(other, _)| add(*other, label, false));
    }
    for derived in &ecosystem.schema.get(ecosystem.entity(id).entity_type).derived {
        ecosystem.derived(id, derived, lang).iter().for_each(|reached| add(reached.entity, &derived.label, true));
    }
    neighbours.into_values().collect()
}

/// Selects at most `most` neighbours: the first of each type up to a fair share, then the first of the rest, so that
/// one type does not hide another.
fn select<'a>(ecosystem: &Ecosystem, all: Vec<Near<'a>>, types: &[TypeId], most: usize) -> Vec<Near<'a>> {
    let of_type = |near: &Near<'_>, entity_type: TypeId| ecosystem.entity(near.id).entity_type == entity_type;
    let present = types.iter().filter(|entity_type| all.iter().any(|near| of_type(near, **entity_type))).count();
    let mut left: BTreeMap<TypeId, usize> =
        types.iter().map(|entity_type| (*entity_type, most / present.max(1))).collect();
    let (mut selection, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|near| {
        let left = left.entry(ecosystem.entity(near.id).entity_type).or_default();
        let is_within_share = *left > 0;
        *left = left.saturating_sub(1);
        is_within_share
    });
    let free = most.saturating_sub(selection.len());
    selection.extend(rest.into_iter().take(free));
    selection
}

/// The number of neighbours in the first column. The cut is between two groups if both columns are then about as long,
/// else in the middle.
fn cut(sizes: &[usize]) -> usize {
    let total: usize = sizes.iter().sum();
    let ends = sizes.iter().scan(0, |end, size| {
        *end += size;
        Some(*end)
    });
    let uneven = |end: &usize| (2 * end).abs_diff(total);
    ends.min_by_key(uneven).filter(|end| uneven(end) <= 3 && *end < total).unwrap_or(total.div_ceil(2))
}

/// Neighbours of one type.
fn group(scope: &Scope, group: &[Near<'_>]) -> Value {
    let Some(first) = group.first() else { return Value::none() };
    let entity_type = scope.ecosystem.entity(first.id).entity_type;
    let items = group.iter().map(|near| {
        let labels = near.labels.iter().map(|label| scope.words(label)).collect();
        shapes::Near { card: card(scope, near.id), labels, derived: near.derived }.into()
    });
    let label = scope.words(&scope.ecosystem.schema.get(entity_type).plural);
    shapes::NearGroup { label, items: items.collect() }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_cut_between_groups_if_they_stay_even() {
        assert_eq!(cut(&[4, 3]), 4);
        assert_eq!(cut(&[3, 2, 2]), 3);
        assert_eq!(cut(&[10, 2]), 6);
        assert_eq!(cut(&[2]), 1);
        assert_eq!(cut(&[1]), 1);
        assert_eq!(cut(&[1, 1]), 1);
    }
}
