//! Merges the texts that depend on the language, one by one in each language.

use super::additions::Additions;
use super::facts::{Merger, append, contradiction};
use super::pair::Keep;
use super::sides::{Side, Text};
use crate::diagnostics::Diagnostic;
use crate::edit::draft::Draft;
use crate::edit::{locate, place, toml, written};
use crate::locale::Lang;
use crate::schema::{Field, Property};
use crate::table::{Table, Value};
use crate::text::SourceText;

impl Merger<'_> {
    /// Whether a key has one text, which each language may have.
    pub(super) fn is_single_text(&self, key: &str) -> bool {
        let plain = |field: &Field| field.kind.is_text() && !field.many && field.attributes.is_empty();
        key == "summary" || self.field(key).is_some_and(plain)
    }

    fn field(&self, key: &str) -> Option<&Field> {
        let ecosystem = &self.pair.checked.ecosystem;
        let owner = ecosystem.entity(self.pair.into).entity_type;
        match ecosystem.schema.properties(owner).find(|(id, _)| *id == key).map(|(_, property)| property) {
            Some(Property::Field(at)) => ecosystem.schema.get(owner).fields.get(at),
            _ => None,
        }
    }

    /// Merges what translations have of a key that is not one text. Out: contradictions.
    pub(super) fn translations(&self, key: &str, additions: &mut Additions, draft: &mut Draft) -> Vec<Diagnostic> {
        if self.field(key).is_some_and(|field| field.kind.is_text() && field.many) {
            self.translated_lists(key, additions, draft);
            return Vec::new();
        }
        self.dependent(key, additions, draft)
    }

    fn languages(&self) -> impl Iterator<Item = (Lang, &str)> {
        let languages = &self.pair.checked.ecosystem.config.languages;
        languages.all().map(|lang| (lang, languages.tag(lang)))
    }

    /// Merges a text in each language. Out: contradictions.
    pub(super) fn text(&self, key: &str, additions: &mut Additions, draft: &mut Draft) -> Vec<Diagnostic> {
        let mut contradictions = Vec::new();
        let mut missing = Vec::new();
        for (lang, tag) in self.languages() {
            let Some(text) = self.from.text(key, lang, tag) else { continue };
            match self.into.text(key, lang, tag) {
                None => missing.push((lang, text)),
                Some(other) => contradictions.extend(self.decide(key, &text, &other, draft)),
            }
        }
        // Of two texts that contradict one another, the translations of the one that goes go too.
        let tag = self.pair.checked.ecosystem.config.languages.tag(Lang::DEFAULT);
        let default = |side: &Side| Some(side.text(key, Lang::DEFAULT, tag)?.value.data.to_json());
        let is_wrong = default(self.into).is_some_and(|into| default(self.from).is_some_and(|from| from != into));
        if self.keep != Some(Keep::Into) || !is_wrong {
            self.add(key, &missing, additions, draft);
        }
        contradictions
    }

    /// Keeps one of two texts. Out: a contradiction.
    fn decide(&self, key: &str, text: &Text<'_>, other: &Text<'_>, draft: &mut Draft) -> Option<Diagnostic> {
        if text.value.data.to_json() == other.value.data.to_json() {
            return None;
        }
        match self.keep {
            None => return Some(contradiction(key, text.place(), other.place())),
            Some(Keep::Into) => {}
            Some(Keep::From) => draft.replace(&other.place(), written::inline(text.source, text.value)),
        }
        None
    }

    /// Adds texts of a key in the languages that the entity lacks.
    fn add(&self, key: &str, missing: &[(Lang, Text<'_>)], additions: &mut Additions, draft: &mut Draft) {
        let mut in_original = Vec::new();
        for (lang, text) in missing {
            let value = written::inline(text.source, text.value);
            if *lang != Lang::DEFAULT && (text.translated || self.into.translations.contains_key(lang)) {
                self.add_translated(*lang, key, &value, additions, draft);
            } else {
                in_original.push((self.pair.checked.ecosystem.config.languages.tag(*lang), value));
            }
        }
        self.add_to_original(key, &in_original, draft);
    }

    /// Adds a text to a translation, which may not exist yet.
    pub(super) fn add_translated(
        &self,
        lang: Lang,
        key: &str,
        value: &str,
        additions: &mut Additions,
        draft: &mut Draft,
    ) {
        match self.into.translations.get(&lang) {
            Some((source, table)) => place::add(draft, source, table, self.order, key, value),
            None => additions.fact(lang, key, value),
        }
    }

    /// Adds a key to the original in some languages, which it lacks.
    pub(super) fn add_to_original(&self, key: &str, texts: &[(&str, String)], draft: &mut Draft) {
        let default = self.pair.checked.ecosystem.config.languages.tag(Lang::DEFAULT);
        let (source, table) = &self.into.facts;
        let by_language = || texts.iter().map(|(tag, text)| format!("{tag} = {text}")).collect::<Vec<_>>().join(", ");
        match (table.get(key), texts) {
            (_, []) => {}
            (None, [(tag, text)]) if *tag == default => place::add(draft, source, table, self.order, key, text),
            (None, _) => place::add(draft, source, table, self.order, key, &format!("{{ {} }}", by_language())),
            (Some(value), _) => match value.as_table() {
                Some(present) => add_languages(source, present, texts, draft),
                None => {
                    draft.insert(&source.path, value.span.start as usize, &format!("{{ {default} = "));
                    draft.insert(&source.path, value.span.end as usize, &format!(", {} }}", by_language()));
                }
            },
        }
    }

    /// Carries over what a translation has of a key whose value in the original decides: the alternative text of a picture, and
    /// texts with attributes. Out: contradictions.
    fn dependent(&self, key: &str, additions: &mut Additions, draft: &mut Draft) -> Vec<Diagnostic> {
        let value = |side: &Side| side.facts.1.get(key).map(|value| value.data.to_json());
        let (from, into) = (value(self.from), value(self.into));
        if into.is_some() && from != into && self.keep != Some(Keep::From) {
            return Vec::new();
        }
        let mut contradictions = Vec::new();
        for (lang, (source, table)) in &self.from.translations {
            let Some(value) = table.get(key) else { continue };
            let present = self.into.translations.get(lang).and_then(|(source, table)| Some((source, table.get(key)?)));
            match present {
                Some((other_source, other)) => {
                    let text = Text { source, value, translated: true };
                    let other = Text { source: other_source, value: other, translated: true };
                    contradictions.extend(self.decide(key, &text, &other, draft));
                }
                None => self.add_translated(*lang, key, &written::inline(source, value), additions, draft),
            }
        }
        contradictions
    }

    /// Keeps the translations of a list of texts as long as the list: the items that are added, and those that are in both lists,
    /// have the translations that either side has.
    fn translated_lists(&self, key: &str, additions: &mut Additions, draft: &mut Draft) {
        let items = |table: &'_ Table| table.get(key).map(all).unwrap_or_default();
        let (from, into) = (items(&self.from.facts.1), items(&self.into.facts.1));
        let same = |a: &Value, b: &Value| a.data.to_json() == b.data.to_json();
        let is_new = |at: &usize| !into.iter().any(|other| same(other, &from[*at]));
        let new: Vec<usize> = (0..from.len()).filter(is_new).collect();
        for (lang, _) in self.languages().skip(1) {
            let translated = |side: &'_ Side| {
                let (source, table) = side.translations.get(&lang)?;
                Some((source.clone(), all(table.get(key)?)))
            };
            let (theirs, ours) = (translated(self.from), translated(self.into));
            let added = |at: usize| match theirs.as_ref().and_then(|(source, items)| Some((source, items.get(at)?))) {
                Some((source, item)) => written::inline(source, item),
                None => written::inline(&self.from.facts.0, &from[at]),
            };
            let new = || new.iter().map(|at| added(*at)).collect::<Vec<String>>();
            match (&theirs, ours) {
                (_, Some(_)) => {
                    let Some((source, table)) = self.into.translations.get(&lang) else { continue };
                    if let Some(list) = table.get(key) {
                        append(source, list, &new(), draft);
                    }
                }
                (Some(_), None) => {
                    let kept = into.iter().map(|item| match from.iter().position(|other| same(other, item)) {
                        Some(at) => added(at),
                        None => written::inline(&self.into.facts.0, item),
                    });
                    let list: Vec<String> = kept.chain(new()).collect();
                    self.add_translated(lang, key, &format!("[{}]", list.join(", ")), additions, draft);
                }
                (None, None) => {}
            }
        }
    }
}

/// The items of a list; a single value is one.
fn all(value: &Value) -> Vec<Value> {
    match locate::items(value) {
        [] if value.data.to_json().is_array() => Vec::new(),
        [] => vec![value.clone()],
        items => items.to_vec(),
    }
}

/// Adds languages to a table of them.
fn add_languages(source: &SourceText, present: &Table, texts: &[(&str, String)], draft: &mut Draft) {
    for (tag, text) in texts {
        let (at, text) = match present.entries.last() {
            Some(last) => toml::entry_after(source, present, last, tag, text),
            None => (present.span.start as usize + 1, format!(" {tag} = {text} ")),
        };
        draft.insert(&source.path, at, &text);
    }
}
