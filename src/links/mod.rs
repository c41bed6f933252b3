//! The outside addresses of a site: whether they still answer.
//!
//! In: a checked site, what its file `links.lock` says of earlier days, and the answers of today. Out: a verdict for each
//! address, and the new text of `links.lock`. Only `ask` connects to anything, and only with the feature `links`.
//!
//! # Steps
//! 1. [`addresses`] lists the addresses of a site with all their places.
//! 2. [`Lock::due`] says which of them are to be asked.
//! 3. `ask` asks them.
//! 4. [`Lock::record`] keeps the answers, and [`Lock::verdict`] says what follows from them.

mod address;
mod collect;
mod answer;
mod lock;
mod report;
#[cfg(feature = "links")]
mod guard;
#[cfg(feature = "links")]
mod visit;
#[cfg(feature = "links")]
mod queue;
#[cfg(feature = "links")]
mod ask;

pub use answer::{Answer, Failure, Status};
#[cfg(feature = "links")]
pub use ask::{Options, ask};
pub use collect::{Addresses, addresses};
pub use lock::{Lock, Verdict};
pub use report::{diagnostics, human, json};

/// The file beside `site.toml` with what the addresses answered.
pub const FILE: &str = "links.lock";
