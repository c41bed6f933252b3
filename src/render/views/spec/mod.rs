//! The keys of a view or a block, read and checked against the schema.

mod keys;
mod types;
mod members;

pub(crate) use keys::Spec;
pub use keys::{Lookup, Noted};
pub(crate) use members::Cell;
