//! Texts in several languages.

use crate::harness::{PICTURE, Site};

#[test]
fn facts_in_a_translation() {
    let facts = "title = \"Alpha\"\nfounded = 2015\npeers = [\"alpha\"]\ndraft = true";
    shows!(Site::new().file("content/actors/alpha.en.md", format!("+++\n{facts}\n+++\n")));
}

#[test]
fn the_file_of_an_image_in_a_translation() {
    let site =
        Site::new().file("content/actors/a.jpg", PICTURE).facts("image = { src = \"a.jpg\", alt = \"Le site\" }");
    shows!(site.file("content/actors/alpha.en.md", "+++\nimage = { src = \"a.jpg\", alt = \"The site\" }\n+++\n"));
}

#[test]
fn facts_in_the_translation_of_a_page() {
    let site = Site::new().file("content/about.md", "+++\ntitle = \"À propos\"\n+++\n");
    shows!(site.file("content/about.en.md", "+++\ntitle = \"About\"\nslug = \"about-us\"\n+++\n"));
}

#[test]
fn an_unknown_key_in_a_translation() {
    shows!(Site::new().file("content/actors/alpha.en.md", "+++\ntitel = \"Alpha\"\n+++\n"));
}

#[test]
fn a_translation_without_an_original() {
    shows!(Site::new().file("content/actors/delta.en.md", "+++\ntitle = \"Delta\"\n+++\n"));
}

#[test]
fn a_translation_of_a_page_without_an_original() {
    shows!(Site::new().file("content/about.en.md", "+++\ntitle = \"About\"\n+++\n"));
}

#[test]
fn a_translation_into_a_language_that_is_not_declared() {
    shows!(Site::new().file("content/actors/alpha.nl.md", "+++\ntitle = \"Alpha\"\n+++\n"));
}

#[test]
fn a_suffix_of_the_default_language() {
    shows!(Site::new().file("content/actors/alpha.fr.md", "+++\ntitle = \"Alpha\"\n+++\n"));
}

#[test]
fn a_text_in_a_language_that_is_not_declared() {
    shows!(Site::new().facts("summary = { fr = \"Un\", en = \"One\", nl = \"Een\" }"));
}

#[test]
fn a_key_that_is_no_language() {
    shows!(Site::new().facts("summary = { fr = \"Un\", en = \"One\", english = \"One\" }"));
}

#[test]
fn prose_and_summary_that_are_not_translated() {
    shows!(
        Site::new()
            .file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\nsummary = \"Une entreprise.\"\n+++\nBonjour.\n")
    );
}

#[test]
fn a_summary_of_a_profile_without_prose_that_is_not_translated() {
    shows!(Site::new().file("content/sources/gamma.toml", "title = \"Gamma\"\nsummary = \"Un livre.\"\n"));
}

#[test]
fn a_summary_in_a_list_that_is_not_translated() {
    shows!(Site::new().file(
        "content/actors/_list.toml",
        "[delta]\ntitle = \"Delta\"\nsummary = \"Une ville.\"\npeers = [\"alpha\"]\n"
    ));
}

#[test]
fn a_page_that_is_not_translated() {
    shows!(Site::new().file("content/about.md", "+++\ntitle = \"À propos\"\n+++\nBonjour.\n"));
}

#[test]
fn a_translation_with_more_values_than_the_original() {
    let site = Site::new().facts("phones = [\"081\"]");
    shows!(site.file("content/actors/alpha.en.md", "+++\nphones = [\"081\", \"082\"]\n+++\n"));
}
