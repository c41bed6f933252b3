//! The whole way, from a folder to pages.
//!
//! In: a request. Out: an [`Outcome`]: the diagnostics and, if none of them is an error, what renders the pages. A [`Compiler`] remembers
//! what it has read and parsed, and does so again only for what has changed; everything after that is made anew each time.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diagnostics::{self, Code, Diagnostic};
use crate::model::{self, Ecosystem};
use crate::parse::outline::{self, Outline};
use crate::parse::{self, Document};
use crate::render::{self, Rendered, Renderer, Theme};
use crate::schema::{self, Schema};
use crate::site::{self, Extras, Route, RouteKind, Site};
use crate::source::{self, Sources, ThemeFiles};
use crate::text::SourceText;

/// What to compile, and how.
#[derive(Debug, Clone)]
pub struct Request {
    /// The folder of the site.
    pub root: PathBuf,
    /// Where it is to be published, if not where `site.toml` says; checked already.
    pub base_url: Option<String>,
    /// Whether drafts are published.
    pub drafts: bool,
    /// Whether there is a full-text search, if the theme has one.
    pub search: bool,
    /// The day on which this happens.
    pub today: jiff::civil::Date,
}

/// What came of it.
pub struct Outcome {
    /// Everything that is wrong with the content, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// What renders the pages; none if something is an error.
    pub compiled: Option<Compiled>,
    sources: Arc<Sources>,
    outline: Option<SourceText>,
    theme: Theme,
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

impl Outcome {
    /// The text of a file, to show a line of it.
    pub fn text(&self, path: &str) -> Option<SourceText> {
        let outline = || self.outline.clone().filter(|outline| &*outline.path == path);
        self.sources.text(path).or_else(outline).or_else(|| self.theme.text(path))
    }

    fn nothing() -> Self {
        Self {
            diagnostics: Vec::new(),
            compiled: None,
            sources: Arc::default(),
            outline: None,
            theme: Theme::new(Vec::new(), Vec::new()),
        }
    }

    /// Whether something is an error.
    pub fn has_errors(&self) -> bool {
        diagnostics::count(&self.diagnostics).0 > 0
    }
}

/// Compiles a site once. `stage` is told each stage's name when the stage has ended.
///
/// # Errors
/// The disk: a folder or file can't be read.
pub fn compile(request: &Request, stage: &mut dyn FnMut(&'static str)) -> io::Result<Outcome> {
    let mut compiler = Compiler::new(request.clone());
    compiler.look()?;
    stage("read");
    Ok(compiler.compile(stage))
}

/// Compiles a site again and again.
pub struct Compiler {
    /// What to compile.
    pub request: Request,
    seen: Option<Seen>,
    parsed: Option<Parsed>,
}

/// What is on disk.
struct Seen {
    sources: Arc<Sources>,
    config: Arc<Config>,
    /// What is wrong with the configuration.
    problems: Vec<Diagnostic>,
    outline: OutlineFile,
    theme: ThemeChain,
}

/// The file that maps are drawn on.
#[derive(Default, Clone)]
struct OutlineFile {
    text: Option<SourceText>,
    outline: Arc<Outline>,
    /// What is wrong with it.
    problems: Vec<Diagnostic>,
}

/// What the texts mean, each for itself.
struct Parsed {
    /// The texts that the configuration and the schema were read from.
    declarations: Vec<SourceText>,
    schema: Arc<Schema>,
    /// What is wrong with the schema.
    problems: Vec<Diagnostic>,
    documents: Vec<Document>,
}

/// A theme and all that it extends.
struct ThemeChain {
    files: Vec<ThemeFiles>,
    settings: Vec<render::Settings>,
    /// Whether all of them are there.
    complete: bool,
    problems: Vec<Diagnostic>,
}

impl Compiler {
    /// A compiler that has read nothing yet.
    pub fn new(request: Request) -> Self {
        Self { request, seen: None, parsed: None }
    }

    /// Reads what has changed on disk since the last look. Out: the paths, relative to the root, of the files that are new, gone or
    /// different; where there are none, compiling again would give the same.
    ///
    /// # Errors
    /// A folder or file can't be read; then all is as it was before.
    pub fn look(&mut self) -> io::Result<BTreeSet<Box<str>>> {
        let nothing = Sources::default();
        let before = self.seen.as_ref().map_or(&nothing, |seen| &seen.sources);
        let sources = source::read(&self.request.root, before)?;
        self.see(sources)
    }

    /// The same, in less time, where only these files may have changed. Out: nothing if it takes a look at all files.
    ///
    /// # Errors
    /// A file can't be read; then all is as it was before.
    pub fn look_at(&mut self, paths: &BTreeSet<Box<str>>) -> io::Result<Option<BTreeSet<Box<str>>>> {
        let Some(seen) = &self.seen else { return Ok(None) };
        match source::read_some(&self.request.root, &seen.sources, paths)? {
            Some(sources) => self.see(sources).map(Some),
            None => Ok(None),
        }
    }

    fn see(&mut self, sources: Sources) -> io::Result<BTreeSet<Box<str>>> {
        let nothing = Sources::default();
        let before = self.seen.as_ref();
        let (config, problems) = configuration(&self.request, &sources);
        let theme = ThemeChain::read(&self.request, &config)?;
        let outline = OutlineFile::read(&config, &sources, before)?;
        let mut changed = BTreeSet::new();
        source::differences(before.map_or(&nothing, |seen| &seen.sources), &sources, &mut changed);
        source::theme_differences(before.map_or(&[], |seen| &seen.theme.files), &theme.files, &mut changed);
        self.seen = Some(Seen { sources: Arc::new(sources), config: Arc::new(config), problems, outline, theme });
        Ok(changed)
    }

    /// Compiles what was last looked at.
    pub fn compile(&mut self, stage: &mut dyn FnMut(&'static str)) -> Outcome {
        let Some(seen) = &self.seen else { return Outcome::nothing() };
        let parsed = Parsed::parse(seen, self.parsed.take());
        stage("parse");
        let mut problems: Vec<Diagnostic> =
            [&seen.sources.problems, &seen.problems, &seen.outline.problems, &parsed.problems, &seen.theme.problems]
                .into_iter()
                .flatten()
                .cloned()
                .collect();
        let options = model::Options { drafts: self.request.drafts, today: self.request.today };
        let files = model::Files { assets: seen.sources.assets.clone(), outline: seen.outline.outline.clone() };
        let (ecosystem, found) =
            model::resolve(seen.config.clone(), parsed.schema.clone(), &parsed.documents, files, options);
        problems.extend(found);
        stage("model");
        let theme = Theme::new(seen.theme.files.clone(), seen.theme.settings.clone());
        let extras = theme.extras();
        let extras = Extras { search: extras.search && self.request.search, ..extras };
        let mut found = Vec::new();
        let assets = theme.assets(&mut found);
        // Without a theme that this one extends, its files would be missed too.
        problems.extend(found.into_iter().filter(|_| seen.theme.complete));
        let (site, found) = site::routes(&ecosystem, &assets, extras);
        problems.extend(found);
        stage("routes");
        let (ecosystem, site) = (Arc::new(ecosystem), Arc::new(site));
        let renderer = seen.theme.complete.then(|| {
            let (renderer, found) = Renderer::new(ecosystem.clone(), site.clone(), theme.clone());
            problems.extend(found);
            renderer
        });
        stage("views");
        if !ecosystem.config.knows_languages {
            // The one thing to say first is which languages there are.
            problems.retain(|problem| &*problem.place.path == config::FILE || problem.code == Code::TomlSyntax);
        }
        diagnostics::sort(&mut problems);
        let sound = diagnostics::count(&problems).0 == 0;
        let compiled = renderer.filter(|_| sound).map(|renderer| Compiled { ecosystem, site, renderer });
        self.parsed = Some(parsed);
        let outline = seen.outline.text.clone();
        Outcome { diagnostics: problems, compiled, sources: seen.sources.clone(), outline, theme }
    }
}

/// The configuration, and what is wrong with it.
fn configuration(request: &Request, sources: &Sources) -> (Config, Vec<Diagnostic>) {
    let nothing = SourceText::new(config::FILE, "");
    let (mut config, mut problems) = config::read(sources.config.as_ref().unwrap_or(&nothing));
    if sources.config.is_none() {
        // Without the file, the one thing to say is that it is not there.
        problems.clear();
    }
    if let Some(base_url) = &request.base_url {
        config.base_url.clone_from(base_url);
    }
    (config, problems)
}

impl OutlineFile {
    /// Reads the file that the configuration names, unless it says what it said before.
    fn read(config: &Config, sources: &Sources, before: Option<&Seen>) -> io::Result<Self> {
        let Some((path, place)) = &config.outline else { return Ok(Self::default()) };
        let failed = |problem| Ok(Self { problems: vec![problem], ..Self::default() });
        let asset = sources.asset(path);
        if let Some(asset) = asset.filter(|asset| asset.bytes.size() > outline::LARGEST) {
            let size = asset.bytes.size() / (1024 * 1024);
            let problem = Diagnostic::new(Code::BadOutline, place.clone(), format!("the outline has {size} MiB"));
            return failed(problem.hint("simplify it: a map as wide as a page shows a few thousand positions"));
        }
        let mut problems = Vec::new();
        let text = asset.map(|asset| source::text_of(asset, &mut problems)).transpose()?.flatten();
        let Some(text) = text else {
            let message = format!("there is no file \"{path}\" in content/");
            let near = diagnostics::did_you_mean(path, sources.assets.iter().map(|asset| &*asset.path));
            return failed(Diagnostic::new(Code::MissingFile, place.clone(), message).maybe_hint(near));
        };
        let same =
            |before: &&Seen| before.outline.text.as_ref() == Some(&text) && before.config.languages == config.languages;
        if let Some(before) = before.filter(same) {
            return Ok(before.outline.clone());
        }
        let (outline, found) = outline::read(&text, &config.languages);
        problems.extend(found);
        Ok(Self { text: Some(text), outline: Arc::new(outline), problems })
    }
}

impl Parsed {
    /// Parses the texts, except those that `before` has parsed already by the same declarations.
    fn parse(seen: &Seen, before: Option<Self>) -> Self {
        let texts = &seen.sources.texts;
        let of_types = texts.iter().filter(|text| type_of(&text.path).is_some());
        let declarations: Vec<SourceText> = seen.sources.config.iter().chain(of_types).cloned().collect();
        let same = before.filter(|before| before.declarations == declarations);
        let (schema, problems, known) = match same {
            Some(before) => (before.schema, before.problems, before.documents),
            None => {
                let types: Vec<(Box<str>, SourceText)> =
                    texts.iter().filter_map(|text| Some((type_of(&text.path)?.into(), text.clone()))).collect();
                let (schema, problems) = schema::read(&types, &seen.config.languages);
                (Arc::new(schema), problems, Vec::new())
            }
        };
        // Both are in the order of their paths.
        let mut known = known.into_iter().peekable();
        let texts = texts.iter().filter(|text| type_of(&text.path).is_none());
        let pairs: Vec<(&SourceText, Option<Document>)> = texts
            .map(|text| {
                while known.next_if(|document| document.source.path < text.path).is_some() {}
                let same = |document: &Document| {
                    document.source.path == text.path && Arc::ptr_eq(&document.source.text, &text.text)
                };
                (text, known.next_if(same))
            })
            .collect();
        let documents = pairs
            .into_par_iter()
            .map(|(text, known)| known.unwrap_or_else(|| parse::document(text, &seen.config, &schema)));
        let documents = documents.collect();
        Self { declarations, schema, problems, documents }
    }
}

/// The type that a file declares: `content/actors/_type.toml` declares `actors`.
fn type_of(path: &str) -> Option<&str> {
    let folder =
        path.strip_prefix(source::CONTENT)?.strip_prefix('/')?.strip_suffix(schema::FILE)?.strip_suffix('/')?;
    (!folder.is_empty() && !folder.contains('/')).then_some(folder)
}

impl ThemeChain {
    /// Reads the theme that the configuration names, and all that it extends.
    fn read(request: &Request, config: &Config) -> io::Result<Self> {
        let mut chain = Self { files: Vec::new(), settings: Vec::new(), complete: false, problems: Vec::new() };
        let mut next = Some((config.theme.as_str().into(), config.theme_place.clone()));
        while let Some((name, place)) = next {
            if chain.files.iter().any(|theme| theme.name == name) {
                let message = format!("the theme \"{name}\" extends itself");
                chain.problems.push(Diagnostic::new(Code::ThemeCycle, place, message));
                return Ok(chain);
            }
            let Some(mut files) = source::theme(&request.root, &name)? else {
                let names = source::theme_names(&request.root);
                let hint = diagnostics::did_you_mean(&name, names.iter().map(String::as_str))
                    .unwrap_or_else(|| format!("there is {}", diagnostics::list(names.iter().map(String::as_str))));
                let problem = Diagnostic::new(Code::UnknownTheme, place, format!("there is no theme \"{name}\""));
                chain.problems.push(problem.hint(hint));
                return Ok(chain);
            };
            chain.problems.append(&mut files.problems);
            let (extends, settings) = render::settings(&files, &config.languages, &mut chain.problems);
            next = extends;
            chain.settings.push(settings);
            chain.files.push(files);
        }
        chain.complete = true;
        Ok(chain)
    }
}

/// Renders the routes that are wanted, on all cores, and hands them on. Each mistake of a template is reported once, with the first page
/// that it was seen on.
///
/// # Errors
/// The first error of `sink`.
pub fn render(
    compiled: &Compiled,
    wanted: impl Fn(&RouteKind) -> bool + Sync,
    sink: &(dyn Fn(&Route, Rendered) -> io::Result<()> + Sync),
) -> io::Result<Vec<Diagnostic>> {
    let failed = AtomicBool::new(false);
    let results: Vec<io::Result<Option<Diagnostic>>> = compiled
        .site
        .routes
        .par_iter()
        .filter(|route| wanted(&route.kind))
        .map(|route| match compiled.renderer.render(route) {
            // Once something is wrong nothing will be published, but the other pages can still be wrong too.
            Ok(_) if failed.load(Ordering::Relaxed) => Ok(None),
            Ok(rendered) => sink(route, rendered).map(|()| None),
            Err(problem) => {
                failed.store(true, Ordering::Relaxed);
                Ok(Some(problem))
            }
        })
        .collect();
    let mut problems: Vec<Diagnostic> = Vec::new();
    for result in results {
        if let Some(problem) = result? {
            let known = problems.iter().any(|known| known.place == problem.place && known.message == problem.message);
            if !known {
                problems.push(problem);
            }
        }
    }
    diagnostics::sort(&mut problems);
    Ok(problems)
}
