//! The template engine: the theme's files, settings and strings, basic template functions, and errors of templates.

pub(crate) mod shapes;
pub(crate) mod strings;
pub(crate) mod functions;
pub(crate) mod sizes;
pub(crate) mod widths;
mod colours;
pub(crate) mod parameters;
pub(crate) mod theme;
mod unclosed;
mod errors;
mod missing;
