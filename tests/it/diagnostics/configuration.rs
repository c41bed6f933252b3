//! `site.toml` and themes.

use crate::harness::Site;

/// `site.toml` with these lines in place of the language and the theme.
fn configured(lines: &str) -> Site {
    Site::new().file("site.toml", format!("title = \"Portail\"\nbase_url = \"https://example.org\"\n{lines}\n"))
}

#[test]
fn a_language_that_is_none() {
    shows!(Site::empty().file("content/_index.md", "").file(
        "site.toml",
        "title = \"P\"\nbase_url = \"https://example.org\"\ntheme = \"plain\"\nlanguages = [\"french\", \"fr\", \"fr\"]\n"
    ));
}

#[test]
fn no_language() {
    shows!(
        Site::empty().file("content/_index.md", "").file(
            "site.toml",
            "title = \"P\"\nbase_url = \"https://example.org\"\ntheme = \"plain\"\nlanguages = []\n"
        )
    );
}

#[test]
fn a_menu_with_an_entry_that_is_not_there() {
    shows!(Site::new().config("menu = [\"actors\", \"project\", \"map\"]"));
}

#[test]
fn an_age_that_is_none() {
    shows!(Site::new().config("stale_after = \"soon\""));
}

#[test]
fn an_edit_url_without_a_path() {
    shows!(Site::new().config("edit_url = \"https://example.org/edit\""));
}

#[test]
fn a_page_size_out_of_range() {
    shows!(Site::new().config("page_size = 0"));
}

#[test]
fn a_value_of_html_that_is_no_choice() {
    shows!(Site::new().config("html = \"allow\""));
}

#[test]
fn a_base_url_that_is_no_address() {
    shows!(Site::new().file(
        "site.toml",
        "title = \"P\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"plain\"\nbase_url = \"example.org\"\n"
    ));
}

#[test]
fn a_theme_that_does_not_exist() {
    shows!(configured("languages = [\"fr\", \"en\"]\ntheme = \"plane\""));
}

#[test]
fn a_theme_that_extends_one_that_does_not_exist() {
    let site = Site::new().template("extra.html", "").file("themes/own/theme.toml", "extends = \"classic\"\n");
    assert_eq!(site.places(), ["themes/own/theme.toml:1:11 unknown-theme"]);
}

#[test]
fn a_theme_that_extends_itself() {
    shows!(Site::new().template("extra.html", "").file("themes/own/theme.toml", "extends = \"own\"\n"));
}

#[test]
fn themes_that_extend_each_other() {
    let site = Site::new().template("extra.html", "").file("themes/own/theme.toml", "extends = \"other\"\n");
    let site = site.file("themes/other/theme.toml", "# Other.\nextends = \"own\"\n");
    assert_eq!(site.places(), ["themes/other/theme.toml:2:11 theme-cycle"]);
}

#[test]
fn an_outline_that_is_none() {
    let outline = "{\n  \"type\": \"Polygon\",\n  \"coordinates\": [[[4, 50], [5, 50], [5, 51], [4, 50]]]\n}\n";
    shows!(Site::new().config("map = { outline = \"geo/park.geojson\" }").file("content/geo/park.geojson", outline));
}
