//! What the files of an entity say in each language.

use std::collections::BTreeMap;

use crate::compile::Checked;
use crate::edit::place;
use crate::locale::Lang;
use crate::model::EntityId;
use crate::table::{Table, Value};
use crate::text::{Place, SourceText};

/// The facts of an entity, and its translations.
pub(super) struct Side {
    pub facts: (SourceText, Table),
    /// The files, or the tables in lists, of the other languages.
    pub translations: BTreeMap<Lang, (SourceText, Table)>,
    default: Box<str>,
}

/// A text in a language, where it is written.
pub(super) struct Text<'a> {
    pub source: &'a SourceText,
    pub value: &'a Value,
    /// Whether a translation has it.
    pub translated: bool,
}

impl Side {
    pub(super) fn of(checked: &Checked, id: EntityId) -> Option<Self> {
        let languages = &checked.ecosystem.config.languages;
        let others = languages.all().filter(|lang| *lang != Lang::DEFAULT);
        let translations = others.filter_map(|lang| Some((lang, place::translation(checked, id, lang)?))).collect();
        Some(Self { facts: place::facts(checked, id)?, translations, default: languages.tag(Lang::DEFAULT).into() })
    }

    /// A text in a language: of the translation, or of the original, which may have it by language.
    pub(super) fn text(&self, key: &str, lang: Lang, tag: &str) -> Option<Text<'_>> {
        if let Some((source, table)) = self.translations.get(&lang)
            && let Some(value) = table.get(key)
        {
            return Some(Text { source, value, translated: true });
        }
        let (source, table) = &self.facts;
        let value = table.get(key)?;
        let value = match value.as_table() {
            Some(by_language) => by_language.get(tag)?,
            None if *self.default == *tag => value,
            None => return None,
        };
        Some(Text { source, value, translated: false })
    }
}

impl Text<'_> {
    pub(super) fn place(&self) -> Place {
        self.source.place(self.value.span)
    }
}
