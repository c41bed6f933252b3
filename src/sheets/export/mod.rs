//! Makes sheets of a site.

mod csv;
mod drop_downs;
mod guide;
mod tabs;
mod workbook;

use std::io;

use super::sheet::{self, Sheet};
use super::titles::Titles;
use crate::locale::Lang;
use crate::model::Ecosystem;
use crate::schema::TypeId;

/// What is exported.
#[derive(Debug, Clone)]
pub struct Export {
    /// The types; all if there are none.
    pub types: Vec<TypeId>,
    /// The language of labels and titles.
    pub lang: Lang,
    /// Whether the sheets have no rows, to be filled in.
    pub empty: bool,
}

impl Export {
    fn types(&self, ecosystem: &Ecosystem) -> Vec<TypeId> {
        match &*self.types {
            [] => ecosystem.schema.types().map(|(id, _)| id).collect(),
            types => types.to_vec(),
        }
    }

    fn sheets(&self, ecosystem: &Ecosystem) -> Vec<Sheet> {
        let titles = Titles::new(ecosystem);
        let types = self.types(ecosystem);
        let of_types = types.iter().map(|owner| sheet::of_type(ecosystem, &titles, *owner, self.lang, self.empty));
        let links = sheet::of_links(ecosystem, &titles, &types, self.lang, self.empty);
        of_types.chain(links).collect()
    }
}

/// A workbook in the format XLSX. `file` is the name that it will have, for the commands in its first sheet.
///
/// # Errors
/// There are more rows or columns than a sheet can have.
pub fn workbook(ecosystem: &Ecosystem, export: &Export, file: &str) -> io::Result<Vec<u8>> {
    let sheets = export.sheets(ecosystem);
    workbook::write(ecosystem, export, &sheets, file).map_err(io::Error::other)
}

/// A table in CSV for each sheet, which spreadsheet programs of Europe open right: with a byte order mark, separated by
/// semicolons. Out: the names of the files, and their bytes.
///
/// # Errors
/// The system has no memory for them.
pub fn csv(ecosystem: &Ecosystem, export: &Export) -> io::Result<Vec<(String, Vec<u8>)>> {
    let sheets = export.sheets(ecosystem);
    sheets.iter().map(|sheet| Ok((format!("{}.csv", sheet.id), csv::write(sheet)?))).collect()
}
