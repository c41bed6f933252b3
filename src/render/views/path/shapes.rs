//! What templates see of a view of paths.

use tera::Value;

use crate::render::engine::shapes::shapes;

shapes! {
    /// How two entities are connected, for a page with `view = { kind = "path" }`. A script of the theme computes the paths.
    Path {
        /// `path`.
        kind: &'static str,
        /// The types whose entities can be connected, a list of [TypeInfo](#typeinfo).
        types: Vec<Value>,
        /// Those of them that connect others only loosely, a list of [TypeInfo](#typeinfo): a path through them comes after all others.
        weak: Vec<Value>,
        /// The address of the [links](#links) of the site.
        links: String,
    }
}
