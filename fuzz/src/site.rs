//! A small site in memory, one of whose files is the input.

use std::sync::Arc;

use filiere::compile::{Checked, Compiler, Request};
use filiere::diagnostics::{self, Diagnostic};
use filiere::model::Today;
use filiere::source::Memory;
use filiere::stop::Stop;
use filiere::text::SourceText;

use super::spans;

/// The path of the profile that is the input.
pub const PROFILE: &str = "content/actors/x.md";
/// The path of the template that is the input.
pub const TEMPLATE: &str = "themes/own/templates/entity.html";

const FILES: [(&str, &str); 8] = [
    (
        "site.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"own\"\nhtml = \"sanitize\"\n",
    ),
    ("themes/own/theme.toml", ""),
    ("themes/own/templates/page.html", "{{ prose }}"),
    ("themes/own/templates/index.html", "{{ type.name }}"),
    ("themes/own/templates/card.html", "{{ card.title }}"),
    (
        "content/actors/_type.toml",
        r#"name = { fr = "Acteur", en = "Actor" }
[fields]
text   = { kind = "text", pattern = "[a-z]+" }
prose  = { kind = "markdown", many = true }
whole  = { kind = "integer", min = 1, max = 9 }
number = { kind = "number", unit = "EUR" }
yes    = { kind = "boolean" }
year   = { kind = "year" }
date   = { kind = "date" }
url    = { kind = "url" }
email  = { kind = "email" }
point  = { kind = "point" }
choice = { kind = "choice", many = true, choices = { one = "Un", two = "Deux" } }
image  = { kind = "text" }
logo   = { kind = "image" }
up     = { to = "actors", one = true, hierarchy = true, inverse = { id = "down" } }
peers  = { to = ["actors", "sources"], inverse = { id = "peers" }, attributes = { role = { kind = "text" }, note = { kind = "markdown" } } }
"#,
    ),
    ("content/actors/y.md", "+++\ntitle = \"Y\"\nup = \"x\"\n+++\n## Été\n\n[[x]] [[x#un]]\n"),
    ("content/sources/_type.toml", "name = \"Source\"\ncitation = true\n"),
];

/// A site, one of whose files is the input.
pub struct Site {
    compiler: Compiler,
    input: &'static str,
}

impl Site {
    /// The site whose input is the file at this path.
    pub fn new(input: &'static str) -> Self {
        let files = Memory::from_iter(FILES.map(|(path, text)| (path, text.as_bytes())));
        files.insert("content/logo.svg", *b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        files.insert("content/sources/s.toml", *b"title = \"S\"\n");
        files.insert(PROFILE, *b"+++\ntitle = \"X\"\n+++\n");
        files.insert(TEMPLATE, *b"");
        let today = Today::from_unix(1_768_521_600).expect("a day of 2026");
        let request = Request { base_url: None, drafts: false, search: false, today };
        Self { compiler: Compiler::new(Arc::new(files), request), input }
    }

    /// Checks the site with this text of the input.
    pub fn check(&mut self, text: &str) -> Checked {
        self.compiler.set_text(self.input, Some(text.to_owned()));
        self.compiler.check(&Stop::new()).expect("files in memory can be read")
    }

    /// Compiles the site with this text of the input, and renders all its pages.
    pub fn render(&mut self, text: &str) {
        self.compiler.set_text(self.input, Some(text.to_owned()));
        let outcome = self.compiler.compile(&Stop::new(), &mut |_| {}).expect("files in memory can be read");
        for diagnostic in &outcome.diagnostics {
            placed(diagnostic, |path| outcome.text(path));
        }
        let Some(compiled) = &outcome.compiled else { return };
        for route in &compiled.site.routes {
            if let Err(diagnostic) = compiled.renderer.render(route) {
                placed(&diagnostic, |path| outcome.text(path));
            }
        }
    }
}

/// Whether a diagnostic has a place in its text, and a message that can be printed in every form.
pub fn placed(diagnostic: &Diagnostic, text_of: impl Fn(&str) -> Option<SourceText>) {
    let notes = diagnostic.notes.iter().map(|note| &note.place);
    for place in notes.chain([&diagnostic.place]) {
        if let Some(source) = text_of(&place.path) {
            spans::span(&source.text, place.span);
        }
    }
    assert!(!diagnostic.message.is_empty(), "a diagnostic without a message");
    let all = std::slice::from_ref(diagnostic);
    let _ = diagnostics::short(all, &text_of);
    let _ = diagnostics::json(all, &text_of);
}
