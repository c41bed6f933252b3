//! A sheet as CSV.

use std::io;

use crate::sheets::sheet::Sheet;
use crate::values::SheetCell;

/// The bytes of a table: the ids of the columns, then a row for each row. An apostrophe before a text keeps programs from
/// taking it for a formula.
pub(super) fn write(sheet: &Sheet) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::from("\u{feff}".as_bytes()));
    writer.write_record(sheet.columns.iter().map(|(id, _)| id))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(safe))?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn safe(cell: &SheetCell) -> String {
    match cell {
        SheetCell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) => format!("'{text}"),
        cell => cell.text(),
    }
}
