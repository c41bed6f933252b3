//! From files to a checked or a compiled site, again and again.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use super::outcome::{Checked, Compiled, Outcome, Texts};
use super::parsed::Parsed;
use super::read::Seen;
use super::request::Request;
use crate::config;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::model::{self, Ecosystem, Today};
use crate::render::{self, Renderer, Theme, Views};
use crate::site::{self, Extras, Site};
use crate::source::{self, Files, Memory, Overlay, Sources};
use crate::stop::{Failure, Stop};

/// Compiles a site again and again.
pub struct Compiler {
    request: Request,
    files: Overlay,
    /// The upper layer of `files`.
    unsaved: Arc<Memory>,
    /// The paths of the unsaved texts that were set or taken back since the last look.
    touched: BTreeSet<Box<str>>,
    seen: Option<Seen>,
    parsed: Option<Parsed>,
}

impl Compiler {
    /// A compiler that has read nothing yet.
    pub fn new(files: Arc<dyn Files>, request: Request) -> Self {
        let unsaved = Arc::new(Memory::new());
        let files = Overlay::new(unsaved.clone(), files);
        Self { request, files, unsaved, touched: BTreeSet::new(), seen: None, parsed: None }
    }

    /// Lays an unsaved text over the file of this path, which is relative to the root with `/` between its parts; without a text, the file counts
    /// again. The next look sees it, and so does the next check or compilation without one.
    pub fn set_text(&mut self, path: &str, text: Option<String>) {
        match text {
            Some(text) => self.unsaved.insert(path, text.into_bytes()),
            None => drop(self.unsaved.remove(path)),
        }
        self.touched.insert(path.into());
    }

    /// Sets the day on which the next compilation happens.
    pub fn set_today(&mut self, today: Today) {
        self.request.today = today;
    }

    /// Reads what has changed since the last look. Out: the paths, relative to the root, of the files that are new, gone or different; where
    /// there are none, compiling again would give the same.
    ///
    /// # Errors
    /// A folder or file can't be read, or the work was stopped; then all is as it was before.
    pub fn look(&mut self, stop: &Stop) -> Result<BTreeSet<Box<str>>, Failure> {
        let (nothing, before) = (Sources::default(), self.seen.as_ref());
        let sources = source::read(&self.files, before.map_or(&nothing, |seen| &seen.sources), stop)?;
        let seen = Seen::new(&self.files, &self.request, sources, before)?;
        let changed = seen.differences(before);
        self.seen = Some(seen);
        self.touched.clear();
        Ok(changed)
    }

    /// The same, in less time, where only these files may have changed. Out: nothing if it takes a look at all files, because one of these is no
    /// text of the content that was there before.
    ///
    /// # Errors
    /// A file can't be read; then all is as it was before.
    pub fn look_at(&mut self, paths: &BTreeSet<Box<str>>) -> io::Result<Option<BTreeSet<Box<str>>>> {
        let Some(before) = &self.seen else { return Ok(None) };
        let paths = paths | &self.touched;
        let Some(sources) = source::read_some(&self.files, &before.sources, &paths)? else { return Ok(None) };
        // The configuration and the theme are none of these files.
        let seen = Seen { sources: Arc::new(sources), ..before.clone() };
        let changed = seen.differences(Some(before));
        self.seen = Some(seen);
        self.touched.clear();
        Ok(Some(changed))
    }

    /// Checks what was last looked at, with unsaved texts as they are now. No template is loaded and nothing is rendered, so mistakes of
    /// templates are not among the diagnostics.
    ///
    /// # Errors
    /// A file can't be read, or the work was stopped.
    pub fn check(&mut self, stop: &Stop) -> Result<Checked, Failure> {
        let Resolved { mut problems, ecosystem, site, texts, .. } = self.resolve(stop, &mut |_| {})?;
        put_in_order(&ecosystem, &mut problems);
        Ok(Checked { diagnostics: problems, ecosystem, site, texts })
    }

    /// Compiles what was last looked at, with unsaved texts as they are now. `stage` is told each stage's name when the stage has ended.
    ///
    /// # Errors
    /// A file can't be read, or the work was stopped.
    pub fn compile(&mut self, stop: &Stop, stage: &mut dyn FnMut(&'static str)) -> Result<Outcome, Failure> {
        let Resolved { mut problems, ecosystem, site, views, texts, can_render } = self.resolve(stop, stage)?;
        let renderer = can_render.then(|| {
            let (renderer, found) = Renderer::new(ecosystem.clone(), site.clone(), views, texts.theme.clone());
            problems.extend(found);
            renderer
        });
        stop.check()?;
        stage("views");
        put_in_order(&ecosystem, &mut problems);
        let sound = diagnostics::count(&problems).0 == 0;
        let compiled = renderer.filter(|_| sound).map(|renderer| Compiled { ecosystem, site, renderer });
        Ok(Outcome { diagnostics: problems, compiled, texts })
    }

    /// Sees unsaved texts that were set since the last look; all files where there was none.
    fn catch_up(&mut self, stop: &Stop) -> Result<(), Failure> {
        let is_new = self.seen.is_none();
        if is_new || (!self.touched.is_empty() && self.look_at(&BTreeSet::new())?.is_none()) {
            self.look(stop)?;
        }
        Ok(())
    }

    fn resolve(&mut self, stop: &Stop, stage: &mut dyn FnMut(&'static str)) -> Result<Resolved, Failure> {
        self.catch_up(stop)?;
        let Some(seen) = &self.seen else { return Err(io::Error::other("no file was read").into()) };
        let (parsed, result) = Parsed::parse(seen, self.parsed.take(), stop);
        let parsed = self.parsed.insert(parsed);
        result?;
        stage("parse");
        let mut problems = seen.sources.problems().to_vec();
        for found in [&seen.problems, &seen.outline.problems, &parsed.problems, &seen.theme.problems] {
            problems.extend_from_slice(found);
        }
        let input = model::Input {
            config: seen.config.clone(),
            schema: parsed.schema.clone(),
            documents: &parsed.documents,
            sources: seen.sources.clone(),
            outline: seen.outline.outline.clone(),
        };
        let options = model::Options { drafts: self.request.drafts, today: self.request.today };
        let (ecosystem, found) = model::resolve(input, options, stop)?;
        problems.extend(found);
        stage("model");
        let theme = Theme::new(seen.theme.files.clone(), seen.theme.settings.clone());
        let (views, found) = render::views(&ecosystem);
        problems.extend(found);
        let mut found = Vec::new();
        let theme_assets = theme.assets(&mut found);
        // Without a theme that this one extends, the files of that theme would be reported as missing too.
        problems.extend(found.into_iter().filter(|_| seen.theme.complete));
        let extras = Extras {
            outputs: render::plan(&ecosystem, &theme.settings),
            theme_assets,
            search: cfg!(feature = "search") && theme.settings.search == Some(true) && self.request.search,
            search_page: views.search_page(),
        };
        let (site, found) = site::routes(&ecosystem, extras);
        problems.extend(found);
        stop.check()?;
        stage("routes");
        Ok(Resolved {
            problems,
            ecosystem: Arc::new(ecosystem),
            site: Arc::new(site),
            views,
            texts: Texts { sources: seen.sources.clone(), outline: seen.outline.text.clone(), theme },
            can_render: seen.theme.complete,
        })
    }
}

/// All that is known before templates are loaded.
struct Resolved {
    problems: Vec<Diagnostic>,
    ecosystem: Arc<Ecosystem>,
    site: Arc<Site>,
    views: Views,
    texts: Texts,
    /// Whether the theme is there.
    can_render: bool,
}

/// Sorts diagnostics, and leaves out those that follow from a missing list of languages.
fn put_in_order(ecosystem: &Ecosystem, problems: &mut Vec<Diagnostic>) {
    if !ecosystem.config.has_languages {
        // The one thing to say first is which languages there are.
        problems.retain(|problem| &*problem.place.path == config::FILE || problem.code == Code::TomlSyntax);
    }
    diagnostics::sort(problems);
}
