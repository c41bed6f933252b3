//! Sets texts in a language: in a translation, or in the table of languages that a text can be.

use super::file::{Facts, Files};
use crate::edit::draft::Draft;
use crate::edit::refusal::Refusal;
use crate::edit::toml;
use crate::locale::Lang;
use crate::model::EntityId;
use crate::table::{Table, Value};

/// Sets a text in a language. `value` is TOML.
pub(super) fn set(
    files: &mut Files<'_>,
    draft: &mut Draft,
    id: EntityId,
    (key, lang): (&str, Lang),
    value: &str,
) -> Result<(), Refusal> {
    let translation = if lang == Lang::DEFAULT { None } else { files.translation(id, lang) };
    if let Some((facts, entry)) = translation.as_ref().and_then(|facts| Some((facts, facts.table.entry(key)?))) {
        return facts.replace(draft, &entry.value, value);
    }
    let facts = files.facts(id)?;
    let languages = &facts.checked.ecosystem.config.languages;
    let (tag, default) = (languages.tag(lang), languages.tag(Lang::DEFAULT));
    let Some(entry) = facts.table.entry(key) else {
        return match (translation, lang == Lang::DEFAULT) {
            (Some(translation), _) => translation.add(draft, key, value),
            (None, true) => facts.add(draft, key, value),
            (None, false) => facts.add(draft, key, &format!("{{ {tag} = {value} }}")),
        };
    };
    let present = facts.inner(id, entry);
    match by_language(present) {
        Some(table) => match table.get(tag) {
            Some(text) => facts.replace(draft, text, value),
            None => facts.add_language(draft, table, tag, value),
        },
        None if lang == Lang::DEFAULT => facts.replace(draft, present, value),
        None => match translation {
            Some(translation) => translation.add(draft, key, value),
            None => {
                let text = &facts.source.text[present.span.range()];
                facts.replace(draft, present, &format!("{{ {default} = {text}, {tag} = {value} }}"))
            }
        },
    }
}

/// Removes a text in a language.
pub(super) fn remove(
    files: &mut Files<'_>,
    draft: &mut Draft,
    id: EntityId,
    (key, lang): (&str, Lang),
) -> Result<(), Refusal> {
    let position = |table: &Table, key: &str| table.entries.iter().position(|entry| &*entry.key == key);
    if lang != Lang::DEFAULT
        && let Some(translation) = files.translation(id, lang)
        && let Some(at) = position(&translation.table, key)
    {
        return translation.remove(draft, at);
    }
    let facts = files.facts(id)?;
    let Some(at) = position(&facts.table, key) else { return Ok(()) };
    let tag = facts.checked.ecosystem.config.languages.tag(lang);
    match by_language(facts.inner(id, &facts.table.entries[at])) {
        Some(table) => match position(table, tag) {
            Some(inner) => {
                facts.refuse_header(&facts.table.entries[at].value)?;
                draft.remove(&facts.source.place(toml::entry_span(&facts.source, table, inner)));
                Ok(())
            }
            None => Ok(()),
        },
        None if lang == Lang::DEFAULT => facts.remove(draft, at),
        None => Ok(()),
    }
}

/// The table of languages that a text is written as.
fn by_language(value: &Value) -> Option<&Table> {
    value.as_table()
}

impl Facts<'_> {
    fn add_language(&self, draft: &mut Draft, table: &Table, tag: &str, value: &str) -> Result<(), Refusal> {
        let (at, text) = match table.entries.last() {
            Some(last) => toml::entry_after(&self.source, table, last, tag, value),
            None => (table.span.start as usize + 1, format!(" {tag} = {value} ")),
        };
        draft.insert(&self.source.path, at, &text);
        Ok(())
    }
}
