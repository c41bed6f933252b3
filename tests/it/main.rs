//! The program as its users have it: files in, diagnostics or pages out.
//!
//! Every test makes a small site with [`harness::Site`], runs the real binary on it, and looks at what it says or writes. Texts for
//! people are snapshots beside the tests; `INSTA_UPDATE=always cargo test --test it` writes them anew, and each has to be read then.

// Tests read and write where they like; nothing here is seen from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, unreachable_pub)]

#[macro_use]
mod harness;

mod browser;
mod content;
mod diagnostics;
mod drafts;
mod formats;
mod index;
mod library;
mod output;
mod preview;
mod random;
mod search;
mod themes;
mod views_map;
mod views_network;
mod views_timeline;
