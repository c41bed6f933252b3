//! The full-text search index, made by Pagefind (pagefind.app), and the names of pages beside it.
//!
//! In: the searchable text of pages. Out: the files of an index, which a browser loads piece by piece as it needs them.
//! The same pages give the same bytes.

mod part;
#[cfg(feature = "search")]
mod names;
#[cfg(feature = "search")]
mod pagefind;

use std::io;

use rayon::prelude::*;

use crate::render::Renderer;
use crate::site::{IndexPart, Site};

pub use part::{IndexFile, Part};

/// The parts of a site's index; empty if the site has no search.
pub fn parts(site: &Site, renderer: &Renderer) -> Vec<Part> {
    let part = |part: &IndexPart| {
        let pages = part.pages.par_iter().map(|at| renderer.searchable(&site.routes[*at])).collect();
        Part { path: part.path.clone(), language: renderer.tag(part.lang).to_owned(), pages }
    };
    site.search.iter().map(part).collect()
}

/// Makes an index, its parts in parallel.
///
/// # Errors
/// The system refuses threads, Pagefind refuses a page, or the program was built without the feature `search`.
pub fn index(parts: &[Part]) -> io::Result<Vec<IndexFile>> {
    let mut files = Vec::new();
    // Each part runs a Tokio runtime, and runtimes can't be nested. A rayon worker that waits could steal another part
    // and nest the two, so parts run on plain threads.
    for chunk in parts.chunks(rayon::current_num_threads().max(1)) {
        let results: Vec<io::Result<Vec<IndexFile>>> = std::thread::scope(|scope| {
            let threads: Vec<_> = chunk.iter().map(|part| scope.spawn(|| part.index())).collect();
            let panicked = |_| Err(io::Error::other("the search index could not be made"));
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(panicked)).collect()
        });
        for result in results {
            files.extend(result?);
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
