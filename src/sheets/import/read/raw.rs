//! A sheet as it is in a file.

use crate::values::SheetCell;

/// The maximum number of cells that hold something, in all sheets of a file.
pub(in crate::sheets::import) const MOST_CELLS: usize = 5_000_000;

/// A sheet as it is in a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::sheets::import) struct RawSheet {
    /// Its name, or the name of the file without the ending.
    pub name: String,
    /// Whether people do not see it.
    pub is_hidden: bool,
    /// The rows that hold something, in their order.
    pub rows: Vec<RawRow>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::sheets::import) struct RawRow {
    /// Its number, from 1.
    pub number: usize,
    /// The cells that hold something, by their columns from 0, in order.
    pub cells: Vec<(usize, SheetCell)>,
    /// The errors that formulas have led to, by their columns.
    pub faults: Vec<(usize, String)>,
}

impl RawRow {
    /// The cell of a column.
    pub(in crate::sheets::import) fn get(&self, column: usize) -> &SheetCell {
        const EMPTY: &SheetCell = &SheetCell::Empty;
        let at = self.cells.binary_search_by_key(&column, |(column, _)| *column);
        at.map_or(EMPTY, |at| &self.cells[at].1)
    }

    /// Adds a cell behind the others, if it holds something.
    pub(super) fn push(&mut self, column: usize, cell: SheetCell) {
        if !cell.is_empty() {
            self.cells.push((column, cell));
        }
    }
}

impl RawSheet {
    /// A sheet of rows; empty rows are left out.
    pub(super) fn new(name: &str, is_hidden: bool, rows: Vec<RawRow>) -> Self {
        let rows = rows.into_iter().filter(|row| !row.cells.is_empty() || !row.faults.is_empty());
        Self { name: name.to_owned(), is_hidden, rows: rows.collect() }
    }
}

/// The letters of a column, as spreadsheet programs have them: A, B, …, Z, AA.
pub(in crate::sheets::import) fn letters(column: usize) -> String {
    let (before, last) = (column / 26, char::from(b'A' + (column % 26) as u8));
    if before == 0 { last.to_string() } else { letters(before - 1) + &last.to_string() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_have_letters() {
        let letters: Vec<String> = [0, 25, 26, 701, 702].into_iter().map(super::letters).collect();
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
