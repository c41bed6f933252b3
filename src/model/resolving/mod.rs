//! Resolves names: the targets of relations and of links in prose.

pub(in crate::model) mod names;
pub(in crate::model) mod suggestions;
pub(in crate::model) mod prose;
pub(in crate::model) mod relations;
pub(in crate::model) mod own;
