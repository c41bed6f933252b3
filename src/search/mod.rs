//! The index of the full-text search, by Pagefind (pagefind.app).
//!
//! In: what the search knows of pages. Out: the files of an index, which a browser loads piece by piece as it needs them. Where they go is
//! not known here beyond their names; the same pages give the same bytes.

mod part;
#[cfg(feature = "search")]
mod pagefind;

use std::io;

use rayon::prelude::*;

use crate::render::Renderer;
use crate::site::Site;

pub use part::{IndexFile, Part};

/// What the index of a site is made from; nothing if the site has no search.
pub fn parts(site: &Site, renderer: &Renderer) -> Vec<Part> {
    let parts = site.search.iter().map(|part| {
        let pages = part.pages.par_iter().map(|at| renderer.searchable(&site.routes[*at]));
        Part { path: part.path.clone(), language: renderer.tag(part.lang).to_owned(), pages: pages.collect() }
    });
    parts.collect()
}

/// Makes an index, its parts side by side.
///
/// # Errors
/// The system refuses threads, Pagefind refuses a page, or the program was built without the feature `search`.
pub fn index(parts: &[Part]) -> io::Result<Vec<IndexFile>> {
    let mut files = Vec::new();
    // Not on the threads of rayon: one that waits for a part may take on another, and a runtime can't run inside another.
    for some in parts.chunks(rayon::current_num_threads().max(1)) {
        let results: Vec<io::Result<Vec<IndexFile>>> = std::thread::scope(|scope| {
            let running: Vec<_> = some.iter().map(|part| scope.spawn(|| part.index())).collect();
            let failed = |_| Err(io::Error::other("the index of the search could not be made"));
            running.into_iter().map(|part| part.join().unwrap_or_else(failed)).collect()
        });
        for result in results {
            files.extend(result?);
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
