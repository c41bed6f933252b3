//! Diagnostics: what is wrong with the content, where, and what the author can do.
//!
//! In: the diagnostics of the other stages. Out: the same, sorted, as text for people or as JSON for programs.
//! A diagnostic is a value; nothing here prints or exits.

mod codes;
mod hint;
mod diagnostic;
mod suggestions;
mod visible;
#[cfg(any(feature = "cli", feature = "serve"))]
mod human;
mod json;
mod short;

pub use codes::{Code, Severity};
pub use diagnostic::{Diagnostic, Note, Texts, count, only_in, order, sort};
pub use hint::{Change, Fix, Hint};
#[cfg(any(feature = "cli", feature = "serve"))]
pub use human::{Warnings, human};
pub use json::json;
pub use short::short;
pub use suggestions::{closest, did_you_mean, list, list_all, meant};
pub use visible::visible;
