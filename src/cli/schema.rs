//! The command `schema`.

use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::{Context, Result};

use super::args::Schema;
use super::clock::today;
use super::report::{self, refused};
use crate::compile::{Compiler, Request};
use crate::config;
use crate::diagnostics::{self, Diagnostic, Severity};
use crate::json_schema::{self, MARK, SETTINGS};
use crate::output::{self, Step};
use crate::schema;
use crate::source::{Disk, Files as _};
use crate::stop::Stop;

/// Writes JSON Schemas of the site's TOML files.
pub(super) fn schema(options: &Schema) -> Result<u8> {
    let request = Request { base_url: None, drafts: true, search: false, today: today()? };
    let mut compiler = Compiler::new(Arc::new(Disk::new(&options.root)), request);
    let failed = || format!("can't read the site in {}", options.root.display());
    let checked = compiler.check(&Stop::new()).map_err(anyhow::Error::from).with_context(failed)?;
    let errors: Vec<Diagnostic> = checked.diagnostics.iter().filter(|it| is_about_declarations(it)).cloned().collect();
    if !errors.is_empty() {
        report::eprint(&diagnostics::short(&errors, &|path| checked.text(path)));
        report::eprint("nothing was written: a schema would be of declarations with errors\n");
        return Ok(report::CONTENT_HAS_ERRORS);
    }
    let folder = options.output.as_ref().unwrap_or(&options.root);
    let disk = Disk::new(folder);
    let mut files = json_schema::files(&checked.ecosystem);
    let is_others = disk.read(SETTINGS).is_ok_and(|contents| !contents.bytes.starts_with(MARK.as_bytes()));
    if is_others {
        files.retain(|(path, _)| path != SETTINGS);
    }
    let count = files.len();
    if folder.exists() {
        let write = |(path, text): (String, String)| {
            let is_new = disk.read(&path).is_err();
            Step::Write { path, bytes: text.into_bytes(), is_new }
        };
        let steps: Vec<Step> = files.into_iter().map(write).collect();
        output::apply(folder, &steps).map_err(refused)?;
    } else {
        let files: Vec<(String, &[u8])> = files.iter().map(|(path, text)| (path.clone(), text.as_bytes())).collect();
        output::write_new(folder, &files).map_err(refused)?;
    }
    let shown = diagnostics::visible(&folder.display().to_string()).into_owned();
    let mut summary = format!("wrote {count} files to {shown}/\n");
    if is_others {
        let _ = writeln!(summary, "{SETTINGS} was not made by this program and stays as it is");
    }
    report::print(&summary)?;
    Ok(0)
}

/// Whether a problem is an error in the configuration or in the declaration of a type.
fn is_about_declarations(problem: &Diagnostic) -> bool {
    let path = &*problem.place.path;
    problem.severity() == Severity::Error && (path == config::FILE || schema::type_of(path).is_some())
}
