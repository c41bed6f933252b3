//! The prose of the page.

use super::kind::{self, Host};
use crate::render::views::spec::Spec;

pub(super) const NAME: &str = "text";

pub(crate) struct Kind;

pub(super) struct Text;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, spec: &mut Spec<'_>, _: &Host<'_>) -> Option<Box<dyn kind::Block>> {
        spec.keys("a text", &[]);
        Some(Box::new(Text))
    }
}

impl kind::Block for Text {}
