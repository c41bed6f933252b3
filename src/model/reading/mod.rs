//! From documents to entities and pages, each for itself.

pub(in crate::model) mod context;
pub(in crate::model) mod assemble;
pub(in crate::model) mod values;
pub(in crate::model) mod entity;
pub(in crate::model) mod pages;
