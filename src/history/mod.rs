//! The history of a site's content, as its git repository tells it.
//!
//! In: the commits that changed files, and what was in the files. Out: a [`History`]: which profiles each commit added,
//! changed and took away, and which keys it changed. Like two states that are compared, a change is one of what a file says:
//! the order of keys, comments and quotation marks are none. This module knows files and keys; what they are about, the
//! schema says later.

mod change;
mod version;
mod read;
mod follow;

pub use change::{Change, Changed, Entry, History, PROSE, Sides, What};
pub use follow::Follower;
pub use read::read;
