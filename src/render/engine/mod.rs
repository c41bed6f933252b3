//! The template engine: a theme's files and settings, its strings, the functions that need nothing else, and where templates go wrong.

pub(crate) mod shapes;
pub(crate) mod strings;
pub(crate) mod functions;
pub(crate) mod theme;
mod errors;
