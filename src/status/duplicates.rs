//! Profiles that may be of the same thing: by name, identifier or web site.

use std::collections::BTreeMap;

use super::item::{Item, Kind, name};
use crate::locale::name_key;
use crate::model::{Ecosystem, EntityId, FieldValue};
use crate::schema::TypeId;

pub(super) fn find(ecosystem: &Ecosystem, owner: TypeId, items: &mut Vec<Item>) {
    let info = ecosystem.schema.get(owner);
    // What tells entities apart, by what it is and what it says.
    let mut signs: BTreeMap<(&str, String), Vec<EntityId>> = BTreeMap::new();
    for id in ecosystem.of_type(owner) {
        let entity = ecosystem.entity(id);
        let titles = entity.title.iter().map(|(_, title)| &**title);
        let aliases = entity.aliases.iter().flat_map(|(_, names)| names.iter().map(|name| &**name));
        let names = titles.chain(aliases).map(|name| ("name", name_key(name)));
        let values = info.fields.iter().enumerate().flat_map(|(at, _)| entity.values(at)).filter_map(sign);
        for sign in names.chain(values).filter(|(_, text)| !text.is_empty()) {
            let entities = signs.entry(sign).or_default();
            if !entities.contains(&id) {
                entities.push(id);
            }
        }
    }
    let mut told: Vec<(EntityId, EntityId)> = Vec::new();
    for ((what, text), entities) in &signs {
        let Some((first, others)) = entities.split_first() else { continue };
        for other in others.iter().filter(|other| !told.contains(&(*first, **other))).copied().collect::<Vec<_>>() {
            told.push((*first, other));
            let message = format!("it has the same {what} as {}: \"{text}\"", name(ecosystem, *first));
            items.push(Item::new(ecosystem, other, Kind::Duplicate, 75.0, message));
        }
    }
}

/// A value that only one entity should have. Pages of one web site can be of several.
fn sign(value: &FieldValue) -> Option<(&'static str, String)> {
    match value {
        FieldValue::Identifier(id) => Some(("identifier", id.to_string())),
        FieldValue::Url(url) => {
            let plain = url.split_once("://").map_or(&**url, |(_, rest)| rest);
            let plain = plain.trim_start_matches("www.").trim_end_matches('/').to_lowercase();
            (!plain.contains('/')).then_some(("web site", plain))
        }
        _ => None,
    }
}
