//! Languages and their tags.

use icu_locale::{Direction, LocaleDirectionality};
use icu_locale_core::{LanguageIdentifier, langid};

use super::alphabet::Alphabet;
use super::formats::Formats;
use super::order::Order;
use super::plurals::Plurals;

/// A language, identified by a BCP 47 tag: a language and, optionally, a script, a region and variants. Examples: `fr`,
/// `zh-Hant`, `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// The tag with the capitals of `site.toml`; addresses and names of files contain it.
    tag: Box<str>,
    id: LanguageIdentifier,
}

impl Language {
    /// The language of a tag; `None` if the text is not a language tag.
    ///
    /// BCP 47 reserves primary languages of five to eight letters for later. They are refused here, because names of
    /// files have parts such as `draft`.
    pub fn parse(tag: &str) -> Option<Self> {
        let id = LanguageIdentifier::try_from_str(tag).ok()?;
        (id.language.as_str().len() <= 3).then(|| Self { tag: tag.into(), id })
    }

    /// English.
    pub fn english() -> Self {
        Self { tag: "en".into(), id: langid!("en") }
    }

    /// The tag, with the capitals of `site.toml`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The plural forms of the language.
    pub fn plurals(&self) -> Plurals {
        Plurals::new(&self.id)
    }

    /// How the language writes numbers, dates and lists.
    pub fn formats(&self) -> Formats {
        Formats::new(&self.id.clone().into())
    }

    /// The direction in which the language is written, as the attribute `dir` of HTML has it: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        match LocaleDirectionality::new_common().get(&self.id) {
            Some(Direction::RightToLeft) => "rtl",
            _ => "ltr",
        }
    }

    /// The alphabetical order of the language.
    pub fn order(&self) -> Order {
        Order::new(&self.id)
    }

    /// The letters of the language.
    pub fn alphabet(&self) -> Alphabet {
        Alphabet::new(&self.id)
    }
}

/// Whether the language of a tag is French, in any region.
pub fn is_french(tag: &str) -> bool {
    tag.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("fr"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_are_not_tags() {
        for tag in ["fr", "nld", "pt-BR", "zh-Hant", "es-419", "ca-valencia", "min"] {
            assert_eq!(Language::parse(tag).unwrap().tag(), tag);
        }
        for other in ["", "f", "french", "draft", "v1", "a-b", "fr-", "fr_BE", "fr-FR-BE", "é"] {
            assert_eq!(Language::parse(other), None, "{other}");
        }
    }

    #[test]
    fn scripts_have_a_direction() {
        let direction = |tag| Language::parse(tag).unwrap().direction();
        assert_eq!(["ar", "he", "fa", "ur", "az-Arab"].map(direction), ["rtl"; 5]);
        assert_eq!(["fr", "pl", "ja", "az", "xx"].map(direction), ["ltr"; 5]);
    }

    #[test]
    fn french_is_french_everywhere() {
        assert!(["fr", "fr-BE", "FR", "fr-Latn-CA"].into_iter().all(is_french));
        // North Frisian, Old French.
        assert!(!["en", "frr", "fro", "", "en-FR"].into_iter().any(is_french));
    }
}
