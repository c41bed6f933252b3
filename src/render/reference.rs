//! Generates the reference of template variables in `themes/README.md` from the declarations of the shapes.

use std::fmt::Write;

use super::engine::shapes::Shape;
use super::{blocks, pages, parts, views};

const PAGE: &str = "themes/README.md";
const START: &str = "<!-- Generated from src/render by `UPDATE_DOCS=1 cargo test reference`. -->\n";
const END: &str = "<!-- End of what is generated. -->\n";

/// All shapes: of pages, of parts, then of each kind of block and of view.
fn shapes() -> impl Iterator<Item = &'static Shape> {
    let blocks = blocks::KINDS.iter().map(|kind| kind.shapes());
    let views = views::KINDS.iter().map(|kind| kind.shapes());
    [pages::shapes::SHAPES, parts::shapes::SHAPES].into_iter().chain(blocks).chain(views).flatten()
}

/// A section of Markdown for each shape, with a table of its fields.
fn reference() -> String {
    let mut text = String::from(START);
    for shape in shapes() {
        let _ = writeln!(text, "\n### {}\n", shape.name);
        for line in shape.about {
            let _ = writeln!(text, "{}", line.trim_start());
        }
        text.push_str("\n| field | |\n|---|---|\n");
        for (name, doc) in shape.fields {
            let _ = writeln!(text, "| `{name}` | {} |", doc.trim());
        }
    }
    text + "\n" + END
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the page is a file of the repository")]
fn the_themes_page_has_the_reference() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once(START).expect("themes/README.md has no place for the reference");
    let (_, after) = rest.split_once(END).unwrap();
    let expected = [before, &reference(), after].concat();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, &expected).unwrap();
    } else {
        assert!(page == expected, "themes/README.md is out of date: run `UPDATE_DOCS=1 cargo test reference`");
    }
}
