//! What people have decided about columns: a file in TOML, with a table for each sheet.
//!
//! ```toml
//! [Membres]
//! "Raison sociale" = "title"
//! "Remarques"      = false
//! ```

use std::fmt::Write as _;

use crate::table::{self, Data, Table};
use crate::values::toml_text;

/// Decisions about columns.
#[derive(Debug, Default)]
pub struct Map(Table);

impl Map {
    /// Reads a file.
    ///
    /// # Errors
    /// It is no TOML. The error is a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let (table, errors) = table::parse(text, 0);
        match errors.first() {
            None => Ok(Self(table)),
            Some(error) => Err(error.message.clone()),
        }
    }

    /// The id of the column that a label was decided to be.
    pub(super) fn get(&self, sheet: &str, label: &str) -> Option<&str> {
        self.0.get(&line(sheet))?.as_table()?.get(&line(label))?.as_text().filter(|id| !id.is_empty())
    }

    /// Whether a column was decided to be left out.
    pub(super) fn is_left_out(&self, sheet: &str, label: &str) -> bool {
        let value =
            self.0.get(&line(sheet)).and_then(|sheet| sheet.as_table()).and_then(|table| table.get(&line(label)));
        value.is_some_and(|value| matches!(value.data, Data::Boolean(false)))
    }
}

/// A label on one line, with single spaces, because a key of TOML has no line breaks.
fn line(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A map that is being written: what each column of each sheet was taken for.
#[derive(Debug, Default)]
pub(super) struct Written(String);

impl Written {
    /// Adds a sheet: the labels of its columns, what each is, and what is near if it is nothing.
    pub(super) fn add<'a>(
        &mut self,
        sheet: &str,
        known: impl Iterator<Item = (&'a str, &'a str)>,
        unknown: impl Iterator<Item = (&'a str, Option<&'a str>)>,
    ) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        let _ = writeln!(self.0, "[{}]", toml_text(&line(sheet)));
        for (label, id) in known {
            let _ = writeln!(self.0, "{} = {}", toml_text(&line(label)), toml_text(id));
        }
        for (label, near) in unknown {
            let near = near.map(|near| format!(" # or is it \"{near}\"?")).unwrap_or_default();
            let _ = writeln!(self.0, "{} = false{near}", toml_text(&line(label)));
        }
    }

    /// The text of the file.
    pub(super) fn text(self) -> String {
        let about = "# What the columns of each sheet are: the id of a field or relation, or false for none.\n\n";
        about.to_owned() + &self.0
    }
}
