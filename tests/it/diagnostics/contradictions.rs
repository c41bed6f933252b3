//! Facts that contradict each other, and what used to be silent.

use crate::harness::Site;

const DATES: &str = "start = { kind = \"date\" }\nend = { kind = \"year\" }";

#[test]
fn an_end_before_its_start() {
    shows!(Site::new().fields(DATES).facts("start = 2020-05-01\nend = 2019"));
}

/// A year is not before a day of the same year.
#[test]
fn an_end_in_the_year_of_its_start() {
    assert_eq!(Site::new().fields(DATES).facts("start = 2020-05-01\nend = 2020").short(), "");
}

#[test]
fn a_field_that_has_to_be_after_another() {
    shows!(Site::new().fields("size = { kind = \"integer\", after = \"staff\" }").facts("staff = 12\nsize = 11"));
}

#[test]
fn a_field_that_can_not_be_after_another() {
    shows!(
        Site::new()
            .fields("size = { kind = \"integer\", after = \"staf\" }\nname = { kind = \"text\", after = \"staff\" }")
    );
}

#[test]
fn attributes_of_a_link_in_the_wrong_order() {
    let attributes = "attributes.start = { kind = \"year\" }\nattributes.end = { kind = \"year\" }";
    let site = Site::new().fields(&format!("[fields.owners]\nto = \"actors\"\n{attributes}"));
    let site = site.file("content/actors/delta.toml", "title = \"Delta\"\n");
    shows!(site.facts("owners = [{ to = \"delta\", start = 2020, end = 2019 }]"));
}

#[test]
fn a_relation_to_itself() {
    shows!(Site::new().facts("peers = [\"alpha\"]"));
}

#[test]
fn a_relation_that_allows_itself() {
    let site = Site::new().fields("feeds = { to = \"actors\", to_itself = true }").facts("feeds = [\"alpha\"]");
    assert_eq!(site.short(), "");
}

#[test]
fn two_entities_with_one_title() {
    let site = Site::new().file("content/actors/delta.toml", "title = \"ALPHA\"\npeers = [\"alpha\"]\n");
    shows!(site);
    let other_type = Site::new()
        .file("content/projects/delta.toml", "title = \"Alpha\"\npartners = [\"alpha\"]\nsources = [\"gamma\"]\n");
    assert_eq!(other_type.short(), "");
}

const SQUARE: &str = r#"{ "type": "FeatureCollection", "features": [{ "type": "Feature", "properties": { "name": "B" },
"geometry": { "type": "Polygon", "coordinates": [[[4, 50], [5, 50], [5, 51], [4, 51], [4, 50]]] } }] }"#;

#[test]
fn exchanged_coordinates() {
    let site = Site::new().config("map = { outline = \"b.geojson\" }").file("content/b.geojson", SQUARE);
    let site = site.facts("position = [4.5, 50.5]");
    shows!(site);
    for right in ["[50.5, 4.5]", "[48.8, 2.3]"] {
        let site = Site::new().config("map = { outline = \"b.geojson\" }").file("content/b.geojson", SQUARE);
        assert_eq!(site.facts(&format!("position = {right}")).short(), "");
    }
}

#[test]
fn a_verification_in_the_future() {
    shows!(Site::new().facts("verified = 2062-03-01"));
}

#[test]
fn a_verification_tomorrow() {
    assert_eq!(Site::new().facts("verified = 2026-01-17").short(), "");
}

/// One warning for each type: a site that starts to verify has no dates at all.
#[test]
fn profiles_that_were_never_verified() {
    let sources = "name = { fr = \"Source\", en = \"Source\" }\ncitation = true\nstale_after = \"1 year\"\n";
    let list: String = (0..7).map(|at| format!("[s{at}]\ntitle = \"S {at}\"\n")).collect();
    let site = Site::new().file("content/sources/_type.toml", sources).file("content/sources/_list.toml", list);
    let site = site.file("content/sources/gamma.toml", "title = \"Gamma\"\nverified = 2026-01-05\n");
    let short = site.config("[warnings]\nno-relations = \"allow\"").short();
    snapshot!(short);
}

#[test]
fn a_site_that_never_verifies() {
    let site = Site::new().config("stale_after = \"1 year\"");
    let expected = "site.toml:1:1: warning[never-verified]: \"stale_after\" has no effect, because no entity has a date of verification; check the facts of an entity, and add verified = 2026-01-16\n";
    assert_eq!(site.short(), expected);
}

#[test]
fn a_file_of_the_theme_that_is_not_there() {
    let site = Site::new().template("page.html", "<link href=\"{{ asset(path=\"semafore.css\") }}\">\n");
    shows!(site.file("themes/own/static/semaphore.css", "p {}\n"));
}

#[test]
fn a_template_named_for_no_type() {
    let site = Site::new().template("actor.html", "{% extends \"entity.html\" %}\n");
    shows!(site.file("themes/own/templates/actors.html", "{% extends \"entity.html\" %}\n"));
}

#[test]
fn a_template_that_another_one_includes_is_used() {
    let site = Site::new().template("actor.html", "<p>");
    let site = site.file("themes/own/templates/actors.html", "{% include \"actor.html\" %}\n");
    assert_eq!(site.short(), "");
}

#[test]
fn words_of_a_theme_that_a_language_lacks() {
    let site = Site::new().template("extra.html", "").file("themes/own/strings/fr.toml", "own.first = \"un\"\n");
    shows!(site.file("themes/own/strings/en.toml", "own.second = \"two\"\n"));
}

#[test]
fn a_language_that_the_theme_does_not_have() {
    let config = "title = \"T\"\nbase_url = \"https://example.org\"\nlanguages = [\"en\", \"eo\"]\ntheme = \"plain\"\n";
    let site = Site::empty().file("site.toml", config).file("content/logo.svg", "");
    let short = site.short();
    assert!(short.starts_with("site.toml:1:1: warning[untranslated-theme]: the theme \"plain\" lacks "), "{short}");
    let site = site.file("site.toml", format!("{config}[warnings]\nuntranslated-theme = {{ allow = [\"@eo\"] }}\n"));
    assert_eq!(site.short(), "");
}
