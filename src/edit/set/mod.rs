//! Sets facts of many entities at once, as an import does.
//!
//! In: what each entity is to have. Out: a change of only that. Each file is parsed once, however many entities it has.

mod setting;
mod file;
mod items;
mod texts;

use super::add;
use super::change::Change;
use super::draft::Draft;
use super::refusal::Refusal;
use crate::compile::Checked;
use crate::model::EntityId;
use file::Files;

pub use setting::{Item, NewEntity, Setting};

/// Sets facts, and adds entities.
///
/// # Errors
/// A value is written in a form that can't be changed in place.
pub fn set(checked: &Checked, settings: &[(EntityId, Vec<Setting>)], new: &[NewEntity]) -> Result<Change, Refusal> {
    let mut draft = Draft::default();
    let mut files = Files::new(checked);
    for (id, settings) in settings {
        for setting in settings {
            one(&mut files, &mut draft, *id, setting)?;
        }
    }
    for entity in new {
        add::put(&checked.ecosystem, &mut draft, entity.owner, &entity.id, &written(&entity.facts));
    }
    Ok(draft.finish())
}

fn written(facts: &[(Box<str>, String)]) -> String {
    facts.iter().map(|(key, value)| format!("{key} = {value}\n")).collect()
}

fn one(files: &mut Files<'_>, draft: &mut Draft, id: EntityId, setting: &Setting) -> Result<(), Refusal> {
    match setting {
        Setting::Text(key, lang, value) => texts::set(files, draft, id, (key, *lang), value),
        Setting::NoText(key, lang) => texts::remove(files, draft, id, (key, *lang)),
        Setting::Value(key, value) => {
            let facts = files.facts(id)?;
            match facts.table.entry(key) {
                Some(entry) => facts.replace(draft, facts.inner(id, entry), value),
                None => facts.add(draft, key, value),
            }
        }
        Setting::Nothing(key) => {
            let facts = files.facts(id)?;
            let at = facts.table.entries.iter().position(|entry| *entry.key == **key);
            at.map_or(Ok(()), |at| facts.remove(draft, at))
        }
        Setting::Items(key, items) => items::set(&files.facts(id)?, draft, key, items),
        Setting::Attribute { key, item, name, value } => {
            items::attribute(&files.facts(id)?, draft, (key, *item), name, value.as_deref())
        }
    }
}
