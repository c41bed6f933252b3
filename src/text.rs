//! A file's text, and places in it.
//!
//! In: the text of a file, without its byte order mark. Out: spans (byte ranges) that know their line and column.
//! Knows neither what the text means nor where it was read from.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// A range of bytes in one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span of a byte range. Texts of 4 GiB and more are not told apart beyond that point.
    pub fn new(range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(range.start), end: clamp(range.end) }
    }

    /// The same range in a text that starts `by` bytes earlier.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by..self.end as usize + by)
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A span in a named file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the root of the site, with `/` between its parts.
    pub path: Arc<str>,
    /// Where in that file.
    pub span: Span,
}

/// A text and the path it goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// The file, relative to the root of the site, with `/` between its parts.
    pub path: Arc<str>,
    /// What the file says, without a byte order mark.
    pub text: Arc<str>,
}

impl SourceText {
    /// A text under a path.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// The place of a span in this file.
    pub fn place(&self, span: Span) -> Place {
        Place { path: self.path.clone(), span }
    }
}

/// The line and the column of a byte offset, both counted from 1, columns in characters.
///
/// Lines end with `\n`, so a `\r` before it is the last character of its line. An offset beyond the end is the end.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = before(text, offset);
    (before.bytes().filter(|&byte| byte == b'\n').count() + 1, column(before))
}

fn before(text: &str, offset: usize) -> &str {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    &text[..offset]
}

/// The column of what comes next.
fn column(before: &str) -> usize {
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    before[line_start..].chars().count() + 1
}

/// The lines of several texts, each counted once, however many places are looked up in it.
#[derive(Debug, Default)]
pub struct Lines {
    /// The offsets of the newlines, by the path of the text.
    newlines: HashMap<Arc<str>, Vec<usize>>,
}

impl Lines {
    /// The line of a byte offset, counted from 1.
    pub fn line(&mut self, source: &SourceText, offset: usize) -> usize {
        let count = || source.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        let newlines = self.newlines.entry(source.path.clone()).or_insert_with(count);
        newlines.partition_point(|newline| *newline < offset) + 1
    }

    /// The same as [`line_and_column`].
    pub fn line_and_column(&mut self, source: &SourceText, offset: usize) -> (usize, usize) {
        let before = before(&source.text, offset);
        (self.line(source, before.len()), column(before))
    }
}

/// The byte offset of a line and a column (both from 1, columns in characters); the end of the text where it has none.
pub fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => text.match_indices('\n').nth(line - 2).map_or(text.len(), |(at, _)| at + 1),
    };
    let rest = &text[start..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_newlines() {
        let text = "a = 1\r\nété = \"🦠x\"\n";
        assert_eq!(line_and_column(text, 0), (1, 1));
        assert_eq!(line_and_column(text, text.find("été").unwrap()), (2, 1));
        assert_eq!(line_and_column(text, text.find('x').unwrap()), (2, 9));
        assert_eq!(line_and_column(text, 10_000), (3, 1));
    }

    #[test]
    fn lines_that_are_counted_once_are_the_same() {
        let sources =
            ["a = 1\r\nété = \"🦠x\"\n", "", "\n\nx"].map(|text| SourceText::new(format!("{}.md", text.len()), text));
        let mut lines = Lines::default();
        for source in sources.iter().chain(&sources) {
            for offset in (0..source.text.len() + 3).rev() {
                assert_eq!(lines.line_and_column(source, offset), line_and_column(&source.text, offset), "{offset}");
            }
        }
    }

    #[test]
    fn offsets_and_places_are_inverse() {
        let text = "un\ndéux\n\n🦠 trois";
        for (offset, _) in text.char_indices() {
            let (line, column) = line_and_column(text, offset);
            assert_eq!(offset_of(text, line, column), offset);
        }
    }
}
