//! Conflicts of addresses, and redirects that are not valid.

use crate::harness::Site;

/// The front matter of a page.
fn page(lines: &str) -> String {
    format!("+++\ntitle = {{ fr = \"Page\", en = \"Page\" }}\n{lines}\n+++\n")
}

#[test]
fn two_pages_with_one_slug() {
    let site = Site::new().file("content/one.md", page("slug = \"page\""));
    shows!(site.file("content/two.md", page("slug = { fr = \"page\", en = \"other\" }")));
}

#[test]
fn a_page_and_the_index_of_a_type() {
    shows!(Site::new().file("content/acteurs.md", page("")));
}

#[test]
fn two_types_with_one_path() {
    shows!(Site::new().file(
        "content/topics/_type.toml",
        "name = { fr = \"Sujet\", en = \"Topic\" }\npath = { fr = \"sujets\", en = \"actors\" }\n"
    ));
}

#[test]
fn two_files_that_differ_in_capitals() {
    shows!(Site::new().file("content/photo.jpg", "").file("content/Photo.JPG", ""));
}

#[test]
fn a_file_at_the_address_of_a_page() {
    shows!(Site::new().file("content/acteurs/index.html", ""));
}

#[test]
fn a_file_that_is_the_folder_of_a_page() {
    let site = Site::new().file("content/acteurs", "a file without an ending");
    assert_eq!(site.places(), ["content/acteurs:1:1 url-conflict"], "the file is to blame, not each page below it");
}

#[test]
fn a_file_at_an_address_of_the_program() {
    let run = Site::new().file("content/robots.txt", "").check();
    assert!(run.diagnostics().starts_with("error[url-conflict]: "), "{run}");
    assert!(!run.stdout.contains("site.toml:1:1"), "no line of site.toml makes /robots.txt: {run}");
}

#[test]
fn a_redirect_from_a_page_that_is_there() {
    shows!(Site::new().facts("redirects = [\"/en/actors/alpha/\"]"));
}

#[test]
fn two_redirects_from_one_address() {
    shows!(
        Site::new()
            .facts("redirects = [\"/old/\"]")
            .file("content/sources/gamma.toml", "title = \"Gamma\"\nredirects = [\"/Old\"]\n")
    );
}

#[test]
fn redirects_that_are_no_paths() {
    shows!(Site::new().facts(
        "redirects = [\"old\", \"/../old\", \"/old?id=1\", \"https://example.org/old\", \"//example.org\", \"/\"]"
    ));
}

/// `/* /projects/x/ 301` in `_redirects` led the whole site to one profile on hosts that read that file.
#[test]
fn redirects_that_would_be_rules_for_many_paths() {
    shows!(Site::new().facts("redirects = [\"/*\", \"/x*\", \"/:a\", \"/wiki/Help:Contents\"]"));
}

#[test]
fn a_redirect_has_no_empty_part() {
    let site = Site::new().facts("redirects = [\"/old//\", \"/old//page/\", \"/old\\\\page\"]");
    let line = "content/actors/alpha.md:3";
    assert_eq!(site.places(), [14, 24, 39].map(|column| format!("{line}:{column} bad-redirect")));
}

/// The error is at the file that an editor can change.
#[test]
fn a_page_at_the_address_of_a_language() {
    let site = Site::new().file("content/about.md", page("slug = \"en\""));
    assert_eq!(site.places(), ["content/about.md:1:1 url-conflict"]);
}

/// `check` accepted them, and `build` failed without a place, or replaced the file that marks the output folder.
#[test]
fn redirects_that_can_not_be_written() {
    let long = "a".repeat(300);
    let redirects = format!("redirects = [\"/.filiere/x\", \"/.Filiere\", \"/{long}/\"]\naliases = []");
    shows!(Site::new().facts(&redirects));
    let deep = "/a".repeat(1100);
    assert_eq!(Site::new().facts(&format!("redirects = [\"{deep}\"]")).places().len(), 1);
}

#[test]
fn addresses_that_windows_can_not_have() {
    let site = || {
        Site::new()
            .file("content/con.md", page(""))
            .file("content/one.md", page("slug = \"aux\""))
            .facts("redirects = [\"/nul/\", \"/old./\"]")
    };
    shows!(site());
    assert_eq!(site().config("portable_names = false").short(), "");
}

#[test]
fn a_type_without_pages_has_nothing_that_needs_one() {
    let schema = "name = \"Niveau\"\npages = false\ntemplate = \"level\"\nschema_org = \"Thing\"\n";
    shows!(
        Site::new()
            .file("content/levels/_type.toml", schema)
            .file("content/levels/_index.md", "## Sandbox\n\n## Other\n")
            .file("content/levels/_index.en.md", "## Sandbox\n")
            .file("content/levels/sandbox.md", "+++\ntitle = \"Bac\"\nredirects = [\"/a/\"]\n+++\nDu texte.\n")
            .file("content/levels/sandbox.en.md", "+++\n+++\nSome text.\n")
    );
}
