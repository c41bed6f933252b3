//! A language, by its tag.

use icu_locale_core::{LanguageIdentifier, langid};

use super::alphabet::Alphabet;
use super::order::Order;
use super::plurals::Plurals;

/// A language, by its tag (BCP 47): a language with, perhaps, a script, a region and variants, such as `fr`, `zh-Hant` or `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// As it is written; addresses and names of files hold it.
    tag: Box<str>,
    id: LanguageIdentifier,
}

impl Language {
    /// The language of a tag; `None` if it is not one.
    ///
    /// Languages of five to eight letters, which BCP 47 keeps for later, are none: files have parts such as `draft` in their names.
    pub fn parse(tag: &str) -> Option<Self> {
        let id = LanguageIdentifier::try_from_str(tag).ok()?;
        (id.language.as_str().len() <= 3).then(|| Self { tag: tag.into(), id })
    }

    /// English.
    pub fn english() -> Self {
        Self { tag: "en".into(), id: langid!("en") }
    }

    /// Its tag, as it is written.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Its plural forms.
    pub fn plurals(&self) -> Plurals {
        Plurals::new(&self.id)
    }

    /// The order in which it sorts names.
    pub fn order(&self) -> Order {
        Order::new(&self.id)
    }

    /// Its letters.
    pub fn alphabet(&self) -> Alphabet {
        Alphabet::new(&self.id)
    }
}

/// Whether the language of a tag is French, wherever it is spoken.
pub fn is_french(tag: &str) -> bool {
    tag.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("fr"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_other_words() {
        for tag in ["fr", "nld", "pt-BR", "zh-Hant", "es-419", "ca-valencia", "min"] {
            assert_eq!(Language::parse(tag).unwrap().tag(), tag);
        }
        for other in ["", "f", "french", "draft", "v1", "a-b", "fr-", "fr_BE", "fr-FR-BE", "é"] {
            assert_eq!(Language::parse(other), None, "{other}");
        }
    }

    #[test]
    fn french_is_french_everywhere() {
        assert!(["fr", "fr-BE", "FR", "fr-Latn-CA"].into_iter().all(is_french));
        // North Frisian, Old French.
        assert!(!["en", "frr", "fro", "", "en-FR"].into_iter().any(is_french));
    }
}
