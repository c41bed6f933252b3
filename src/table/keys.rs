//! The places where the keys of a text are written.
//!
//! In: TOML text. Out: every part of every key, in headers (`[a.b]`), in dotted keys (`a.b = 1`) and in inline tables. A
//! table can be written in several places, and a [`Table`](super::Table) knows only the first one. Who renames a key
//! needs all of them.

use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};
use toml_parser::{ParseError, Source};

use crate::text::Span;

/// A part of a key, where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenKey {
    /// The keys from the outermost table to this one. The items of a list have no key of their own.
    pub path: Vec<Box<str>>,
    /// The position of the last key of the path, with its quotation marks.
    pub span: Span,
    /// Whether it is in a header.
    pub in_header: bool,
}

impl WrittenKey {
    /// Whether the path has these keys.
    pub fn is_at(&self, path: &[&str]) -> bool {
        self.path.len() == path.len() && self.path.iter().zip(path).all(|(own, other)| **own == **other)
    }
}

/// The maximum depth of lists and inline tables.
const DEEPEST: u32 = 128;

/// The keys of a TOML text that starts `offset` bytes into its file, in the order of the text. Of a text with syntax
/// errors, those that can be read.
pub fn keys(text: &str, offset: usize) -> Vec<WrittenKey> {
    let tokens = Source::new(text).lex().into_vec();
    let mut events: Vec<Event> = Vec::new();
    let mut errors: Vec<ParseError> = Vec::new();
    let mut guard = RecursionGuard::new(&mut events, DEEPEST);
    parse_document(&tokens, &mut guard, &mut errors);
    let mut scanner = Scanner { text, offset, ..Scanner::default() };
    events.iter().for_each(|event| scanner.event(event));
    scanner.keys
}

/// What has been read so far.
#[derive(Default)]
struct Scanner<'a> {
    text: &'a str,
    offset: usize,
    keys: Vec<WrittenKey>,
    /// The table in which the next key is, and around it the tables to return to.
    tables: Vec<Vec<Box<str>>>,
    /// The key that is being read, or whose value is.
    key: Vec<Box<str>>,
    in_header: bool,
    /// Whether the next key continues the one before, after a dot.
    continues: bool,
}

impl Scanner<'_> {
    fn event(&mut self, event: &Event) {
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                self.tables.clear();
                self.key.clear();
                self.in_header = true;
            }
            EventKind::StdTableClose | EventKind::ArrayTableClose => {
                self.tables = vec![std::mem::take(&mut self.key)];
                self.in_header = false;
            }
            EventKind::InlineTableOpen => {
                self.tables.push(self.path());
                self.key.clear();
            }
            EventKind::InlineTableClose => {
                // The key of the table is what its path has more than the table around it.
                let path = self.tables.pop().unwrap_or_default();
                self.key = path[self.tables.last().map_or(0, Vec::len).min(path.len())..].to_vec();
            }
            EventKind::SimpleKey => self.simple_key(event),
            EventKind::KeySep => self.continues = true,
            _ => {}
        }
    }

    fn path(&self) -> Vec<Box<str>> {
        self.tables.last().into_iter().flatten().chain(&self.key).cloned().collect()
    }

    fn simple_key(&mut self, event: &Event) {
        if !std::mem::take(&mut self.continues) {
            self.key.clear();
        }
        let mut name = std::borrow::Cow::Borrowed("");
        if let Some(raw) = Source::new(self.text).get(event) {
            raw.decode_key(&mut name, &mut ());
        }
        self.key.push(name.into());
        let span = Span::new(event.span().start()..event.span().end()).shifted(self.offset);
        self.keys.push(WrittenKey { path: self.path(), span, in_header: self.in_header });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<String> {
        let key = |key: &WrittenKey| format!("{} {}", key.path.join("."), &text[key.span.range()]);
        keys(text, 0).iter().map(key).collect()
    }

    #[test]
    fn every_part_of_a_key_has_its_place() {
        let text =
            "a = 1\nb.\"c d\" = { e = [{ f = 1, g.h = 2 }], i = 3 }\n[b.x]\nk = 4\n[[b.x.l]]\nm = [1, 2]\nn = 1\n";
        assert_eq!(
            written(text),
            [
                "a a",
                "b b",
                "b.c d \"c d\"",
                "b.c d.e e",
                "b.c d.e.f f",
                "b.c d.e.g g",
                "b.c d.e.g.h h",
                "b.c d.i i",
                "b b",
                "b.x x",
                "b.x.k k",
                "b b",
                "b.x x",
                "b.x.l l",
                "b.x.l.m m",
                "b.x.l.n n",
            ]
        );
    }

    #[test]
    fn a_text_with_mistakes_or_too_deep_lists_still_has_keys() {
        assert_eq!(written("a = = 1\nb = 2\n"), ["a a", "b b"]);
        let deep = format!("a = {}{}\nb = 1\n", "[".repeat(5000), "]".repeat(5000));
        assert!(written(&deep).contains(&String::from("b b")));
    }
}
