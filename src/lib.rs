//! Filière
#![allow(missing_docs)]
pub mod text;
pub mod diagnostics;
pub mod table;
pub mod locale;
pub mod reader;
pub mod config;
pub mod schema;
pub mod source;
pub mod parse;
pub mod model;
