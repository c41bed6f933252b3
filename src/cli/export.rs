//! The command `export`.

use std::sync::Arc;

use anyhow::{Context, Result};

use super::args::{Export, SheetFormat};
use super::clock::today;
use super::named;
use super::report::{self, refused};
use crate::compile::{Compiler, Request};
use crate::diagnostics;
use crate::output;
use crate::sheets;
use crate::source::Disk;
use crate::stop::Stop;

/// Writes the content into spreadsheets.
pub(super) fn export(options: &Export) -> Result<u8> {
    let request = Request { base_url: None, drafts: true, search: false, today: today()? };
    let mut compiler = Compiler::new(Arc::new(Disk::new(&options.root)), request);
    let failed = || format!("can't read the site in {}", options.root.display());
    let checked = compiler.check(&Stop::new()).map_err(anyhow::Error::from).with_context(failed)?;
    let (errors, _) = diagnostics::count(&checked.diagnostics);
    if errors > 0 {
        report::eprint(&diagnostics::short(&checked.diagnostics, &|path| checked.text(path)));
        report::eprint("nothing was written: a sheet of content with errors would lack what has them\n");
        return Ok(report::CONTENT_HAS_ERRORS);
    }
    let export = sheets::Export {
        types: named::types(&checked, &options.types)?,
        lang: named::language(&checked, options.lang.as_deref())?,
        empty: options.empty,
    };
    let is_workbook = match options.format {
        Some(format) => format == SheetFormat::Xlsx,
        None => options.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")),
    };
    let shown = diagnostics::visible(&options.file.display().to_string()).into_owned();
    if is_workbook {
        let name = options.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = sheets::workbook(&checked.ecosystem, &export, &name).context("can't make the workbook")?;
        output::write_file(&options.file, &bytes, options.force).map_err(refused)?;
        report::print(&format!("wrote {shown}\n"))?;
    } else {
        let tables = sheets::csv(&checked.ecosystem, &export).context("can't make the tables")?;
        let files: Vec<(String, &[u8])> = tables.iter().map(|(name, bytes)| (name.clone(), &**bytes)).collect();
        output::write_new(&options.file, &files).map_err(refused)?;
        report::print(&format!("wrote {} to {shown}/\n", report::plural(files.len(), "table")))?;
    }
    Ok(0)
}
