//! An answer of each kind of request.

use serde_json::{Value, json};

use super::Editor;
use crate::harness::Site;

const ALPHA: &str = "content/actors/alpha.md";
const TEXT: &str = "+++
title = { fr = \"Alpha 🦠 été\", en = \"Alpha\" }
summary = \"Un *résumé*.\"
founded = 2015
status = \"active\"
parent = \"uliege\"
peers = [\"iteos\"]
notes = \"Avec [[uliege]]\"
+++
Été 🦠 avec [[uliege]][[gamma|p. 12]], [[iteos#but|son but]], [un fichier](uliege.md) et [[nobody]].

![[iteos]]

## Où

Là.

### Plus loin

Encore.

## Quand
";

fn site() -> Site {
    Site::new()
        .file(ALPHA, TEXT)
        .file("content/actors/uliege.md", "+++\ntitle = \"Université de Liège\"\naliases = [\"ULiège\"]\n+++\n[[alpha]]\n")
        .file("content/actors/_list.toml", "[iteos]\ntitle = \"iTeos\"\npeers = [\"uliege\"]\n\n[zeta]\ntitle = \"Zêta\"\n")
        .file("content/actors/_type.toml", include_str!("actors.toml"))
        .file("content/actors/logo.svg", "<svg/>")
        .file("content/about.md", "+++\ntitle = \"À propos\"\nview = { kind = \"matrix\", of = \"actors\", rows = \"status\", columns = \"peers\" }\n+++\n")
        .config("menu = [\"actors\", \"about\"]\n[warnings]\nno-source = \"allow\"")
}

fn editor(site: &Site) -> Editor {
    let mut editor = Editor::new(site);
    for path in [
        ALPHA,
        "content/actors/_list.toml",
        "content/actors/_type.toml",
        "content/about.md",
        "site.toml",
        "content/actors/uliege.md",
    ] {
        editor.open_file(site, path);
    }
    editor.rest();
    editor
}

#[test]
fn hovers_say_what_a_name_is() {
    let site = site();
    let mut editor = editor(&site);
    let mut text = String::new();
    for (path, piece) in [
        (ALPHA, "\"uli^ege\""),
        (ALPHA, "[[iteos#b^ut"),
        (ALPHA, "foun^ded"),
        (ALPHA, "\"act^ive\""),
        (ALPHA, "pare^nt"),
        (ALPHA, "summ^ary"),
        (ALPHA, "[[nob^ody"),
        ("content/actors/_list.toml", "[it^eos"),
        ("content/actors/_type.toml", "ki^nd"),
        ("content/about.md", "ro^ws"),
        ("site.toml", "\"act^ors"),
        ("site.toml", "no-so^urce"),
        ("site.toml", "base_u^rl"),
    ] {
        let position = editor.position(path, piece);
        let result = editor.at("textDocument/hover", path, &position);
        let range = if result.is_null() { String::new() } else { editor.text_at(path, &result["range"]) };
        text += &format!("{piece} → {range}\n{}\n\n", result["contents"]["value"].as_str().unwrap_or("nothing"));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn definitions_and_references_lead_to_places() {
    let site = site();
    let mut editor = editor(&site);
    let mut text = String::new();
    for (path, piece) in [
        (ALPHA, "\"uli^ege\""),
        (ALPHA, "\"ite^os\""),
        (ALPHA, "[[iteos#b^ut"),
        (ALPHA, "[[gam^ma"),
        (ALPHA, "(uliege^.md"),
        (ALPHA, "foun^ded"),
        (ALPHA, "\"act^ive\""),
        (ALPHA, "pare^nt"),
        (ALPHA, "\"Alp^ha 🦠"),
        ("content/actors/_list.toml", "[it^eos"),
        ("content/actors/_type.toml", "to = \"act^ors\""),
        ("site.toml", "\"abo^ut\""),
    ] {
        let position = editor.position(path, piece);
        let place = |editor: &Editor, at: &Value| {
            let uri = editor.tidy(at["uri"].as_str().unwrap());
            format!(
                "{uri}:{}:{} {}",
                at["range"]["start"]["line"],
                at["range"]["start"]["character"],
                editor.text_at(&uri, &at["range"])
            )
        };
        let definition = editor.at("textDocument/definition", path, &position);
        let definition = if definition.is_null() { String::from("nowhere") } else { place(&editor, &definition) };
        let params = json!({ "textDocument": { "uri": editor.uri(path) }, "position": position, "context": { "includeDeclaration": false } });
        let references = editor.ask("textDocument/references", params);
        text += &format!("{piece} → {definition}\n");
        for reference in references.as_array().into_iter().flatten() {
            text += &format!("    {}\n", place(&editor, reference));
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn hints_lenses_and_links_are_at_their_places() {
    let site = site();
    let mut editor = editor(&site);
    let mut text = String::new();
    for path in [ALPHA, "content/actors/_list.toml"] {
        let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
        let hints =
            editor.ask("textDocument/inlayHint", json!({ "textDocument": { "uri": editor.uri(path) }, "range": all }));
        for hint in hints.as_array().unwrap() {
            text += &format!("hint {}:{} {}\n", hint["position"]["line"], hint["position"]["character"], hint["label"]);
        }
        for lens in editor.of("textDocument/codeLens", path).as_array().unwrap() {
            text += &format!("lens {} {}\n", lens["range"]["start"]["line"], lens["command"]["title"]);
        }
        for link in editor.of("textDocument/documentLink", path).as_array().unwrap() {
            let target = editor.tidy(link["target"].as_str().unwrap());
            text += &format!("link {:?} → {target} {}\n", editor.text_at(path, &link["range"]), link["tooltip"]);
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_outline_and_what_can_be_folded() {
    let site = site();
    let mut editor = editor(&site);
    let mut text = String::new();
    for path in [ALPHA, "content/actors/_list.toml", "content/actors/_type.toml"] {
        outline(&editor.of("textDocument/documentSymbol", path), 0, &mut text);
        for range in editor.of("textDocument/foldingRange", path).as_array().unwrap() {
            text += &format!("fold {}–{}\n", range["startLine"], range["endLine"]);
        }
    }
    insta::assert_snapshot!(text);
}

fn outline(symbols: &Value, depth: usize, text: &mut String) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let (range, name) = (&symbol["range"], symbol["name"].as_str().unwrap());
        *text +=
            &format!("{:indent$}{name} {}–{}\n", "", range["start"]["line"], range["end"]["line"], indent = depth * 2);
        outline(&symbol["children"], depth + 1, text);
    }
}

#[test]
fn symbols_are_found_without_accents() {
    let site = site();
    let mut editor = editor(&site);
    let mut found = |query: &str| -> Vec<String> {
        let result = editor.ask("workspace/symbol", json!({ "query": query }));
        result.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(found("uliege"), ["Université de Liège"]);
    assert_eq!(found("ULiège"), ["Université de Liège"]);
    assert_eq!(found("zet"), ["Zêta"]);
    assert_eq!(found("").len(), 6);
}

#[test]
fn a_selection_grows_from_the_word_to_the_file() {
    let site = site();
    let mut editor = editor(&site);
    let mut text = String::new();
    for piece in ["\"ite^os\"", "son b^ut"] {
        let position = editor.position(ALPHA, piece);
        let params = json!({ "textDocument": { "uri": editor.uri(ALPHA) }, "positions": [position] });
        let result = editor.ask("textDocument/selectionRange", params);
        let mut range = &result[0];
        while !range.is_null() {
            let selected = editor.text_at(ALPHA, &range["range"]);
            text += &format!("{}\n", selected.chars().take(40).collect::<String>().replace('\n', "⏎"));
            range = &range["parent"];
        }
        text.push('\n');
    }
    insta::assert_snapshot!(text);
}

#[test]
fn links_and_citations_are_tokens() {
    let site = site();
    let mut editor = editor(&site);
    let result = editor.of("textDocument/semanticTokens/full", ALPHA);
    let (mut line, mut column, mut text) = (0, 0, String::new());
    for token in result["data"].as_array().unwrap().chunks(5) {
        let number = |at: usize| token[at].as_u64().unwrap();
        column = if number(0) == 0 { column + number(1) } else { number(1) };
        line += number(0);
        let range = json!({ "start": { "line": line, "character": column }, "end": { "line": line, "character": column + number(2) } });
        let kind = ["link", "citation"][number(3) as usize];
        text += &format!("{kind} {} {}\n", number(4), editor.text_at(ALPHA, &range));
    }
    insta::assert_snapshot!(text);
}
