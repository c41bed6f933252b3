//! What checking and compiling come to.

use std::sync::Arc;

use crate::diagnostics::{self, Diagnostic};
use crate::model::Ecosystem;
use crate::render::{Renderer, Theme};
use crate::site::Site;
use crate::source::Sources;
use crate::text::SourceText;

/// A site that was checked: content and addresses, but no templates.
pub struct Checked {
    /// Everything that is wrong with the content, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// The content. It is whole only if no diagnostic is an error, but it can always be looked at.
    pub ecosystem: Arc<Ecosystem>,
    /// What would be published.
    pub site: Arc<Site>,
    pub(super) texts: Texts,
}

/// A site that was compiled.
pub struct Outcome {
    /// Everything that is wrong with the content and the templates, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// What renders the pages; none if something is an error.
    pub compiled: Option<Compiled>,
    pub(super) texts: Texts,
}

/// A site that can be rendered.
pub struct Compiled {
    /// The content.
    pub ecosystem: Arc<Ecosystem>,
    /// What is published.
    pub site: Arc<Site>,
    /// What turns the one into the other.
    pub renderer: Renderer,
}

/// The texts that diagnostics can be about.
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

    /// Whether something is an error.
    pub fn has_errors(&self) -> bool {
        diagnostics::count(&self.diagnostics).0 > 0
    }
}
