//! Positions as the protocol has them: lines and columns from 0.
//!
//! The protocol ends lines with `\n`, `\r\n` or a lone `\r`, and counts columns in units that the client chooses. The
//! rest of the program has byte offsets.

use lsp_types::{Position, Range};

use crate::text::Span;

/// The unit in which columns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    fn width(self, char: char) -> usize {
        match self {
            Self::Utf8 => char.len_utf8(),
            Self::Utf16 => char.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// The starts of the lines of a text.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends_line = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        Self(std::iter::once(0).chain((0..bytes.len()).filter(ends_line).map(|at| at + 1)).collect())
    }

    /// The byte offset of a position. A column beyond its line is the end of the line, a line beyond the text is the
    /// end of the text, and a column in the middle of a character is its start.
    pub(super) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let Some(&start) = self.0.get(position.line as usize) else { return text.len() };
        let end = self.0.get(position.line as usize + 1).copied().unwrap_or(text.len());
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        let mut column = 0;
        for (at, char) in line.char_indices() {
            column += encoding.width(char);
            if column > position.character as usize {
                return start + at;
            }
        }
        start + line.len()
    }

    /// The position of a byte offset. An offset in the middle of a character is its start.
    pub(super) fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.line(offset);
        let before = &text[self.0[line]..offset];
        let column = match encoding {
            Encoding::Utf8 => before.len(),
            _ if before.is_ascii() => before.len(),
            _ => before.chars().map(|char| encoding.width(char)).sum(),
        };
        Position::new(clamp(line), clamp(column))
    }

    pub(super) fn range(&self, text: &str, span: Span, encoding: Encoding) -> Range {
        let position = |offset: u32| self.position(text, offset as usize, encoding);
        Range::new(position(span.start), position(span.end.max(span.start)))
    }

    /// The line of a byte offset, from 0.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset) - 1
    }
}

fn clamp(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_offsets_are_inverse_in_every_unit() {
        let text = "a\r\nété 🦠x\rb\n\nœ";
        let lines = Lines::new(text);
        assert_eq!(lines.0.len(), 5);
        for (offset, char) in text.char_indices().filter(|(_, char)| !char.is_control()) {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let position = lines.position(text, offset, encoding);
                assert_eq!(lines.offset(text, position, encoding), offset, "{char}");
            }
        }
        let x = text.find('x').unwrap();
        assert_eq!(lines.position(text, x, Encoding::Utf16), Position::new(1, 6));
        assert_eq!(lines.position(text, x, Encoding::Utf32), Position::new(1, 5));
        assert_eq!(lines.position(text, x, Encoding::Utf8), Position::new(1, 10));
    }

    #[test]
    fn positions_that_do_not_exist_are_near_ones() {
        let text = "é🦠\r\nb";
        let lines = Lines::new(text);
        let offset = |line, column| lines.offset(text, Position::new(line, column), Encoding::Utf16);
        assert_eq!(offset(0, 2), 2, "half an emoji is its start");
        assert_eq!(offset(0, 99), "é🦠".len(), "before the line break");
        assert_eq!(offset(7, 0), text.len());
        assert_eq!(offset(u32::MAX, u32::MAX), text.len());
        assert_eq!(lines.position(text, 999, Encoding::Utf16), Position::new(1, 1));
    }
}
