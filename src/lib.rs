//! Filière compiles Markdown and TOML profiles of an ecosystem into a cross-linked, multilingual website.
//!
//! # The way of the data
//! ```text
//! files ──source──▶ texts ──parse──▶ documents ──model──▶ ecosystem ──site──▶ routes ──render──▶ bytes ──output──▶ folder
//! ```
//! Each module is a stage, in the order in which the data flows, and imports only from those above it. All that is wrong with the
//! content is gathered on the way as diagnostics and never stops a stage; only the disk can fail.

pub mod stop;
pub mod text;
pub mod manual;
pub mod diagnostics;
pub mod table;
pub mod locale;
pub mod reader;
pub mod warnings;
mod url;
pub mod config;
pub mod drawing;
pub mod values;
pub mod schema;
#[expect(clippy::disallowed_methods, reason = "the one that reads")]
pub mod source;
pub mod parse;
pub mod history;
pub mod model;
pub mod site;
pub mod render;
pub mod search;
#[expect(clippy::disallowed_methods, reason = "the one that writes")]
pub mod output;
pub mod compile;
pub mod edit;
pub mod json_schema;
pub mod comparison;
pub mod links;
pub mod status;
#[cfg(feature = "sheets")]
pub mod sheets;
#[cfg(feature = "serve")]
pub mod watch;
#[cfg(feature = "serve")]
pub mod serve;
#[cfg(feature = "lsp")]
pub mod lsp;
#[cfg(feature = "cli")]
pub mod cli;
