//! What templates see of the full-text search.

use crate::render::engine::shapes::shapes;

shapes! {
    /// The full-text search, for a page with `view = { kind = "search" }`. The page's template holds all of it.
    Search {
        /// `search`.
        kind: &'static str,
    }
}
