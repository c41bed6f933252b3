//! The traits of blocks and their kinds.

use tera::Value;

use crate::model::{Ecosystem, PageId};
#[cfg(test)]
use crate::render::engine::shapes::Shape;
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;
use crate::render::views::{Dated, Views};

/// A kind of block.
pub(crate) trait Kind: Sync {
    /// The value of the key `kind`, and the name of the template.
    fn name(&self) -> &'static str;

    /// Reads the keys of a block. Reports invalid keys, and then gives none.
    fn read(&self, spec: &mut Spec<'_>, host: &Host<'_>) -> Option<Box<dyn Block>>;

    /// The shapes of the kind, for the documentation of themes.
    #[cfg(test)]
    fn shapes(&self) -> &'static [Shape] {
        &[]
    }
}

/// A block of one page.
pub(crate) trait Block: Send + Sync {
    /// The variable `block` of the template.
    fn value(&self, _scope: &Scope) -> Value {
        Value::none()
    }

    /// The types that the block reads as figures.
    fn dated(&self) -> Vec<Dated> {
        Vec::new()
    }

    /// The page whose view the block shows.
    fn view(&self) -> Option<PageId> {
        None
    }

    /// The kind of that view.
    fn view_kind(&self) -> Option<&'static str> {
        None
    }

    /// Whether a page can't have this block and another one of the same kind. Most blocks are of use only once.
    fn excludes(&self, _other: &dyn Block) -> bool {
        true
    }
}

/// What blocks need to know of the site and of their page.
pub(crate) struct Host<'a> {
    pub ecosystem: &'a Ecosystem,
    pub views: &'a Views,
    /// The page that has the block.
    pub page: PageId,
}

impl Host<'_> {
    /// Whether the page has a view.
    pub(super) fn has_view(&self) -> bool {
        self.views.of(self.page).is_some()
    }
}
