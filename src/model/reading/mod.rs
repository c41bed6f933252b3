//! Reads each entity and page from its documents. Names of other entities are resolved later.

pub(in crate::model) mod context;
pub(in crate::model) mod assemble;
pub(in crate::model) mod values;
mod attributes;
pub(in crate::model) mod statements;
mod members;
mod extra;
mod common;
mod misplaced;
mod required;
mod translation;
pub(in crate::model) mod entity;
pub(in crate::model) mod pages;
