//! The types of the site, with the number of their entities.

use tera::Value;

use super::kind::{self, Host};
use crate::render::engine::shapes::shapes;
use crate::render::parts::type_value;
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;

pub(super) const NAME: &str = "types";

pub(crate) struct Kind;

pub(super) struct Types;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, spec: &mut Spec<'_>, _: &Host<'_>) -> Option<Box<dyn kind::Block>> {
        spec.keys("a block of types", &[]);
        Some(Box::new(Types))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        SHAPES
    }
}

impl kind::Block for Types {
    fn value(&self, scope: &Scope) -> Value {
        let ecosystem = &scope.ecosystem;
        let types = ecosystem.schema.types().filter(|(entity_type, _)| ecosystem.count(*entity_type) > 0);
        TypesBlock { types: types.map(|(entity_type, _)| type_value(scope, entity_type)).collect() }.into()
    }
}

shapes! {
    /// The block `types`.
    TypesBlock {
        /// The types that have entities, a list of [TypeInfo](#typeinfo).
        types: Vec<Value>,
    }
}
