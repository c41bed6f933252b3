//! French typography: guillemets, narrow no-break spaces, apostrophes.
//!
//! The rules are those of the Imprimerie nationale, with a narrow no-break space (U+202F) before `;`, `:`, `!`, `?` and
//! `%`, and inside guillemets.

use std::borrow::Cow;

use crate::locale;

/// The narrow no-break space.
const NARROW: char = '\u{202f}';

/// A text for readers, with the typography of its language. Texts in other languages than French are not changed.
pub fn typographic<'a>(text: &'a str, tag: &str) -> Cow<'a, str> {
    match Typographer::of(tag) {
        Some(mut typographer) => {
            let mut out = String::with_capacity(text.len() + 8);
            typographer.push(text, &mut out);
            if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
        }
        None => Cow::Borrowed(text),
    }
}

/// Applies the rules to text that comes in pieces, such as the texts between the inline elements of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Typographer {
    /// The last character so far; `None` at the start of a block.
    previous: Option<char>,
}

impl Typographer {
    /// The typographer of a language, if there are rules for the language.
    pub(super) fn of(tag: &str) -> Option<Self> {
        locale::is_french(tag).then(Self::default)
    }

    /// Starts a new block.
    pub(super) fn reset(&mut self) {
        self.previous = None;
    }

    /// Skips something that is not text, such as code or an image. It counts as a letter.
    pub(super) fn skip(&mut self) {
        self.previous = Some('x');
    }

    /// Appends a piece of text, with the rules applied.
    pub(super) fn push(&mut self, text: &str, out: &mut String) {
        let start = out.len();
        for word in text.split_inclusive(char::is_whitespace) {
            if is_address(word) {
                out.push_str(word);
                self.previous = word.chars().next_back();
            } else {
                self.word(word, start, out);
            }
        }
    }

    /// Appends a word and the space after it. `start` is the offset of the piece in `out`; the text before it must not
    /// change.
    fn word(&mut self, word: &str, start: usize, out: &mut String) {
        let mut chars = word.chars().peekable();
        while let Some(char) = chars.next() {
            let next = chars.peek().copied();
            match char {
                '\'' if self.previous.is_some_and(char::is_alphanumeric) => self.put('’', out),
                '.' if word.contains("...") && next == Some('.') => {
                    let dots = 1 + std::iter::from_fn(|| chars.next_if_eq(&'.')).count();
                    if dots == 3 { self.put('…', out) } else { (0..dots).for_each(|_| self.put('.', out)) }
                }
                '"' if self
                    .previous
                    .is_none_or(|previous| previous.is_whitespace() || "([{«—–’".contains(previous)) =>
                {
                    self.put('«', out);
                    self.put(NARROW, out);
                }
                '"' => self.close(start, out),
                '«' => {
                    self.put('«', out);
                    self.put(NARROW, out);
                }
                '»' => self.close(start, out),
                ';' | ':' | '!' | '?' => {
                    self.high_mark(char, next, start, out);
                }
                '%' | '€' if self.previous == Some(' ') && ends_with_number(out, start) => {
                    self.narrow_before(start, out);
                    self.put(char, out);
                }
                // The space after the opening guillemet has been written already.
                ' ' | '\u{a0}' | NARROW if self.previous == Some(NARROW) => {}
                _ => self.put(char, out),
            }
        }
    }

    fn put(&mut self, char: char, out: &mut String) {
        out.push(char);
        self.previous = Some(char);
    }

    fn close(&mut self, start: usize, out: &mut String) {
        self.narrow_before(start, out);
        self.put('»', out);
    }

    /// Replaces the spaces at the end by a narrow no-break space.
    fn narrow_before(&mut self, start: usize, out: &mut String) {
        let length = out[start..].trim_end_matches([' ', '\u{a0}', NARROW]).len();
        out.truncate(start + length);
        out.push(NARROW);
    }

    /// Appends `;`, `:`, `!` or `?`, with a narrow no-break space before it if it ends a word.
    fn high_mark(&mut self, mark: char, next: Option<char>, start: usize, out: &mut String) {
        let ends_word = next.is_none_or(|next| next.is_whitespace() || "!?;:.…)]»\"".contains(next));
        match self.previous {
            Some(' ' | '\u{a0}' | NARROW) if ends_word && out.len() > start => self.narrow_before(start, out),
            Some(previous) if ends_word && (previous.is_alphanumeric() || ")]»%€…".contains(previous)) => {
                self.put(NARROW, out);
            }
            _ => {}
        }
        self.put(mark, out);
    }
}

fn ends_with_number(out: &str, start: usize) -> bool {
    out[start..].trim_end().ends_with(|last: char| last.is_ascii_digit())
}

/// Whether a word is an address, which is never changed.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.") || word.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visible(text: &str) -> String {
        typographic(text, "fr").replace(NARROW, "_").replace('\u{a0}', "~")
    }

    #[test]
    fn high_marks_get_a_narrow_space() {
        assert_eq!(visible("Quoi ? Oui ! Ceci : cela ; fin"), "Quoi_? Oui_! Ceci_: cela_; fin");
        assert_eq!(visible("Quoi? Oui! Ceci: cela; fin"), "Quoi_? Oui_! Ceci_: cela_; fin");
        assert_eq!(visible("Vraiment ?!"), "Vraiment_?!");
        assert_eq!(visible("à 10:30, ratio 1:2"), "à 10:30, ratio 1:2");
    }

    #[test]
    fn guillemets_hold_narrow_spaces() {
        assert_eq!(visible("le \"mot\" juste"), "le «_mot_» juste");
        assert_eq!(visible("le «mot» juste"), "le «_mot_» juste");
        assert_eq!(visible("le « mot » juste"), "le «_mot_» juste");
        assert_eq!(visible("« Qui ? »"), "«_Qui_?_»");
    }

    #[test]
    fn addresses_and_other_languages_stay() {
        assert_eq!(visible("voir https://example.org/a?b=c;d:e !"), "voir https://example.org/a?b=c;d:e_!");
        assert_eq!(typographic("What? \"This\"", "en"), "What? \"This\"");
    }

    #[test]
    fn apostrophes_and_dots() {
        assert_eq!(visible("l'été... 40 % d'euros"), "l’été… 40_% d’euros");
    }

    #[test]
    fn setting_twice_changes_nothing() {
        for text in ["« Qui ? »", "l'été: 5 %!", "a \"b\" c", "oui;non ; si"] {
            let once = typographic(text, "fr").into_owned();
            assert_eq!(typographic(&once, "fr"), once);
        }
    }
}
