//! Where new keys go in the table of a profile.

use super::draft::Draft;
use super::{locate, toml};
use crate::compile::Checked;
use crate::locale::Lang;
use crate::model::EntityId;
use crate::parse::{self, Role};
use crate::table::{Entry, Table};
use crate::text::SourceText;

/// The facts of an entity in its file of the default language: the text, and the table.
pub(super) fn facts(checked: &Checked, id: EntityId) -> Option<(SourceText, Table)> {
    let entity = checked.ecosystem.entity(id);
    table(checked, id, entity.files.exactly(Lang::DEFAULT).unwrap_or(&entity.place.path))
}

/// What an entity has in the translation of a language: the text, and the table.
pub(super) fn translation(checked: &Checked, id: EntityId, lang: Lang) -> Option<(SourceText, Table)> {
    table(checked, id, checked.ecosystem.entity(id).files.exactly(lang)?)
}

fn table(checked: &Checked, id: EntityId, path: &str) -> Option<(SourceText, Table)> {
    let source = checked.ecosystem.text(path)?;
    let document = parse::document(source, &checked.ecosystem.config, &checked.ecosystem.schema);
    let table = match document.role {
        Role::List(_) => document.front.get(&checked.ecosystem.entity(id).id)?.as_table()?.clone(),
        _ => document.front,
    };
    Some((source.clone(), table))
}

/// Adds a key to a table; `order` has all keys in the order in which they are written, and `value` is TOML.
pub(super) fn add(draft: &mut Draft, source: &SourceText, table: &Table, order: &[&str], name: &str, value: &str) {
    let rank = |key: &str| order.iter().position(|other| *other == key);
    let own = rank(name);
    let plain: Vec<&Entry> = table.entries.iter().filter(|entry| !toml::has_header(source, entry)).collect();
    let earlier = plain.iter().filter(|entry| rank(&entry.key).is_some() && rank(&entry.key) < own);
    let before = earlier.max_by_key(|entry| rank(&entry.key));
    let (at, text) = match before.or(plain.last()) {
        Some(before) => toml::entry_after(source, table, before, name, value),
        None if parse::is_list(&source.path) => toml::entry_after_header(source, table, name, value),
        None => {
            let line = format!("{name} = {value}{}", toml::line_end(&source.text));
            let start = locate::facts_range(source).start;
            if source.path.ends_with(".md") && start == 0 {
                draft.add_front(&source.path, &line);
                return;
            }
            (start, line)
        }
    };
    draft.insert(&source.path, at, &text);
}
