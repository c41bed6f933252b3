//! Filière compiles Markdown and TOML profiles of an ecosystem into a cross-linked, multilingual website.
//!
//! # The way of the data
//! ```text
//! files ──source──▶ texts ──parse──▶ documents ──model──▶ ecosystem ──site──▶ routes ──render──▶ bytes ──output──▶ folder
//! ```
//! Each module is a stage, in the order in which the data flows, and imports only from those above it. All that is wrong with the
//! content is gathered on the way as diagnostics and never stops a stage; only the disk can fail.

pub mod cli;
pub mod compile;
pub mod config;
pub mod diagnostics;
pub mod locale;
pub mod model;
pub mod output;
pub mod parse;
pub mod reader;
pub mod render;
pub mod schema;
pub mod site;
pub mod source;
pub mod table;
pub mod text;
