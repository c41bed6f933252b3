//! Parts of a file about all entities of a type, so that a browser need not wait for one of many megabytes.

use std::ops::Range;

/// The number of entries up to which a file is whole.
const WHOLE: usize = 2000;
/// The number of entries in each part of a larger one.
const PART: usize = 500;

/// The number of parts.
pub(super) fn count(entries: usize) -> usize {
    if entries > WHOLE { entries.div_ceil(PART) } else { 1 }
}

/// The positions of the entries of a part; the first part is number 1.
pub(super) fn range(part: usize, entries: usize) -> Range<usize> {
    let size = if count(entries) == 1 { entries } else { PART };
    (part - 1) * size..entries.min(part * size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_each_entry_once() {
        for entries in [0, 1, WHOLE, WHOLE + 1, WHOLE + PART + 1] {
            let all: Vec<usize> = (1..=count(entries)).flat_map(|part| range(part, entries)).collect();
            assert_eq!(all, (0..entries).collect::<Vec<_>>());
        }
        assert_eq!([count(WHOLE), count(WHOLE + 1)], [1, 5]);
    }
}
