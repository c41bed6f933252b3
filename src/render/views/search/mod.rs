//! The full-text search: a page that holds nothing but the search.

mod shapes;

use tera::Value;

use super::kind::{self, View};
use super::spec::Spec;
use crate::render::scope::Scope;

pub(crate) struct Kind;

struct Search;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "search"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a search", &[]);
        Some(Box::new(Search))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

impl View for Search {
    fn value(&self, _: &Scope) -> Value {
        shapes::Search { kind: "search" }.into()
    }

    fn is_search(&self) -> bool {
        true
    }
}
