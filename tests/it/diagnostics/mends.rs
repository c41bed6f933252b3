//! Mistakes whose messages lead to the mend.

use crate::harness::Site;

#[test]
fn a_number_with_its_unit() {
    let site = Site::new().fields("length = { kind = \"number\", unit = \"km\" }");
    shows!(site.facts("length = \"22,5 km\"\nstaff = \"12\""));
}

#[test]
fn yes_in_quotation_marks() {
    shows!(Site::new().facts("draft = \"yes\""));
}

#[test]
fn a_readme_in_a_type() {
    shows!(Site::new().file("content/actors/README.md", "# About this folder\n"));
}

/// Each key was an error of its own.
#[test]
fn a_profile_among_the_pages() {
    shows!(
        Site::new()
            .file("content/delta.md", "+++\ntitle = \"Delta\"\nfounded = 2015\nstaff = 12\npeers = [\"alpha\"]\n+++\n")
    );
}

#[test]
fn a_profile_in_the_folder_of_another_type() {
    let fields = "size = { kind = \"integer\", required = true }";
    let site = Site::new().fields(fields);
    shows!(
        site.file("content/actors/delta.toml", "title = \"Delta\"\npartners = [\"alpha\"]\nsources = [\"gamma\"]\n")
            .without("content/actors/alpha.md")
            .without("content/projects/beta.toml")
            .without("content/sources/gamma.toml")
    );
}

/// The folder of a type was renamed, and the other types still name the old one.
#[test]
fn the_folder_of_a_type_that_was_renamed() {
    let site = Site::new();
    let actors = std::fs::read_to_string(site.path("content/actors/_type.toml")).unwrap();
    let site =
        site.config("menu = [\"projects\"]").without("content/actors").file("content/companies/_type.toml", actors);
    let site = site.file("content/companies/alpha.md", "+++\ntitle = \"Alpha\"\n+++\n");
    shows!(site.file(
        "content/view.md",
        "+++\ntitle = { fr = \"V\", en = \"V\" }\nview = { kind = \"glossary\", of = \"actors\" }\n+++\n"
    ));
}

#[test]
fn a_translation_whose_original_has_a_similar_name() {
    shows!(Site::new().file("content/actors/alpah.en.md", "English.\n"));
}

#[test]
fn a_translation_of_prose_only() {
    let site = Site::new().prose("Un.").file("content/actors/alpha.en.md", "One.\n");
    let site = site.file("content/about.md", "+++\ntitle = { fr = \"Un\", en = \"One\" }\n+++\nUn.\n");
    let site = site.file("content/about.en.md", "One page.\n");
    assert_eq!(site.short(), "");
    let built = site.build();
    assert!(built.page("/en/actors/alpha/").contains("<p>One.</p>"));
    assert!(built.page("/en/about/").contains("<p>One page.</p>"));
}

#[test]
fn an_image_that_is_not_there() {
    let site = Site::new().file("content/actors/gamma.jpg", "").file("content/actors/delta.jpg", "");
    shows!(
        site.facts("image = { src = \"west-line.png\", alt = \"A\" }\nlogo = { src = \"/img/x.png\", alt = \"B\" }")
    );
}

#[test]
fn a_field_where_a_view_takes_a_relation() {
    let view = "view = { kind = \"map\", of = \"actors\", by = \"status\" }";
    shows!(Site::new().file("content/view.md", format!("+++\ntitle = {{ fr = \"V\", en = \"V\" }}\n{view}\n+++\n")));
}

#[test]
fn a_relation_where_a_view_takes_a_field() {
    let view = "view = { kind = \"timeline\", of = \"actors\", start = \"parent\" }";
    shows!(Site::new().file("content/view.md", format!("+++\ntitle = {{ fr = \"V\", en = \"V\" }}\n{view}\n+++\n")));
}

#[test]
fn several_values_where_a_field_takes_one() {
    shows!(Site::new().facts("website = [\"https://a.example\", \"https://b.example\"]"));
}

#[test]
fn a_base_url_without_a_scheme() {
    let config = "title = \"T\"\nbase_url = \"rail.example.org\"\nlanguages = [\"en\"]\ntheme = \"plain\"\n";
    shows!(Site::empty().file("site.toml", config));
}
