//! Renders routes in parallel.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::outcome::Compiled;
use crate::diagnostics::{self, Diagnostic};
use crate::render::Rendered;
use crate::site::{Route, RouteKind};
use crate::stop::{Failure, Stop};

/// Renders the routes that `wanted` accepts, in parallel, and passes the results to `sink`. Each mistake in a template
/// is reported once, for the first page that it affects.
///
/// # Errors
/// The first error of `sink`, or the work was stopped. Then only some routes were passed to `sink`.
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
                // After an error nothing is published, but the other pages are still rendered to find more errors.
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
            let is_repeated =
                problems.iter().any(|other| other.place == problem.place && other.message == problem.message);
            if !is_repeated {
                problems.push(problem);
            }
        }
    }
    compiled.ecosystem.config.warnings.apply(&compiled.ecosystem.config.languages, &mut problems);
    diagnostics::sort(&mut problems);
    Ok(problems)
}
