//! Warnings about valid content that could be better.

use crate::harness::{PICTURE, Site};

#[test]
fn an_entity_without_relations() {
    shows!(Site::new().file("content/actors/delta.toml", "title = \"Delta\"\n"));
}

#[test]
fn an_entity_of_a_list_without_relations() {
    shows!(Site::new().file("content/actors/_list.toml", "[delta]\ntitle = \"Delta\"\n"));
}

#[test]
fn an_entity_without_a_source() {
    shows!(Site::new().file("content/projects/delta.toml", "title = \"Delta\"\npartners = [\"alpha\"]\n"));
}

#[test]
fn raw_html_in_prose() {
    shows!(Site::new().prose("Un <b>mot</b>.\n\n<div>\n  <p>Bloc</p>\n</div>"));
}

#[test]
fn an_image_in_prose_without_a_text() {
    shows!(Site::new().file("content/actors/a.jpg", PICTURE).prose("Ici : ![](a.jpg)"));
}

#[test]
fn images_of_a_profile_without_a_text() {
    let site = Site::new().file("content/actors/a.jpg", PICTURE).file("content/actors/b.jpg", PICTURE);
    let site = site.facts("image = \"a.jpg\"\nlogo = { src = \"b.jpg\" }");
    assert_eq!(site.places(), ["content/actors/alpha.md:3:9 missing-alt", "content/actors/alpha.md:4:8 missing-alt"]);
    assert!(site.short().contains("write logo = { src ="), "{}", site.short());
}

#[test]
fn a_heading_that_skips_a_level() {
    shows!(Site::new().prose("## Deux\n\n#### Quatre"));
}

#[test]
fn a_heading_of_the_first_level() {
    shows!(Site::new().prose("# Alpha"));
}

#[test]
fn a_first_heading_that_skips_a_level() {
    shows!(Site::new().prose("### Trois"));
}

#[test]
fn a_profile_that_was_verified_long_ago() {
    shows!(Site::new().config("stale_after = \"18 months\"").facts("verified = 2024-07-15"));
}

#[test]
fn a_profile_that_was_verified_in_time_is_not_stale() {
    let site = Site::new().config("stale_after = \"18 months\"");
    assert_eq!(site.facts("verified = 2024-07-16").short(), "");
}

#[test]
fn a_type_has_an_age_of_its_own() {
    let sources = "name = { fr = \"Source\", en = \"Source\" }\ncitation = true\nstale_after = \"10 days\"\n";
    let site = Site::new().config("stale_after = \"18 months\"").file("content/sources/_type.toml", sources);
    shows!(site.file("content/sources/gamma.toml", "title = \"Gamma\"\nverified = 2026-01-05\n"));
}

#[test]
fn an_entity_whose_type_has_no_relations_need_have_none() {
    let site = Site::new().file("content/things/_type.toml", "name = { fr = \"Chose\", en = \"Thing\" }\n");
    assert_eq!(site.file("content/things/one.toml", "title = \"Un\"\n").places(), [] as [&str; 0]);
}
