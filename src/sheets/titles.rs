//! Entities by the names that people give them in cells.
//!
//! In: a checked ecosystem. Out: for an entity, its title, with its id behind it where others have the same title; for what
//! a cell says, the entities that it can mean.

use std::collections::HashMap;

use crate::locale::{Lang, name_key};
use crate::model::{Ecosystem, EntityId};
use crate::schema::TypeId;

/// The titles and other names of all entities.
pub(super) struct Titles<'a> {
    ecosystem: &'a Ecosystem,
    /// The entities by their folded titles and other names, in all languages.
    by_name: HashMap<String, Vec<EntityId>>,
    /// How many entities have a title, in the default language.
    titles: HashMap<&'a str, usize>,
}

impl<'a> Titles<'a> {
    pub(super) fn new(ecosystem: &'a Ecosystem) -> Self {
        let mut by_name: HashMap<String, Vec<EntityId>> = HashMap::new();
        let mut titles: HashMap<&str, usize> = HashMap::new();
        for id in ecosystem.published() {
            let entity = ecosystem.entity(id);
            for lang in ecosystem.config.languages.all() {
                *titles.entry(entity.title.text(lang)).or_default() +=
                    usize::from(entity.title.exactly(lang).is_some());
            }
            let own = entity.title.iter().map(|(_, title)| &**title);
            for name in own.chain(entity.aliases.iter().flat_map(|(_, names)| names.iter().map(|name| &**name))) {
                let entities = by_name.entry(name_key(name)).or_default();
                if !entities.contains(&id) {
                    entities.push(id);
                }
            }
        }
        Self { ecosystem, by_name, titles }
    }

    /// The title of an entity as a cell has it: `Liège`, or `Liège (places/liege)` where another title is the same, or
    /// a cell would be read in another way.
    pub(super) fn of(&self, id: EntityId, lang: Lang) -> String {
        let entity = self.ecosystem.entity(id);
        let title = entity.title.text(lang);
        let is_plain = self.titles.get(title).is_some_and(|count| *count <= self.ecosystem.config.languages.count())
            && self.by_name.get(&name_key(title)).is_some_and(|found| found.len() == 1)
            && !title.contains([';', '|', '\n'])
            && title.trim() == title;
        if is_plain { title.to_owned() } else { self.with_id(id, lang) }
    }

    /// `Liège (places/liege)`
    pub(super) fn with_id(&self, id: EntityId, lang: Lang) -> String {
        let entity = self.ecosystem.entity(id);
        let title = entity.title.text(lang).replace([';', '|', '\n'], " ");
        format!("{} ({}/{})", title.trim(), self.ecosystem.schema.get(entity.entity_type).id, entity.id)
    }

    /// The entities of some types that a cell can mean: by `type/id`, also in brackets behind a title, by id, or by a
    /// title or another name.
    pub(super) fn find(&self, name: &str, types: &[TypeId]) -> Vec<EntityId> {
        let name = name.trim();
        if let Some(id) = self.by_path(bracketed(name).unwrap_or(name)) {
            return if types.contains(&self.ecosystem.entity(id).entity_type) { vec![id] } else { Vec::new() };
        }
        let by_id: Vec<EntityId> = types.iter().filter_map(|owner| self.ecosystem.find(*owner, name)).collect();
        if !by_id.is_empty() {
            return by_id;
        }
        let named = self.by_name.get(&name_key(name)).map(Vec::as_slice).unwrap_or_default();
        named.iter().copied().filter(|id| types.contains(&self.ecosystem.entity(*id).entity_type)).collect()
    }

    /// An entity by `type/id`.
    fn by_path(&self, path: &str) -> Option<EntityId> {
        let (owner, id) = path.split_once('/')?;
        self.ecosystem.find(self.ecosystem.schema.find(owner)?, id)
    }
}

/// The `type/id` in `Title (type/id)`.
fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_suffix(')')?.rsplit_once('(')?.1;
    inner.contains('/').then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stands_in_brackets() {
        assert_eq!(bracketed("Liège (places/liege)"), Some("places/liege"));
        assert_eq!(bracketed("Liège (ville)"), None);
    }
}
