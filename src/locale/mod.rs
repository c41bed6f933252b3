//! Languages, and texts that exist in several of them.
//!
//! In: language tags. Out: [`Languages`], which give each language a small number; [`Localised`] values, indexed by
//! that number; and the rules of a language from Unicode's CLDR: its plural forms, alphabetical order and letters.

mod fold;
mod names;
mod order;
mod alphabet;
mod plurals;
mod formats;
mod language;

pub use alphabet::{Alphabet, Letter};
pub(crate) use fold::{fold, folded};
pub use formats::Formats;
pub use language::{Language, is_french};
pub(crate) use names::name_key;
pub use order::{Order, SortKey};
pub use plurals::{FORMS, Plurals};

/// The index of a language in `languages` of `site.toml`. The default language has index 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(pub u8);

impl Lang {
    /// The default language.
    pub const DEFAULT: Self = Self(0);

    /// The index, to look up a value.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The languages of a site: at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    languages: Vec<Language>,
    prefixes: Vec<Box<str>>,
}

impl Languages {
    /// The languages of a site, the default language first. English alone if the list is empty.
    pub fn new(languages: impl IntoIterator<Item = Language>) -> Self {
        let mut languages: Vec<Language> = languages.into_iter().collect();
        if languages.is_empty() {
            languages.push(Language::english());
        }
        let prefix = |at: usize| if at == 0 { "".into() } else { format!("/{}", languages[at].tag()).into() };
        Self { prefixes: (0..languages.len()).map(prefix).collect(), languages }
    }

    /// The number of languages.
    pub fn count(&self) -> usize {
        self.languages.len()
    }

    /// All languages, the default language first.
    pub fn all(&self) -> impl Iterator<Item = Lang> + use<> {
        (0..self.languages.len()).map(|index| Lang(index as u8))
    }

    /// The language at an index.
    pub fn get(&self, lang: Lang) -> &Language {
        &self.languages[lang.index()]
    }

    /// The BCP 47 tag, such as `fr`.
    pub fn tag(&self, lang: Lang) -> &str {
        self.get(lang).tag()
    }

    /// The language with exactly this tag.
    pub fn find(&self, tag: &str) -> Option<Lang> {
        self.tags().position(|other| other == tag).map(|index| Lang(index as u8))
    }

    /// The tags of all languages, in order.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(Language::tag)
    }

    /// The prefix of every path in a language: empty for the default language, otherwise `/` and the tag, as in `/en`.
    pub fn prefix(&self, lang: Lang) -> &str {
        &self.prefixes[lang.index()]
    }

    /// The language whose prefix a path has; the default language if it has none.
    pub fn of_path(&self, path: &str) -> Lang {
        let has_prefix = |lang: &Lang| path.strip_prefix(self.prefix(*lang)).is_some_and(|rest| rest.starts_with('/'));
        self.all().skip(1).find(has_prefix).unwrap_or(Lang::DEFAULT)
    }
}

impl Default for Languages {
    /// English alone.
    fn default() -> Self {
        Self::new([])
    }
}

/// A value in some of the site's languages.
#[derive(Debug, Clone, PartialEq)]
pub struct Localised<T>(Box<[Option<T>]>);

/// A text in some of the site's languages.
pub type LocalText = Localised<Box<str>>;

impl<T> Default for Localised<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<T> Localised<T> {
    /// A value in the default language only.
    pub fn only_default(value: T) -> Self {
        Self(Box::new([Some(value)]))
    }

    /// The value in this language, without fallback.
    pub fn exactly(&self, lang: Lang) -> Option<&T> {
        self.0.get(lang.index())?.as_ref()
    }

    /// The value in this language or else in the default language, with the language of the value.
    pub fn best(&self, lang: Lang) -> Option<(Lang, &T)> {
        match self.exactly(lang) {
            Some(value) => Some((lang, value)),
            None => self.exactly(Lang::DEFAULT).map(|value| (Lang::DEFAULT, value)),
        }
    }

    /// Sets the value of a language.
    pub fn set(&mut self, lang: Lang, value: T) {
        if self.0.len() <= lang.index() {
            let mut values = std::mem::take(&mut self.0).into_vec();
            values.resize_with(lang.index() + 1, || None);
            self.0 = values.into();
        }
        self.0[lang.index()] = Some(value);
    }

    /// Whether there is no value in any language.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// The values in all languages, mutable.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().flatten()
    }

    /// The values in all languages, each with its language.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &T)> {
        self.0.iter().enumerate().filter_map(|(index, value)| Some((Lang(index as u8), value.as_ref()?)))
    }
}

impl LocalText {
    /// The text in this language or else in the default language; empty if both are missing.
    pub fn text(&self, lang: Lang) -> &str {
        self.best(lang).map_or("", |(_, text)| text)
    }
}

/// Words for readers, in the typography of their language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// The language of the words: that of the page, or the default one as a fallback.
    pub lang: Lang,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_back_to_the_default_language() {
        let mut text = LocalText::only_default("oui".into());
        assert_eq!(text.text(Lang(1)), "oui");
        text.set(Lang(1), "yes".into());
        assert_eq!(text.text(Lang(1)), "yes");
        assert_eq!(text.best(Lang(2)), Some((Lang::DEFAULT, &"oui".into())));
    }
}
