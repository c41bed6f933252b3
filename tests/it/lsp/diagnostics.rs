//! Diagnostics: those of the whole site, with the texts that are not saved.

use serde_json::json;

use super::{Editor, abilities};
use crate::harness::Site;

const ALPHA: &str = "content/actors/alpha.md";

#[test]
fn the_diagnostics_of_all_files_are_those_of_check() {
    let site = Site::new()
        .facts("founded = \"2015\"\nparent = \"nobody\"")
        .file("content/projects/gamma.toml", "title = \"G\"\npartners = [\"alpha\", \"alpha\"]\n");
    let mut editor = Editor::new(&site);
    editor.rest();
    insta::assert_snapshot!(editor.problems().join("\n"));
    let broken = &editor.diagnostics[ALPHA];
    insta::assert_snapshot!(
        "messages",
        broken.iter().map(|it| it["message"].as_str().unwrap()).collect::<Vec<_>>().join("\n\n")
    );
    let repeated = &editor.diagnostics["content/projects/gamma.toml"];
    let related: Vec<&serde_json::Value> = repeated.iter().filter(|it| !it["relatedInformation"].is_null()).collect();
    let related = serde_json::to_string_pretty(&related[0]["relatedInformation"]).unwrap();
    insta::assert_snapshot!("related", editor.tidy(&related));
}

#[test]
fn a_text_that_is_not_saved_counts_and_only_what_changes_is_sent() {
    let site = Site::new();
    let mut editor = Editor::new(&site);
    editor.rest();
    assert_eq!(editor.problems(), [""; 0]);
    editor.open_file(&site, ALPHA);
    editor.set(ALPHA, "+++\ntitle = \"Alpha\"\nfounded = \"2015\"\n+++\n");
    editor.rest();
    assert_eq!(editor.problems(), ["content/actors/alpha.md:2:10 error wrong-type"]);
    assert_eq!(editor.sent.len(), 1, "{:?}", editor.sent);
    // The mistake moves, with nothing else.
    editor.set(ALPHA, "+++\ntitle = \"🦠é\"\nstaff = 1\nfounded = \"2015\"\n+++\n");
    editor.rest();
    assert_eq!(editor.problems(), ["content/actors/alpha.md:3:10 error wrong-type"]);
    // Half a value stops neither this file nor the others.
    editor.set(ALPHA, "+++\ntitle = \"🦠é\"\nfounded = \nstaff = \"x\"\n+++\n");
    editor.open("content/projects/beta.toml", "title = \"Beta\"\npartners = [\"nobody\"]\nsources = [\"gamma\"]\n");
    editor.rest();
    insta::assert_snapshot!(editor.problems().join("\n"));
    editor.close(ALPHA);
    editor.close("content/projects/beta.toml");
    editor.rest();
    assert_eq!(editor.problems(), [""; 0]);
}

#[test]
fn the_disk_may_change_below() {
    let site = Site::new();
    let mut editor = Editor::new(&site);
    editor.rest();
    let site =
        site.file("content/projects/delta.toml", "title = \"Delta\"\npartners = [\"nobody\"]\nsources = [\"gamma\"]\n");
    editor.rest();
    assert_eq!(editor.problems(), ["content/projects/delta.toml:1:12 error unknown-reference"]);
    // A profile that is only in the editor.
    editor.open("content/actors/nobody.md", "+++\ntitle = \"Nobody\"\n+++\n");
    editor.rest();
    assert_eq!(editor.problems(), [""; 0]);
    editor.close("content/actors/nobody.md");
    let _site = site.without("content/projects/delta.toml");
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    editor.ask("workspace/symbol", json!({ "query": "" }));
    assert_eq!(editor.problems(), [""; 0]);
}

#[test]
fn what_only_rendering_finds_comes_later() {
    let site =
        Site::new().template("page.html", "{{ page.nothing }}").file("content/about.md", "+++\ntitle = \"A\"\n+++\n");
    let mut editor = Editor::new(&site);
    editor.ask("workspace/symbol", json!({ "query": "" }));
    assert!(!editor.problems().iter().any(|problem| problem.contains("page.html")), "{:?}", editor.problems());
    editor.rest();
    let problems = editor.problems();
    assert!(problems.iter().any(|problem| problem.starts_with("themes/own/templates/page.html:0:")), "{problems:?}");
    editor.open("themes/own/templates/page.html", "{{ page.title }}");
    editor.rest();
    assert!(!editor.problems().iter().any(|problem| problem.contains("page.html")), "{:?}", editor.problems());
}

#[test]
fn columns_are_in_the_unit_that_the_client_prefers() {
    let site = Site::new().facts("founded = 1\nphones = [\"é🦠\", 2]");
    for (kinds, expected, column) in [
        (json!(["utf-8", "utf-16"]), "utf-8", 20),
        (json!(["utf-32"]), "utf-32", 16),
        (json!(["klingon"]), "utf-16", 17),
        (json!(null), "utf-16", 17),
    ] {
        let mut abilities = abilities();
        abilities["general"]["positionEncodings"] = kinds;
        let mut editor = Editor::with(&site.path(""), abilities, "fr");
        editor.rest();
        assert_eq!(editor.capabilities["positionEncoding"], expected);
        assert_eq!(editor.problems(), [format!("content/actors/alpha.md:3:{column} error wrong-type")]);
    }
}

#[test]
fn a_folder_that_is_no_site_is_no_reason_to_fail() {
    let site = Site::empty();
    let mut editor = Editor::new(&site);
    editor.rest();
    insta::assert_snapshot!(editor.problems().join("\n"));
    let position = editor.open("site.toml", "^");
    assert!(!editor.at("textDocument/completion", "site.toml", &position)["items"].as_array().unwrap().is_empty());
}
