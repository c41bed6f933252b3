//! Parts of pages: entities, facets, prose and links as values of templates.
//!
//! In: a scope and what to show. Out: values of templates, as `shapes` declares them. Parts know neither views nor
//! pages.

pub(crate) mod shapes;
pub(crate) mod fair_share;
pub(crate) mod hierarchy;
mod plain_text;
pub(crate) mod citations;
pub(crate) mod prose;
pub(crate) mod value;
pub(crate) mod headline;
mod main_types;
mod navigation;
mod card;
pub(crate) mod fragments;
pub(crate) mod sources;
pub(crate) mod facets;
mod sides;
pub(crate) mod changes;
pub(crate) mod entity;
mod shares;
pub(crate) mod functions;

pub(crate) use card::{card, cards};
pub(crate) use main_types::main_types;
pub(crate) use navigation::{entity_entry, entry, outside_entry, type_value};
