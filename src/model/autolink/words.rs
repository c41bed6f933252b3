//! Text as a sequence of words, in a form in which names are found by comparing characters.
//!
//! Each word is between two marks, so that a sequence of words is found as a whole: `gene therapy` becomes
//! `⟨gene⟩⟨therapy⟩`, with control characters for marks. Words lose the ending of the plural.

use std::borrow::Cow;
use std::ops::Range;

/// The start and the end of a word.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';
/// What separates words: a mark of punctuation, or something that no name can contain, such as a tag.
const PUNCTUATION: char = '\u{3}';
const WALL: char = '\u{4}';

/// The words of a text.
#[derive(Default)]
pub(super) struct Words {
    /// The words in the form in which they are compared.
    pub form: String,
    /// The words, each with the offset of its start in `form` and its place in the text.
    words: Vec<(usize, Range<usize>)>,
    /// Whether the ending `x` makes a plural, as in French.
    french: bool,
    word: String,
    place: Range<usize>,
    /// A character after a word that is a part of it if a letter follows, such as a hyphen.
    joint: Option<(char, usize)>,
}

impl Words {
    pub(super) fn new(french: bool) -> Self {
        Self { french, ..Self::default() }
    }

    /// The words of a name.
    pub(super) fn of_name(name: &str, french: bool) -> Self {
        let mut words = Self::new(french);
        for (at, char) in name.char_indices() {
            words.push(char, at..at + char.len_utf8());
        }
        words.end_word();
        words.form.truncate(words.form.trim_end_matches(PUNCTUATION).len());
        words
    }

    /// Adds a character of the text.
    pub(super) fn push(&mut self, char: char, place: Range<usize>) {
        if is_letter(char) {
            if let Some((joint, _)) = self.joint.take() {
                self.word.push(joint);
            }
            if self.word.is_empty() {
                self.place.start = place.start;
            }
            self.word.push(char);
            self.place.end = place.end;
        } else if let Some(joint) = joint(char).filter(|_| !self.word.is_empty() && self.joint.is_none()) {
            self.joint = Some((joint, place.start));
        } else {
            self.end_word();
            match char {
                '\'' | '’' => self.form.push('\''),
                _ if char.is_whitespace() => {}
                _ if self.form.ends_with(PUNCTUATION) => {}
                _ => self.form.push(PUNCTUATION),
            }
        }
    }

    /// Ends what a name can contain.
    pub(super) fn wall(&mut self) {
        self.end_word();
        self.form.push(WALL);
    }

    pub(super) fn end_word(&mut self) {
        if !self.word.is_empty() {
            self.words.push((self.form.len(), self.place.clone()));
            self.form.push(OPEN);
            self.form.push_str(&singular(&self.word, self.french));
            self.form.push(CLOSE);
            self.word.clear();
        }
        if self.joint.take().is_some() {
            self.form.push(PUNCTUATION);
        }
    }

    /// The place in the text of a range of `form` that starts and ends with a word.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let first = self.words.partition_point(|(at, _)| *at < range.start);
        let behind = self.words.partition_point(|(at, _)| *at < range.end);
        match (self.words.get(first), behind.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some((_, first)), Some((_, last))) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The number of letters and digits.
    pub(super) fn length(&self) -> usize {
        self.form.chars().filter(|char| is_letter(*char)).count()
    }

    /// The forms that stand for the same name: if the first word is not an acronym, with a small and with a capital
    /// letter.
    pub(super) fn spellings(self) -> Vec<String> {
        let first = self.form.trim_start_matches(OPEN).split(CLOSE).next().unwrap_or_default();
        let mut letters = first.chars();
        let Some(letter) = letters.next().filter(|_| !is_acronym(first) && first.chars().count() > 1) else {
            return vec![self.form];
        };
        let rest = &self.form[OPEN.len_utf8() + letter.len_utf8()..];
        let with = |letter: String| format!("{OPEN}{letter}{rest}");
        let (small, capital) = (with(letter.to_lowercase().collect()), with(letter.to_uppercase().collect()));
        if small == capital { vec![small] } else { vec![small, capital] }
    }
}

/// Whether a character is a part of a word.
fn is_letter(char: char) -> bool {
    // Combining accents are letters too.
    char.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&char)
}

/// The form of a character that joins letters to one word, as in CAR-T, R&D or 1.5.
fn joint(char: char) -> Option<char> {
    match char {
        '-' | '\u{2010}' | '\u{2011}' => Some('-'),
        '&' | '/' | '.' | '_' | '+' | '@' | '·' => Some(char),
        _ => None,
    }
}

/// Whether a word has a capital after its first letter, such as GMP or miRNA.
pub(super) fn is_acronym(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// A word without the `s` of a plural (CDMOs, vectors), in French also without its `x`, elsewhere with `y` for `ies`
/// (therapies). Short words stay as they are, but for acronyms, whose own letters are capitals.
fn singular(word: &str, french: bool) -> Cow<'_, str> {
    let is_long = |stem: &&str| is_acronym(stem) || stem.chars().count() > 2;
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| !french && is_long(stem)) {
        return Cow::Owned(format!("{stem}y"));
    }
    let stem = word.strip_suffix('s').or_else(|| word.strip_suffix('x').filter(|_| french));
    Cow::Borrowed(stem.filter(is_long).unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> String {
        Words::of_name(text, true).form.replace(OPEN, "(").replace(CLOSE, ")").replace(PUNCTUATION, ";")
    }

    #[test]
    fn words_are_whole_and_singular() {
        assert_eq!(form("thérapies géniques"), "(thérapie)(génique)");
        assert_eq!(form("l’ARNm, d'abord"), "(l)'(ARNm);(d)'(abord)");
        assert_eq!(form("CAR-T, CAR‑T et post-CAR-"), "(CAR-T);(CAR-T)(et)(post-CAR)");
        assert_eq!(form("R&D 1/2 (tableaux) CDMOs lots bas AIDS"), "(R&D)(1/2);(tableau);(CDMO)(lot)(bas)(AIDS)");
        assert_eq!(Words::of_name("gene therapies", false).form, Words::of_name("gene therapy", false).form);
    }

    #[test]
    fn the_first_letter_of_a_word_may_be_small_or_a_capital_but_not_that_of_an_acronym() {
        let spellings = |name: &str| Words::of_name(name, false).spellings().len();
        assert_eq!(["Gene therapy", "gene therapy", "GMP", "miRNA-loaded", "T cell"].map(spellings), [2, 2, 1, 1, 1]);
    }

    #[test]
    fn a_range_of_words_has_a_place_in_the_text() {
        let words = Words::of_name("la thérapie génique.", true);
        let name = Words::of_name("thérapie génique", true);
        let at = words.form.find(&name.form).unwrap();
        assert_eq!(words.place(at..at + name.form.len()), 3.."la thérapie génique".len());
    }
}
