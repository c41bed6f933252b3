//! The workbook: its sheets, and the hidden sheet that says what was exported.

use std::collections::HashMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::drop_downs::{self, DropDowns, List, Lists};
use super::scope::Export;
use super::{guide, tabs};
use crate::model::Ecosystem;
use crate::sheets::column;
use crate::sheets::fingerprint::{self, fingerprint};
use crate::sheets::sheet::{self, Sheet};
use crate::sheets::titles::Titles;
use crate::sheets::words::Words;
use crate::values::SheetCell;

/// The maximum number of characters in a cell.
const LONGEST: usize = 32_767;
/// Labels, then ids.
const HEAD: u32 = 2;

pub(super) fn write(
    titles: &Titles<'_>,
    ecosystem: &Ecosystem,
    (export, sheets): (&Export, &[Sheet]),
    file: &str,
) -> Result<Vec<u8>, XlsxError> {
    let words = Words::new(ecosystem.config.languages.tag(export.lang));
    let names = tabs::names(words.get("guide"), sheets);
    let mut book = Workbook::new();
    // The same site makes the same bytes.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    guide::write(&mut book, ecosystem, (&names, sheets), (export.lang, file))?;
    let mut lists = Lists::default();
    let mut drop_downs = DropDowns { ecosystem, titles, export, words: &words, lists: &mut lists };
    let mut formats = Formats::default();
    for (sheet, name) in sheets.iter().zip(&names[1..]) {
        let page = book.add_worksheet();
        page.set_name(name)?;
        write_sheet(page, sheet, &mut formats, &words)?;
        add_drop_downs(page, sheet, &mut drop_downs)?;
    }
    lists.write(&mut book)?;
    write_memory(book.add_worksheet(), sheets, &words)?;
    book.save_to_buffer()
}

/// The formats of cells, each made once.
#[derive(Default)]
struct Formats {
    by_number: HashMap<String, Format>,
}

impl Formats {
    fn number(&mut self, form: &str) -> &Format {
        let new = || Format::new().set_num_format(form).set_align(FormatAlign::Top);
        self.by_number.entry(form.to_owned()).or_insert_with(new)
    }
}

fn write_sheet(page: &mut Worksheet, sheet: &Sheet, formats: &mut Formats, words: &Words) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (at, (id, label)) in sheet.columns.iter().enumerate() {
        let column = at as u16;
        page.write_string_with_format(0, column, label, &head)?;
        page.write_string(1, column, id)?;
        page.set_column_width(column, width(sheet, at))?;
    }
    // Which type the sheet is of, whatever people name it.
    page.write_string(1, sheet.columns.len() as u16, format!("type={}", sheet.id))?;
    page.set_row_hidden(1)?;
    page.set_freeze_panes(HEAD, if sheet.id == sheet::LINKS { 0 } else { 2 })?;
    let last = HEAD as usize + sheet.rows.len();
    page.autofilter(1, 0, last.saturating_sub(1).max(1) as u32, sheet.columns.len().saturating_sub(1) as u16)?;
    for (row, cells) in sheet.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32 + HEAD, column as u16);
            match cell {
                SheetCell::Empty => {}
                SheetCell::Text(_) => drop(page.write_string_with_format(row, column, shown(cell, words), &text)?),
                SheetCell::Number(number) | SheetCell::Share(number) => {
                    page.write_number_with_format(row, column, *number, formats.number("General"))?;
                }
                SheetCell::Money(amount, currency) => {
                    let form = format!("#,##0.## \"{currency}\"");
                    page.write_number_with_format(row, column, *amount, formats.number(&form))?;
                }
                SheetCell::Boolean(is_true) => drop(page.write_boolean(row, column, *is_true)?),
                SheetCell::Date(date) => write_date(page, (row, column), *date, formats)?,
            }
        }
    }
    Ok(())
}

/// A day is a date; a month or a year is a text, because spreadsheet programs have no such dates. So are days before 1900.
fn write_date(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    date: crate::values::Date,
    formats: &mut Formats,
) -> Result<(), XlsxError> {
    let day = match (date.month, date.day) {
        (Some(month), Some(day)) if date.year >= 1900 => {
            ExcelDateTime::from_ymd(date.year as u16, month as u8, day as u8).ok()
        }
        _ => None,
    };
    match day {
        Some(day) => page.write_datetime_with_format(row, column, &day, formats.number("yyyy-mm-dd"))?,
        None => page.write_string_with_format(row, column, date.to_string(), formats.number("@"))?,
    };
    Ok(())
}

/// The text of a cell, cut if a cell can't hold it.
fn shown(cell: &SheetCell, words: &Words) -> String {
    let text = cell.text();
    if text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let cut: String = text.chars().take(LONGEST / 2 - 200).collect();
    cut + words.get("too_long")
}

/// The width of a column in characters: that of its longest word or number, within bounds; texts get more.
fn width(sheet: &Sheet, column: usize) -> f64 {
    let longest = |cell: &SheetCell| cell.text().lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let cells = sheet.rows.iter().take(200).map(|row| longest(&row[column])).max().unwrap_or(0);
    let label = sheet.columns[column].1.chars().count() + 3;
    cells.max(label).clamp(8, 48) as f64
}

fn add_drop_downs(page: &mut Worksheet, sheet: &Sheet, drop_downs: &mut DropDowns<'_>) -> Result<(), XlsxError> {
    let (ecosystem, export) = (drop_downs.ecosystem, drop_downs.export);
    let lists: Vec<(usize, List, bool)> = match ecosystem.schema.find(&sheet.id) {
        Some(owner) if sheet.id != sheet::LINKS || sheet.columns.first().is_some_and(|(id, _)| id == "id") => {
            let columns = column::columns(ecosystem, owner, export.lang);
            let list = |(at, column): (usize, &column::Column)| {
                let list = drop_downs::of_column(ecosystem, owner, column, export)?;
                Some((at, list, column.is_many(ecosystem, owner)))
            };
            columns.iter().enumerate().filter_map(list).collect()
        }
        _ => {
            let attributes = sheet::attributes(&ecosystem.schema, &export.types(ecosystem));
            let list = |(at, field): (usize, &&crate::schema::Field)| {
                Some((at + 3, drop_downs::of_field(field, export)?, field.many))
            };
            attributes.iter().enumerate().filter_map(list).collect()
        }
    };
    for (at, list, is_many) in lists {
        drop_downs.add(page, (at as u16, HEAD, sheet.rows.len()), list, is_many)?;
    }
    Ok(())
}

/// Writes the fingerprints of all cells: a line with the columns of a sheet, then a line for each row.
fn write_memory(page: &mut Worksheet, sheets: &[Sheet], words: &Words) -> Result<(), XlsxError> {
    page.set_name(fingerprint::SHEET)?.set_very_hidden(true);
    let mut line = 0;
    for sheet in sheets {
        let ids: Vec<&str> = sheet.columns.iter().map(|(id, _)| &**id).collect();
        page.write_string(line, 0, format!("type={}", sheet.id))?.write_string(line, 2, ids.join(" "))?;
        line += 1;
        for row in &sheet.rows {
            let prints: Vec<String> = row
                .iter()
                .map(|cell| match cell {
                    SheetCell::Text(_) => fingerprint(&SheetCell::Text(shown(cell, words))),
                    cell => fingerprint(cell),
                })
                .collect();
            page.write_string(line, 0, &sheet.id)?.write_string(line, 1, sheet::key(sheet, row))?;
            page.write_string(line, 2, prints.join(" "))?;
            line += 1;
        }
    }
    Ok(())
}
