//! The site while it is edited: open texts, the compiler, and its latest result.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::PublishDiagnosticsParams;

use super::client::Client;
use super::completion::Names;
use super::context::Context;
use super::documents::{Document, Documents};
use super::publish::Published;
use super::root::Root;
use crate::compile::{self, Checked, Compiler, Request};
use crate::diagnostics::{self, Diagnostic};
use crate::locale::Lang;
use crate::site::RouteKind;
use crate::source::Disk;
use crate::stop::{Failure, Stop};

/// The site while it is edited.
pub(super) struct State {
    pub root: Root,
    pub client: Client,
    pub documents: Documents,
    folder: PathBuf,
    request: Request,
    compiler: Compiler,
    checked: Option<Checked>,
    /// The names of all entities, once a completion has needed them.
    names: Option<Arc<Names>>,
    /// Whether a completion has needed names, and others may follow.
    has_completed: bool,
    /// The diagnostics of the last check, and what rendering has found before.
    problems: Vec<Diagnostic>,
    /// What only rendering finds, from the last time that it was done.
    late: Vec<Diagnostic>,
    published: Published,
    /// Whether something has changed since the last check.
    is_stale: bool,
    /// Whether the site was rendered since the last change.
    is_rendered: bool,
}

impl State {
    pub(super) fn new(folder: &Path, client: Client, request: Request) -> Self {
        Self {
            root: Root::new(folder, client.folder.as_deref()),
            client,
            documents: Documents::default(),
            folder: folder.to_owned(),
            compiler: Compiler::new(Arc::new(Disk::new(folder)), request.clone()),
            request,
            checked: None,
            names: None,
            has_completed: false,
            problems: Vec::new(),
            late: Vec::new(),
            published: Published::default(),
            is_stale: true,
            is_rendered: false,
        }
    }

    pub(super) fn is_stale(&self) -> bool {
        self.is_stale
    }

    pub(super) fn is_rendered(&self) -> bool {
        self.is_rendered
    }

    /// What requests are answered from: the last check.
    pub(super) fn context(&self) -> Option<Context<'_>> {
        let checked = self.checked.as_ref()?;
        Some(Context {
            checked,
            ecosystem: &checked.ecosystem,
            problems: &self.problems,
            root: &self.root,
            client: &self.client,
            documents: &self.documents,
            lang: language(checked, self.client.locale.as_deref()),
        })
    }

    /// Whether a completion would have to wait for the names of all entities.
    pub(super) fn lacks_names(&self) -> bool {
        self.has_completed && self.names.is_none() && self.checked.is_some()
    }

    /// The names of all entities at the last check.
    pub(super) fn names(&mut self) -> Option<Arc<Names>> {
        self.has_completed = true;
        let checked = self.checked.as_ref()?;
        let names = self.names.get_or_insert_with(|| Arc::new(Names::new(&checked.ecosystem)));
        Some(names.clone())
    }

    /// A check that publishes drafts too, for changes of the content: they have references as well.
    ///
    /// # Errors
    /// A file can't be read.
    pub(super) fn with_drafts(&self) -> Result<Checked, Failure> {
        let request = Request { drafts: true, ..self.request.clone() };
        let mut compiler = Compiler::new(Arc::new(Disk::new(&self.folder)), request);
        for (path, document) in self.documents.all() {
            compiler.set_text(path, Some(document.text.clone()));
        }
        compiler.check(&Stop::new())
    }

    pub(super) fn open(&mut self, path: &str, document: Document) {
        self.set_text(path, Some(document.text.clone()));
        self.documents.open(path, document);
    }

    pub(super) fn close(&mut self, path: &str) {
        self.documents.close(path);
        self.set_text(path, None);
    }

    /// Sets the text that is in the editor, or takes it back.
    pub(super) fn set_text(&mut self, path: &str, text: Option<String>) {
        self.compiler.set_text(path, text);
        self.late.retain(|problem| *problem.place.path != *path);
        self.has_changed();
    }

    fn has_changed(&mut self) {
        self.is_stale = true;
        self.is_rendered = false;
    }

    /// Looks for changed files on disk.
    ///
    /// # Errors
    /// A folder or file can't be read, or the work was stopped.
    pub(super) fn look(&mut self, stop: &Stop) -> Result<(), Failure> {
        if !self.compiler.look(stop)?.is_empty() {
            self.has_changed();
        }
        Ok(())
    }

    /// Checks the site with the texts of the editor. Out: the diagnostics that have changed.
    ///
    /// # Errors
    /// A file can't be read, or the work was stopped.
    pub(super) fn check(&mut self, stop: &Stop) -> Result<Vec<PublishDiagnosticsParams>, Failure> {
        let checked = self.compiler.check(stop)?;
        self.problems = checked.diagnostics.clone();
        self.problems.extend(self.late.iter().cloned());
        let before = (self.names.take(), self.checked.replace(checked));
        // Nobody waits until the memory of the last check is free.
        rayon::spawn(move || drop(before));
        self.is_stale = false;
        Ok(self.publish())
    }

    /// Compiles and renders the site, for what only that finds. Out: the diagnostics that have changed.
    ///
    /// # Errors
    /// A file can't be read, or the work was stopped.
    pub(super) fn render(&mut self, stop: &Stop) -> Result<Vec<PublishDiagnosticsParams>, Failure> {
        let outcome = self.compiler.compile(stop, &mut |_| {})?;
        let mut problems = outcome.diagnostics.clone();
        if let Some(compiled) = &outcome.compiled {
            problems.extend(compile::render(compiled, RouteKind::needs_templates, stop, &|_, _| Ok(()))?);
        }
        diagnostics::sort(&mut problems);
        let earlier = self.checked.as_ref().map(|checked| checked.diagnostics.as_slice()).unwrap_or_default();
        self.late = {
            let is_new =
                |problem: &&Diagnostic| earlier.binary_search_by(|other| diagnostics::order(other, problem)).is_err();
            problems.iter().filter(is_new).cloned().collect()
        };
        self.problems = problems;
        self.is_rendered = true;
        Ok(self.publish())
    }

    fn publish(&mut self) -> Vec<PublishDiagnosticsParams> {
        let mut published = std::mem::take(&mut self.published);
        let updates = self.context().map(|context| published.update(&context)).unwrap_or_default();
        self.published = published;
        updates
    }
}

/// The language of the site that the editor's is, or the default one.
fn language(checked: &Checked, locale: Option<&str>) -> Lang {
    let languages = &checked.ecosystem.config.languages;
    let locale = locale.unwrap_or_default();
    let primary = locale.split(['-', '_']).next().unwrap_or_default();
    languages.find(locale).or_else(|| languages.find(primary)).unwrap_or(Lang::DEFAULT)
}
