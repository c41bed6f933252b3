//! Tables as texts: CSV and TSV, in any usual encoding, with any usual separator.

use super::raw::{MOST_CELLS, RawRow, RawSheet};
use crate::values::SheetCell;

/// The characters that separate cells.
const SEPARATORS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// The text of bytes: UTF-8, or UTF-16 with a byte order mark; anything else is the encoding of Windows in Western Europe.
///
/// # Errors
/// There are bytes that no text has.
pub(super) fn decoded(bytes: &[u8]) -> Result<String, String> {
    if bytes.is_empty() {
        return Err(String::from("it is empty"));
    }
    let (encoding, skipped) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    let text = match encoding.decode_without_bom_handling_and_without_replacement(&bytes[skipped..]) {
        Some(text) => text.into_owned(),
        None => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    if text.contains('\0') { Err(String::from("it is neither a workbook nor a text")) } else { Ok(text) }
}

pub(super) fn sheet(name: &str, text: &str, ending: &str) -> Result<RawSheet, String> {
    // A line "sep=;" is for Excel.
    let (said, body) = match text.split_once('\n').filter(|(first, _)| first.starts_with("sep=")) {
        Some((first, rest)) => (first.trim_end().as_bytes().get(4).copied(), rest),
        None => (None, text),
    };
    let first = 1 + usize::from(said.is_some());
    let separator = said.unwrap_or_else(|| if ending == "tsv" { b'\t' } else { separator(body) });
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(body.as_bytes());
    let mut rows = Vec::new();
    let mut left = MOST_CELLS;
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|error| format!("it can't be read: {error}"))?;
        let mut row = RawRow { number: at + first, ..RawRow::default() };
        for (column, text) in record.iter().enumerate() {
            row.push(column, SheetCell::Text(without_apostrophe(text).to_owned()));
        }
        left = left.checked_sub(row.cells.len()).ok_or("it has too many cells")?;
        rows.push(row);
    }
    Ok(RawSheet::new(name, false, rows))
}

/// The text without the apostrophe that keeps it from being taken for a formula.
fn without_apostrophe(text: &str) -> &str {
    let rest = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']));
    rest.unwrap_or(text)
}

/// The separator that most lines have equally often, outside of quotation marks.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(30).collect();
    let counts = |separator: u8| -> Vec<usize> {
        let count = |line: &&str| {
            let mut is_quoted = false;
            let outside = line.bytes().filter(|byte| {
                is_quoted ^= *byte == b'"';
                !is_quoted && *byte == separator
            });
            outside.count()
        };
        lines.iter().map(count).collect()
    };
    let score = |separator: &u8| {
        let counts = counts(*separator);
        let first = counts.first().copied().unwrap_or_default();
        let same = counts.iter().filter(|count| **count == first && first > 0).count();
        (same, first)
    };
    SEPARATORS.into_iter().rev().max_by_key(score).unwrap_or(b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let rows = sheet("t", text, "csv").unwrap().rows;
        rows.iter().map(|row| row.cells.iter().map(|(_, cell)| cell.text()).collect()).collect()
    }

    #[test]
    fn the_separator_is_found_out() {
        assert_eq!(cells("a;b\n1,5;2\n"), [["a", "b"], ["1,5", "2"]]);
        assert_eq!(cells("a,b\n\"x; y\",2\n"), [["a", "b"], ["x; y", "2"]]);
        assert_eq!(cells("a\tb\nx, y\tz\n"), [["a", "b"], ["x, y", "z"]]);
        assert_eq!(cells("sep=|\na|b\n"), [["a", "b"]]);
        assert_eq!(cells("only\none\n"), [["only"], ["one"]]);
    }

    #[test]
    fn a_formula_is_a_text_again() {
        assert_eq!(cells("a;b\n'=1+1;'’t Hof\n"), [["a", "b"], ["=1+1", "'’t Hof"]]);
    }

    #[test]
    fn the_encoding_is_found_out() {
        assert_eq!(decoded(b"\xef\xbb\xbfLi\xc3\xa8ge").unwrap(), "Liège");
        assert_eq!(decoded(b"Li\xe8ge \x80").unwrap(), "Liège €");
        assert_eq!(decoded(b"\xff\xfeL\0i\0").unwrap(), "Li");
        assert!(decoded(b"a\0b").is_err() && decoded(b"").is_err());
    }
}
