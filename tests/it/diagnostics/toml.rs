//! TOML that can't be read, and keys and values that do not fit.

use crate::harness::Site;

#[test]
fn a_text_without_quotation_marks() {
    shows!(Site::new().facts("licence = BE-1"));
}

#[test]
fn a_text_without_an_end() {
    shows!(Site::new().facts("licence = \"BE-1"));
}

#[test]
fn a_missing_equals_sign() {
    shows!(Site::new().facts("founded 2015"));
}

#[test]
fn a_key_twice() {
    shows!(Site::new().facts("founded = 2015\nfounded = 2016"));
}

#[test]
fn every_syntax_error_of_a_file() {
    shows!(Site::new().facts("staff = 12 \"13\"\nphones = [\"081\" \"082\"]\nfounded 2015"));
}

/// The parser replaces a value that it can't read by a default. That default is not checked.
#[test]
fn values_that_can_not_be_read_are_reported_once() {
    let places = Site::new().facts("founded = \nstaff = = 3\nlicence = 'BE").places();
    let lines: Vec<&str> = places.iter().map(|place| place.split(':').nth(1).unwrap()).collect();
    assert!(places.iter().all(|place| place.ends_with("toml-syntax")), "{places:?}");
    assert!(["3", "4", "5"].iter().all(|line| lines.contains(line)), "{places:?}");
}

#[test]
fn syntax_of_site_toml() {
    assert_eq!(Site::new().config("page_size =").places(), ["site.toml:5:12 toml-syntax"]);
}

#[test]
fn syntax_of_a_type() {
    shows!(Site::new().fields("size = { kind = \"integer\""));
}

#[test]
fn an_integer_that_is_too_great() {
    assert_eq!(
        Site::new().facts("staff = 99999999999999999999").short(),
        "content/actors/alpha.md:3:9: error[toml-syntax]: the integer does not fit into 64 bits\n"
    );
}

#[test]
fn a_profile_without_front_matter() {
    shows!(Site::new().file("content/actors/alpha.md", "# Alpha\n\nUne entreprise.\n"));
}

#[test]
fn front_matter_that_never_ends() {
    shows!(
        Site::new()
            .file("content/about.en.md", "+++\ntitle = \"Alpha\"\n\nUne entreprise.\n")
            .file("content/about.md", "+++\ntitle = \"Alpha\"\n+++\n")
    );
}

/// If front matter can't be read, its keys are not reported as missing.
#[test]
fn front_matter_that_never_ends_is_reported_once() {
    let site = Site::new().file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\n\nUne entreprise.\n");
    assert_eq!(site.places(), ["content/actors/alpha.md:1:1 unclosed-front-matter"]);
}

#[test]
fn an_unknown_key() {
    shows!(Site::new().facts("fonded = 2015"));
}

#[test]
fn an_unknown_key_like_no_other() {
    shows!(Site::new().facts("turnover = 2015"));
}

#[test]
fn an_inverse_as_a_key() {
    shows!(Site::new().facts("projects = [\"beta\"]"));
}

#[test]
fn an_unknown_key_of_a_page() {
    shows!(Site::new().file("content/about.md", "+++\ntitle = { fr = \"Un\", en = \"One\" }\nsumary = \"Un\"\n+++\n"));
}

#[test]
fn an_unknown_key_of_site_toml() {
    shows!(Site::new().config("languagues = [\"fr\"]"));
}

#[test]
fn an_unknown_key_of_a_type() {
    shows!(Site::new().file("content/topics/_type.toml", "name = \"Thème\"\nplurals = \"Thèmes\"\n"));
}

#[test]
fn an_unknown_key_of_a_field() {
    shows!(Site::new().fields("size = { kind = \"integer\", unt = \"m\" }"));
}

#[test]
fn an_unknown_key_of_a_theme() {
    shows!(Site::new().template("extra.html", "").file("themes/own/theme.toml", "extends = \"plain\"\nextend = 1\n"));
}

#[test]
fn a_profile_without_a_title() {
    shows!(Site::new().file("content/actors/alpha.md", "+++\nfounded = 2015\n+++\n"));
}

#[test]
fn an_entity_of_a_list_without_a_title() {
    shows!(Site::new().file("content/actors/_list.toml", "[delta]\npeers = [\"alpha\"]\n"));
}

#[test]
fn an_empty_title() {
    shows!(Site::new().file("content/actors/alpha.md", "+++\ntitle = \" \"\n+++\n"));
}

#[test]
fn a_title_without_the_default_language() {
    shows!(Site::new().file("content/actors/alpha.md", "+++\ntitle = { en = \"Alpha\" }\n+++\n"));
}

#[test]
fn a_required_field_that_is_missing() {
    let field = "[fields]\nsize = { kind = \"integer\", required = true, help = \"Le nombre de bâtiments.\" }\n";
    let site = Site::new().file("content/sources/_type.toml", format!("name = \"Source\"\ncitation = true\n{field}"));
    shows!(site);
}

/// Messages are in English, and use the English names of types if the site has them.
#[test]
fn a_required_field_that_is_missing_names_the_type_in_english() {
    let short = Site::new().fields("size = { kind = \"integer\", required = true }").short();
    assert!(short.contains("\"alpha\" needs \"size\", which is required for every actor"), "{short}");
}

#[test]
fn a_required_relation_that_is_missing_or_empty() {
    let site = Site::new().fields("owner = { to = \"actors\", required = true }");
    let site = site.file("content/actors/delta.toml", "title = \"Delta\"\nowner = []\npeers = [\"alpha\"]\n");
    assert_eq!(
        site.places(),
        ["content/actors/alpha.md:1:1 missing-field", "content/actors/delta.toml:2:9 missing-field"]
    );
}

#[test]
fn a_page_without_a_title() {
    shows!(Site::new().file("content/about.md", "+++\n+++\n"));
}

#[test]
fn a_site_without_a_title_an_address_and_languages() {
    shows!(Site::empty().file("content/_index.md", "").file("site.toml", "theme = \"plain\"\n"));
}

/// If no language is declared, no text is reported to be in a wrong one.
#[test]
fn without_languages_no_language_is_wrong() {
    let config = "title = \"P\"\nbase_url = \"https://example.org\"\ntheme = \"plain\"\n";
    assert_eq!(Site::new().file("site.toml", config).places(), ["site.toml:1:1 missing-field"]);
}

#[test]
fn a_text_where_a_year_is_due() {
    shows!(Site::new().facts("founded = \"2015\""));
}

#[test]
fn a_text_where_an_integer_is_due() {
    shows!(Site::new().facts("staff = \"many\""));
}

#[test]
fn a_number_where_a_text_is_due() {
    shows!(Site::new().facts("licence = 12"));
}

#[test]
fn one_value_where_a_list_is_due() {
    shows!(Site::new().facts("phones = \"081\""));
}

#[test]
fn one_target_where_a_list_is_due() {
    shows!(Site::new().facts("peers = \"alpha\""));
}

#[test]
fn a_list_of_one_where_a_relation_leads_to_one() {
    shows!(
        Site::new().file("content/actors/delta.toml", "title = \"Delta\"\nparent = [\"alpha\"]\npeers = [\"alpha\"]\n")
    );
}

#[test]
fn a_number_where_a_target_is_due() {
    shows!(Site::new().facts("peers = [12]"));
}

#[test]
fn a_value_outside_a_table_of_a_list() {
    shows!(Site::new().file("content/actors/_list.toml", "title = \"Delta\"\n"));
}

#[test]
fn a_number_that_is_not_finite() {
    let short = Site::new().fields("score = { kind = \"number\" }").facts("score = nan").short();
    assert!(short.starts_with("content/actors/alpha.md:3:9: error[wrong-type]: "), "{short}");
    assert!(!short.contains("found a number"), "{short}");
}

/// The parser continues after a line that it can't read, and loses no other line.
#[test]
fn a_line_that_can_not_be_read_hides_no_other() {
    let site = Site::new().file("content/actors/alpha.md", "+++\nfounded 2015\ntitle = \"Alpha\"\n+++\n");
    assert_eq!(site.places(), ["content/actors/alpha.md:2:9 toml-syntax"]);
}

#[test]
fn a_required_field_that_is_empty() {
    let required =
        "vat = { kind = \"text\", required = true }\nsites = { kind = \"text\", many = true, required = true }";
    let site = Site::new().fields(required).facts("vat = \"\"\nsites = []");
    assert_eq!(
        site.places(),
        ["content/actors/alpha.md:3:7 missing-field", "content/actors/alpha.md:4:9 missing-field"]
    );
}

#[test]
fn a_month_without_quotation_marks() {
    shows!(Site::new().facts("opened = 1901-05"));
}

#[test]
fn yes_in_place_of_true() {
    shows!(Site::new().facts("draft = yes"));
}

#[test]
fn typographic_quotation_marks() {
    shows!(Site::new().facts("licence = “BE-1”"));
}

#[test]
fn a_decimal_comma() {
    shows!(Site::new().facts("staff = 22,5"));
}

#[test]
fn a_colon_in_place_of_the_equals_sign() {
    shows!(Site::new().facts("founded: 2015"));
}

#[test]
fn a_backslash_that_is_not_doubled() {
    shows!(Site::new().facts("licence = \"BE\\d\""));
}

#[test]
fn a_key_twice_in_an_inline_table() {
    shows!(Site::new().facts("summary = { en = \"A\", fr = \"B\", en = \"C\" }"));
}

/// The keys of the second table would be reported as repeated too.
#[test]
fn a_table_twice() {
    shows!(Site::new().fields("[derived.x]\npath = [\"peers\"]\n[derived.x]\npath = [\"peers\"]"));
}

#[test]
fn an_entity_of_a_list_twice() {
    let list = "[delta]\ntitle = \"Delta\"\npeers = [\"alpha\"]\n\n[delta]\ntitle = \"Delta 2\"\npeers = [\"alpha\"]\n";
    shows!(Site::new().file("content/actors/_list.toml", list));
}

/// Everything after the bracket was an error of its own.
#[test]
fn a_bracket_in_site_toml_that_is_not_closed() {
    shows!(
        Site::new().file(
            "site.toml",
            "title = {{\nbase_url = \"https://example.org\"\nlanguages = [\"fr\"]\n[params]\nx = 1\n"
        )
    );
}

#[test]
fn a_list_that_is_not_closed() {
    shows!(Site::new().facts("phones = [\"081\", \"082\"\nfounded = 2015\nfonded = [2015]"));
}

#[test]
fn control_characters_in_texts() {
    let site = Site::new()
        .file("content/actors/alpha.md", "+++\ntitle = \"Al\\u0000pha\"\nphones = [\"1\", \"\\u0085\"]\n+++\n");
    shows!(site.file("content/sources/_type.toml", "name = \"Source \\uFFFE\"\ncitation = true\n"));
}

#[test]
fn control_characters_in_prose() {
    shows!(Site::new().prose("Un &#1;.\n\n[Deux](https://example.org \"&#x85;\")\n\n`trois \u{1}` et `&#1;`"));
}

#[test]
fn control_characters_in_raw_html() {
    let site = Site::new().config("html = \"sanitize\"").prose("<b title=\"&#X1;\">Un</b> <b>&#233; &#xE9;</b>");
    assert_eq!(site.places(), ["content/actors/alpha.md:4:1 forbidden-character"]);
}

#[test]
fn hidden_characters_are_reported_in_every_text_for_people() {
    let site = Site::new()
        .file(
            "site.toml",
            "title = \"Portail\\u200b\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\"]\ntheme = \"plain\"\n",
        )
        .file(
            "content/actors/alpha.md",
            "+++\ntitle = \"Alpha\"\nsummary = \"Un\\u2066\"\nphones = [\"1\\u202e\"]\n+++\n",
        )
        .file(
            "content/actors/_type.toml",
            "name = \"A\"\n[fields]\nphones = { kind = \"text\", many = true, label = \"T\\u200b\" }\n",
        );
    let site = site.without("content/projects").without("content/sources");
    let expected = [
        "content/actors/_type.toml:3:48 hidden-character",
        "content/actors/alpha.md:3:11 hidden-character",
        "content/actors/alpha.md:4:11 hidden-character",
        "site.toml:1:9 hidden-character",
    ];
    assert_eq!(site.places(), expected);
}
