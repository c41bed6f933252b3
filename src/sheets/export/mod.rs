//! Makes sheets of a site.

mod scope;
mod csv;
mod tabs;
mod guide;
mod drop_downs;
mod workbook;

use std::io;

use super::titles::Titles;
use crate::model::Ecosystem;

pub use scope::Export;

/// A workbook in the format XLSX. `file` is the name that it will have, for the commands in its first sheet.
///
/// # Errors
/// There are more rows or columns than a sheet can have.
pub fn workbook(ecosystem: &Ecosystem, export: &Export, file: &str) -> io::Result<Vec<u8>> {
    let titles = Titles::new(ecosystem);
    let sheets = export.sheets(ecosystem, &titles);
    workbook::write(&titles, ecosystem, (export, &sheets), file).map_err(io::Error::other)
}

/// A table in CSV for each sheet, which spreadsheet programs of Europe open right: with a byte order mark, separated by
/// semicolons. Out: the names of the files, and their bytes.
///
/// # Errors
/// The system has no memory for them.
pub fn csv(ecosystem: &Ecosystem, export: &Export) -> io::Result<Vec<(String, Vec<u8>)>> {
    let sheets = export.sheets(ecosystem, &Titles::new(ecosystem));
    sheets.iter().map(|sheet| Ok((format!("{}.csv", sheet.id), csv::write(sheet)?))).collect()
}
