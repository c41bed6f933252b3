//! The letters under which a glossary groups names.

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::LanguageIdentifier;
use unicode_normalization::UnicodeNormalization;

use super::order::{self, without_marks};

/// The letters of a language. Two characters are the same letter if they differ only by accents or capitals in CLDR's
/// order for the language.
#[derive(Debug)]
pub struct Alphabet {
    /// A collator of primary strength, which ignores accents and capitals.
    collator: Option<CollatorBorrowed<'static>>,
    /// The letters a to z, then the accented letters and ligatures of Latin-1 and Latin Extended-A, each with its sort
    /// key.
    latin: Vec<(char, Box<[u8]>)>,
}

/// The letter under which a glossary lists a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The letter in lower case, such as `e` or `ch`.
    pub name: Box<str>,
    key: Box<[u8]>,
}

impl Alphabet {
    pub(super) fn new(id: &LanguageIdentifier) -> Self {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Primary);
        let collator = Collator::try_new(id.into(), options).ok();
        let latin = ('a'..='z').chain('\u{df}'..='\u{17f}').filter(|char| char.is_lowercase());
        let latin = latin.map(|char| (char, order::key(collator.as_ref(), char.encode_utf8(&mut [0; 4])))).collect();
        Self { collator, latin }
    }

    /// The letter under which a name is listed; `None` if the name is empty or starts with a digit.
    ///
    /// The letter is the first of these whose sort key is a prefix of the name's sort key:
    /// - a letter from a to z (o for œ),
    /// - the first letter without its accents,
    /// - the first letter with its accents (the å of Swedish),
    /// - another Latin letter (å for Danish names in Aa),
    /// - two or three characters that are one letter (the ch of Czech).
    pub fn letter(&self, name: &str) -> Option<Letter> {
        let name = without_marks(name).nfc().flat_map(char::to_lowercase).collect::<String>();
        let first = name.chars().next().filter(|first| first.is_alphabetic())?;
        let key = self.key(&name);
        let if_prefix = |letter: String| {
            let letter = Letter { key: self.key(&letter), name: letter.into() };
            (!letter.key.is_empty() && key.starts_with(&letter.key)).then_some(letter)
        };
        let latin = |letters: &[(char, Box<[u8]>)]| {
            let (letter, key) = letters.iter().find(|(_, letter)| key.starts_with(letter))?;
            Some(Letter { name: letter.to_string().into(), key: key.clone() })
        };
        let (plain, others) = self.latin.split_at(26);
        let several = || (2..=3).find_map(|length| if_prefix(name.chars().take(length).collect()));
        latin(plain)
            .or_else(|| if_prefix(first.nfd().take(1).collect()))
            .or_else(|| if_prefix(first.to_string()))
            .or_else(|| latin(others))
            .or_else(several)
            .or_else(|| Some(Letter { name: first.to_string().into(), key: key.clone() }))
    }

    fn key(&self, text: &str) -> Box<[u8]> {
        order::key(self.collator.as_ref(), text)
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::Language;

    fn letters(tag: &str, names: &str) -> String {
        let alphabet = Language::parse(tag).unwrap().alphabet();
        let letter = |name: &str| alphabet.letter(name).map_or(String::from("–"), |letter| letter.name.into());
        names.split(' ').map(letter).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_are_listed_under_the_letters_of_their_language() {
        assert_eq!(letters("fr", "Œdème Évolution «Essai» ça Æthiops 5-FU ½ ABC"), "o e e c a – – a");
        assert_eq!(letters("sv", "Åbo Ängelholm Ödem Über Abo Véla"), "å ä ö y a v");
        assert_eq!(letters("da", "Aarhus Åbo Ærø Ørsted Alborg"), "å å æ ø a");
        assert_eq!(letters("cs", "chléb Chata cibule čas hrad"), "ch ch c č h");
        assert_eq!(letters("hu", "dzsungel csak cukor"), "dzs cs c");
        assert_eq!(letters("de", "Ödem ßa Übung"), "o s u");
        assert_eq!(letters("es", "ñandú naranja llama"), "ñ n l");
        assert_eq!(letters("pl", "Łódź Lublin żaba"), "ł l ż");
    }

    #[test]
    fn other_scripts_have_letters_too() {
        assert_eq!(letters("ru", "йод икра Ёлка ель"), "й и е е");
        assert_eq!(letters("el", "Άλφα βήτα"), "α β");
        assert_eq!(letters("fr", "α-synucléine"), "α");
        assert_eq!(letters("ko", "가나 나라"), "ᄀ ᄂ");
    }

    #[test]
    fn spellings_of_a_letter_are_one() {
        let alphabet = Language::parse("ja").unwrap().alphabet();
        assert_eq!(alphabet.letter("カメラ").unwrap().key, alphabet.letter("がっこう").unwrap().key);
    }
}
