//! The documentation of what templates see: written at the declarations, and held in `themes/README.md`.

use super::engine::shapes::Shape;
use super::{pages, parts, views};

fn shapes() -> impl Iterator<Item = &'static Shape> {
    let views = views::KINDS.iter().map(|kind| kind.shapes());
    [pages::shapes::SHAPES, parts::shapes::SHAPES].into_iter().chain(views).flatten()
}
