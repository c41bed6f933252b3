//! Workbooks: XLSX, ODS, XLS.

use std::io::Cursor;

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime, Ods, Reader, SheetVisible, Style, Xls, Xlsx};

use super::raw::{MOST_CELLS, RawRow, RawSheet};
use super::size;
use crate::values::{Date, SheetCell};

pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<RawSheet>, String> {
    let broken = |error: &dyn std::fmt::Display| format!("it is no workbook, or is broken: {error}");
    if !bytes.starts_with(b"PK") {
        return Ranges(Xls::new(Cursor::new(bytes)).map_err(|error| broken(&error))?).sheets();
    }
    size::check(bytes)?;
    // The first part of an ODS is its media type, uncompressed.
    if memchr::memmem::find(&bytes[..bytes.len().min(200)], b"opendocument.spreadsheet").is_some() {
        return Ranges(Ods::new(Cursor::new(bytes)).map_err(|error| broken(&error))?).sheets();
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let known: Vec<(String, bool)> = names(&book);
    let mut left = MOST_CELLS;
    let mut sheets = Vec::new();
    for (name, is_hidden) in known {
        let mut reader = book.worksheet_cells_reader(&name).map_err(|error| broken(&error))?;
        let shares: Vec<bool> = reader.styles().iter().map(is_share).collect();
        let mut rows: Vec<RawRow> = Vec::new();
        // The reader streams, so a sheet takes as much memory as its cells that hold something.
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| broken(&error))? {
            let (row, column) = cell.get_position();
            let (number, column) = (row as usize + 1, column as usize);
            let value = match shared(cell.get_value()) {
                Ok(SheetCell::Number(number)) if shares.get(style) == Some(&true) => Ok(SheetCell::Share(number)),
                value => value,
            };
            if matches!(&value, Ok(cell) if cell.is_empty()) {
                continue;
            }
            left = left.checked_sub(1).ok_or("it has too many cells")?;
            if rows.last().is_none_or(|last| last.number != number) {
                rows.push(RawRow { number, ..RawRow::default() });
            }
            if let Some(row) = rows.last_mut() {
                put(row, column, value);
            }
        }
        rows.sort_by_key(|row| row.number);
        rows.iter_mut().for_each(|row| row.cells.sort_by_key(|(column, _)| *column));
        sheets.push(RawSheet::new(&name, is_hidden, rows));
    }
    Ok(sheets)
}

fn names<R: Reader<T>, T: std::io::Read + std::io::Seek>(book: &R) -> Vec<(String, bool)> {
    let sheets = book.sheets_metadata().iter();
    sheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

fn put(row: &mut RawRow, column: usize, value: Result<SheetCell, CellErrorType>) {
    match value {
        Ok(cell) => row.push(column, cell),
        Err(error) => row.faults.push((column, error.to_string())),
    }
}

/// Whether a style shows numbers as hundredths: a percent sign that is not in a text or behind a backslash.
fn is_share(style: &Style) -> bool {
    let Some(format) = &style.number_format else { return false };
    let (mut is_text, mut is_escaped) = (false, false);
    format.format_code.chars().any(|char| {
        let is_sign = char == '%' && !is_text && !is_escaped;
        is_text ^= char == '"' && !is_escaped;
        is_escaped = char == '\\' && !is_escaped;
        is_sign
    })
}

fn shared(value: &DataRef<'_>) -> Result<SheetCell, CellErrorType> {
    Ok(match value {
        DataRef::Int(integer) => SheetCell::Number(*integer as f64),
        DataRef::Float(number) => SheetCell::Number(*number),
        DataRef::String(text) => SheetCell::Text(text.clone()),
        DataRef::SharedString(text) => SheetCell::Text((*text).to_owned()),
        DataRef::Bool(is_true) => SheetCell::Boolean(*is_true),
        DataRef::DateTime(date) => day(date),
        DataRef::DateTimeIso(text) => iso(text),
        DataRef::DurationIso(text) => SheetCell::Text(text.clone()),
        DataRef::Error(error) => return Err(error.clone()),
        DataRef::Empty => SheetCell::Empty,
    })
}

fn owned(value: &Data) -> Result<SheetCell, CellErrorType> {
    Ok(match value {
        Data::Int(integer) => SheetCell::Number(*integer as f64),
        Data::Float(number) => SheetCell::Number(*number),
        Data::String(text) => SheetCell::Text(text.clone()),
        Data::Bool(is_true) => SheetCell::Boolean(*is_true),
        Data::DateTime(date) => day(date),
        Data::DateTimeIso(text) => iso(text),
        Data::DurationIso(text) => SheetCell::Text(text.clone()),
        Data::Error(error) => return Err(error.clone()),
        Data::Empty => SheetCell::Empty,
    })
}

/// The day of a date; a time of the day is left out.
fn day(date: &ExcelDateTime) -> SheetCell {
    if date.is_duration() {
        return SheetCell::Number(date.as_f64());
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    Date::parse(&format!("{year:04}-{month:02}-{day:02}")).map_or(SheetCell::Number(date.as_f64()), SheetCell::Date)
}

fn iso(text: &str) -> SheetCell {
    Date::parse(text.split('T').next().unwrap_or(text))
        .map_or_else(|| SheetCell::Text(text.to_owned()), SheetCell::Date)
}

/// A workbook of a format whose sheets are read whole.
struct Ranges<R>(R);

impl<'b, R: Reader<Cursor<&'b [u8]>>> Ranges<R>
where
    R::Error: std::fmt::Display,
{
    fn sheets(mut self) -> Result<Vec<RawSheet>, String> {
        let mut sheets = Vec::new();
        for (name, is_hidden) in names(&self.0) {
            let range = self.0.worksheet_range(&name).map_err(|error| format!("it is broken: {error}"))?;
            let (first_row, first_column) = range.start().unwrap_or_default();
            let row = |(at, cells): (usize, &[Data])| {
                let mut row = RawRow { number: first_row as usize + at + 1, ..RawRow::default() };
                for (column, value) in cells.iter().enumerate() {
                    put(&mut row, first_column as usize + column, owned(value));
                }
                row
            };
            sheets.push(RawSheet::new(&name, is_hidden, range.rows().enumerate().map(row).collect()));
        }
        Ok(sheets)
    }
}
