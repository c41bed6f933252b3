//! Runs all stages, from files to pages.
//!
//! In: files and a request. Out: an [`Outcome`]: the diagnostics and, if none of them is an error, a renderer of the
//! pages. A [`Compiler`] caches the files that it has read and the documents that it has parsed. All later stages run
//! again at each compilation.
//!
//! # Steps
//! 1. [`Compiler::set_text`] sets unsaved texts in place of files, and [`Compiler::hide`] hides files.
//! 2. [`Compiler::look`] reads the files that have changed.
//! 3. [`Compiler::check`] parses and resolves. Out: diagnostics and the ecosystem. [`Compiler::compile`] also loads the
//!    templates.
//! 4. [`render`] renders the routes of a compiled site.
//!
//! A [`Stop`] ends each step from another thread.

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

/// Compiles a site once, without the history of its content. `stage` is called with the name of each stage when the stage has
/// ended.
///
/// # Errors
/// A folder or file can't be read.
pub fn compile(
    files: Arc<dyn Files>,
    request: &Request,
    stage: &mut dyn FnMut(&'static str),
) -> Result<Outcome, Failure> {
    let (mut compiler, stop) = (Compiler::for_once(files, request.clone()), Stop::new());
    compiler.look(&stop)?;
    stage("read");
    compiler.compile(&stop, stage)
}
