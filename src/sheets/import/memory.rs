//! What an exported workbook remembers of its cells.

use std::collections::HashMap;

use super::read::RawSheet;
use crate::sheets::fingerprint::{SHEET, fingerprint};
use crate::values::SheetCell;

/// The fingerprints of cells as they were exported.
#[derive(Default)]
pub(super) struct Memory {
    /// The positions of columns, by sheet and column.
    columns: HashMap<(String, String), usize>,
    /// The fingerprints of rows by sheet and key. Several rows have the same key if an entity states a link twice.
    rows: HashMap<(String, String), Vec<Vec<String>>>,
}

/// What has become of a cell since it was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    /// The workbook does not say: it was not exported, or the column or the row is new.
    Unknown,
    /// The person left it as it was.
    Same,
    /// The person has changed it, and the site has not.
    Changed,
    /// Both have changed it.
    Both,
}

impl Memory {
    /// Reads the hidden sheet; nothing is remembered without one.
    pub(super) fn new(sheets: &[RawSheet]) -> Self {
        let mut memory = Self::default();
        let Some(sheet) = sheets.iter().find(|sheet| sheet.name == SHEET) else { return memory };
        for row in &sheet.rows {
            let (of, key, prints) = (row.get(0).text(), row.get(1).text(), row.get(2).text());
            let prints = prints.split(' ').map(str::to_owned);
            match of.strip_prefix("type=") {
                Some(of) => {
                    memory.columns.extend(prints.enumerate().map(|(at, column)| ((of.to_owned(), column), at)));
                }
                None => memory.rows.entry((of, key)).or_default().push(prints.collect()),
            }
        }
        memory
    }

    /// What has become of a cell. `nth` tells rows with the same key apart.
    pub(super) fn since(
        &self,
        (sheet, key, nth): (&str, &str, usize),
        column: &str,
        cell: &SheetCell,
        present: &SheetCell,
    ) -> Since {
        let at = self.columns.get(&(sheet.to_owned(), column.to_owned()));
        let rows = self.rows.get(&(sheet.to_owned(), key.to_owned()));
        let print = at.zip(rows).and_then(|(at, rows)| rows.get(nth)?.get(*at));
        match print {
            None => Since::Unknown,
            Some(print) if *print == fingerprint(cell) => Since::Same,
            Some(print) if *print == fingerprint(present) => Since::Changed,
            Some(_) => Since::Both,
        }
    }
}
