//! The whole way, from a folder to pages.
//!
//! In: a request. Out: an [`Outcome`]: the diagnostics and, if none of them is an error, what renders the pages.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diagnostics::{self, Code, Diagnostic};
use crate::model::{self, Ecosystem};
use crate::parse::{self, Document};
use crate::render::{self, Rendered, Renderer, Theme};
use crate::schema::{self, Schema};
use crate::site::{self, Route, RouteKind, Site};
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
    /// The day on which this happens.
    pub today: jiff::civil::Date,
}

/// What came of it.
pub struct Outcome {
    /// Everything that is wrong with the content, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// What renders the pages; none if something is an error.
    pub compiled: Option<Compiled>,
    sources: Sources,
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
        self.sources.text(path).or_else(|| self.theme.text(path))
    }

    /// Whether something is an error.
    pub fn has_errors(&self) -> bool {
        diagnostics::count(&self.diagnostics).0 > 0
    }
}

/// Compiles a site. `stage` is told each stage's name when the stage has ended.
///
/// # Errors
/// The disk: a folder or file can't be read.
pub fn compile(request: &Request, stage: &mut dyn FnMut(&'static str)) -> io::Result<Outcome> {
    let mut sources = source::read(&request.root)?;
    let mut problems = std::mem::take(&mut sources.problems);
    stage("read");
    let (config, schema, documents) = understand(request, &sources, &mut problems);
    stage("parse");
    let (theme, complete) = theme(request, &config, &mut problems)?;
    stage("theme");
    let options = model::Options { drafts: request.drafts, today: request.today };
    let (ecosystem, found) =
        model::resolve(Arc::new(config), Arc::new(schema), &documents, std::mem::take(&mut sources.assets), options);
    problems.extend(found);
    drop(documents);
    stage("model");
    let (site, found) = site::routes(&ecosystem, &theme.assets());
    problems.extend(found);
    stage("routes");
    let (ecosystem, site) = (Arc::new(ecosystem), Arc::new(site));
    let renderer = complete.then(|| {
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
    Ok(Outcome { diagnostics: problems, compiled, sources, theme })
}

/// Reads the configuration, the schema and the documents out of their texts.
fn understand(request: &Request, sources: &Sources, problems: &mut Vec<Diagnostic>) -> (Config, Schema, Vec<Document>) {
    let nothing = SourceText::new(config::FILE, "");
    let (mut config, found) = config::read(sources.config.as_ref().unwrap_or(&nothing));
    // Without the file, the one thing to say is that it is not there.
    problems.extend(found.into_iter().filter(|_| sources.config.is_some()));
    if let Some(base_url) = &request.base_url {
        config.base_url.clone_from(base_url);
    }
    let types: Vec<(Box<str>, SourceText)> =
        sources.texts.iter().filter_map(|text| Some((type_of(&text.path)?.into(), text.clone()))).collect();
    let (schema, found) = schema::read(&types, &config.languages);
    problems.extend(found);
    let documents = sources.texts.par_iter().filter(|text| type_of(&text.path).is_none());
    let documents = documents.map(|text| parse::document(text, &config, &schema)).collect();
    (config, schema, documents)
}

/// The type that a file declares: `content/actors/_type.toml` declares `actors`.
fn type_of(path: &str) -> Option<&str> {
    let folder =
        path.strip_prefix(source::CONTENT)?.strip_prefix('/')?.strip_suffix(schema::FILE)?.strip_suffix('/')?;
    (!folder.is_empty() && !folder.contains('/')).then_some(folder)
}

/// The theme and all that it extends, and whether all of them are there.
fn theme(request: &Request, config: &Config, problems: &mut Vec<Diagnostic>) -> io::Result<(Theme, bool)> {
    let mut chain: Vec<ThemeFiles> = Vec::new();
    let mut next = Some((config.theme.as_str().into(), config.theme_place.clone()));
    while let Some((name, place)) = next {
        if chain.iter().any(|theme| theme.name == name) {
            problems.push(Diagnostic::new(Code::ThemeCycle, place, format!("the theme \"{name}\" extends itself")));
            return Ok((Theme::new(chain), false));
        }
        let Some(mut files) = source::theme(&request.root, &name)? else {
            let names = source::theme_names(&request.root);
            let hint = diagnostics::did_you_mean(&name, names.iter().map(String::as_str))
                .unwrap_or_else(|| format!("there is {}", diagnostics::list(names.iter().map(String::as_str))));
            problems
                .push(Diagnostic::new(Code::UnknownTheme, place, format!("there is no theme \"{name}\"")).hint(hint));
            return Ok((Theme::new(chain), false));
        };
        problems.append(&mut files.problems);
        next = render::extends(&files, &config.languages, problems);
        chain.push(files);
    }
    Ok((Theme::new(chain), true))
}

/// Renders the routes that are wanted, on all cores, and hands them on. Each mistake of a template is reported once, with the first page
/// that it was seen on.
///
/// # Errors
/// The first error of `sink`.
pub fn render(
    compiled: &Compiled,
    wanted: fn(&RouteKind) -> bool,
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
