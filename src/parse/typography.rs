//! The typography of languages: quotation marks, apostrophes, ellipses, and the spaces of French.
//!
//! A language has a line in [`rules`]; the texts of other languages are not changed. The French rules are those of the
//! Imprimerie nationale, with a narrow no-break space (U+202F) before `;`, `:`, `!`, `?` and `%`, and inside guillemets. The
//! quotation marks of the other languages are those of Unicode's CLDR (`delimiters`).

use std::borrow::Cow;

/// The narrow no-break space.
const NARROW: char = '\u{202f}';

/// The rules of a language.
#[derive(Debug, Clone, Copy)]
struct Rules {
    /// What straight double quotation marks become.
    quotes: [char; 2],
    /// What straight single quotation marks around words become; an apostrophe is always `’`.
    single: [char; 2],
    /// Whether marks and guillemets have narrow no-break spaces, as in French.
    spaced: bool,
}

/// The rules of a language, by its tag in any region.
fn rules(tag: &str) -> Option<Rules> {
    let unspaced = |quotes, single| Some(Rules { quotes, single, spaced: false });
    match tag.split('-').next()?.to_ascii_lowercase().as_str() {
        "fr" => Some(Rules { quotes: ['«', '»'], single: ['‹', '›'], spaced: true }),
        "en" | "nl" => unspaced(['“', '”'], ['‘', '’']),
        "de" => unspaced(['„', '“'], ['‚', '‘']),
        "pl" => unspaced(['„', '”'], ['‚', '’']),
        "es" => unspaced(['«', '»'], ['“', '”']),
        _ => None,
    }
}

/// A text for readers, with the typography of its language. Texts in languages without rules are not changed.
pub fn typographic<'a>(text: &'a str, tag: &str) -> Cow<'a, str> {
    match Typographer::of(tag) {
        Some(mut typographer) if typographer.next_mark(text).is_some() => {
            let mut out = String::with_capacity(text.len() + 8);
            typographer.push(text, &mut out);
            if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
        }
        _ => Cow::Borrowed(text),
    }
}

/// Applies the rules to text that comes in pieces, such as the texts between the inline elements of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Typographer {
    rules: Rules,
    /// The last character so far; `None` at the start of a block.
    previous: Option<char>,
    /// Whether a double, and whether a single, quotation mark is open.
    open: [bool; 2],
}

impl Typographer {
    /// The typographer of a language, if there are rules for the language.
    pub(super) fn of(tag: &str) -> Option<Self> {
        Some(Self { rules: rules(tag)?, previous: None, open: [false; 2] })
    }

    /// Starts a new block.
    pub(super) fn reset(&mut self) {
        self.previous = None;
        self.open = [false; 2];
    }

    /// Skips something that is not text, such as code or an image. It counts as a letter.
    pub(super) fn skip(&mut self) {
        self.previous = Some('x');
    }

    /// Appends a piece of text, with the rules applied.
    pub(super) fn push(&mut self, text: &str, out: &mut String) {
        let start = out.len();
        let mut rest = text;
        // A word without such marks does not change. The space after an opening guillemet does.
        while let Some(mark) = if self.previous == Some(NARROW) { Some(0) } else { self.next_mark(rest) } {
            let before = rest[..mark].char_indices().rfind(|(_, char)| char.is_whitespace());
            let from = before.map_or(0, |(at, char)| at + char.len_utf8());
            let after = rest[mark..].char_indices().find(|(_, char)| char.is_whitespace());
            let to = after.map_or(rest.len(), |(at, char)| mark + at + char.len_utf8());
            self.copy(&rest[..from], out);
            let word = &rest[from..to];
            if is_address(word) {
                self.copy(word, out)
            } else {
                self.word(word, start, out)
            }
            rest = &rest[to..];
            if rest.is_empty() {
                break;
            }
        }
        self.copy(rest, out);
    }

    /// The first byte of a character that the rules may change, or of one that starts with the same byte.
    fn next_mark(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        bytes.iter().enumerate().position(|(at, byte)| match byte {
            b'\'' | b'"' => true,
            b'.' => bytes.get(at + 1) == Some(&b'.'),
            // The last two start guillemets and spaces, and the sign of the euro.
            b';' | b':' | b'!' | b'?' | b'%' | 0xc2 | 0xe2 => self.rules.spaced,
            _ => false,
        })
    }

    /// Appends text that does not change.
    fn copy(&mut self, text: &str, out: &mut String) {
        out.push_str(text);
        self.previous = text.chars().next_back().or(self.previous);
    }

    /// Appends a word and the space after it. `start` is the offset of the piece in `out`; the text before it must not
    /// change.
    fn word(&mut self, word: &str, start: usize, out: &mut String) {
        let mut chars = word.chars().peekable();
        while let Some(char) = chars.next() {
            let next = chars.peek().copied();
            match char {
                '\'' => self.single_quote(next, out),
                '.' if word.contains("...") && next == Some('.') => {
                    let dots = 1 + std::iter::from_fn(|| chars.next_if_eq(&'.')).count();
                    if dots == 3 { self.put('…', out) } else { (0..dots).for_each(|_| self.put('.', out)) }
                }
                '"' => self.double_quote(start, out),
                '«' if self.rules.spaced => self.open(char, out),
                '»' if self.rules.spaced => self.close(char, start, out),
                ';' | ':' | '!' | '?' if self.rules.spaced => self.high_mark(char, next, start, out),
                '%' | '€' if self.rules.spaced && self.previous == Some(' ') && ends_with_number(out, start) => {
                    self.narrow_before(start, out);
                    self.put(char, out);
                }
                // The space after the opening guillemet has been written already.
                ' ' | '\u{a0}' | NARROW if self.rules.spaced && self.previous == Some(NARROW) => {}
                _ => self.put(char, out),
            }
        }
    }

    fn put(&mut self, char: char, out: &mut String) {
        out.push(char);
        self.previous = Some(char);
    }

    /// Whether a quotation mark here would open.
    fn is_before_word(&self) -> bool {
        self.previous.is_none_or(|previous| previous.is_whitespace() || "([{«“„‚‘—–’".contains(previous))
    }

    /// A straight double quotation mark. One that neither opens nor closes, such as a sign of inches, stays.
    fn double_quote(&mut self, start: usize, out: &mut String) {
        let [opening, closing] = self.rules.quotes;
        if self.is_before_word() {
            self.open[0] = true;
            self.open(opening, out);
        } else if self.open[0] || self.rules.spaced {
            self.open[0] = false;
            self.close(closing, start, out);
        } else {
            self.put('"', out);
        }
    }

    /// A straight single quotation mark: an apostrophe, unless it is around words.
    fn single_quote(&mut self, next: Option<char>, out: &mut String) {
        let [opening, closing] = self.rules.single;
        let is_in_word = !self.is_before_word();
        let next_is_letter = next.is_some_and(char::is_alphabetic);
        if !self.rules.spaced && self.is_before_word() && next_is_letter {
            self.open[1] = true;
            self.put(opening, out);
        } else if self.open[1] && !next_is_letter {
            self.open[1] = false;
            self.put(closing, out);
        } else {
            let is_apostrophe = is_in_word || next.is_some_and(|next| next.is_ascii_digit());
            self.put(if is_apostrophe { '’' } else { '\'' }, out);
        }
    }

    /// An opening quotation mark, and the space after it.
    fn open(&mut self, mark: char, out: &mut String) {
        self.put(mark, out);
        if self.rules.spaced {
            self.put(NARROW, out);
        }
    }

    /// A closing quotation mark, and the space before it.
    fn close(&mut self, mark: char, start: usize, out: &mut String) {
        if self.rules.spaced {
            self.narrow_before(start, out);
        }
        self.put(mark, out);
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
        assert_eq!(typographic("Co? \"To\"", "cs"), "Co? \"To\"");
    }

    #[test]
    fn apostrophes_and_dots() {
        assert_eq!(visible("l'été... 40 % d'euros"), "l’été… 40_% d’euros");
    }

    #[test]
    fn languages_have_their_quotation_marks() {
        let text = "It's the \"big 'green' thing\": 5'9\" or '90s, the companies' plans...";
        assert_eq!(typographic(text, "en"), "It’s the “big ‘green’ thing”: 5’9\" or ’90s, the companies’ plans…");
        assert_eq!(typographic("Er sagte: \"So 'ne Idee!\"", "de-AT"), "Er sagte: „So ‚ne Idee!“");
        assert_eq!(typographic("een \"mooi\" idee", "nl"), "een “mooi” idee");
        assert_eq!(typographic("to \"dobra\" firma", "pl"), "to „dobra” firma");
        assert_eq!(typographic("¿Una \"buena\" idea?", "es"), "¿Una «buena» idea?");
        assert_eq!(typographic("(\"so\")", "de"), "(„so“)");
    }

    #[test]
    fn setting_twice_changes_nothing() {
        for text in ["« Qui ? »", "l'été: 5 %!", "a \"b\" c", "oui;non ; si"] {
            for tag in ["fr", "en", "de", "pl", "nl", "es"] {
                let once = typographic(text, tag).into_owned();
                assert_eq!(typographic(&once, tag), once);
            }
        }
    }
}
