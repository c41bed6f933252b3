//! Makes characters visible that would change what a terminal does, or the order in which people read a line.
//!
//! Content, names of files and arguments can contain any character. In a terminal, an escape sequence can hide text or
//! change the title of the window, and a bidirectional control can show a name backwards.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::diagnostic::{Diagnostic, Note};
use crate::text::Place;

/// A text for a terminal: control characters except newline and tab, line separators and bidirectional controls are
/// replaced by their number, such as `\u{1b}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, |char, out| out.extend(char.escape_unicode()))
}

/// A JSON text with the same characters as escapes of JSON, so that it stays the same value.
pub(super) fn visible_json(text: &str) -> Cow<'_, str> {
    // All of these characters are in the first plane, so four digits are enough.
    replaced(text, |char, out| {
        let _ = write!(out, "\\u{:04x}", u32::from(char));
    })
}

/// A part of a source text for a terminal. Each of these characters is replaced by one other character, so that columns
/// stay the same: controls of ASCII by their picture, such as ␛, and others by U+FFFD.
#[cfg(any(feature = "cli", feature = "serve"))]
pub(super) fn visible_source(text: &str) -> Cow<'_, str> {
    const PICTURES: u32 = 0x2400;
    replaced(text, |char, out| {
        out.push(match char {
            '\0'..='\u{1f}' => char::from_u32(PICTURES + u32::from(char)).unwrap_or(char::REPLACEMENT_CHARACTER),
            '\u{7f}' => '\u{2421}',
            _ => char::REPLACEMENT_CHARACTER,
        });
    })
}

/// A diagnostic whose texts and paths are for a terminal.
pub(super) fn visible_diagnostic(diagnostic: &Diagnostic) -> Diagnostic {
    let text = |text: &String| visible(text).into_owned();
    let place = |place: &Place| Place { path: visible(&place.path).into(), span: place.span };
    Diagnostic {
        code: diagnostic.code,
        message: text(&diagnostic.message),
        place: place(&diagnostic.place),
        label: diagnostic.label.as_ref().map(text),
        notes: diagnostic.notes.iter().map(|note| Note { place: place(&note.place), text: text(&note.text) }).collect(),
        hints: diagnostic.hints.iter().map(text).collect(),
        ..diagnostic.clone()
    }
}

fn replaced(text: &str, replace: impl Fn(char, &mut String)) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        if is_unsafe(char) { replace(char, &mut out) } else { out.push(char) }
    }
    Cow::Owned(out)
}

/// The controls of ASCII and Latin-1 (C0, DEL, C1), the separators of lines and paragraphs, and the controls of the
/// bidirectional algorithm (Unicode Standard Annex 9).
fn is_unsafe(char: char) -> bool {
    match char {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_terminal_acts_on_is_replaced() {
        assert_eq!(visible("Œdème\t\u{1f600}\u{a0}\u{200b}\n"), "Œdème\t\u{1f600}\u{a0}\u{200b}\n");
        assert_eq!(visible("a\u{1b}]0;x\u{7}b\u{7f}\u{9b}c"), "a\\u{1b}]0;x\\u{7}b\\u{7f}\\u{9b}c");
        assert_eq!(visible("\u{202e}gpj.exe\u{2069}\r"), "\\u{202e}gpj.exe\\u{2069}\\u{d}");
    }

    #[test]
    #[cfg(any(feature = "cli", feature = "serve"))]
    fn source_lines_keep_their_columns() {
        assert_eq!(visible_source("\u{1b}a\u{7f}\u{9b}\u{202e}\r\n"), "␛a␡��␍\n");
    }

    #[test]
    fn json_stays_the_same_value() {
        let value = serde_json::json!({ "a\u{9b}": ["\u{1b}[2J \u{202e}\u{7f}\u{2028}é\n"] });
        let text = visible_json(&value.to_string()).into_owned();
        assert!(!text.contains(is_unsafe), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
