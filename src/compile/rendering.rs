//! From routes to bytes, on all cores.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::outcome::Compiled;
use crate::diagnostics::{self, Diagnostic};
use crate::render::Rendered;
use crate::site::{Route, RouteKind};
use crate::stop::{Failure, Stop};

/// Renders the routes that are wanted, on all cores, and hands them on. Each mistake of a template is reported once, with the first page
/// that it was seen on.
///
/// # Errors
/// The first error of `sink`, or the work was stopped; then some routes were handed on and some were not.
pub fn render(
    compiled: &Compiled,
    wanted: impl Fn(&RouteKind) -> bool + Sync,
    stop: &Stop,
    sink: &(dyn Fn(&Route, Rendered) -> io::Result<()> + Sync),
) -> Result<Vec<Diagnostic>, Failure> {
    let failed = AtomicBool::new(false);
    let results: Vec<Result<Option<Diagnostic>, Failure>> = compiled
        .site
        .routes
        .par_iter()
        .filter(|route| wanted(&route.kind))
        .map(|route| {
            stop.check()?;
            match compiled.renderer.render(route) {
                // Once something is wrong nothing will be published, but the other pages can still be wrong too.
                Ok(_) if failed.load(Ordering::Relaxed) => Ok(None),
                Ok(rendered) => Ok(sink(route, rendered).map(|()| None)?),
                Err(problem) => {
                    failed.store(true, Ordering::Relaxed);
                    Ok(Some(problem))
                }
            }
        })
        .collect();
    let mut problems: Vec<Diagnostic> = Vec::new();
    for result in results {
        if let Some(problem) = result? {
            let known = problems.iter().any(|known| known.place == problem.place && known.message == problem.message);
            if !known {
                problems.push(problem);
            }
        }
    }
    diagnostics::sort(&mut problems);
    Ok(problems)
}
