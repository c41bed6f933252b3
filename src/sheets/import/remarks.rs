//! What is said about the cells of a sheet.

use super::read::letters;
use crate::diagnostics::{Code, Diagnostic, Hint};

/// A sheet that is being read, and what was noticed about it.
pub(super) struct Remarks<'a> {
    /// The name of its file.
    pub file: &'a str,
    /// Its name; empty if the file has one sheet.
    pub sheet: String,
    pub found: Vec<Diagnostic>,
}

impl Remarks<'_> {
    /// Reports something about a cell, a row or the sheet.
    pub(super) fn report(
        &mut self,
        code: Code,
        (row, column): (Option<usize>, Option<usize>),
        message: impl Into<String>,
        hint: impl Into<Hint>,
    ) {
        let cell = match (row, column) {
            (Some(row), Some(column)) => format!("{}{row}", letters(column)),
            (Some(row), None) => format!("row {row}"),
            (None, Some(column)) => format!("column {}", letters(column)),
            (None, None) => String::new(),
        };
        let place: Vec<&str> = [&*self.sheet, &*cell].into_iter().filter(|part| !part.is_empty()).collect();
        let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(", ")) };
        let message = format!("{place}{}", message.into());
        self.found.push(Diagnostic::about_file(code, self.file, message).hint(hint));
    }
}
