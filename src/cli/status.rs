//! The command `status`.

use std::sync::Arc;

use anyhow::{Context, Result};

use super::args::{Status, StatusFormat};
use super::clock::today;
use super::{lock, named, report};
use crate::compile::{Compiler, Request};
use crate::history;
use crate::locale::Lang;
use crate::render;
use crate::source::Disk;
use crate::status::{self, Known, Scope};
use crate::stop::Stop;

/// Lists what a site needs most.
pub(super) fn status(options: &Status) -> Result<u8> {
    let today = today()?;
    let request = Request { base_url: None, drafts: true, search: false, today };
    let mut compiler = Compiler::new(Arc::new(Disk::new(&options.root)), request);
    let failed = || format!("can't read the site in {}", options.root.display());
    let checked = compiler.check(&Stop::new()).map_err(anyhow::Error::from).with_context(failed)?;
    let scope = Scope {
        types: named::types(&checked, &options.types)?,
        lang: options.lang.as_deref().map(|tag| named::language(&checked, Some(tag))).transpose()?,
    };
    // Without the whole history, translations count as what they say themselves.
    let (lock, history) = (lock::read(&options.root)?, history::read(&options.root).ok());
    let known = Known { lock, history, figures: render::figures(&checked.ecosystem) };
    let status = status::status(&checked.ecosystem, &known, &scope, today);
    report::print(&match options.format {
        StatusFormat::Human => status::human(&status, options.all),
        StatusFormat::Json => status::json(&status),
        StatusFormat::Csv => status::csv(&status).context("can't make the table")?,
        StatusFormat::Html => {
            status::html(&status, &format!("{}: what is to be done", checked.ecosystem.config.title(Lang::DEFAULT)))
        }
    })?;
    Ok(0)
}
