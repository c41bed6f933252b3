//! The words of sheets, in the languages that come with the program.
//!
//! In: the tag of a language. Out: texts by their keys, in that language or else in English.

use crate::table::{self, Table};

const LANGUAGES: [(&str, &str); 4] = [
    ("en", include_str!("words/en.toml")),
    ("fr", include_str!("words/fr.toml")),
    ("de", include_str!("words/de.toml")),
    ("nl", include_str!("words/nl.toml")),
];

/// The words of one language.
pub(super) struct Words {
    own: Table,
    english: Table,
}

impl Words {
    /// The words of the language with a tag such as `fr` or `fr-BE`.
    pub(super) fn new(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        let find = |name: &str| LANGUAGES.iter().find(|(tag, _)| *tag == name).map_or("", |(_, text)| text);
        Self { own: table::parse(find(language), 0).0, english: table::parse(find("en"), 0).0 }
    }

    /// The words of all languages that come with the program.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        LANGUAGES.iter().map(|(tag, _)| Self::new(tag))
    }

    /// The text of a key; the key itself if no language has it.
    pub(super) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        let text = |table: &'a Table| table.get(key).and_then(|value| value.as_text());
        text(&self.own).or_else(|| text(&self.english)).unwrap_or(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        let keys = |text| -> Vec<String> {
            let (table, errors) = table::parse(text, 0);
            assert!(errors.is_empty());
            table.entries.iter().map(|entry| entry.key.to_string()).collect()
        };
        for (tag, text) in LANGUAGES {
            assert_eq!(keys(text), keys(LANGUAGES[0].1), "{tag}");
        }
    }
}
