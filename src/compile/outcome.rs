//! The results of checking and compiling.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::{self, Diagnostic};
use crate::model::{Ecosystem, Name};
use crate::render::{Lookup, Parameter, Renderer, Theme};
use crate::site::Site;
use crate::source::Sources;
use crate::text::SourceText;

/// The result of a check: content and addresses, but no templates.
pub struct Checked {
    /// All problems of the content, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// The content. If a diagnostic is an error, parts of it are missing.
    pub ecosystem: Arc<Ecosystem>,
    /// The routes that would be published.
    pub site: Arc<Site>,
    /// The names of types, entities, pages, fields and relations in views, in blocks and in the parameters of the theme.
    pub names: Vec<Name>,
    /// What views and blocks found for keys that need not be written.
    pub lookups: Vec<Lookup>,
    pub(super) texts: Texts,
}

/// The result of a compilation.
pub struct Outcome {
    /// All problems of the content and the templates, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// The compiled site; `None` if a diagnostic is an error.
    pub compiled: Option<Compiled>,
    pub(super) texts: Texts,
}

/// A site that can be rendered.
pub struct Compiled {
    /// The content.
    pub ecosystem: Arc<Ecosystem>,
    /// The routes.
    pub site: Arc<Site>,
    /// The renderer of the routes.
    pub renderer: Renderer,
}

/// The texts that diagnostics can refer to.
pub(super) struct Texts {
    pub sources: Arc<Sources>,
    pub outline: Option<SourceText>,
    pub theme: Theme,
}

impl Texts {
    fn get(&self, path: &str) -> Option<SourceText> {
        let outline = || self.outline.clone().filter(|outline| &*outline.path == path);
        self.sources.text(path).cloned().or_else(outline).or_else(|| self.theme.text(path))
    }
}

impl Checked {
    /// The parameters by which the theme finds fields and relations where the site does not set them: the key in
    /// `[params]`, such as `period.start`, and the name.
    pub fn usual_names(&self) -> Vec<(String, &str)> {
        self.texts.theme.usual_names(&self.ecosystem.config)
    }

    /// The parameters that the theme declares.
    pub fn parameters(&self) -> &[Parameter] {
        &self.texts.theme.settings.params
    }

    /// The keys of the theme's strings, each with its text: in one of these languages if it has it.
    pub fn theme_words(&self, preferred: &[&str]) -> BTreeMap<String, String> {
        self.texts.theme.words(preferred)
    }

    /// The settings, strings and templates of the site's own themes.
    pub fn theme_texts(&self) -> impl Iterator<Item = &SourceText> {
        self.texts.theme.own_texts()
    }

    /// The text of a file, to show a line of it.
    pub fn text(&self, path: &str) -> Option<SourceText> {
        self.texts.get(path)
    }
}

impl Outcome {
    /// The text of a file, to show a line of it.
    pub fn text(&self, path: &str) -> Option<SourceText> {
        self.texts.get(path)
    }

    /// Whether a diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        diagnostics::count(&self.diagnostics).0 > 0
    }
}
