//! The traits of views and their kinds.

use std::sync::Arc;

use tera::{Tera, Value};

use super::spec::Spec;
#[cfg(test)]
use crate::render::engine::shapes::Shape;
use crate::render::scope::Scope;
use crate::schema::TypeId;

/// A kind of view.
pub(crate) trait Kind: Sync {
    /// The value of the key `kind`, and the name of the template.
    fn name(&self) -> &'static str;

    /// Reads the keys of a view. Reports invalid keys, and then gives none.
    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>>;

    /// Registers the functions that go with this kind and that any template can call.
    fn functions(&self, _engine: &mut Tera, _scope: &Arc<Scope>) {}

    /// The names by which these functions find fields and relations where a template does not name them.
    fn usual_names(&self) -> &'static [&'static str] {
        &[]
    }

    /// The shapes of the kind, for the documentation of themes.
    #[cfg(test)]
    fn shapes(&self) -> &'static [Shape];
}

/// A type whose entities are read as figures, and the fields that say when a figure holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The type.
    pub entity_type: TypeId,
    /// The positions of the fields. One of them is enough.
    pub fields: Vec<usize>,
}

/// A view of one page.
pub(crate) trait View: Send + Sync {
    /// The variable `view` of the template.
    fn value(&self, scope: &Scope) -> Value;

    /// The type that the view reads as figures, if it does.
    fn dated(&self) -> Option<Dated> {
        None
    }

    /// Whether this is the full-text search.
    fn is_search(&self) -> bool {
        false
    }
}
