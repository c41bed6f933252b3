//! Reads files of any program into sheets of cells.
//!
//! In: the bytes of a workbook or of a table. Out: [`RawSheet`]s. Files come from anybody, so how much memory one can
//! take is limited before it is read.

mod raw;
mod size;
mod book;
mod delimited;
mod lines;

pub(super) use raw::{RawRow, RawSheet, letters};

/// The sheets of a file. `name` decides between formats that look alike.
///
/// # Errors
/// It is none of the known formats, it is broken, or it is too large. The error is a sentence.
pub(super) fn sheets(name: &str, bytes: &[u8]) -> Result<Vec<RawSheet>, String> {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, ending) = stem.rsplit_once('.').unwrap_or((stem, ""));
    let ending = ending.to_lowercase();
    if bytes.len() as u64 > size::LARGEST {
        return Err(format!("it has more than {} MiB", size::LARGEST >> 20));
    }
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return book::sheets(bytes);
    }
    let text = delimited::decoded(bytes)?;
    let is_lines = matches!(&*ending, "jsonl" | "ndjson") || text.trim_start().starts_with('{');
    Ok(vec![if is_lines { lines::sheet(stem, &text)? } else { delimited::sheet(stem, &text, &ending)? }])
}
