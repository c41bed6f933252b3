//! The text of a file, and positions in it.
//!
//! In: the text of a file, without its byte order mark. Out: spans (byte ranges), and the line and column of an offset.
//! This module knows neither what the text means nor where it was read from.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A range of bytes in one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span of a byte range. Offsets of 4 GiB and more are capped at `u32::MAX`.
    pub fn new(range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(range.start), end: clamp(range.end) }
    }

    /// The range, moved `by` bytes towards the end.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by..self.end as usize + by)
    }

    /// Whether an offset is in the span or directly after it, where the cursor is while somebody types the last word.
    pub fn touches(self, offset: usize) -> bool {
        self.start as usize <= offset && offset <= self.end as usize
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

/// The text of a file, and the file's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// The file, relative to the root of the site, with `/` between its parts.
    pub path: Arc<str>,
    /// The content of the file, without a byte order mark.
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

/// Whether a character is invisible and changes how the text around it is read: characters that change the direction
/// of writing (Unicode Bidirectional Algorithm, UAX #9), and spaces and joiners without a width.
pub fn is_hidden(char: char) -> bool {
    matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// For each byte whether it may be the first one of a character that [`forbidden`] looks for.
const MAY_START_FORBIDDEN: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        bytes[byte] = matches!(byte, 0..0x20 | 0x7f | 0xc2 | 0xef..) && !matches!(byte, 0x09 | 0x0a | 0x0d);
        byte += 1;
    }
    bytes
};

/// The first character that HTML and XML do not allow: a control character other than a tab and the ends of lines, or
/// a noncharacter (HTML, section 13.2.3.5).
pub fn forbidden(text: &str) -> Option<char> {
    let is_noncharacter = |char: char| matches!(char, '\u{fdd0}'..='\u{fdef}') || u32::from(char) & 0xfffe == 0xfffe;
    let is_forbidden = |char: &char| match char {
        '\t' | '\n' | '\r' => false,
        char => char.is_control() || is_noncharacter(*char),
    };
    // Such characters are in most texts not even possible: their first bytes are looked for, which is much faster.
    text.bytes().any(|byte| MAY_START_FORBIDDEN[usize::from(byte)]).then(|| text.chars().find(is_forbidden)).flatten()
}

/// A text in the form NFC of Unicode: `é` is one character, not `e` and an accent.
pub fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// The unit in which columns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// Characters, as people and most tools count.
    Characters,
    /// Units of UTF-16, as language servers and browsers count: most emoji are two.
    Utf16,
}

impl Columns {
    fn width(self, char: char) -> usize {
        match self {
            Self::Characters => 1,
            Self::Utf16 => char.len_utf16(),
        }
    }

    /// The column, counted from 1, of the character that follows `before`.
    fn after(self, before: &str) -> usize {
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        before[line_start..].chars().map(|char| self.width(char)).sum::<usize>() + 1
    }
}

/// The line and the column of a byte offset, both counted from 1, columns in characters.
///
/// Lines end with `\n`, so a `\r` before it is the last character of its line. An offset beyond the end of the text
/// counts as the end.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    position(text, offset, Columns::Characters)
}

/// The line and the column of a byte offset, both counted from 1. The language server protocol counts from 0.
pub fn position(text: &str, offset: usize, columns: Columns) -> (usize, usize) {
    let before = before(text, offset);
    (before.bytes().filter(|&byte| byte == b'\n').count() + 1, columns.after(before))
}

/// The byte offset of a line and a column, both counted from 1.
///
/// A column beyond its line gives the end of the line, before the line break. A line beyond the last one gives the end
/// of the text. A column in the middle of a character gives the start of the character.
pub fn offset_at(text: &str, line: usize, column: usize, columns: Columns) -> usize {
    let start = start_of(text, line);
    let content = text[start..].split('\n').next().unwrap_or_default();
    let content = content.strip_suffix('\r').unwrap_or(content);
    let mut next = 1;
    for (at, char) in content.char_indices() {
        next += columns.width(char);
        if next > column {
            return start + at;
        }
    }
    start + content.len()
}

/// The text before an offset; an offset inside a character counts as the start of that character.
fn before(text: &str, offset: usize) -> &str {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    &text[..offset]
}

/// The byte offset at which a line starts; lines are counted from 1.
fn start_of(text: &str, line: usize) -> usize {
    match line {
        0 | 1 => 0,
        _ => text.match_indices('\n').nth(line - 2).map_or(text.len(), |(at, _)| at + 1),
    }
}

/// The line breaks of several texts. Each text is scanned once, however many positions are looked up in it, and however
/// long its lines are.
#[derive(Debug, Default)]
pub struct Lines {
    texts: HashMap<Arc<str>, Index>,
}

/// The line breaks of a text, and how many characters are before some of its offsets.
#[derive(Debug)]
struct Index {
    /// The offsets of the newlines.
    newlines: Vec<usize>,
    /// For each offset that is a multiple of [`BLOCK`]: the widths of all characters that start before it, in characters
    /// and in units of UTF-16.
    widths: Vec<(usize, usize)>,
}

/// The number of bytes after which [`Index`] notes widths.
const BLOCK: usize = 1024;

impl Index {
    fn new(text: &str) -> Self {
        let (mut newlines, mut widths) = (Vec::new(), vec![(0, 0)]);
        let (mut characters, mut units) = (0, 0);
        for (at, char) in text.char_indices() {
            while widths.len() * BLOCK <= at {
                widths.push((characters, units));
            }
            characters += 1;
            units += char.len_utf16();
            if char == '\n' {
                newlines.push(at);
            }
        }
        Self { newlines, widths }
    }

    fn line(&self, offset: usize) -> usize {
        self.newlines.partition_point(|newline| *newline < offset) + 1
    }

    /// The width of all characters before an offset, which must be the start of a character.
    fn width(&self, text: &str, offset: usize, columns: Columns) -> usize {
        let block = (offset / BLOCK).min(self.widths.len() - 1);
        let (characters, units) = self.widths[block];
        let before = match columns {
            Columns::Characters => characters,
            Columns::Utf16 => units,
        };
        let start = text.ceil_char_boundary(block * BLOCK).min(offset);
        before + text[start..offset].chars().map(|char| columns.width(char)).sum::<usize>()
    }
}

impl Lines {
    fn index(&mut self, source: &SourceText) -> &Index {
        self.texts.entry(source.path.clone()).or_insert_with(|| Index::new(&source.text))
    }

    /// The line of a byte offset, counted from 1.
    pub fn line(&mut self, source: &SourceText, offset: usize) -> usize {
        self.index(source).line(offset)
    }

    /// The byte offset at which a line starts; lines are counted from 1.
    pub fn start_of(&mut self, source: &SourceText, line: usize) -> usize {
        if line < 2 { 0 } else { self.index(source).newlines.get(line - 2).map_or(source.text.len(), |at| at + 1) }
    }

    /// The byte offset at which the line of an offset ends, before its line break.
    pub fn end_of(&mut self, source: &SourceText, offset: usize) -> usize {
        let newlines = &self.index(source).newlines;
        newlines.get(newlines.partition_point(|newline| *newline < offset)).copied().unwrap_or(source.text.len())
    }

    /// The same as [`line_and_column`].
    pub fn line_and_column(&mut self, source: &SourceText, offset: usize) -> (usize, usize) {
        self.position(source, offset, Columns::Characters)
    }

    /// The same as [`position`].
    pub fn position(&mut self, source: &SourceText, offset: usize, columns: Columns) -> (usize, usize) {
        let (text, offset) = (&source.text, before(&source.text, offset).len());
        let index = self.index(source);
        let line = index.line(offset);
        let start = if line > 1 { index.newlines[line - 2] + 1 } else { 0 };
        (line, index.width(text, offset, columns) - index.width(text, start, columns) + 1)
    }
}

/// The byte offset of a line and a column, both counted from 1, columns in characters.
///
/// A column beyond its line counts on in the next lines; beyond the last line, the offset is the end of the text.
pub fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = start_of(text, line);
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
    fn utf_16_counts_two_units_for_an_emoji_and_one_for_an_accent() {
        let text = "a = 1\r\nété = \"🦠x\"\r\n";
        let x = text.find('x').unwrap();
        assert_eq!(position(text, x, Columns::Utf16), (2, 10));
        assert_eq!(offset_at(text, 2, 10, Columns::Utf16), x);
        assert_eq!(offset_at(text, 2, 9, Columns::Characters), x);
        let emoji = text.find('🦠').unwrap();
        assert_eq!(offset_at(text, 2, 9, Columns::Utf16), emoji, "half an emoji is its start");
        for (offset, char) in text.char_indices().filter(|(_, char)| !char.is_control()) {
            for columns in [Columns::Characters, Columns::Utf16] {
                let (line, column) = position(text, offset, columns);
                assert_eq!(offset_at(text, line, column, columns), offset, "{char}");
            }
        }
    }

    #[test]
    fn columns_beyond_a_line_are_its_end() {
        let text = "ab\r\ncd";
        assert_eq!(offset_at(text, 1, 9, Columns::Utf16), 2);
        assert_eq!(offset_at(text, 2, 9, Columns::Utf16), text.len());
        assert_eq!(offset_at(text, 3, 1, Columns::Utf16), text.len());
        assert_eq!(offset_at("", 1, 1, Columns::Characters), 0);
    }

    #[test]
    fn lines_of_a_text_that_is_scanned_once_are_the_same() {
        let long = "é🦠x".repeat(BLOCK) + "\n" + &"🦠".repeat(BLOCK / 2);
        let sources = ["a = 1\r\nété = \"🦠x\"\n", "", "\n\nx", &long]
            .map(|text| SourceText::new(format!("{}.md", text.len()), text));
        let mut lines = Lines::default();
        for source in sources.iter().chain(&sources) {
            let step = if source.text.len() > BLOCK { 127 } else { 1 };
            for offset in (0..source.text.len() + 3).rev().step_by(step) {
                for columns in [Columns::Characters, Columns::Utf16] {
                    let expected = position(&source.text, offset, columns);
                    assert_eq!(lines.position(source, offset, columns), expected, "{offset}");
                }
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
