//! The first sheet, which explains the others.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use crate::locale::Lang;
use crate::model::Ecosystem;
use crate::sheets::sheet::{LINKS, Sheet};
use crate::sheets::words::Words;

const RULES: [&str; 8] = [
    "rule_rows",
    "rule_several",
    "rule_links",
    "rule_dates",
    "rule_empty",
    "rule_order",
    "rule_conflict",
    "rule_prose",
];

pub(super) fn write(
    book: &mut Workbook,
    ecosystem: &Ecosystem,
    (names, sheets): (&[String], &[Sheet]),
    (lang, file): (Lang, &str),
) -> Result<(), XlsxError> {
    let words = Words::new(ecosystem.config.languages.tag(lang));
    let site = ecosystem.config.title(lang);
    let links = sheets.iter().zip(&names[1..]).find(|(sheet, _)| sheet.id == LINKS).map_or("", |(_, name)| name);
    let filled = |text: &str| text.replace("{site}", site).replace("{file}", file).replace("{links}", links);
    let page = book.add_worksheet();
    page.set_name(&names[0])?.set_column_width(0, 100)?.set_column_width(1, 20)?.set_column_width(2, 12)?;
    let title = Format::new().set_bold().set_font_size(14);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    page.write_string_with_format(0, 0, site, &title)?;
    page.write_string_with_format(2, 0, filled(words.get("about")), &text)?;
    let mut row = 4;
    for rule in RULES.iter().filter(|rule| **rule != "rule_links" || !links.is_empty()) {
        page.write_string_with_format(row, 0, filled(words.get(rule)), &text)?;
        row += 1;
    }
    row += 1;
    let head = Format::new().set_bold();
    for (column, word) in ["sheet", "type", "profiles"].iter().enumerate() {
        page.write_string_with_format(row, column as u16, words.get(word), &head)?;
    }
    for (sheet, name) in sheets.iter().zip(&names[1..]) {
        row += 1;
        page.write_string(row, 0, name)?.write_string(row, 1, &sheet.id)?;
        page.write_number(row, 2, sheet.rows.len() as f64)?;
    }
    Ok(())
}
