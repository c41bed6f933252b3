//! Rename: the edit that the editor applies leads to a site without new mistakes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Editor, abilities};
use crate::harness::Site;

const ALPHA: &str = "content/actors/alpha.md";
const BETA: &str = "content/projects/beta.toml";

fn site() -> Site {
    Site::new()
        .facts("status = \"active\" # 🦠\npeers = [\"iteos\"]")
        .file("content/actors/alpha.en.md", "+++\n+++\nAbout [[beta]].\n")
        .file("content/actors/_list.toml", "[iteos]\ntitle = \"iTeos\"\npeers = [\"alpha\"]\n")
        .file("content/actors/draft.md", "+++\ntitle = \"Draft\"\ndraft = true\npeers = [\"alpha\"]\n+++\nÉté 🦠 [[alpha|des mots]].\n")
        .file("content/about.md", "+++\ntitle = \"About\"\nview = { kind = \"matrix\", of = \"actors\", rows = \"status\", columns = \"peers\" }\n+++\n")
}

/// What prepare says at a piece of a text, and what the rename leads to.
fn renamed(path: &str, piece: &str, new: &str) -> String {
    let site = site();
    let mut editor = Editor::new(&site);
    for file in [ALPHA, BETA, "content/actors/_list.toml", "content/about.md", "content/actors/_type.toml"] {
        editor.open_file(&site, file);
    }
    editor.rest();
    let position = editor.position(path, piece);
    let prepared = editor.at("textDocument/prepareRename", path, &position);
    let mut text = match prepared.is_null() {
        true => String::from("no name\n"),
        false => {
            format!("{} ({})\n", editor.text_at(path, &prepared["range"]), prepared["placeholder"].as_str().unwrap())
        }
    };
    let params = json!({ "textDocument": { "uri": editor.uri(path) }, "position": position, "newName": new });
    match editor.try_ask("textDocument/rename", params) {
        Err(error) => text + &format!("{error}"),
        Ok(edit) => {
            let texts = editor.apply(&edit);
            for (path, contents) in &texts {
                text += &format!("{path}:\n{contents}\n");
            }
            assert_eq!(problems_of(site, texts), [""; 0]);
            text
        }
    }
}

/// The mistakes of a site after a change.
fn problems_of(site: Site, texts: BTreeMap<String, String>) -> Vec<String> {
    let site = texts.into_iter().fold(site, |site, (path, text)| match text.as_str() {
        "(moved)" => site.without(&path),
        text => site.file(&path, text),
    });
    let mut editor = Editor::new(&site);
    editor.rest();
    editor.problems().into_iter().filter(|problem| problem.contains(" error ")).collect()
}

#[test]
fn an_entity_is_renamed_with_its_files_and_in_drafts() {
    insta::assert_snapshot!(renamed(BETA, "\"alp^ha\"", "novadip"));
}

#[test]
fn an_entity_of_a_list_is_renamed_at_its_table() {
    insta::assert_snapshot!(renamed("content/actors/_list.toml", "[it^eos", "iteos-belgium"));
}

#[test]
fn fields_choices_and_types_are_renamed() {
    insta::assert_snapshot!("a_choice", renamed(ALPHA, "\"act^ive\"", "running"));
    insta::assert_snapshot!("a_field", renamed("content/about.md", "\"sta^tus\"", "state"));
    insta::assert_snapshot!("a_relation", renamed(ALPHA, "pee^rs", "colleagues"));
}

#[test]
fn what_can_not_be_renamed_is_refused_with_a_reason() {
    insta::assert_snapshot!([
        renamed(BETA, "\"alp^ha\"", "iteos"),
        renamed(BETA, "\"alp^ha\"", "Not an id"),
        renamed(ALPHA, "title^", "x"),
    ].join("\n"));
}

#[test]
fn a_client_that_renames_no_files_is_told_so() {
    let site = site();
    let mut abilities = abilities();
    abilities["workspace"] = Value::Null;
    let mut editor = Editor::with(&site.path(""), abilities, "fr");
    editor.open_file(&site, BETA);
    editor.open_file(&site, "content/actors/_list.toml");
    editor.rest();
    let mut rename = |path: &str, piece: &str, new: &str| {
        let position = editor.position(path, piece);
        let params = json!({ "textDocument": { "uri": editor.uri(path) }, "position": position, "newName": new });
        editor.try_ask("textDocument/rename", params)
    };
    insta::assert_snapshot!(rename(BETA, "\"alp^ha\"", "novadip").unwrap_err().to_string());
    // What moves no file is possible.
    assert!(rename("content/actors/_list.toml", "[it^eos", "x").unwrap()["changes"].is_object());
}

#[test]
fn a_file_that_the_editor_renames_takes_its_references_along() {
    let site = site();
    let mut editor = Editor::new(&site);
    editor.rest();
    let mut files = |old: &str, new: &str| {
        let params = json!({ "files": [{ "oldUri": editor.uri(old), "newUri": editor.uri(new) }] });
        let edit = editor.ask("workspace/willRenameFiles", params);
        editor.apply(&edit).iter().map(|(path, text)| format!("{path}:\n{text}")).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!("a_file", files(ALPHA, "content/actors/novadip.md"));
    assert_eq!(files("content/actors/logo.svg", "content/actors/mark.svg"), "");
    assert_eq!(files(ALPHA, "content/actors/deeper/alpha.md"), "");
    insta::assert_snapshot!("a_folder", files("content/actors", "content/people"));
}

#[test]
fn a_heading_is_renamed_with_the_links_to_it() {
    let site = Site::new()
        .prose("## L’histoire\n\nVoir [[#l-histoire]] et [ici](#l-histoire).\n\n## L’histoire\n\n## Fin {#fin}\n\nVoir [[#fin]].")
        .file("content/actors/alpha.en.md", "+++\n+++\n## L’histoire\n\nSee [[#l-histoire]].\n")
        .file("content/actors/delta.md", "+++\ntitle = \"Delta\"\nnotes = \"[[alpha#l-histoire]]\"\n+++\n[[alpha#l-histoire|é 🦠]], [[alpha#l-histoire-1]], [x](alpha.md#l-histoire \"t\"), ![[alpha]] et [web](/acteurs/alpha/#l-histoire).\n")
        .file("content/actors/delta.en.md", "+++\ntitle = \"Delta\"\n+++\n[[alpha#l-histoire]]\n");
    let before = site.short();
    let mut editor = Editor::new(&site);
    for path in [ALPHA, "content/actors/alpha.en.md", "content/actors/delta.md", "content/actors/delta.en.md"] {
        editor.open_file(&site, path);
    }
    editor.rest();
    let mut at = |piece: &str, new: &str| {
        let position = editor.position(ALPHA, piece);
        let prepared = editor.at("textDocument/prepareRename", ALPHA, &position);
        let params = json!({ "textDocument": { "uri": editor.uri(ALPHA) }, "position": position, "newName": new });
        (prepared["placeholder"].clone(), editor.try_ask("textDocument/rename", params).map(|edit| editor.apply(&edit)))
    };
    let (placeholder, texts) = at("## L’his^toire\n\nVoir", "Les origines");
    assert_eq!(placeholder, "L’histoire");
    let texts = texts.unwrap();
    let all: Vec<String> = texts.iter().map(|(path, text)| format!("{path}:\n{text}")).collect();
    insta::assert_snapshot!(all.join("\n"));
    let (_, texts_of_own) = at("## F^in", "Conclusion");
    assert_eq!(texts_of_own.unwrap().len(), 1, "its anchor stays");
    assert!(at("## F^in", " ").1.is_err());
    let site = texts.into_iter().fold(site, |site, (path, text)| site.file(&path, text));
    assert_eq!(site.short(), before);
}
