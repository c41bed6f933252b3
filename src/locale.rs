//! Languages, and texts that exist in several of them.
//!
//! In: language tags. Out: [`Languages`] that give each tag a small number, and [`Localised`] values indexed by it.

/// A language's number: its place in `languages` of `site.toml`. The default language is number 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(pub u8);

impl Lang {
    /// The default language.
    pub const DEFAULT: Self = Self(0);

    /// The number as an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The languages of a site; there is always at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    tags: Vec<Box<str>>,
    prefixes: Vec<Box<str>>,
}

impl Languages {
    /// The languages of these tags, the first being the default.
    pub fn new<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        let mut tags: Vec<Box<str>> = tags.into_iter().map(Into::into).collect();
        if tags.is_empty() {
            tags.push("en".into());
        }
        let prefix = |at: usize| if at == 0 { "".into() } else { format!("/{}", tags[at]).into() };
        Self { prefixes: (0..tags.len()).map(prefix).collect(), tags }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.tags.len()
    }

    /// Each of them, the default first.
    pub fn all(&self) -> impl Iterator<Item = Lang> + use<> {
        (0..self.tags.len()).map(|index| Lang(index as u8))
    }

    /// The BCP 47 tag, such as `fr`.
    pub fn tag(&self, lang: Lang) -> &str {
        &self.tags[lang.index()]
    }

    /// The language of a tag.
    pub fn find(&self, tag: &str) -> Option<Lang> {
        self.tags.iter().position(|known| &**known == tag).map(|index| Lang(index as u8))
    }

    /// All tags.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().map(|tag| &**tag)
    }

    /// What stands before every path of this language: nothing for the default, `/en` for English.
    pub fn prefix(&self, lang: Lang) -> &str {
        &self.prefixes[lang.index()]
    }
}

/// Whether something has the form of a language tag: two or three letters, perhaps a region or script.
pub fn looks_like_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let language = parts.next().is_some_and(|part| (2..=3).contains(&part.len()) && letters(part));
    language
        && parts.all(|part| match part.len() {
            2 | 4 => letters(part),
            3 => digits(part),
            _ => false,
        })
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
    /// The value in the default language only.
    pub fn only_default(value: T) -> Self {
        Self(Box::new([Some(value)]))
    }

    /// The values by language, in the order of the site's languages.
    pub fn from_values(values: Vec<Option<T>>) -> Self {
        Self(values.into())
    }

    /// The value in exactly this language.
    pub fn exactly(&self, lang: Lang) -> Option<&T> {
        self.0.get(lang.index())?.as_ref()
    }

    /// The value in this language or else in the default language, and the language that it is in.
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

    /// Whether there is no value at all.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Every value, to change it.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().flatten()
    }

    /// Every value with its language.
    pub fn iter(&self) -> impl Iterator<Item = (Lang, &T)> {
        self.0.iter().enumerate().filter_map(|(index, value)| Some((Lang(index as u8), value.as_ref()?)))
    }
}

impl LocalText {
    /// The text in this language or else in the default language; empty where there is neither.
    pub fn text(&self, lang: Lang) -> &str {
        self.best(lang).map_or("", |(_, text)| text)
    }
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

    #[test]
    fn tags_are_recognised() {
        for tag in ["fr", "nld", "pt-BR", "zh-Hant", "es-419"] {
            assert!(looks_like_tag(tag), "{tag}");
        }
        for other in ["", "f", "french", "v1", "min", "a-b"] {
            assert_eq!(looks_like_tag(other), other == "min", "{other}");
        }
    }
}
