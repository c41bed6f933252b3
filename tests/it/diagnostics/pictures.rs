//! Files that are used as pictures.

use crate::harness::{PICTURE, Site};

#[test]
fn a_file_that_is_no_image() {
    let site = Site::new().file("content/actors/a.png", "<html>not found</html>").file("content/actors/b.pdf", "%PDF");
    let facts = "image = { src = \"a.png\", alt = \"Le logo\" }\nlogo = { src = \"b.pdf\", alt = \"Le logo\" }\n\
        notes = \"![un plan](b.pdf)\"";
    shows!(site.facts(facts));
}

/// A file that is only linked to may be anything.
#[test]
fn a_file_that_nobody_shows_as_an_image_is_not_looked_at() {
    let site = Site::new().file("content/actors/a.png", "x").file("content/actors/b.pdf", "%PDF");
    assert_eq!(site.prose("[le plan](b.pdf)").short(), "");
}

#[test]
fn a_large_image_is_reported_once() {
    let bytes = [PICTURE, &[0; 1_200_000]].concat();
    let site = Site::new().file("content/actors/a.gif", bytes);
    shows!(site.facts("image = { src = \"a.gif\", alt = \"Le logo\" }\nlogo = { src = \"a.gif\", alt = \"Le logo\" }"));
}

#[test]
fn a_frame_that_does_not_exist() {
    shows!(Site::new().facts("image_fit = \"covr\"\nbackground = \"#fff\""));
}
