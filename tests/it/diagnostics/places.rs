//! Lines and columns, after any text: columns count characters from 1.

use crate::harness::Site;

#[test]
fn of_a_value_behind_accents() {
    let site = Site::new().facts("phones = [\"été\", \"🦠🦠\", 3]");
    assert_eq!(site.places(), ["content/actors/alpha.md:3:24 wrong-type"]);
}

#[test]
fn of_a_value_with_crlf_line_ends() {
    let site = Site::new().file("content/actors/alpha.md", "+++\r\ntitle = \"Alpha\"\r\nstaff = 0\r\n+++\r\n");
    assert_eq!(site.places(), ["content/actors/alpha.md:3:9 out-of-range"]);
}

#[test]
fn of_a_value_behind_a_byte_order_mark() {
    let site = Site::new().file("content/actors/alpha.md", "\u{feff}+++\ntitle = \"Alpha\"\nstaff = 0\n+++\n");
    assert_eq!(site.places(), ["content/actors/alpha.md:3:9 out-of-range"]);
}

#[test]
fn of_a_value_on_the_first_line_behind_a_byte_order_mark() {
    let site = Site::new().file("content/sources/gamma.toml", "\u{feff}titre = 1\ntitle = \"Gamma\"\n");
    assert_eq!(site.places(), ["content/sources/gamma.toml:1:1 unknown-key"]);
}

#[test]
fn of_a_link_behind_accents_and_emoji() {
    let site = Site::new().prose("Été 🦠 [[bta]] et\nl’été [là](#non).");
    assert_eq!(site.places(), ["content/actors/alpha.md:4:7 broken-link", "content/actors/alpha.md:5:7 broken-anchor"]);
}

#[test]
fn of_a_link_with_crlf_line_ends_and_a_byte_order_mark() {
    let file = "\u{feff}+++\r\ntitle = \"Alpha\"\r\n+++\r\n## Été\r\n\r\nÉté [[bta]]\r\n";
    let site = Site::new().prose("x").file("content/actors/alpha.md", file);
    assert_eq!(site.places(), ["content/actors/alpha.md:6:5 broken-link"]);
}

#[test]
fn of_a_link_in_a_list_a_quotation_and_a_table() {
    let site = Site::new().prose("- é [[one-x]]\n\n> é [[two-x]]\n\n| é | b |\n|---|---|\n| é | [[three-x]] |");
    assert_eq!(
        site.places(),
        [
            "content/actors/alpha.md:4:5 broken-link",
            "content/actors/alpha.md:6:5 broken-link",
            "content/actors/alpha.md:10:7 broken-link",
        ]
    );
}

#[test]
fn of_a_link_in_a_footnote() {
    let site = Site::new().prose("Un[^1].\n\n[^1]: Été [[bta]].");
    assert_eq!(site.places(), ["content/actors/alpha.md:6:11 broken-link"]);
}

#[test]
fn of_a_link_in_a_field() {
    let site = Site::new().facts("notes = \"Été 🦠 [[bta]].\"");
    assert_eq!(site.places(), ["content/actors/alpha.md:3:16 broken-link"]);
}

#[test]
fn of_a_link_in_a_field_of_several_lines() {
    let site = Site::new().facts("notes = \"\"\"\nÉté.\n\nPuis 🦠 [[bta]].\n\"\"\"");
    assert_eq!(site.places(), ["content/actors/alpha.md:6:8 broken-link"]);
}

#[test]
fn of_a_link_in_a_field_of_several_lines_with_crlf_line_ends() {
    let facts = "+++\r\ntitle = \"Alpha\"\r\nnotes = \"\"\"\r\nÉté.\r\n\r\nPuis [[bta]].\r\n\"\"\"\r\n+++\r\n";
    let site = Site::new().file("content/actors/alpha.md", facts);
    assert_eq!(site.places(), ["content/actors/alpha.md:6:6 broken-link"]);
}

/// If escapes make the text differ from the file, the place is the whole value.
#[test]
fn of_a_link_in_a_field_with_escapes() {
    let site = Site::new().facts("notes = \"Un \\\"mot\\\" et [[bta]].\"");
    assert_eq!(site.places(), ["content/actors/alpha.md:3:9 broken-link"]);
}

#[test]
fn of_a_link_in_a_field_by_language() {
    let site = Site::new().facts("notes = { fr = \"Été.\", en = \"Summer [[bta]]\" }");
    assert_eq!(site.places(), ["content/actors/alpha.md:3:37 broken-link"]);
}

#[test]
fn of_raw_html_in_a_field() {
    let site = Site::new().facts("notes = 'Été <b>gras</b>.'");
    assert_eq!(site.places(), ["content/actors/alpha.md:3:14 raw-html", "content/actors/alpha.md:3:21 raw-html"]);
}

#[test]
fn of_a_syntax_error_behind_accents() {
    let site = Site::new().facts("phones = [\"été\" \"été\"]");
    assert_eq!(site.places(), ["content/actors/alpha.md:3:17 toml-syntax"]);
}

#[test]
fn of_bytes_that_are_not_utf_8() {
    let site = Site::new().file("content/sources/gamma.toml", b"# Un livre\ntitle = \"\xc3\xa9t\xe9\"\n");
    assert_eq!(site.places(), ["content/sources/gamma.toml:2:12 not-utf8"]);
}

#[test]
fn of_a_template_behind_accents() {
    let site = Site::new().template("page.html", "<h1>\n  Été 🦠 {{ page.titel }}\n</h1>\n");
    assert_eq!(site.places(), ["themes/own/templates/page.html:2:17 template-error"]);
}

#[test]
fn of_an_unknown_filter_behind_accents() {
    let site = Site::new().template("page.html", "<h1>\n  Été 🦠 {{ page.title | shout }}\n</h1>\n");
    assert_eq!(site.places(), ["themes/own/templates/page.html:2:25 template-syntax"]);
}

#[test]
fn of_a_template_with_crlf_line_ends() {
    let site = Site::new().template("page.html", "<h1>\r\n  {{ page.titel }}\r\n</h1>\r\n");
    assert_eq!(site.places(), ["themes/own/templates/page.html:2:11 template-error"]);
}
