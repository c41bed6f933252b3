//! Code actions: each leads to the text that was meant.

use serde_json::{Value, json};

use super::Editor;
use crate::harness::Site;

const ALPHA: &str = "content/actors/alpha.md";

/// The actions for all problems of a file, each with its title and what it leads to.
fn actions(site: &Site, path: &str) -> Vec<(String, Value, Editor)> {
    let titles = titles_and_edits(site, path);
    titles.into_iter().map(|(title, edit)| (title, edit, Editor::new(site))).collect()
}

fn titles_and_edits(site: &Site, path: &str) -> Vec<(String, Value)> {
    let mut editor = Editor::new(site);
    editor.rest();
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } });
    let params =
        json!({ "textDocument": { "uri": editor.uri(path) }, "range": range, "context": { "diagnostics": [] } });
    let result = editor.ask("textDocument/codeAction", params);
    let all = result.as_array().into_iter().flatten();
    all.map(|action| (action["title"].as_str().unwrap().to_owned(), action["edit"].clone())).collect()
}

/// What a file of the site looks like after the action with this title.
fn after(site: &Site, path: &str, title: &str) -> String {
    let all = actions(site, path);
    let titles: Vec<&str> = all.iter().map(|(title, ..)| title.as_str()).collect();
    let Some((_, edit, editor)) = all.iter().find(|(other, ..)| other == title) else {
        panic!("there is no {title:?} among {titles:?}");
    };
    let texts = editor.apply(edit);
    let parts: Vec<String> = texts.iter().map(|(path, text)| format!("{path}:\n{text}")).collect();
    parts.join("\n")
}

/// The facts of the actor after the action.
fn facts_after(facts: &str, title: &str) -> String {
    let after = after(&Site::new().facts(facts), ALPHA, title);
    let inner = after.strip_prefix("content/actors/alpha.md:\n+++\ntitle = \"Alpha\"\n").unwrap_or(&after);
    inner.strip_suffix("+++\n").unwrap_or(inner).to_owned()
}

#[test]
fn what_was_meant_is_written() {
    for (facts, title, expected) in [
        ("foundd = 2015", "Write \"founded\"", "founded = 2015\n"),
        ("parent = \"alpho\"", "Write \"alpha\"", "parent = \"alpha\"\n"),
        ("parent = \"Alpha\"", "Write \"alpha\"", "parent = \"alpha\"\n"),
        ("status = \"Fermé\"", "Write \"closed\"", "status = \"closed\"\n"),
        ("founded = \"2015\"", "Write 2015", "founded = 2015\n"),
        ("peers = \"alpha\"", "Put it between [ and ]", "peers = [\"alpha\"]\n"),
        ("phones = \"1\"", "Write [\"1\"]", "phones = [\"1\"]\n"),
        ("parent = [\"alpha\"]", "Write \"alpha\"", "parent = \"alpha\"\n"),
        ("founded = [2015]", "Write 2015", "founded = 2015\n"),
        ("website = \"example.org\"", "Write \"https://example.org\"", "website = \"https://example.org\"\n"),
        ("opened = 2015", "Write \"2015\"", "opened = \"2015\"\n"),
        ("draft = \"non\"", "Write false", "draft = false\n"),
        ("licence = « AA-1 »", "Write \" AA-1 \"", "licence = \" AA-1 \"\n"),
        ("opened = 1901-5", "Write \"1901-05\"", "opened = \"1901-05\"\n"),
        ("zzz = 1\nfounded = 2015", "Delete \"zzz\"", "founded = 2015\n"),
        ("peers = [\"nobody\"]\nfounded = 2015", "Remove the reference", "founded = 2015\n"),
        (
            "peers = [\"nobody\", \"none\"]\nfounded = 2015",
            "Remove the reference",
            "peers = [\"none\"]\nfounded = 2015\n",
        ),
        ("parent = \"nobody\"\nfounded = 2015", "Remove the reference", "founded = 2015\n"),
        ("parent = \"alpha\"", "Delete it", ""),
    ] {
        assert_eq!(facts_after(facts, title), expected, "{facts}");
    }
}

#[test]
fn what_is_required_is_added() {
    let site = Site::new()
        .fields("size = { kind = \"integer\", required = true, label = \"Taille\" }\nboss = { to = \"actors\", required = true, one = true }")
        .file("content/actors/_list.toml", "[delta]\ntitle = \"Delta\"\nsize = 1\n\n[epsilon]\nsize = 2\nboss = \"delta\"\n");
    insta::assert_snapshot!("a_field_is_added", after(&site, ALPHA, "Add \"size\""));
    insta::assert_snapshot!("a_relation_is_added", after(&site, "content/actors/_list.toml", "Add \"boss\""));
    insta::assert_snapshot!(
        "a_title_is_added",
        after(&site, "content/actors/_list.toml", "Add title = \"The name as readers know it\"")
    );
}

#[test]
fn a_reference_that_is_stated_twice_is_deleted() {
    let site = Site::new().file(
        "content/projects/beta.toml",
        "title = \"Beta\"\npartners = [\n  { to = \"alpha\", role = \"lead\" },\n  { to = \"alpha\", role = \"lead\" },\n]\nsources = [\"gamma\"]\n",
    );
    insta::assert_snapshot!(after(&site, "content/projects/beta.toml", "Delete it"));
}

#[test]
fn links_in_prose_are_mended() {
    let prose = |line: &str, title: &str| {
        let after = after(&Site::new().prose(line), ALPHA, title);
        after.split("+++\n").last().unwrap().trim_end().to_owned()
    };
    assert_eq!(prose("Été 🦠 [[bêta|des mots]].", "Write \"beta\""), "Été 🦠 [[beta|des mots]].");
    assert_eq!(prose("Été 🦠 [[betta|des mots]].", "Remove the link"), "Été 🦠 des mots.");
    assert_eq!(
        prose("Voir [bette](../projects/bette.toml).", "Write \"/projects/beta.toml\""),
        "Voir [bette](/projects/beta.toml)."
    );
    assert_eq!(prose("## Où\n\nVoir [[#ouu]].", "Write \"ou\""), "## Où\n\nVoir [[#ou]].");
}

#[test]
fn a_profile_that_is_missing_is_made() {
    let site = Site::new().facts("parent = \"nobody\"").fields("size = { kind = \"integer\", required = true }");
    insta::assert_snapshot!("a_profile_is_made", after(&site, ALPHA, "Create \"nobody\" (acteur)"));
    let site = Site::new().prose("Avec [[sources/le-mémoire]].");
    insta::assert_snapshot!("a_profile_of_a_link_is_made", after(&site, ALPHA, "Create \"le-memoire\" (source)"));
    let site = Site::new()
        .without("content/sources/gamma.toml")
        .file("content/sources/_list.toml", "[gamma]\ntitle = \"Gamma\"\n")
        .file("content/projects/beta.toml", "title = \"Beta\"\npartners = [\"alpha\"]\nsources = [\"delta\"]\n");
    let title = "Create \"delta\" (source) in content/sources/_list.toml";
    insta::assert_snapshot!("a_table_of_a_list_is_made", after(&site, "content/projects/beta.toml", title));
}

#[test]
fn a_translation_that_is_missing_is_made() {
    let site =
        Site::new().file(ALPHA, "+++\ntitle = { fr = \"Alpha\" }\nsummary = \"Un \\\"résumé\\\".\"\n+++\nProse.\n");
    insta::assert_snapshot!(after(&site, ALPHA, "Create the translation content/actors/alpha.en.md"));
}

#[test]
fn a_file_with_accents_in_its_name_is_renamed() {
    let site = Site::new().file("content/actors/été.md", "+++\ntitle = \"Été\"\n+++\n");
    let edit = after(&site, "content/actors/été.md", "Rename the file to \"ete.md\"");
    assert_eq!(edit, "content/actors/ete.md:\n+++\ntitle = \"Été\"\n+++\n\ncontent/actors/été.md:\n(moved)");
}

#[test]
fn a_client_that_can_make_no_files_is_offered_none() {
    let site = Site::new().facts("parent = \"nobody\"");
    let mut editor = Editor::with(&site.path(""), json!({}), "fr");
    editor.rest();
    let range = json!({ "start": { "line": 2, "character": 12 }, "end": { "line": 2, "character": 12 } });
    let params =
        json!({ "textDocument": { "uri": editor.uri(ALPHA) }, "range": range, "context": { "diagnostics": [] } });
    let result = editor.ask("textDocument/codeAction", params.clone());
    let titles: Vec<&str> = result.as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Remove the reference"]);
    assert_eq!(editor.apply(&result[0]["edit"])[ALPHA], "+++\ntitle = \"Alpha\"\n+++\n");
    let mut other = params;
    other["context"]["only"] = json!(["refactor"]);
    assert!(editor.ask("textDocument/codeAction", other).is_null());
}
