//! Warnings that a site allows or denies, and the order in which diagnostics are shown.

use crate::harness::Site;

/// A site with a warning of each of two types: an actor and a project without relations, both without a source or
/// translation.
fn site(rules: &str) -> Site {
    Site::new()
        .config(&format!("[warnings]\n{rules}"))
        .file("content/actors/delta.toml", "title = \"Delta\"\n")
        .file("content/projects/theta.toml", "title = \"Theta\"\n")
}

const DELTA: &str = "content/actors/delta.toml:1:1 no-relations";
const THETA: &str = "content/projects/theta.toml:1:1 no-relations";
const SOURCE: &str = "content/projects/theta.toml:1:1 no-source";

#[test]
fn a_code_is_allowed_everywhere() {
    assert_eq!(site("").places(), [DELTA, THETA, SOURCE]);
    assert_eq!(site("no-relations = \"allow\"").places(), [SOURCE]);
    assert_eq!(site("no-relations = \"warn\"").places(), [DELTA, THETA, SOURCE]);
}

#[test]
fn a_code_is_allowed_for_types_and_folders() {
    assert_eq!(site("no-relations = { allow = [\"actors\"] }").places(), [THETA, SOURCE]);
    let site = site("no-relations = { allow = [\"actors/old/\"] }");
    let site = site.file("content/actors/old/eta.toml", "title = \"Eta\"\n");
    assert_eq!(site.places(), [DELTA, THETA, SOURCE]);
}

#[test]
fn a_code_is_allowed_for_a_language() {
    let config =
        "title = \"P\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\", \"nl\"]\ntheme = \"plain\"\n";
    let rules = "[warnings]\nmissing-translation = { allow = [\"@nl\"] }\nraw-html = { allow = [\"@en\"] }\n";
    let site = Site::new().prose("Un <b>mot</b>.").file("content/actors/alpha.en.md", "+++\n+++\nA <b>word</b>.\n");
    let with =
        |rules: &str| site.path("site.toml").to_str().map(|path| std::fs::write(path, format!("{config}{rules}")));
    with("").unwrap().unwrap();
    let all = site.places();
    assert!(all.contains(&String::from("content/actors/alpha.en.md:3:3 raw-html")), "{all:?}");
    assert!(all.iter().any(|place| place.ends_with("missing-translation")), "{all:?}");
    with(rules).unwrap().unwrap();
    let rest = site.places();
    assert!(rest.contains(&String::from("content/actors/alpha.md:4:4 raw-html")), "{rest:?}");
    assert!(!rest.contains(&String::from("content/actors/alpha.en.md:3:3 raw-html")), "{rest:?}");
    assert!(!rest.iter().any(|place| place.ends_with("missing-translation")), "{rest:?}");
}

#[test]
fn the_strictest_rule_counts() {
    let rules = "no-relations = { allow = [\"actors\", \"projects\"], deny = [\"projects\"] }";
    assert_eq!(site(rules).places(), [THETA, SOURCE]);
    assert_eq!(site(rules).check().status, 1);
}

/// A denied warning is an error for every command, and comes first.
#[test]
fn a_denied_warning_is_an_error() {
    let site = site("no-source = \"deny\"");
    shows!(site);
    assert_eq!(site.run(&["build"]).status, 1);
    assert!(!site.path("public").exists());
}

#[test]
fn allowed_warnings_do_not_count_for_strict() {
    let rules = "no-source = \"allow\"\nno-relations = { allow = [\"actors\", \"projects/\"] }";
    assert_eq!(site(rules).run(&["check", "--strict"]).status, 0);
    assert_eq!(site("no-source = \"allow\"").run(&["check", "--strict"]).status, 1);
}

#[test]
fn mistakes_in_the_rules() {
    shows!(Site::new().config(concat!(
        "[warnings]\n",
        "missing-translations = \"allow\"\n",
        "unknown-key = \"allow\"\n",
        "stale = \"ignore\"\n",
        "missing-alt = { alow = [\"actors\"], deny = [\"actor\", \"guides/\", \"@nl\"] }\n",
    )));
}

#[test]
fn errors_come_first_in_every_format() {
    let site = site("").file("content/sources/gamma.toml", "title = \"Gamma\"\nyear = 1\n");
    let error = "content/sources/gamma.toml:2:1 unknown-key";
    assert_eq!(site.places(), [error, DELTA, THETA, SOURCE]);
    let json: serde_json::Value = serde_json::from_str(&site.run(&["check", "--format", "json"]).stdout).unwrap();
    assert_eq!(json[0]["code"], "unknown-key");
    assert_eq!(json.as_array().unwrap().len(), 4);
    shows!(site);
}

/// People get the first ten warnings of each code, programs get all.
#[test]
fn many_warnings_are_cut() {
    let list: String = (0..12).map(|at| format!("[a{at}]\ntitle = \"A {at}\"\n")).collect();
    let site = Site::new().file("content/actors/_list.toml", list);
    let human = site.check();
    assert_eq!(human.stdout.matches("warning[no-relations]").count(), 10);
    assert!(human.stdout.starts_with("12 warnings no-relations; the first 10 are"), "{human}");
    assert!(human.closing().contains("12 warnings"), "{human}");
    let all = site.run(&["check", "--all"]);
    assert_eq!(all.stdout.matches("warning[no-relations]").count(), 12);
    assert!(all.stdout.starts_with("12 warnings no-relations:\n"), "{all}");
    assert_eq!(site.short().lines().count(), 12);
}

/// What is missing in a broken file is not missing in the site.
#[test]
fn there_are_no_warnings_about_a_file_that_can_not_be_read() {
    let site = Site::new()
        .prose("Un.\n\n### Trois")
        .file("content/actors/alpha.en.md", "+++\ntitle = \n+++\nOne.\n")
        .file("content/projects/beta.toml", "title = \"Beta\"\nsources = [\"gamma\"]\npartners = [\"alpha\"\n");
    let places = ["content/actors/alpha.en.md:2:9 toml-syntax", "content/projects/beta.toml:3:12 toml-syntax"];
    assert_eq!(site.places(), places);
}
