//! The command `diff`.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};

use super::args::{Diff, DiffFormat};
use super::clock::today;
use super::{named, report};
use crate::comparison::{self, Comparison};
use crate::compile::{Checked, Compiler, Request};
use crate::config;
use crate::diagnostics;
use crate::locale::Lang;
use crate::model::Today;
use crate::source::{self, Disk, Files};
use crate::stop::Stop;

/// Tells what is different between two states of a site.
pub(super) fn diff(options: &Diff) -> Result<u8> {
    let today = today()?;
    let (from, before) = match &options.from {
        Some(name) => (name.clone(), state(&options.root, name)?),
        None => {
            let revision =
                source::usual_revision(&options.root).context("can't find out what to compare with: name FROM")?;
            let files: Arc<dyn Files> = Arc::new(source::at_revision(&options.root, &revision)?);
            (revision, files)
        }
    };
    let (to, after): (String, Arc<dyn Files>) = match &options.to {
        Some(name) => (name.clone(), state(&options.root, name)?),
        None => (options.root.display().to_string(), Arc::new(Disk::new(&options.root))),
    };
    let (before, after) = (checked(before, today, &from)?, checked(after, today, &to)?);
    let lang = named::language(&after, options.lang.as_deref())?;
    let comparison = comparison::compare(&before, &after, lang);
    report::print(&written(options, &comparison, (&before, &from), (&after, &to), lang)?)?;
    let is_different = !comparison.is_empty() || !comparison.new.is_empty() || !comparison.gone.is_empty();
    Ok(if options.exit_code && is_different { report::CONTENT_HAS_ERRORS } else { 0 })
}

/// The files of a state: a folder that holds a site, or else a revision.
fn state(root: &Path, name: &str) -> Result<Arc<dyn Files>> {
    let folder = Path::new(name);
    if folder.join(config::FILE).is_file() {
        return Ok(Arc::new(Disk::new(folder)));
    }
    let files = source::at_revision(root, name);
    Ok(Arc::new(files.with_context(|| {
        format!("\"{}\" is neither a folder with a site.toml nor a revision", diagnostics::visible(name))
    })?))
}

fn checked(files: Arc<dyn Files>, today: Today, name: &str) -> Result<Checked> {
    let request = Request { base_url: None, drafts: false, search: false, today };
    let checked = Compiler::new(files, request).check(&Stop::new()).map_err(anyhow::Error::from);
    checked.with_context(|| format!("can't read the site at {}", diagnostics::visible(name)))
}

fn written(
    options: &Diff,
    comparison: &Comparison,
    (before, from): (&Checked, &str),
    (after, to): (&Checked, &str),
    lang: Lang,
) -> Result<String> {
    let languages = &after.ecosystem.config.languages;
    Ok(match options.format {
        DiffFormat::Human => comparison::human(comparison),
        DiffFormat::Markdown => comparison::markdown(comparison),
        DiffFormat::Html => {
            let title = format!("{}: {from} → {to}", after.ecosystem.config.title(lang));
            comparison::html(comparison, &title, languages.tag(lang))
        }
        DiffFormat::Json => {
            let diagnostics = |list: &[diagnostics::Diagnostic], is_new: bool| {
                let side = if is_new { after } else { before };
                let json = diagnostics::json(list, &|path| side.text(path));
                serde_json::from_str(&json).unwrap_or_default()
            };
            format!("{:#}\n", comparison.json(from, to, diagnostics))
        }
    })
}
