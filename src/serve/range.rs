//! Requests for a part of a file (RFC 9110, section 14): videos and sounds are fetched in parts.

use std::ops::Range;

/// The part of a file to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// The request is for bytes that are not there.
    Missing,
}

/// The part that a `Range` header asks for, of a file with `length` bytes. A header that is not valid, or that asks for
/// several parts, is ignored, as the standard allows.
pub(super) fn part(header: &str, length: u64) -> Part {
    let Some((unit, range)) = header.split_once('=') else { return Part::Whole };
    let Some((first, last)) = range.trim().split_once('-').filter(|_| unit.trim().eq_ignore_ascii_case("bytes")) else {
        return Part::Whole;
    };
    let (start, end) = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => (first, last.saturating_add(1).min(length)),
        (Some(first), None) if last.is_empty() => (first, length),
        (None, Some(last)) if first.is_empty() => (length.saturating_sub(last), length),
        _ => return Part::Whole,
    };
    if start < end { Part::Bytes(start..end) } else { Part::Missing }
}

/// A number of digits. One that is too large counts as the largest.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_understood() {
        let cases = [
            ("bytes=0-0", 0..1),
            ("bytes=2-", 2..10),
            ("bytes=-3", 7..10),
            ("bytes=-30", 0..10),
            ("Bytes=8-999999999999999999999999", 8..10),
        ];
        for (header, range) in cases {
            assert_eq!(part(header, 10), Part::Bytes(range), "{header}");
        }
        for header in ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(part(header, 10), Part::Missing, "{header}");
        }
        assert_eq!(part("bytes=-1", 0), Part::Missing);
    }

    #[test]
    fn everything_else_is_ignored() {
        for header in
            ["", "bytes", "bytes=", "bytes=-", "bytes=3-2", "bytes=0-1,3-4", "bytes=+1-2", "lines=0-1", "bytes=a-b"]
        {
            assert_eq!(part(header, 10), Part::Whole, "{header}");
        }
    }
}
