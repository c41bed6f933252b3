//! The commands that compile.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Build, Check, Format, New, Once, Site};
use super::clock::{Clock, today};
use super::ending::Ending;
use super::report;
use crate::compile::{self, Compiled, Outcome, Request};
use crate::config::BaseUrl;
use crate::diagnostics::Diagnostic;
use crate::output::{self, Refusal, Staging};
use crate::render::Rendered;
use crate::search;
use crate::site::{Route, RouteKind};
use crate::source::{self, Disk};
use crate::stop::Stop;

/// Writes the site.
pub(super) fn build(options: &Build) -> Result<u8> {
    let mut clock = Clock::start();
    let outcome = compile(&options.site, &request_to_build(options)?, &mut clock)?;
    let folder = folder(options);
    let shown = folder.strip_prefix("./").unwrap_or(&folder);
    let mut found = outcome.diagnostics.clone();
    let stopped = report::status(&found, options.once.strict) != 0;
    let compiled = outcome.compiled.as_ref().filter(|_| !stopped);
    if let Some(compiled) = compiled {
        let end = Arc::new(Ending::listen()?);
        let asked = end.clone();
        let stop = Stop::when(move || asked.status().is_some());
        let staging = output::stage(&folder, &options.site.root, options.force).map_err(refused)?;
        let result = render(compiled, |_| true, &stop, &|route, rendered| match rendered {
            Rendered::Bytes(bytes) => staging.write(&route.file(), &bytes),
            Rendered::File(bytes) => staging.copy(&route.file(), &bytes),
        });
        clock.stage("render");
        if let Some(status) = end.status() {
            return Ok(status);
        }
        found.extend(result?);
        if report::status(&found, options.once.strict) == 0 {
            if !compiled.site.search.is_empty() {
                index(compiled, &staging)?;
                clock.stage("search");
            }
            if let Some(status) = end.status() {
                return Ok(status);
            }
            let failed = || format!("can't put the site into {}", folder.display());
            staging.publish().map_err(refused).with_context(failed)?;
            clock.stage("publish");
        }
    }
    report::eprint(&report::diagnostics(&outcome, &found, Format::Human));
    let status = report::status(&found, options.once.strict);
    match compiled.filter(|_| status == 0) {
        Some(compiled) => report::print(&format!(
            "{} → {}/\n",
            report::summary(compiled, &found, clock.start.elapsed()),
            shown.display()
        )),
        None => report::eprint(&format!("{}: nothing was written\n", report::counted(&found))),
    }
    timings(&options.once, &clock);
    // The program ends now, and the system takes its memory back faster than it could give it.
    std::mem::forget(outcome);
    Ok(status)
}

/// The folder to write.
pub(super) fn folder(options: &Build) -> PathBuf {
    options.output.clone().unwrap_or_else(|| options.site.root.join("public"))
}

/// Says what is wrong, and writes nothing.
pub(super) fn check(options: &Check) -> Result<u8> {
    let mut clock = Clock::start();
    let outcome = compile(&options.site, &request(&options.site, None)?, &mut clock)?;
    let mut found = outcome.diagnostics.clone();
    if let Some(compiled) = &outcome.compiled {
        found.extend(render(compiled, RouteKind::needs_templates, &Stop::new(), &|_, _| Ok(()))?);
        clock.stage("render");
    }
    report::print(&report::diagnostics(&outcome, &found, options.format));
    if options.format == Format::Human {
        match &outcome.compiled {
            Some(compiled) => report::print(&format!("{}\n", report::summary(compiled, &found, clock.start.elapsed()))),
            None => report::print(&format!("{}\n", report::counted(&found))),
        }
    }
    timings(&options.once, &clock);
    let status = report::status(&found, options.once.strict);
    std::mem::forget(outcome);
    Ok(status)
}

/// Makes a small site to start from.
pub(super) fn new(options: &New) -> Result<u8> {
    output::write_new(&options.folder, &source::starter()).map_err(refused)?;
    let folder = options.folder.display();
    report::print(&format!("{folder}/ is a small site. Next: filiere build --root {folder}\n"));
    Ok(0)
}

pub(super) fn refused(refusal: Refusal) -> anyhow::Error {
    match refusal {
        Refusal::NotOurs(sentence) => anyhow!(sentence),
        Refusal::Io(error) => error.into(),
    }
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

pub(super) fn request(site: &Site, base_url: Option<BaseUrl>) -> Result<Request> {
    Ok(Request { base_url, drafts: site.drafts, search: true, today: today()? })
}

/// What `build` compiles.
pub(super) fn request_to_build(options: &Build) -> Result<Request> {
    Ok(Request { search: !options.no_search, ..request(&options.site, options.base_url.clone())? })
}

/// Writes the index of the search.
fn index(compiled: &Compiled, staging: &Staging) -> Result<()> {
    let files = search::index(&search::parts(&compiled.site, &compiled.renderer)).context("can't index the site")?;
    for file in files {
        staging.write(file.file(), &file.bytes).context("can't write the index of the search")?;
    }
    Ok(())
}

/// Renders what is wanted; with a bar if it takes over a second and somebody is watching.
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
    let watched = io::stderr().is_terminal();
    let shown = AtomicBool::new(false);
    let start = Instant::now();
    let result = compile::render(compiled, wanted, stop, &|route, rendered| {
        sink(route, rendered)?;
        if watched {
            bar.inc(1);
            if start.elapsed() > Duration::from_secs(1) && !shown.swap(true, Ordering::Relaxed) {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
        }
        Ok(())
    });
    bar.finish_and_clear();
    result.context("can't write the site")
}
