//! Links that prose gets by itself: the first mention of each name of an entity whose type has `autolink`.
//!
//! In: the prose of a page, and the names of entities in its language. Out: the places in its HTML that become links. They
//! are no statements: an entity is not mentioned by prose that only has its name. All names are looked for at once, so the
//! time is linear in the length of the prose.

mod words;
mod passages;

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::body::{Body, Target};
use super::entity::Entity;
use super::ids::EntityId;
use crate::config::Config;
use crate::locale::{Lang, is_french};
use crate::schema::Schema;
use words::Words;

/// A place in the HTML of prose that becomes a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Autolink {
    /// The words, as a range of the HTML.
    pub place: Range<usize>,
    /// Where the link leads.
    pub to: EntityId,
}

/// The names that become links, in one language.
#[derive(Debug)]
pub(in crate::model) struct Vocabulary {
    /// Finds the names; none if there are no names.
    finder: Option<AhoCorasick>,
    /// The entity of each name, in the order of the finder; none if the name does not become a link, but is longer than one
    /// that does, and contains it.
    entities: Vec<Option<EntityId>>,
    french: bool,
}

impl Vocabulary {
    /// The names of published entities. If two have the same name, one that is linked comes first, then one whose title it
    /// is, and then the first one.
    pub(in crate::model) fn new(
        config: &Config,
        schema: &Schema,
        entities: &[Arc<Entity>],
        drafts: bool,
        lang: Lang,
    ) -> Self {
        let french = is_french(config.languages.tag(lang));
        let stop: HashSet<String> = config.autolink_stop.iter().flat_map(|name| spellings(name, french)).collect();
        let mut owners: BTreeMap<String, (bool, bool, EntityId)> = BTreeMap::new();
        let is_wanted = schema.types.iter().any(|entity_type| entity_type.autolink);
        for (at, entity) in entities.iter().enumerate().filter(|(_, entity)| is_wanted && (drafts || !entity.draft)) {
            for (name, is_alias) in names(entity, lang) {
                for spelling in spellings(name, french) {
                    let is_linked = schema.get(entity.entity_type).autolink && !stop.contains(&spelling);
                    let owner = (!is_linked, is_alias, EntityId(at as u32));
                    owners.entry(spelling).and_modify(|other| *other = owner.min(*other)).or_insert(owner);
                }
            }
        }
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(owners.keys());
        let finder = finder.ok().filter(|_| is_wanted);
        Self { finder, entities: owners.into_values().map(|(other, _, id)| (!other).then_some(id)).collect(), french }
    }

    /// The links that prose gets on the page of `own`: one to each entity to which it does not lead already.
    pub(in crate::model) fn links(&self, body: &Body, own: Option<(EntityId, &Entity)>, lang: Lang) -> Vec<Autolink> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let words = passages::words(&body.prose, self.french);
        let own_names: HashSet<String> = own
            .iter()
            .flat_map(|(_, entity)| names(entity, lang))
            .flat_map(|(name, _)| spellings(name, self.french))
            .collect();
        let mut linked: HashSet<EntityId> = own.iter().map(|(id, _)| *id).collect();
        linked.extend(body.targets.iter().filter_map(|target| match target {
            Target::Entity(id, _) => Some(*id),
            _ => None,
        }));
        let found = finder.find_iter(&words.form).filter_map(|found| {
            let to = self.entities[found.pattern().as_usize()]?;
            let is_new = !own_names.contains(&words.form[found.range()]) && linked.insert(to);
            is_new.then(|| Autolink { place: words.place(found.range()), to })
        });
        found.collect()
    }
}

/// The names of an entity in a language, and whether each is an alias. A title with brackets at its end is a name without
/// them too, and so is an acronym in the brackets.
fn names(entity: &Entity, lang: Lang) -> impl Iterator<Item = (&str, bool)> {
    let title = entity.title.text(lang);
    let parts = title.strip_suffix(')').and_then(|title| title.rsplit_once(" ("));
    let acronym = parts.map(|(_, inner)| inner).filter(|inner| words::is_acronym(inner) && !inner.contains(' '));
    let titles = [Some(title), parts.map(|(before, _)| before), acronym].into_iter().flatten();
    let aliases = entity.aliases.best(lang).map(|(_, aliases)| aliases.as_slice()).unwrap_or_default();
    titles.map(|name| (name, false)).chain(aliases.iter().map(|name| (&**name, true)))
}

/// The spellings of a name; none if it is less than two letters or digits.
fn spellings(name: &str, french: bool) -> Vec<String> {
    let words = Words::of_name(name, french);
    if words.length() < 2 { Vec::new() } else { words.spellings() }
}
