//! Profiles that may be of the same thing: by name, identifier or web site.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{Item, Kind, name};
use crate::locale::name_key;
use crate::model::{Ecosystem, EntityId, FieldValue};
use crate::schema::TypeId;

/// The shortest word, in characters, by which two names resemble each other.
const WORD: usize = 3;

/// What two entities have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// Only one entity has it, whatever it is called.
    Identifier,
    Name,
    WebSite,
}

impl Sign {
    fn as_str(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Name => "name",
            Self::WebSite => "web site",
        }
    }
}

pub(super) fn find(ecosystem: &Ecosystem, owner: TypeId, items: &mut Vec<Item>) {
    let info = ecosystem.schema.get(owner);
    let mut signs: BTreeMap<(Sign, String), Vec<EntityId>> = BTreeMap::new();
    for id in ecosystem.of_type(owner) {
        let entity = ecosystem.entity(id);
        let aliases = entity.aliases.iter().flat_map(|(_, names)| names.iter().map(|name| name_key(name)));
        let names = titles(ecosystem, id).into_iter().chain(aliases).map(|name| (Sign::Name, name));
        let values = info.fields.iter().enumerate().flat_map(|(at, _)| entity.values(at)).filter_map(sign);
        for sign in names.chain(values).filter(|(_, text)| !text.is_empty()) {
            let entities = signs.entry(sign).or_default();
            if !entities.contains(&id) {
                entities.push(id);
            }
        }
    }
    let mut told: BTreeSet<(EntityId, EntityId)> = BTreeSet::new();
    for ((what, text), entities) in &signs {
        for (number, other) in entities.iter().enumerate().skip(1) {
            let is_proof = |first: &&EntityId| proves(ecosystem, *what, text, **first, *other);
            let Some(first) = entities[..number].iter().find(is_proof) else { continue };
            if told.insert((*first, *other)) {
                let message = format!("it has the same {} as {}: \"{text}\"", what.as_str(), name(ecosystem, *first));
                items.push(Item::new(ecosystem, *other, Kind::Duplicate, 75.0, message));
            }
        }
    }
}

/// A value that only one entity should have. Pages of one web site can be of several.
fn sign(value: &FieldValue) -> Option<(Sign, String)> {
    match value {
        FieldValue::Identifier(id) => Some((Sign::Identifier, id.to_string())),
        FieldValue::Url(url) => {
            let plain = url.split_once("://").map_or(&**url, |(_, rest)| rest);
            let plain = plain.trim_start_matches("www.").trim_end_matches('/').to_lowercase();
            (!plain.contains('/')).then_some((Sign::WebSite, plain))
        }
        _ => None,
    }
}

/// Whether two entities with the same sign may be the same thing. Two with different titles can share a web site, such as that
/// of a park, or another name, such as that of what they made together.
fn proves(ecosystem: &Ecosystem, what: Sign, text: &str, first: EntityId, other: EntityId) -> bool {
    let (first, other) = (titles(ecosystem, first), titles(ecosystem, other));
    let is_title = |titles: &[String]| titles.iter().any(|title| title == text);
    match what {
        Sign::Identifier => true,
        Sign::Name => is_title(&first) || is_title(&other) || have_a_word(&first, &other),
        Sign::WebSite => have_a_word(&first, &other),
    }
}

/// Whether a word is in the names of both.
fn have_a_word(first: &[String], other: &[String]) -> bool {
    let words = |names: &[String]| -> BTreeSet<String> {
        let words = names.iter().flat_map(|name| name.split_whitespace());
        words.filter(|word| word.chars().count() >= WORD).map(String::from).collect()
    };
    !words(first).is_disjoint(&words(other))
}

/// The titles in all languages, for comparisons.
fn titles(ecosystem: &Ecosystem, id: EntityId) -> Vec<String> {
    ecosystem.entity(id).title.iter().map(|(_, title)| name_key(title)).collect()
}
