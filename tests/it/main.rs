//! The program from the outside: files in, diagnostics or pages out.
//!
//! Every test makes a small site with [`harness::Site`], runs the real binary on it, and checks its output or the files
//! that it writes. Texts for people are snapshots beside the tests. `INSTA_UPDATE=always cargo test --test it` rewrites
//! them; read each change.

// Tests may read and write files, and nothing here is public.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, unreachable_pub)]

#[macro_use]
mod harness;

mod addresses;
mod attributes;
mod autolink;
mod blocks;
mod browser;
mod content;
mod diagnostics;
mod diff;
mod diff_random;
mod drafts;
mod edit;
mod formats;
mod history;
mod index;
mod kinds;
mod languages;
mod library;
mod links;
mod links_tls;
mod lsp;
mod output;
mod pageless;
mod pictures;
mod preview;
mod random;
mod relations;
mod schema;
mod search;
mod sheets;
mod sizes;
mod soak;
mod status;
mod themes;
mod views_chain;
mod views_figures;
mod views_flows;
mod views_map;
mod views_matrix;
mod views_network;
mod views_series;
mod views_path;
mod views_timeline;
mod views_tree;
mod views_wall;
mod warnings;
mod workflows;
