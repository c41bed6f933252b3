//! Translations that are older than the original.

use std::collections::HashMap;

use jiff::civil::Date;

use super::item::{Item, Kind};
use crate::history::{Change, History, PROSE, What};
use crate::locale::Lang;
use crate::model::{Ecosystem, Entity, EntityId};

/// When the texts of each file last changed, by git.
pub(super) struct Ages<'a> {
    /// By path, by entry of a list (or empty), and by key: the number of the commit, of which the newest is 0, and its day.
    newest: HashMap<(&'a str, &'a str, &'a str), (u32, Date)>,
}

impl<'a> Ages<'a> {
    pub(super) fn new(history: &'a History) -> Self {
        let mut newest = HashMap::new();
        // The present path of each file that was moved.
        let mut present: HashMap<&str, &str> = HashMap::new();
        for Change { commit, day, path, was, entries } in &history.changes {
            let path = present.get(&**path).copied().unwrap_or(path);
            if let Some(was) = was {
                present.insert(was, path);
            }
            for entry in entries {
                let keys: Vec<&str> = match &entry.what {
                    What::New(keys) => keys.iter().map(|key| &**key).collect(),
                    What::Changed(keys) => keys.iter().map(|changed| &*changed.key).collect(),
                    What::Gone(_) => continue,
                };
                for key in keys {
                    newest.entry((path, &*entry.id, key)).or_insert((*commit, *day));
                }
            }
        }
        Self { newest }
    }

    /// The day on which a text of the original last changed, if the text of the translation did not change since.
    fn older(&self, original: &str, translation: &str, entry: &str, key: &str) -> Option<Date> {
        let (changed, day) = self.newest.get(&(original, entry, key))?;
        let (translated, _) = self.newest.get(&(translation, entry, key))?;
        (changed < translated).then_some(*day)
    }
}

pub(super) fn find(
    ecosystem: &Ecosystem,
    id: EntityId,
    ages: Option<&Ages<'_>>,
    only: Option<Lang>,
    items: &mut Vec<Item>,
) {
    let (entity, languages) = (ecosystem.entity(id), &ecosystem.config.languages);
    let Some(original) = entity.files.exactly(Lang::DEFAULT) else { return };
    for lang in languages.all().skip(1).filter(|lang| only.is_none_or(|only| only == *lang)) {
        let Some(translation) = entity.files.exactly(lang) else { continue };
        let compared = entity.translated_on.exactly(lang).map(|date| date.first_day());
        let older = match ages {
            Some(ages) => {
                let is_newer = |(_, day): &(&str, Date)| compared.is_none_or(|compared| compared < *day);
                texts(ecosystem, entity, ages, original, translation).into_iter().filter(is_newer).collect()
            }
            None => whole(entity, compared),
        };
        let Some(since) = older.iter().map(|(_, day)| *day).max() else { continue };
        let tag = languages.tag(lang);
        let names: Vec<&str> = older.iter().map(|(name, _)| *name).collect();
        let message = format!("in \"{tag}\", {} older than in the original", are(&names));
        let weight = if names.contains(&"prose") { 45.0 } else { 30.0 };
        let item = Item::new(ecosystem, id, Kind::Behind, weight, message);
        items.push(Item {
            lang: Some(tag.to_owned()),
            field: (names.len() == 1).then(|| names[0].to_owned()),
            since: Some(since.to_string()),
            path: translation.to_string(),
            ..item
        });
    }
}

/// The texts that are older than in the original, each with the day of the change.
fn texts<'a>(
    ecosystem: &'a Ecosystem,
    entity: &Entity,
    ages: &Ages<'_>,
    original: &str,
    translation: &str,
) -> Vec<(&'a str, Date)> {
    let fields = &ecosystem.schema.get(entity.entity_type).fields;
    let fields = fields.iter().filter(|field| field.kind.is_text()).map(|field| (&*field.id, &*field.id));
    let all = [
        ("title", "title"),
        ("summary", "summary"),
        ("aliases", "aliases"),
        ("keywords", "keywords"),
        ("prose", PROSE),
    ]
    .into_iter()
    .chain(fields);
    let entry = if original.ends_with("/_list.toml") { &*entity.id } else { "" };
    all.filter_map(|(name, key)| Some((name, ages.older(original, translation, entry, key)?))).collect()
}

/// The translation as a whole, by what the two files say of themselves.
fn whole(entity: &Entity, compared: Option<Date>) -> Vec<(&'static str, Date)> {
    let updated = entity.updated.map(|date| date.first_day());
    let days = compared.zip(updated).filter(|(compared, updated)| compared < updated);
    days.map(|(_, updated)| ("translation", updated)).into_iter().collect()
}

/// `title and prose are`
fn are(names: &[&str]) -> String {
    match names {
        [one @ ("aliases" | "keywords")] => format!("{one} are"),
        [one] => format!("{one} is"),
        [first @ .., last] => format!("{} and {last} are", first.join(", ")),
        [] => String::new(),
    }
}
