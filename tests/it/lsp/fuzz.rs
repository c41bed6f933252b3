//! Random editing: at rest, the diagnostics are those of a check of the same texts.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use filiere::compile::{self, Compiler, Outcome, Request};
use filiere::diagnostics::{Diagnostic, Severity};
use filiere::model::Today;
use filiere::source::Disk;
use filiere::stop::Stop;
use filiere::text::line_and_column;
use serde_json::{Value, json};

use super::Editor;
use crate::harness::Site;

/// The number of changes, and how many are between two comparisons.
const CHANGES: usize = 120;
const BETWEEN: usize = 6;

/// Pieces of text that mean something somewhere.
const PIECES: [&str; 28] = [
    "\n",
    "+++\n",
    "\"",
    "[",
    "]",
    "{",
    "}",
    " = ",
    "title",
    "peers = [\"alpha\"]\n",
    "[[alpha]]",
    "[[nobody|é]]",
    "![[beta]]",
    "](beta.md)",
    "## Où\n",
    "é🦠œ",
    "\r\n",
    "#",
    "founded = 2015\n",
    "status = \"active\"\n",
    "'''",
    ",",
    "[fields.x]\n",
    "kind = \"text\"\n",
    "\u{0}",
    "to = \"actors\"\n",
    "draft = true\n",
    "\u{feff}",
];

#[test]
fn after_random_changes_the_diagnostics_are_those_of_check() {
    let changes = std::env::var("LSP_CHANGES").ok().and_then(|number| number.parse().ok()).unwrap_or(CHANGES);
    let seed = std::env::var("LSP_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let site = Site::new()
        .file("content/actors/_list.toml", "[delta]\ntitle = \"Delta\"\npeers = [\"alpha\"]\n")
        .file("content/about.md", "+++\ntitle = \"About\"\n+++\n## Été\n\nVoir [[alpha]], [b](projects/beta.toml).\n")
        .prose("Avec [[beta]] et [[#ici]].\n\n## Ici\n");
    let paths = [
        "content/actors/alpha.md",
        "content/actors/_list.toml",
        "content/about.md",
        "content/projects/beta.toml",
        "content/actors/_type.toml",
        "site.toml",
    ];
    let mut editor = Editor::new(&site);
    let mut random = Random(seed);
    let originals: BTreeMap<&str, String> =
        paths.iter().map(|path| (*path, fs::read_to_string(site.path(path)).unwrap())).collect();
    for path in paths {
        editor.open_file(&site, path);
    }
    for change in 0..changes {
        // Files that are broken for long hide all others.
        let most = if random.below(8) == 0 { paths.len() } else { 4 };
        let path = paths[random.below(most)];
        if random.below(12) == 0 {
            editor.set(path, &originals[path]);
        } else {
            edit(&mut editor, &mut random, path);
        }
        if change % BETWEEN == BETWEEN - 1 {
            editor.rest();
            let expected = checked(&editor, &site.path(""));
            assert_eq!(found(&editor), expected, "after {change} changes with the seed {seed}");
        }
    }
}

/// Replaces a random part of a text by a piece, as an incremental change.
fn edit(editor: &mut Editor, random: &mut Random, path: &str) {
    let text = editor.texts[path].clone();
    let boundary = |at: usize| text.floor_char_boundary(at.min(text.len()));
    let start = boundary(random.below(text.len() + 1));
    let length = if random.below(3) == 0 { random.below(12) } else { 0 };
    let end = boundary(start + length).max(start);
    let piece = PIECES[random.below(PIECES.len())];
    let at = |offset: usize| protocol_position(&text, offset);
    // No position is between `\r` and `\n`.
    if text[..start].ends_with('\r') || text[..end].ends_with('\r') {
        return;
    }
    let change = json!({ "range": { "start": at(start), "end": at(end) }, "text": piece });
    editor.version += 1;
    let document = json!({ "uri": editor.uri(path), "version": editor.version });
    editor.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    let mut text = text;
    text.replace_range(start..end, piece);
    editor.texts.insert(path.to_owned(), text);
}

/// The position of an offset.
fn protocol_position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let column: usize = before.rsplit('\n').next().unwrap().chars().map(char::len_utf16).sum();
    json!({ "line": before.matches('\n').count(), "character": column })
}

/// What a check of the open texts finds, as lines.
fn checked(editor: &Editor, folder: &Path) -> Vec<String> {
    let day = Today::from_unix(super::DAY).unwrap();
    let request = Request { base_url: None, drafts: false, search: true, today: day };
    let (mut compiler, stop) = (Compiler::new(Arc::new(Disk::new(folder)), request), Stop::new());
    for (path, text) in &editor.texts {
        compiler.set_text(path, Some(text.clone()));
    }
    let outcome = compiler.compile(&stop, &mut |_| {}).unwrap();
    let mut problems = outcome.diagnostics.clone();
    if let Some(compiled) = &outcome.compiled {
        problems.extend(compile::render(compiled, |kind| kind.needs_templates(), &stop, &|_, _| Ok(())).unwrap());
    }
    let mut lines: Vec<String> = problems.iter().map(|problem| line(&outcome, problem)).collect();
    lines.sort();
    lines
}

fn line(outcome: &Outcome, problem: &Diagnostic) -> String {
    let path = &problem.place.path;
    let start = problem.place.span.start as usize;
    let (line, _) = outcome.text(path).map_or((1, 1), |source| line_and_column(&source.text, start));
    let severity = if problem.severity() == Severity::Error { "error" } else { "warning" };
    format!("{path}:{line} {severity} {}", problem.code)
}

/// What the server has sent, as the same lines.
fn found(editor: &Editor) -> Vec<String> {
    let lines = editor.diagnostics.iter().flat_map(|(path, list)| {
        list.iter().map(move |problem| {
            let severity = if problem["severity"] == 1 { "error" } else { "warning" };
            let line = problem["range"]["start"]["line"].as_u64().unwrap() + 1;
            format!("{path}:{line} {severity} {}", problem["code"].as_str().unwrap())
        })
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines
}

/// A random number generator with a fixed seed (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}
