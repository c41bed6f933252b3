//! The box of the full-text search.

use super::kind::{self, Host};
use crate::render::views::spec::Spec;

pub(super) const NAME: &str = "search";

pub(crate) struct Kind;

pub(super) struct Search;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, spec: &mut Spec<'_>, _: &Host<'_>) -> Option<Box<dyn kind::Block>> {
        spec.keys("a search", &[]);
        Some(Box::new(Search))
    }
}

impl kind::Block for Search {}
