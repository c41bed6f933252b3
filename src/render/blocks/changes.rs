//! The entities that changed last.

use tera::Value;

use super::kind::{self, Host};
use crate::render::engine::shapes::shapes;
use crate::render::parts::cards;
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;

pub(super) const NAME: &str = "changes";

/// The number of entities if the block does not say it.
const LIMIT: usize = 10;

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
        ChangesBlock { items: cards(scope, scope.latest().iter().copied().take(self.limit)) }.into()
    }
}

shapes! {
    /// The block `changes`.
    ChangesBlock {
        /// The entities with the latest `updated`, the latest first, a list of [Card](#card).
        items: Vec<Value>,
    }
}
