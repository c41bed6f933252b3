//! The whole way, from files to pages.
//!
//! In: files and a request. Out: an [`Outcome`]: the diagnostics and, if none of them is an error, what renders the pages. A [`Compiler`] remembers
//! what it has read and parsed, and does so again only for what has changed; everything after that is made anew each time.
//!
//! # Steps
//! 1. [`Compiler::set_text`] lays unsaved texts over the files.
//! 2. [`Compiler::look`] reads what has changed.
//! 3. [`Compiler::check`] parses and resolves, and gives diagnostics and the ecosystem; [`Compiler::compile`] also loads the templates.
//! 4. [`render`] renders the routes of what was compiled.
//!
//! Each step can be stopped from another thread, by a [`Stop`].

mod request;
mod outcome;
mod read;
mod parsed;
mod compiler;
mod rendering;

use std::sync::Arc;

use crate::source::Files;
use crate::stop::{Failure, Stop};

pub use compiler::Compiler;
pub use outcome::{Checked, Compiled, Outcome};
pub use rendering::render;
pub use request::Request;

/// Compiles a site once. `stage` is told each stage's name when the stage has ended.
///
/// # Errors
/// A folder or file can't be read.
pub fn compile(
    files: Arc<dyn Files>,
    request: &Request,
    stage: &mut dyn FnMut(&'static str),
) -> Result<Outcome, Failure> {
    let (mut compiler, stop) = (Compiler::new(files, request.clone()), Stop::new());
    compiler.look(&stop)?;
    stage("read");
    compiler.compile(&stop, stage)
}
