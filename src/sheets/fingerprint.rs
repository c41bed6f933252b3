//! Fingerprints of cells, by which an import knows what a person has changed.

use crate::values::SheetCell;

/// The name of the hidden sheet that has them.
pub(super) const SHEET: &str = "_filiere";

/// The fingerprint of a cell: the same before and after a workbook went through a spreadsheet program, unless somebody
/// changed what it says.
pub(super) fn fingerprint(cell: &SheetCell) -> String {
    let text = plain(cell);
    if text.is_empty() { String::from("-") } else { format!("{:x}", fnv(text.as_bytes())) }
}

/// What a cell says, without what spreadsheet programs add or lose: spaces at the ends, the form of line breaks, and a
/// currency or a percent sign, which are only the format of a number to them.
pub(super) fn plain(cell: &SheetCell) -> String {
    match cell {
        SheetCell::Money(amount, _) | SheetCell::Share(amount) => amount.to_string(),
        cell => cell.text().lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned(),
    }
}

/// FNV-1a with 64 bits (RFC 9923).
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vectors() {
        assert_eq!(fnv(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn what_programs_add_is_not_a_change() {
        let text = |text: &str| fingerprint(&SheetCell::Text(text.into()));
        assert_eq!(text("a\nb"), text(" a \r\nb\n"));
        assert_ne!(text("a\nb"), text("a b"));
        assert_eq!(text("2015"), fingerprint(&SheetCell::Number(2015.0)));
        assert_eq!(fingerprint(&SheetCell::Money(5.0, "EUR".into())), fingerprint(&SheetCell::Number(5.0)));
        assert_eq!(text(" "), fingerprint(&SheetCell::Empty));
    }
}
