//! What must hold for every input, one function a target. Each takes any bytes, and panics where a promise is broken.
//!
//! `cargo fuzz run TARGET` looks for such inputs, guided by what the code reaches. The test `fuzz` of the program replays
//! the corpus of each target and changes its inputs at random, without instrumentation.

mod budget;
mod html;
mod site;
mod spans;

use std::cell::RefCell;

use filiere::config::{self, RawHtml};
use filiere::diagnostics::{self, Diagnostic};
use filiere::locale::{Language, Languages};
use filiere::parse::{Markdown, outline as outlines};
use filiere::schema;
use filiere::table;
use filiere::text::SourceText;

use budget::within_budget;

/// What takes an input, and panics where a promise is broken.
pub type Target = fn(&[u8]);

/// The targets by their names.
pub const TARGETS: &[(&str, Target)] = &[
    ("toml", toml),
    ("config", config),
    ("schema", schema),
    ("outline", outline),
    ("prose_escape", prose_escape),
    ("prose_sanitize", prose_sanitize),
    ("profile", profile),
    ("template", template),
];

/// TOML: every key, value and syntax error has a place in the text.
pub fn toml(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (table, errors) = within_budget(text.len(), || table::parse(text, 0));
    spans::table(text, &table);
    for error in errors {
        spans::span(text, error.span);
        assert!(!error.message.is_empty(), "a syntax error without a message");
    }
}

/// `site.toml`: every diagnostic has a place in the text.
pub fn config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let source = SourceText::new("site.toml", text);
    let (config, problems) = within_budget(text.len(), || config::read(&source));
    placed(&source, &problems);
    assert!(config.languages.count() >= 1, "a site without a language");
}

/// `_type.toml`: every diagnostic has a place in the text.
pub fn schema(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let source = SourceText::new("content/actors/_type.toml", text);
    let types = [("actors".into(), source.clone())];
    let (schema, problems) = within_budget(text.len(), || schema::read(&types, &languages()));
    placed(&source, &problems);
    assert_eq!(schema.types.len(), 1, "the type is gone");
}

/// An outline of maps: every diagnostic has a place in the text, and areas have corners.
pub fn outline(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let source = SourceText::new("content/map.geojson", text);
    let (outline, problems) = within_budget(text.len(), || outlines::read(&source, &languages()));
    placed(&source, &problems);
    let _ = outline.bounds();
}

/// Prose of a site that escapes raw HTML.
pub fn prose_escape(data: &[u8]) {
    prose(data, RawHtml::Escape);
}

/// Prose of a site that sanitises raw HTML.
pub fn prose_sanitize(data: &[u8]) {
    prose(data, RawHtml::Sanitize);
}

/// Prose: the HTML has harmless elements and attributes only, a place for every slot, and no anchor twice.
fn prose(data: &[u8], html: RawHtml) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let source = SourceText::new("content/x.md", text);
    let mut problems = Vec::new();
    let markdown = Markdown { source: &source, tag: "fr", html, notes: "" };
    let prose = within_budget(text.len(), || markdown.compile(text, 0, &mut problems));
    placed(&source, &problems);
    for slot in &prose.slots {
        spans::span(text, slot.span);
    }
    html::harmless(&prose, diagnostics::count(&problems).0 > 0);
}

/// A profile in a site: its diagnostics have places, and each of its positions has one meaning.
pub fn profile(data: &[u8]) {
    thread_local! {
        static SITE: RefCell<site::Site> = RefCell::new(site::Site::new(site::PROFILE));
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    SITE.with_borrow_mut(|site| {
        let checked = site.check(text);
        for diagnostic in &checked.diagnostics {
            site::placed(diagnostic, |path| checked.text(path));
        }
        for at in [0, text.len() / 3, text.len() / 2, text.len()] {
            if let Some(occurrence) = checked.ecosystem.at(site::PROFILE, at) {
                spans::span(text, occurrence.span);
            }
        }
    });
}

/// A template: its mistakes are diagnostics with places.
pub fn template(data: &[u8]) {
    thread_local! {
        static SITE: RefCell<site::Site> = RefCell::new(site::Site::new(site::TEMPLATE));
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    // A template that repeats something for ever is the theme's own fault: themes are trusted.
    if ["for", "macro", "include", "extends", "block", "component", "*", "range"].iter().any(|word| text.contains(word))
    {
        return;
    }
    SITE.with_borrow_mut(|site| site.render(text));
}

/// Whether each diagnostic about this text has a place in it.
fn placed(source: &SourceText, problems: &[Diagnostic]) {
    for problem in problems {
        site::placed(problem, |path| (path == &*source.path).then(|| source.clone()));
    }
}

fn languages() -> Languages {
    Languages::new(["fr", "en"].into_iter().filter_map(Language::parse))
}
