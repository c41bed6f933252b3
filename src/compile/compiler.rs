//! Compiles a site repeatedly, and reads and parses only changed files again.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::sync::Arc;

use super::outcome::{Checked, Compiled, Outcome, Texts};
use super::parsed::Parsed;
use super::read::{Snapshot, ThemeChain};
use super::request::Request;
use crate::config;
use crate::diagnostics::{self, Code, Diagnostic, Note, Severity};
use crate::history::History;
use crate::model::{self, Ecosystem, Kept, Today};
use crate::render::{self, Blocks, Noted, Renderer, Templates, Theme, Views};
use crate::site::{self, Extras, Site};
use crate::source::{self, Files, Memory, Overlay, Sources};
use crate::stop::{Failure, Stop};
use crate::text::Place;

/// Compiles a site repeatedly, and reads and parses only changed files again.
pub struct Compiler {
    request: Request,
    files: Overlay,
    /// The upper layer of `files`.
    unsaved: Arc<Memory>,
    /// The paths of the unsaved texts that were set or removed since the last look.
    touched: BTreeSet<Box<str>>,
    snapshot: Option<Snapshot>,
    parsed: Option<Parsed>,
    /// The history of the content, or why it can't be read; none if nobody has read it.
    history: Option<Result<Arc<History>, String>>,
    /// The templates of the last compilation without errors in them, and their theme.
    templates: Option<(Arc<ThemeChain>, Templates)>,
    /// The last model and its routes, of which the next ones take over what has not changed.
    last: Option<Last>,
    /// Whether there may be a next one.
    keep: bool,
}

impl Compiler {
    /// A compiler that has read nothing yet.
    pub fn new(files: Arc<dyn Files>, request: Request) -> Self {
        let unsaved = Arc::new(Memory::new());
        let files = Overlay::new(unsaved.clone(), files);
        Self {
            request,
            files,
            unsaved,
            touched: BTreeSet::new(),
            snapshot: None,
            parsed: None,
            history: None,
            templates: None,
            last: None,
            keep: true,
        }
    }

    /// A compiler that compiles once, so it keeps nothing for a next time.
    pub fn for_once(files: Arc<dyn Files>, request: Request) -> Self {
        Self { keep: false, ..Self::new(files, request) }
    }

    /// Sets an unsaved text in place of the file at a path, or removes it. `path` is relative to the root, with `/`
    /// between its parts. The next look, check or compilation uses the text.
    pub fn set_text(&mut self, path: &str, text: Option<String>) {
        match text {
            Some(text) => self.unsaved.insert(path, text.into_bytes()),
            None => drop(self.unsaved.remove(path)),
        }
        self.files.hide(path, false);
        self.files.show_at(path, None);
        self.touched.insert(path.into());
    }

    /// Hides the file at a path, as if it had been removed, until [`Compiler::set_text`] is called for the path.
    pub fn hide(&mut self, path: &str) {
        self.unsaved.remove(path);
        self.files.hide(path, true);
        self.touched.insert(path.into());
    }

    /// Shows the file at a path at another path, as if it had been moved, until [`Compiler::set_text`] is called for each
    /// of the paths.
    pub fn move_file(&mut self, from: &str, to: &str) {
        self.hide(from);
        self.files.show_at(to, Some(from));
        self.touched.insert(to.into());
    }

    /// The unsaved text at a path, if there is one.
    pub fn unsaved(&self, path: &str) -> Option<String> {
        String::from_utf8(self.unsaved.bytes_of(path)?).ok()
    }

    /// Whether `site.toml`, at the last look, asks for the history of the content.
    pub fn wants_history(&self) -> bool {
        self.snapshot.as_ref().is_some_and(|snapshot| snapshot.config.history.is_some())
    }

    /// Sets the history of the content, or why it can't be read, which is an error if the site asks for it. Without either,
    /// the site is compiled as if it did not ask.
    pub fn set_history(&mut self, history: Result<History, String>) {
        self.history = Some(history.map(Arc::new));
    }

    /// Sets the day on which the next compilation happens.
    pub fn set_today(&mut self, today: Today) {
        self.request.today = today;
    }

    /// Reads the files that have changed since the last look. Out: the paths, relative to the root, of new, removed and
    /// changed files. If there are none, another compilation would give the same result.
    ///
    /// # Errors
    /// A folder or file can't be read, or the work was stopped. Then the compiler is unchanged.
    pub fn look(&mut self, stop: &Stop) -> Result<BTreeSet<Box<str>>, Failure> {
        let (nothing, before) = (Sources::default(), self.snapshot.as_ref());
        let sources = source::read(&self.files, before.map_or(&nothing, |before| &before.sources), stop)?;
        let snapshot = Snapshot::new(&self.files, &self.request, sources, before)?;
        let changed = snapshot.differences(before);
        self.snapshot = Some(snapshot);
        self.touched.clear();
        Ok(changed)
    }

    /// Like [`Compiler::look`], but reads only these files. Out: `None` if only a look at all files can tell what has
    /// changed, because one of these files is not a text of the content, or is new.
    ///
    /// # Errors
    /// A file can't be read. Then the compiler is unchanged.
    pub fn look_at(&mut self, paths: &BTreeSet<Box<str>>) -> io::Result<Option<BTreeSet<Box<str>>>> {
        let Some(before) = &self.snapshot else { return Ok(None) };
        let paths = paths | &self.touched;
        let Some(sources) = source::read_some(&self.files, &before.sources, &paths)? else { return Ok(None) };
        // None of these files belongs to the configuration or the theme.
        let snapshot = Snapshot { sources: Arc::new(sources), ..before.clone() };
        let changed = snapshot.differences(Some(before));
        self.snapshot = Some(snapshot);
        self.touched.clear();
        Ok(Some(changed))
    }

    /// Checks the files of the last look, with the current unsaved texts. No template is loaded and nothing is
    /// rendered, so the diagnostics do not include mistakes in templates.
    ///
    /// # Errors
    /// A file can't be read, or the work was stopped.
    pub fn check(&mut self, stop: &Stop) -> Result<Checked, Failure> {
        let Resolved { mut problems, ecosystem, site, noted, texts, .. } = self.resolve(stop, &mut |_| {})?;
        decide(&ecosystem, &mut problems);
        let Noted { names, lookups } = noted;
        Ok(Checked { diagnostics: problems, ecosystem, site, names, lookups, texts })
    }

    /// Compiles the files of the last look, with the current unsaved texts. `stage` is called with the name of each
    /// stage when the stage has ended.
    ///
    /// # Errors
    /// A file can't be read, or the work was stopped.
    pub fn compile(&mut self, stop: &Stop, stage: &mut dyn FnMut(&'static str)) -> Result<Outcome, Failure> {
        let Resolved { mut problems, ecosystem, site, pictures, texts, can_render, .. } = self.resolve(stop, stage)?;
        ecosystem.put_in_order();
        let chain = self.snapshot.as_ref().map(|snapshot| snapshot.theme.clone());
        let loaded =
            self.templates.take().filter(|(theme, _)| chain.as_ref().is_some_and(|now| Arc::ptr_eq(now, theme)));
        let renderer = can_render.then(|| {
            let loaded = loaded.map(|(_, templates)| templates);
            let (renderer, theme_problems) =
                Renderer::new(ecosystem.clone(), site.clone(), pictures, texts.theme.clone(), loaded);
            if diagnostics::count(&theme_problems).0 == 0 {
                self.templates = chain.zip(renderer.templates());
            }
            problems.extend(theme_problems);
            renderer
        });
        stop.check()?;
        stage("views");
        decide(&ecosystem, &mut problems);
        let has_errors = diagnostics::count(&problems).0 > 0;
        let compiled = match renderer {
            Some(renderer) if !has_errors => Some(Compiled { ecosystem, site, renderer }),
            _ => None,
        };
        Ok(Outcome { diagnostics: problems, compiled, texts })
    }

    /// Reads the unsaved texts that were set since the last look, or all files if there was no look.
    fn catch_up(&mut self, stop: &Stop) -> Result<(), Failure> {
        let is_new = self.snapshot.is_none();
        if is_new || (!self.touched.is_empty() && self.look_at(&BTreeSet::new())?.is_none()) {
            self.look(stop)?;
        }
        Ok(())
    }

    fn resolve(&mut self, stop: &Stop, stage: &mut dyn FnMut(&'static str)) -> Result<Resolved, Failure> {
        self.catch_up(stop)?;
        let Some(snapshot) = &self.snapshot else { return Err(io::Error::other("no file was read").into()) };
        let (parsed, result) = Parsed::parse(snapshot, self.parsed.take(), stop);
        let parsed = self.parsed.insert(parsed);
        result?;
        stage("parse");
        let mut problems = snapshot.sources.problems().to_vec();
        for earlier in [&snapshot.problems, &snapshot.outline.problems, &parsed.problems, &snapshot.theme.problems] {
            problems.extend_from_slice(earlier);
        }
        problems.extend(snapshot.active.problems());
        let history = match (&snapshot.config.history, &self.history) {
            (Some(_), Some(Ok(history))) => Some(history.clone()),
            (Some(place), Some(Err(why))) => {
                problems.push(no_history(place, why));
                None
            }
            _ => None,
        };
        let input = model::Input {
            config: snapshot.config.clone(),
            schema: parsed.schema.clone(),
            documents: &parsed.documents,
            sources: snapshot.sources.clone(),
            outline: snapshot.outline.outline.clone(),
            history,
            before: self.last.as_ref().map(|last| (&*last.ecosystem, &last.kept)),
        };
        let options = model::Options { drafts: self.request.drafts, today: self.request.today, keep: self.keep };
        let model::Resolved { ecosystem, problems: model_problems, kept } = model::resolve(input, options, stop)?;
        let ecosystem = Arc::new(ecosystem);
        problems.extend(model_problems);
        stop.check()?;
        stage("model");
        let mut theme = Theme::new(snapshot.theme.files.clone(), snapshot.theme.settings.clone());
        let (param_problems, names) = theme.read_params(&ecosystem);
        let mut noted = Noted { names, lookups: Vec::new() };
        let (mut views, view_problems) = render::views(&ecosystem);
        problems.extend(view_problems);
        let (mut blocks, block_problems) = render::blocks(&ecosystem, &views);
        noted.append(std::mem::take(&mut views.noted));
        noted.append(std::mem::take(&mut blocks.noted));
        problems.extend(block_problems);
        stop.check()?;
        let mut asset_problems = Vec::new();
        let theme_assets = theme.assets(&ecosystem.schema, &mut asset_problems);
        // If a theme of the chain does not exist, each of its files would be reported as missing too.
        if snapshot.theme.is_complete {
            problems.extend(asset_problems);
            problems.extend(param_problems);
        }
        let has_same_routes =
            |last: &Last| Arc::ptr_eq(&last.theme, &snapshot.theme) && site::are_same(&last.ecosystem, &ecosystem);
        let (site, route_problems) = match self.last.take().filter(has_same_routes) {
            Some(last) => (last.site, last.problems),
            None => {
                let extras = Extras {
                    outputs: render::plan(&ecosystem, &theme.settings),
                    theme_assets,
                    search: cfg!(feature = "search") && theme.settings.search == Some(true) && self.request.search,
                    search_page: views.search_page(),
                };
                let (site, problems) = site::routes(&ecosystem, extras);
                (Arc::new(site), problems)
            }
        };
        problems.extend_from_slice(&route_problems);
        problems.extend(site::broken_links(&ecosystem, &site));
        let (theme_files, last_site) = (snapshot.theme.clone(), site.clone());
        self.last = kept.map(|kept| Last {
            ecosystem: ecosystem.clone(),
            kept,
            site: last_site,
            theme: theme_files,
            problems: route_problems,
        });
        problems.extend(unknown_scopes(&ecosystem, &snapshot.sources));
        stop.check()?;
        stage("routes");
        Ok(Resolved {
            problems,
            ecosystem,
            site,
            pictures: (views, blocks),
            noted,
            texts: Texts { sources: snapshot.sources.clone(), outline: snapshot.outline.text.clone(), theme },
            can_render: snapshot.theme.is_complete,
        })
    }
}

/// What is kept for the next compilation.
struct Last {
    ecosystem: Arc<Ecosystem>,
    kept: Kept,
    site: Arc<Site>,
    theme: Arc<ThemeChain>,
    /// Problems of the routes.
    problems: Vec<Diagnostic>,
}

/// The result of all stages before templates are loaded.
struct Resolved {
    problems: Vec<Diagnostic>,
    ecosystem: Arc<Ecosystem>,
    site: Arc<Site>,
    /// The views and the blocks of pages.
    pictures: (Views, Blocks),
    /// The names in views, blocks and parameters, and what views and blocks look for.
    noted: Noted,
    texts: Texts,
    /// Whether the theme, and every theme that it extends, exists.
    can_render: bool,
}

fn no_history(place: &Place, why: &str) -> Diagnostic {
    let problem = Diagnostic::new(Code::NoHistory, place.clone(), format!("the history can't be read: {why}"));
    if why.contains("shallow") {
        return problem.hint("get all of it: git fetch --unshallow; in a workflow, fetch-depth: 0 or GIT_DEPTH: 0");
    }
    problem.hint("build in a clone of the site's git repository, with git installed, or delete this key")
}

/// Types and folders in the rules for warnings that do not exist.
fn unknown_scopes(ecosystem: &Ecosystem, sources: &Sources) -> Vec<Diagnostic> {
    let types: Vec<&str> = ecosystem.schema.types.iter().map(|entity_type| &*entity_type.id).collect();
    let is_in =
        |path: &str, folder: &str| path.strip_prefix(source::CONTENT).is_some_and(|path| path[1..].starts_with(folder));
    let has_files = |folder: &str| {
        sources.texts().any(|text| is_in(&text.path, folder))
            || ecosystem.assets.iter().any(|asset| asset.path.starts_with(folder))
    };
    ecosystem.config.warnings.check(&types, has_files)
}

/// Decides which diagnostics are shown, and sorts them. Without a list of languages, only the diagnostics about `site.toml` and syntax are kept, because
/// the others follow from it.
fn decide(ecosystem: &Ecosystem, problems: &mut Vec<Diagnostic>) {
    if !ecosystem.config.has_languages {
        problems.retain(|problem| &*problem.place.path == config::FILE || problem.code == Code::TomlSyntax);
    }
    leave_out_consequences(problems);
    join_unknown_types(problems);
    ecosystem.config.warnings.apply(&ecosystem.config.languages, problems);
    diagnostics::sort(problems);
}

/// Joins the diagnostics about one type that does not exist. The first one says where else it is named.
fn join_unknown_types(problems: &mut Vec<Diagnostic>) {
    let mut unknown: Vec<Diagnostic> = problems.extract_if(.., |problem| problem.code == Code::UnknownType).collect();
    diagnostics::sort(&mut unknown);
    let mut joined: BTreeMap<String, Diagnostic> = BTreeMap::new();
    for problem in unknown {
        match joined.get_mut(&problem.message) {
            Some(first) => first.notes.push(Note { place: problem.place, text: String::from("it is named here too") }),
            None => drop(joined.insert(problem.message.clone(), problem)),
        }
    }
    problems.extend(joined.into_values());
}

/// Leaves out warnings about files that can't be read in full, and about what may be missing because of them: relations
/// and translations.
fn leave_out_consequences(problems: &mut Vec<Diagnostic>) {
    let unreadable: HashSet<String> = problems
        .iter()
        .filter(|problem| problem.code.hides_content())
        .map(|problem| without_suffixes(&problem.place.path).to_owned())
        .collect();
    if unreadable.is_empty() {
        return;
    }
    problems.retain(|problem| {
        problem.severity() == Severity::Error
            || (problem.code != Code::NoRelations && !unreadable.contains(without_suffixes(&problem.place.path)))
    });
}

/// The path of a file without its language and ending, which it shares with its translations.
fn without_suffixes(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    path[name..].find('.').map_or(path, |dot| &path[..name + dot])
}
