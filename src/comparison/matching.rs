//! Which entity of one state is which of the other.

use std::collections::{BTreeMap, HashMap};

use crate::compile::Checked;
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId};
use crate::site;

/// The entities that both states have, those that only one has, and those with another name.
pub(super) struct Matching {
    /// The entity after, by the entity before.
    pub after: BTreeMap<EntityId, EntityId>,
    /// The entity before, by the entity after.
    pub before: BTreeMap<EntityId, EntityId>,
    /// The names that links in texts have for entities with another name: before and after.
    names: Vec<(String, String)>,
}

impl Matching {
    pub(super) fn new(before: &Checked, after: &Checked) -> Self {
        let (old, new) = (&before.ecosystem, &after.ecosystem);
        let mut matching = Self { after: BTreeMap::new(), before: BTreeMap::new(), names: Vec::new() };
        let mut gone = Vec::new();
        for id in old.published() {
            match same_name(old, new, id) {
                Some(same) => matching.join(id, same),
                None => gone.push(id),
            }
        }
        let added: Vec<EntityId> = new.published().filter(|id| !matching.before.contains_key(id)).collect();
        matching.renamed(old, new, &gone, &added);
        let pairs = matching.after.iter().map(|(was, is)| (*was, *is));
        let renamed: Vec<_> = pairs.filter(|(was, is)| name(old, *was) != name(new, *is)).collect();
        for (was, is) in renamed {
            let (old_id, new_id) = (&old.entity(was).id, &new.entity(is).id);
            matching.names.push((old_id.to_string(), new_id.to_string()));
            matching.names.push((name(old, was), name(new, is)));
        }
        matching
    }

    /// A text of the state before, with the names that its links would have after. So a text whose links only follow a
    /// renaming is the same.
    pub(super) fn with_new_names(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (old, new) in self.names.iter().filter(|(old, new)| old != new) {
            for (before, after) in [("[[", "]]"), ("[[", "|"), ("[[", "#"), ("[[", "\\|"), ("/", ".md"), ("(", ".md")] {
                let from = format!("{before}{old}{after}");
                if text.contains(&from) {
                    text = text.replace(&from, &format!("{before}{new}{after}"));
                }
            }
        }
        text
    }

    fn join(&mut self, before: EntityId, after: EntityId) {
        self.after.insert(before, after);
        self.before.insert(after, before);
    }

    /// Joins entities that have another name: first by redirects, then by type and title.
    fn renamed(&mut self, old: &Ecosystem, new: &Ecosystem, gone: &[EntityId], added: &[EntityId]) {
        let mut by_redirect: HashMap<&str, EntityId> = HashMap::new();
        for id in added {
            let redirects = &new.entity(*id).redirects;
            by_redirect.extend(redirects.iter().map(|(path, _)| (path.trim_end_matches('/'), *id)));
        }
        for id in gone {
            let address = site::entity_path(old, *id, Lang::DEFAULT);
            if let Some(same) = by_redirect.get(address.trim_end_matches('/'))
                && !self.before.contains_key(same)
            {
                self.join(*id, *same);
            }
        }
        let key = |ecosystem: &Ecosystem, id: EntityId| {
            let entity = ecosystem.entity(id);
            (ecosystem.schema.get(entity.entity_type).id.clone(), entity.title.text(Lang::DEFAULT).to_owned())
        };
        let mut by_title: HashMap<_, Vec<EntityId>> = HashMap::new();
        for id in added.iter().filter(|id| !self.before.contains_key(id)) {
            by_title.entry(key(new, *id)).or_default().push(*id);
        }
        for id in gone {
            if let (false, Some(&[same])) =
                (self.after.contains_key(id), by_title.get(&key(old, *id)).map(Vec::as_slice))
                && !self.before.contains_key(&same)
            {
                self.join(*id, same);
            }
        }
    }
}

/// The entity of the other state with the same type and id.
fn same_name(old: &Ecosystem, new: &Ecosystem, id: EntityId) -> Option<EntityId> {
    let entity = old.entity(id);
    new.find(new.schema.find(&old.schema.get(entity.entity_type).id)?, &entity.id)
}

/// The name of an entity: `type/id`.
pub(super) fn name(ecosystem: &Ecosystem, id: EntityId) -> String {
    let entity = ecosystem.entity(id);
    format!("{}/{}", ecosystem.schema.get(entity.entity_type).id, entity.id)
}
