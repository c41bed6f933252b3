//! The plural forms of a language.

use icu_locale_core::LanguageIdentifier;
use icu_plurals::{PluralCategory, PluralRules};

/// CLDR's plural categories. Every language has `other`, and some of the five others.
pub const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The plural rules of a language for cardinal numbers, from CLDR.
#[derive(Debug)]
pub struct Plurals {
    /// The data of all languages are compiled in, so this is never `None`.
    rules: Option<PluralRules>,
}

impl Plurals {
    pub(super) fn new(id: &LanguageIdentifier) -> Self {
        Self { rules: PluralRules::try_new_cardinal(id.into()).ok() }
    }

    /// The plural form for a number, one of [`FORMS`].
    pub fn form(&self, count: u64) -> &'static str {
        self.rules.as_ref().map_or("other", |rules| name(rules.category_for(count)))
    }

    /// The plural forms that the language uses, in the order of [`FORMS`].
    pub fn forms(&self) -> Vec<&'static str> {
        let used: Vec<&str> = self.rules.iter().flat_map(|rules| rules.categories()).map(name).collect();
        FORMS.into_iter().filter(|form| used.contains(form) || *form == "other").collect()
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::Language;

    #[test]
    fn each_language_has_forms_of_its_own() {
        let form = |tag: &str, count| Language::parse(tag).unwrap().plurals().form(count);
        assert_eq!([0, 1, 2].map(|count| form("fr", count)), ["one", "one", "other"]);
        // North Frisian is no French, and CLDR does not know its forms.
        assert_eq!([0, 1, 2].map(|count| form("frr", count)), ["other"; 3]);
        assert_eq!([1, 2, 5, 21, 22].map(|count| form("pl", count)), ["one", "few", "many", "many", "few"]);
        assert_eq!([1, 2, 5, 21, 22].map(|count| form("ru", count)), ["one", "few", "many", "one", "few"]);
        assert_eq!(
            [0, 1, 2, 3, 11, 100].map(|count| form("ar", count)),
            ["zero", "one", "two", "few", "many", "other"]
        );
        assert_eq!([0, 1, 2].map(|count| form("ja", count)), ["other"; 3]);
        // European and Brazilian Portuguese differ.
        assert_eq!([form("pt", 0), form("pt-PT", 0)], ["one", "other"]);
    }

    #[test]
    fn a_language_lists_its_forms() {
        let forms = |tag: &str| Language::parse(tag).unwrap().plurals().forms();
        assert_eq!(forms("en"), ["one", "other"]);
        assert_eq!(forms("fr"), ["one", "many", "other"]);
        assert_eq!(forms("ja"), ["other"]);
    }
}
