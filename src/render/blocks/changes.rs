//! The entities that changed last.
//!
//! Many of one type can have changed at once, so a type has at most its share of the list if there are others.

use std::collections::BTreeMap;

use tera::Value;

use super::kind::{self, Host};
use crate::model::{Ecosystem, EntityId};
use crate::render::engine::shapes::shapes;
use crate::render::parts::cards;
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;
use crate::schema::TypeId;

pub(super) const NAME: &str = "changes";

/// The number of entities if the block does not say it.
const LIMIT: usize = 10;
/// A type has at most one part in this many of the list.
const SHARE: usize = 3;

pub(crate) struct Kind;

pub(super) struct Changes {
    /// The maximum number of entities.
    limit: usize,
}

impl Changes {
    /// The changes of a home page that lists no blocks.
    pub(super) fn usual() -> Self {
        Self { limit: LIMIT }
    }
}

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, spec: &mut Spec<'_>, _: &Host<'_>) -> Option<Box<dyn kind::Block>> {
        spec.keys("a block of changes", &["limit"]);
        Some(Box::new(Changes { limit: spec.limit(LIMIT)? }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        SHAPES
    }
}

impl kind::Block for Changes {
    fn value(&self, scope: &Scope) -> Value {
        ChangesBlock { items: cards(scope, selection(&scope.ecosystem, scope.latest(), self.limit)) }.into()
    }
}

/// The first entities of a list, without what one type has above its share, unless others leave room for it.
fn selection(ecosystem: &Ecosystem, latest: &[EntityId], limit: usize) -> Vec<EntityId> {
    let share = limit.div_ceil(SHARE);
    let mut numbers: BTreeMap<TypeId, usize> = BTreeMap::new();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for (at, id) in latest.iter().enumerate() {
        let number = numbers.entry(ecosystem.entity(*id).entity_type).or_default();
        *number += 1;
        let list = if *number <= share { &mut first } else { &mut rest };
        if list.len() < limit {
            list.push(at);
        }
    }
    let mut positions: Vec<usize> = first.into_iter().chain(rest).take(limit).collect();
    positions.sort_unstable();
    positions.into_iter().map(|at| latest[at]).collect()
}

shapes! {
    /// The block `changes`.
    ChangesBlock {
        /// The entities with the latest `updated`, the latest first, a list of [Card](#card).
        items: Vec<Value>,
    }
}
