//! The alphabetical order of a language.

use std::borrow::Cow;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::LanguageIdentifier;
use unicode_normalization::char::is_combining_mark;

/// The alphabetical order of a language: the Unicode Collation Algorithm (UTS #10) with CLDR's rules for the language.
#[derive(Debug)]
pub struct Order {
    /// The data of all languages are compiled in, so this is never `None`.
    collator: Option<CollatorBorrowed<'static>>,
}

/// The sort key of a name. Only keys of the same language can be compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey(Box<[u8]>);

impl Order {
    pub(super) fn new(id: &LanguageIdentifier) -> Self {
        Self { collator: Collator::try_new(id.into(), CollatorOptions::default()).ok() }
    }

    /// The sort key of a name. Letters decide first, then accents, then capitals. Punctuation counts as a space; at the
    /// start and the end it does not count.
    pub fn key(&self, name: &str) -> SortKey {
        SortKey(key(self.collator.as_ref(), &without_marks(name)))
    }
}

/// The sort key of a text.
pub(super) fn key(collator: Option<&CollatorBorrowed<'static>>, text: &str) -> Box<[u8]> {
    let Some(collator) = collator else { return text.as_bytes().into() };
    let mut key = Vec::with_capacity(2 * text.len());
    let Ok(()) = collator.write_sort_key_to(text, &mut key);
    key.into()
}

/// A text with spaces in place of punctuation and symbols. CLDR sorts each mark by itself, which would put "AWEX, 2014"
/// after "AWEX et Wallonia".
pub(super) fn without_marks(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(is_mark);
    if !text.contains(is_mark) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|char| if is_mark(char) { ' ' } else { char }).collect::<String>().into()
}

fn is_mark(char: char) -> bool {
    // Characters that belong to a word: soft hyphens, joiners, and the middle dot of Catalan.
    let is_in_word = matches!(char, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '·');
    !(char.is_alphanumeric() || is_combining_mark(char) || is_in_word)
}

#[cfg(test)]
mod tests {
    use crate::locale::Language;

    fn sorted(tag: &str, names: &str) -> String {
        let order = Language::parse(tag).unwrap().order();
        let mut names: Vec<&str> = names.split(" | ").collect();
        names.sort_by_key(|name| order.key(name));
        names.join(" | ")
    }

    #[test]
    fn each_language_sorts_its_letters() {
        assert_eq!(
            sorted("fr", "Ovule | Zona | Œdème | Obésité | Æthiops"),
            "Æthiops | Obésité | Œdème | Ovule | Zona"
        );
        assert_eq!(sorted("sv", "Ödem | Åbo | Zon | Ängelholm | Abo"), "Abo | Zon | Åbo | Ängelholm | Ödem");
        assert_eq!(sorted("de", "Ödem | Zon | Ober | Ofen"), "Ober | Ödem | Ofen | Zon");
        assert_eq!(sorted("es", "nz | ñandú | oca | naranja"), "naranja | nz | ñandú | oca");
        assert_eq!(sorted("cs", "chléb | hrad | cibule | doba"), "cibule | doba | hrad | chléb");
        assert_eq!(sorted("da", "Aarhus | Zone | Ørsted | Ærø | Bor"), "Bor | Zone | Ærø | Ørsted | Aarhus");
    }

    #[test]
    fn accents_and_capitals_decide_last() {
        assert_eq!(sorted("fr", "coté | côte | Cote | cote | cotes"), "cote | Cote | coté | côte | cotes");
    }

    #[test]
    fn marks_count_as_spaces() {
        assert_eq!(sorted("fr", "AWEX et Wallonia | AWEX, 2014 | AWEX"), "AWEX | AWEX, 2014 | AWEX et Wallonia");
        assert_eq!(sorted("fr", "Fabrique | « Essai » | (Dé)coder"), "(Dé)coder | « Essai » | Fabrique");
        assert_eq!(sorted("fr", "L’entreprise | L'Echo | La Libre"), "L'Echo | L’entreprise | La Libre");
    }
}
