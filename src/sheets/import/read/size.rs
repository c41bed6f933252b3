//! How large a workbook is when it is unpacked: one of some kilobytes can fill any memory.

use std::io::{self, Cursor, Read as _};

use zip::ZipArchive;

use super::raw::MOST_CELLS;

/// The largest file, in bytes.
pub(super) const LARGEST: u64 = 64 << 20;
/// The maximum number of bytes in all parts of a workbook.
const UNPACKED: u64 = 512 << 20;

/// Refuses a workbook whose parts are too large, or whose cells are repeated too often.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let broken = |error: &dyn std::fmt::Display| format!("it is no workbook, or is broken: {error}");
    let too_large = || format!("it has more than {} MiB when it is unpacked", UNPACKED >> 20);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = UNPACKED;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|error| broken(&error))?;
        let is_content = file.name().is_ok_and(|name| name == "content.xml");
        // What the archive says of its sizes may be wrong, so it is unpacked once.
        let mut limited = file.take(left + 1);
        let size = if is_content {
            let mut text = Vec::new();
            limited.read_to_end(&mut text).map_err(|error| broken(&error))?;
            if repeated(&text) > MOST_CELLS {
                return Err(String::from("it has too many cells"));
            }
            text.len() as u64
        } else {
            io::copy(&mut limited, &mut io::sink()).map_err(|error| broken(&error))?
        };
        left = left.checked_sub(size).ok_or_else(too_large)?;
    }
    Ok(())
}

/// The number of cells in the content of an ODS that stand for several, except those at the ends of rows, which programs
/// write for all that is empty.
fn repeated(content: &[u8]) -> usize {
    const KEY: &[u8] = b"number-columns-repeated=\"";
    let mut total: usize = 0;
    let mut rest = content;
    while let Some(at) = memchr::memmem::find(rest, KEY) {
        rest = &rest[at + KEY.len()..];
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let count: usize = std::str::from_utf8(&rest[..digits]).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
        let tag = memchr::memchr(b'>', rest).unwrap_or(rest.len().saturating_sub(1));
        let is_last = rest[tag..].starts_with(b">")
            && rest[..tag].ends_with(b"/")
            && rest[tag + 1..].trim_ascii_start().starts_with(b"</table:table-row");
        if !is_last {
            total = total.saturating_add(count.min(16_384));
        }
    }
    total
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_that_stand_for_several_are_counted() {
        let row = b"<table:table-row><table:table-cell table:number-columns-repeated=\"3\"/><table:table-cell/><table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>";
        assert_eq!(super::repeated(row), 3);
        let row = b"<table:table-row><table:table-cell table:number-columns-repeated=\"16000\"><text:p>x</text:p></table:table-cell></table:table-row>";
        assert_eq!(super::repeated(row), 16_000);
        assert_eq!(super::repeated(b"number-columns-repeated=\""), 0);
    }
}
