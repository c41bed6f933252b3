//! Completion: what is offered, and what is written.

use std::fs;

use serde_json::Value;

use super::Editor;
use crate::harness::Site;

const ALPHA: &str = "content/actors/alpha.md";

/// A site with names that have accents.
fn site() -> Site {
    Site::new()
        .file("content/actors/uliege.md", "+++\ntitle = { fr = \"Université de Liège\", en = \"University of Liège\" }\naliases = [\"ULiège\"]\nsummary = \"Une université.\"\n+++\n## Où ça ?\n\n## Quand\n")
        .file("content/actors/mons.md", "+++\ntitle = \"Mons 🏭\"\ndraft = true\n+++\n")
        .file("content/actors/logo.svg", "<svg/>")
        .file("content/about.md", "+++\ntitle = \"À propos\"\n+++\n")
}

/// The completions at `^` in a text, a line for each: what is listed, and what is written in place of what.
fn offered(path: &str, marked: &str) -> String {
    offered_in(&site(), path, marked)
}

fn offered_in(site: &Site, path: &str, marked: &str) -> String {
    let mut editor = Editor::new(site);
    editor.rest();
    let position = editor.open(path, marked);
    let result = editor.at("textDocument/completion", path, &position);
    list(&editor, path, &result)
}

fn list(editor: &Editor, path: &str, result: &Value) -> String {
    let line = |item: &Value| {
        let edit = &item["textEdit"];
        let range = editor.text_at(path, &edit["range"]);
        let detail = item["detail"].as_str().unwrap_or("–");
        format!(
            "{} | {detail} | {range:?} → {:?}\n",
            item["label"].as_str().unwrap(),
            edit["newText"].as_str().unwrap()
        )
    };
    result["items"].as_array().into_iter().flatten().map(line).collect()
}

#[test]
fn keys_that_are_missing_are_offered_the_required_ones_first() {
    let site =
        Site::new().fields("size = { kind = \"integer\", required = true, label = \"Taille\", help = \"Aide\" }");
    insta::assert_snapshot!(offered_in(&site, ALPHA, "+++\ntitle = \"Alpha\"\nfounded = 2015\n^\n+++\n"));
}

#[test]
fn half_a_key_is_replaced_and_one_with_a_value_keeps_it() {
    assert_eq!(
        offered(ALPHA, "+++\ntitle = \"Alpha\"\nfou^\n+++\n"),
        "founded | Fondation (year) | \"fou\" → \"founded = $1\"\n"
    );
    assert_eq!(
        offered(ALPHA, "+++\ntitle = \"Alpha\"\nfou^n = 2\n+++\n"),
        "founded | Fondation (year) | \"foun\" → \"founded\"\n"
    );
}

#[test]
fn choices_are_offered_with_their_labels() {
    let expected = "active | Actif | \"\" → \"\\\"active\\\"\"\nclosed | Fermé | \"\" → \"\\\"closed\\\"\"\n";
    assert_eq!(offered(ALPHA, "+++\ntitle = \"A\"\nstatus = ^\n+++\n"), expected);
    assert_eq!(
        offered(ALPHA, "+++\ntitle = \"A\"\nstatus = \"fer^\n+++\n"),
        "closed | Fermé | \"fer\" → \"closed\\\"\"\n"
    );
}

#[test]
fn entities_are_found_by_title_and_alias_with_and_without_accents() {
    for typed in ["Liège", "liege", "ULI", "universite de", "University", "uliege"] {
        let found = offered(ALPHA, &format!("+++\ntitle = \"é 🦠\"\npeers = [\"{typed}^\"]\n+++\n"));
        assert_eq!(found, format!("uliege | Université de Liège | {typed:?} → \"uliege\"\n"));
    }
    let found = offered(ALPHA, "+++\ntitle = \"A\"\npeers = [\"^\"]\n+++\n");
    insta::assert_snapshot!(found);
}

#[test]
fn the_title_is_in_the_language_of_the_editor() {
    let site = site();
    let mut editor = Editor::with(&site.path(""), super::abilities(), "en-GB");
    editor.rest();
    let position = editor.open(ALPHA, "+++\ntitle = \"A\"\npeers = [\"liege^\"]\n+++\n");
    let result = editor.at("textDocument/completion", ALPHA, &position);
    assert_eq!(result["items"][0]["detail"], "University of Liège");
}

#[test]
fn attributes_are_offered_inside_a_link() {
    let beta = "content/projects/beta.toml";
    insta::assert_snapshot!(offered(beta, "title = \"B\"\npartners = [{ to = \"alpha\", ^ }]\n"));
    assert_eq!(
        offered(beta, "title = \"B\"\npartners = [{ to = \"alpha\", role = \"le^\" }]\n"),
        "lead | Coordinateur | \"le\" → \"lead\"\n"
    );
    assert!(offered(beta, "title = \"B\"\npartners = [{ to = \"^\" }]\n").contains("uliege"));
}

#[test]
fn links_in_prose_are_completed() {
    let prose = |line: &str| format!("+++\ntitle = \"A\"\n+++\nPrès de {line}\n");
    assert_eq!(offered(ALPHA, &prose("[[lièg^")), "uliege | Université de Liège | \"lièg\" → \"uliege]]\"\n");
    assert_eq!(offered(ALPHA, &prose("🦠 [[lièg^]] et")), "uliege | Université de Liège | \"lièg\" → \"uliege\"\n");
    let anchors = "ou-ca | Où ça ? | \"\" → \"ou-ca\"\nquand | Quand | \"\" → \"quand\"\n";
    assert_eq!(offered(ALPHA, &prose("[[uliege#^]]")), anchors);
    assert_eq!(offered(ALPHA, &prose("[x](uliege.md#^)")), anchors);
    assert_eq!(offered(ALPHA, &prose("![x](^)")), "logo.svg | – | \"\" → \"logo.svg\"\n");
    assert!(offered(ALPHA, &prose("[x](^)")).contains("../about.md | – | \"\" → \"../about.md\"\n"));
    assert!(offered(ALPHA, &prose("[[à prop^")).starts_with("about | À propos | \"à prop\" → \"about]]\"\n"));
    assert_eq!(offered(ALPHA, &prose("rien^")), "");
    let notes = offered(ALPHA, "+++\ntitle = \"A\"\nnotes = \"près de [[lièg^\"\n+++\n");
    assert_eq!(notes, "uliege | Université de Liège | \"lièg\" → \"uliege]]\"\n");
}

#[test]
fn declarations_are_completed() {
    let declaration = "content/projects/_type.toml";
    let with = |lines: &str| format!("name = \"Projet\"\n[fields.partners]\nto = \"actors\"\n{lines}");
    insta::assert_snapshot!("a_field", offered(declaration, &with("[fields.size]\n^")));
    insta::assert_snapshot!("a_relation", offered(declaration, &with("^")));
    insta::assert_snapshot!("kinds", offered(declaration, &with("[fields.size]\nkind = \"^\"")));
    assert!(
        offered(declaration, &with("[fields.x]\nto = [\"sou^"))
            .contains("sources | Sources | \"sou\" → \"sources\\\"\"")
    );
    assert!(offered(declaration, "sort = \"^\"\n").starts_with("title | – | \"\" → \"title\"\npartners | Partenaires"));
    assert!(offered(declaration, "[derived.x]\npath = [\"^").contains("children | Filiales | \"\" → \"children\\\"\""));
    assert!(offered(declaration, "[^").starts_with("fields | – | \"\" → \"fields\"\n"));
}

#[test]
fn the_configuration_is_completed() {
    let config = |lines: &str| {
        format!("title = \"T\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\n{lines}")
    };
    insta::assert_snapshot!("site", offered("site.toml", &config("^")));
    assert!(
        offered("site.toml", &config("menu = [\"act^\"]")).starts_with("actors | Acteurs | \"act\" → \"actors\"\n")
    );
    assert!(offered("site.toml", &config("theme = \"^\"")).contains("atlas"));
    assert!(offered("site.toml", &config("[warnings]\nno-s^")).contains("no-source"));
    assert!(offered("site.toml", &config("[warnings]\nno-source = \"^\"")).contains("allow"));
}

#[test]
fn views_and_blocks_are_completed() {
    let page = |line: &str| format!("+++\ntitle = \"P\"\n{line}\n+++\n");
    let about = "content/about.md";
    insta::assert_snapshot!("view", offered(about, &page("view = { kind = \"map\", ^ }")));
    assert!(offered(about, &page("view = { kind = \"^\" }")).contains("matrix"));
    assert!(
        offered(about, &page("view = { kind = \"matrix\", of = \"actors\", rows = \"sta^\" }"))
            .contains("status | Statut")
    );
    assert!(offered(about, &page("blocks = [{ kind = \"list\", ^ }]")).contains("where"));
    assert!(offered(about, &page("blocks = [{ kind = \"^\" }]")).contains("changes"));
    assert!(
        offered(about, &page("blocks = [{ kind = \"list\", of = \"actors\", where = { status = \"^\" } }]"))
            .contains("active")
    );
}

#[test]
fn a_translation_has_only_texts() {
    let found = offered("content/actors/alpha.en.md", "+++\n^\n+++\n");
    let keys: Vec<&str> = found.lines().filter_map(|line| line.split(" | ").next()).collect();
    assert_eq!(keys, ["title", "summary", "licence", "notes", "phones", "aliases", "keywords", "image"]);
}

#[test]
fn profiles_of_a_list_are_completed_like_others() {
    let site = Site::new().file("content/actors/_list.toml", "[delta]\ntitle = \"Delta\"\n");
    let found = offered_in(&site, "content/actors/_list.toml", "[delta]\ntitle = \"Delta\"\nstatus = \"act^\"\n");
    assert_eq!(found, "active | Actif | \"act\" → \"active\"\n");
    let found = offered_in(&site, "content/actors/_list.toml", "[delta]\ntitle = \"Delta\"\nfoun^\n");
    assert_eq!(found, "founded | Fondation (year) | \"foun\" → \"founded = $1\"\n");
}

#[test]
fn a_client_without_snippets_gets_plain_text() {
    let site = site();
    let mut editor = Editor::with(&site.path(""), serde_json::json!({}), "fr");
    editor.rest();
    let position = editor.open(ALPHA, "+++\ntitle = \"A\"\nstat^\n+++\n");
    let result = editor.at("textDocument/completion", ALPHA, &position);
    assert_eq!(list(&editor, ALPHA, &result), "status | Statut (choice) | \"stat\" → \"status = \\\"\\\"\"\n");
    assert_eq!(result["items"][0]["insertTextFormat"], 1);
}

#[test]
fn parameters_of_the_theme_are_offered_with_their_values() {
    let declared = "extends = \"plain\"\n[params]\nfooter = { kind = \"page\", many = true }\nagainst = { kind = \"relation\", default = \"peers\" }\nneighbourhood = { kind = \"type\", many = true }\nmarks = { kind = \"table\", deprecated = \"x\" }\n[params.budget]\nkind = \"table\"\nkeys.total = { kind = \"field\", default = \"budget\" }\nkeys.public = { kind = \"field\" }\n";
    let site = site().theme("own").file("themes/own/theme.toml", declared);
    let start = fs::read_to_string(site.path("site.toml")).unwrap();
    let at = |text: &str| offered_in(&site, "site.toml", &format!("{start}{text}"));
    insta::assert_snapshot!("parameters", at("\n[params]\nfooter = [\"about\"]\n^\n"));
    assert_eq!(at("\n[params]\nfooter = [\"ab^\"]\n"), "about | À propos | \"ab\" → \"about\"\n");
    insta::assert_snapshot!("keys_of_a_table_of_parameters", at("\n[params.budget]\n^\n"));
    assert_eq!(at("\n[params]\nbudget = { total = fou^ }\n"), "founded | Fondation | \"fou\" → \"\\\"founded\\\"\"\n");
    assert_eq!(at("\n[params]\nneighbourhood = [\"proj^\"]\n"), "projects | Projets | \"proj\" → \"projects\"\n");
}

#[test]
fn files_of_a_theme_are_completed() {
    let site = site().theme("own").file("themes/own/theme.toml", "extends = \"plain\"\n").file(
        "themes/own/strings/en.toml",
        "own = \"Own\"\nmany.one = \"{count} thing\"\nmany.other = \"{count} things\"\n",
    );
    let theme = |text: &str| offered_in(&site, "themes/own/theme.toml", text);
    insta::assert_snapshot!("keys_of_theme_toml", theme("extends = \"plain\"\n^\n"));
    assert_eq!(theme("extends = \"pl^\"\n"), "plain | – | \"pl\" → \"plain\"\n");
    assert_eq!(theme("[params]\na = { kind = \"rel^\" }\n"), "relation | – | \"rel\" → \"relation\"\n");
    insta::assert_snapshot!("keys_of_a_parameter", theme("[params.a]\nkind = \"integer\"\n^\n"));
    assert_eq!(
        theme("[params.a]\nkind = \"type\"\ndefault = \"proj^\"\n"),
        "projects | Projets | \"proj\" → \"projects\"\n"
    );
    assert_eq!(theme("[sizes]\nmap = 14\nmap_^\n"), "map_narrow | pixels | \"map_\" → \"map_narrow = $1\"\n");
    let words = |text: &str| offered_in(&site, "themes/own/strings/fr.toml", text);
    assert_eq!(words("ow^\n"), "own | Own | \"ow\" → \"own = \\\"$1\\\"\"\n");
    assert_eq!(words("[many]\none = \"x\"\n^\n"), "other | {count} things | \"\" → \"other = \\\"$1\\\"\"\n");
}
