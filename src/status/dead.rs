//! Links to outside addresses that are dead.

use std::collections::BTreeMap;

use super::item::{Item, Kind};
use crate::links::{self, Lock, Verdict};
use crate::model::{Ecosystem, EntityId, Subject};
use crate::text::Place;

pub(super) fn find(ecosystem: &Ecosystem, lock: &Lock, items: &mut Vec<Item>) {
    if !lock.has_dead() {
        return;
    }
    let owners = owners(ecosystem);
    for (address, places) in &links::addresses(ecosystem) {
        let (Some(Verdict::Dead(since)), Some(status)) = (lock.verdict(address), lock.status(address)) else {
            continue;
        };
        for place in places {
            let Some(id) = owner(ecosystem, &owners, place) else { continue };
            let message = format!("it links to {address}, which is dead: {status}");
            let item = Item::new(ecosystem, id, Kind::DeadLink, 40.0, message);
            items.push(Item { since: Some(since.to_string()), path: place.path.to_string(), ..item });
        }
    }
}

/// The published entities of each file.
fn owners(ecosystem: &Ecosystem) -> BTreeMap<&str, Vec<EntityId>> {
    let mut owners: BTreeMap<&str, Vec<EntityId>> = BTreeMap::new();
    for id in ecosystem.published() {
        for (_, path) in ecosystem.entity(id).files.iter() {
            owners.entry(path).or_default().push(id);
        }
    }
    owners
}

/// The entity that a place is about; none if it is a page's.
fn owner(ecosystem: &Ecosystem, owners: &BTreeMap<&str, Vec<EntityId>>, place: &Place) -> Option<EntityId> {
    match owners.get(&*place.path)?.as_slice() {
        [only] => Some(*only),
        _ => match ecosystem.at(&place.path, place.span.start as usize)?.subject {
            Subject::Entity(id) => Some(id),
            _ => None,
        },
    }
}
