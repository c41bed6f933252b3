//! The commands `build`, `check` and `new`.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Build, Check, Format, New, Once, Site, WorkflowHost};
use super::clock::{Clock, today};
use super::ending::Ending;
use super::report::{self, refused};
use crate::compile::{self, Compiled, Compiler, Outcome, Request};
use crate::config::BaseUrl;
use crate::diagnostics::{self, Diagnostic};
use crate::history;
use crate::output::{self, Staging};
use crate::render::Rendered;
use crate::search;
use crate::site::{Route, RouteKind};
use crate::source::{self, Disk};
use crate::stop::Stop;

/// Writes the site.
pub(super) fn build(options: &Build) -> Result<u8> {
    let mut clock = Clock::start();
    let outcome = compile_with_history(&options.site, &request_to_build(options)?, &mut clock)?;
    let folder = folder(options);
    let mut problems = outcome.diagnostics.clone();
    if let Some(compiled) = &outcome.compiled
        && report::status(&problems, options.once.strict) == 0
        && let Some(status) = write(options, compiled, &folder, &mut problems, &mut clock)?
    {
        return Ok(status);
    }
    diagnostics::sort(&mut problems);
    report::eprint(&report::diagnostics(&outcome, &problems, Format::Human, &options.once));
    let status = report::status(&problems, options.once.strict);
    match &outcome.compiled {
        Some(compiled) if status == 0 => report::print(&format!(
            "{} → {}/\n",
            report::summary(compiled, &problems, clock.start.elapsed()),
            diagnostics::visible(&folder.strip_prefix("./").unwrap_or(&folder).display().to_string())
        ))?,
        _ => report::eprint(&format!("{}: nothing was written\n", report::counted(&problems))),
    }
    timings(&options.once, &clock);
    // The program ends now. The system frees the memory faster than dropping would.
    std::mem::forget(outcome);
    Ok(status)
}

/// Renders a compiled site and puts it into its folder, unless a template fails. Out: the exit status if a signal ended
/// the work.
fn write(
    options: &Build,
    compiled: &Compiled,
    folder: &Path,
    problems: &mut Vec<Diagnostic>,
    clock: &mut Clock,
) -> Result<Option<u8>> {
    let signals = Arc::new(Ending::listen()?);
    let signals_of_stop = signals.clone();
    let stop = Stop::when(move || signals_of_stop.status().is_some());
    let staging = output::stage(folder, &options.site.root, how_to_write(options)).map_err(refused)?;
    let result = render(compiled, |_| true, &stop, &|route, rendered| match rendered {
        Rendered::Bytes(bytes) => staging.write(&route.file(), &bytes),
        Rendered::File(bytes) => staging.copy(&route.file(), &bytes),
    });
    clock.stage("render");
    if let Some(status) = signals.status() {
        return Ok(Some(status));
    }
    problems.extend(result?);
    if report::status(problems, options.once.strict) != 0 {
        return Ok(None);
    }
    if !compiled.site.search.is_empty() {
        index(compiled, &staging)?;
        clock.stage("search");
    }
    if let Some(status) = signals.status() {
        return Ok(Some(status));
    }
    let failed = || format!("can't put the site into {}", folder.display());
    staging.publish().map_err(refused).with_context(failed)?;
    clock.stage("publish");
    Ok(None)
}

/// How the folder is written.
fn how_to_write(options: &Build) -> output::Options {
    output::Options { force: options.force, sync: !options.no_sync }
}

/// The folder to write.
pub(super) fn folder(options: &Build) -> PathBuf {
    options.output.clone().unwrap_or_else(|| options.site.root.join("public"))
}

/// Checks the content and the templates, and asks outside addresses if that is wished.
pub(super) fn check(options: &Check) -> Result<u8> {
    let mut clock = Clock::start();
    let (outcome, mut problems) = checked(options, &mut clock)?;
    #[cfg(feature = "links")]
    if options.links.links {
        return super::links::check(options, &outcome, problems);
    }
    diagnostics::sort(&mut problems);
    report::print(&report::diagnostics(&outcome, &problems, options.format, &options.once))?;
    if options.format == Format::Human {
        let summary = match &outcome.compiled {
            Some(compiled) => report::summary(compiled, &problems, clock.start.elapsed()),
            None => report::counted(&problems),
        };
        report::print(&format!("{summary}\n"))?;
    }
    timings(&options.once, &clock);
    let status = report::status(&problems, options.once.strict);
    std::mem::forget(outcome);
    Ok(status)
}

/// The diagnostics of the content and of the templates. Writes nothing.
fn checked(options: &Check, clock: &mut Clock) -> Result<(Outcome, Vec<Diagnostic>)> {
    let outcome = compile(&options.site, &request(&options.site, None)?, clock)?;
    let mut problems = outcome.diagnostics.clone();
    if let Some(compiled) = &outcome.compiled {
        problems.extend(render(compiled, RouteKind::needs_templates, &Stop::new(), &|_, _| Ok(()))?);
        clock.stage("render");
    }
    Ok((outcome, problems))
}

/// Creates a small example site.
pub(super) fn new(options: &New) -> Result<u8> {
    let workflow = options.workflow.map(|host| {
        source::workflow(match host {
            WorkflowHost::Github => source::Host::Github,
            WorkflowHost::Gitlab => source::Host::Gitlab,
            WorkflowHost::Forgejo => source::Host::Forgejo,
        })
    });
    let mut files = source::starter();
    files.extend(workflow.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes())));
    output::write_new(&options.folder, &files).map_err(refused)?;
    let folder = options.folder.display().to_string();
    let folder = diagnostics::visible(&folder);
    report::print(&format!("created an example site in {folder}/. Next: filiere build --root {folder}\n"))?;
    Ok(0)
}

fn timings(once: &Once, clock: &Clock) {
    if once.timings {
        report::eprint(&report::timings(&clock.stages));
    }
}

fn compile(site: &Site, request: &Request, clock: &mut Clock) -> Result<Outcome> {
    let outcome = compile::compile(Arc::new(Disk::new(&site.root)), request, &mut |stage| clock.stage(stage));
    outcome.with_context(|| format!("can't read the site in {}", site.root.display()))
}

/// Compiles what is published: with the history of the content, if the site asks for it.
fn compile_with_history(site: &Site, request: &Request, clock: &mut Clock) -> Result<Outcome> {
    let (mut compiler, stop) = (Compiler::for_once(Arc::new(Disk::new(&site.root)), request.clone()), Stop::new());
    let failed = || format!("can't read the site in {}", site.root.display());
    compiler.look(&stop).with_context(failed)?;
    clock.stage("read");
    if compiler.wants_history() {
        read_history(&mut compiler, &site.root);
        clock.stage("history");
    }
    compiler.compile(&stop, &mut |stage| clock.stage(stage)).with_context(failed)
}

/// Reads the history of the content.
fn read_history(compiler: &mut Compiler, root: &Path) {
    compiler.set_history(history::read(root).map_err(|error| error.to_string()));
}

pub(super) fn request(site: &Site, base_url: Option<BaseUrl>) -> Result<Request> {
    Ok(Request { base_url, drafts: site.drafts, search: true, today: today()? })
}

/// The options of a compilation by `build`.
pub(super) fn request_to_build(options: &Build) -> Result<Request> {
    Ok(Request { search: !options.no_search, ..request(&options.site, options.base_url.clone())? })
}

/// Writes the search index. A part that is made from the same texts as that of the last build is taken over from there.
fn index(compiled: &Compiled, staging: &Staging) -> Result<()> {
    let mut parts = Vec::new();
    for part in search::parts(&compiled.site, &compiled.renderer) {
        if !staging.take_over(part.folder(), &part.fingerprint()).context("can't write the search index")? {
            parts.push(part);
        }
    }
    for file in search::index(&parts).context("can't index the site")? {
        staging.write(file.file(), &file.bytes).context("can't write the search index")?;
    }
    for part in &parts {
        staging.note(part.folder(), &part.fingerprint()).context("can't read the search index")?;
    }
    Ok(())
}

/// Renders the routes that `wanted` accepts. In a terminal, a progress bar appears after one second.
fn render(
    compiled: &Compiled,
    wanted: impl Fn(&RouteKind) -> bool + Sync,
    stop: &Stop,
    sink: &(dyn Fn(&Route, Rendered) -> io::Result<()> + Sync),
) -> Result<Vec<Diagnostic>> {
    let bar = ProgressBar::with_draw_target(Some(compiled.site.routes.len() as u64), ProgressDrawTarget::hidden());
    bar.set_style(
        ProgressStyle::with_template("{bar:30} {pos}/{len} {eta}").unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let is_terminal = io::stderr().is_terminal();
    let is_visible = AtomicBool::new(false);
    let start = Instant::now();
    let result = compile::render(compiled, wanted, stop, &|route, rendered| {
        sink(route, rendered)?;
        if is_terminal {
            bar.inc(1);
            if start.elapsed() > Duration::from_secs(1) && !is_visible.swap(true, Ordering::Relaxed) {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
        }
        Ok(())
    });
    bar.finish_and_clear();
    result.context("can't write the site")
}
