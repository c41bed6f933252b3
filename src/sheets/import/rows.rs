//! Finds out which profile each row is.
//!
//! In: the rows of a sheet. Out: for each the entity that it is, or that it is a new one, or those that it may be. First
//! counts the id, then fields whose values are unique, then titles and other names, then similar titles.

use std::collections::HashMap;

use super::read::RawRow;
use crate::locale::{Lang, name_key};
use crate::model::{Body, Ecosystem, EntityId};
use crate::schema::TypeId;
use crate::sheets::cells::field;
use crate::sheets::column::{Column, Part};
use crate::sheets::titles::Titles;

/// The similarity from which two titles may be of the same entity (Jaro and Winkler, from 0 to 1).
const SIMILAR: f64 = 0.92;
/// The maximum number of entities that share a word, for the word to say something.
const SHARED: usize = 40;

/// What a row is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Match {
    /// This entity, by its id or by a value that only it has.
    Entity(EntityId),
    /// This entity, by its name, which may be spelt in another way.
    Named(EntityId),
    /// A new one; the id that the row gives it, if it does.
    New(Option<String>),
    /// One of these, or a new one, each with the reason.
    Unclear(Vec<(EntityId, String)>),
    /// Nothing can be said: the row has neither an id nor a title.
    Nothing,
}

/// Looks up the entities of one type.
pub(super) struct Rows<'a> {
    ecosystem: &'a Ecosystem,
    titles: &'a Titles<'a>,
    owner: TypeId,
    /// The entities by the value of each unique field.
    unique: HashMap<(usize, String), EntityId>,
    /// The entities by the words of their titles.
    by_word: HashMap<String, Vec<(EntityId, String)>>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(ecosystem: &'a Ecosystem, titles: &'a Titles<'a>, owner: TypeId) -> Self {
        let mut unique = HashMap::new();
        let mut by_word: HashMap<String, Vec<(EntityId, String)>> = HashMap::new();
        let fields = &ecosystem.schema.get(owner).fields;
        for id in ecosystem.of_type(owner) {
            let entity = ecosystem.entity(id);
            for (at, field) in fields.iter().enumerate().filter(|(_, field)| field.unique) {
                for value in entity.values(at) {
                    let cell = field.kind.sheet(value, &ecosystem.config, Lang::DEFAULT);
                    if let Some(written) = field.kind.entered(&cell, Some(value)) {
                        unique.insert((at, written), id);
                    }
                }
            }
            let own = entity.title.iter().map(|(_, title)| &**title);
            let names = own.chain(entity.aliases.iter().flat_map(|(_, names)| names.iter().map(|name| &**name)));
            for name in names {
                let key = name_key(name);
                for word in starts(&key) {
                    by_word.entry(word).or_default().push((id, key.clone()));
                }
            }
        }
        Self { ecosystem, titles, owner, unique, by_word }
    }

    /// What a row is.
    pub(super) fn find(&self, row: &RawRow, columns: &[(usize, Column)]) -> Match {
        let text = |part: Part| {
            let own = columns.iter().filter(|(_, column)| column.part == part);
            own.map(|(at, _)| row.get(*at).text().trim().to_owned()).find(|text| !text.is_empty())
        };
        if let Some(given) = text(Part::Id) {
            let id = given.rsplit('/').next().unwrap_or_default();
            return match self.ecosystem.find(self.owner, id) {
                Some(found) => Match::Entity(found),
                None => Match::New(Some(id.to_owned())),
            };
        }
        if let Some(found) = self.by_unique(row, columns) {
            return Match::Entity(found);
        }
        let titles = columns.iter().filter(|(_, column)| column.part == Part::Title);
        let titles: Vec<String> =
            titles.map(|(at, _)| row.get(*at).text().trim().to_owned()).filter(|title| !title.is_empty()).collect();
        if titles.is_empty() {
            return Match::Nothing;
        }
        let aliases = text(Part::Aliases).unwrap_or_default();
        let named = titles.iter().map(String::as_str).chain(aliases.lines());
        let mut found: Vec<EntityId> = named.flat_map(|name| self.titles.find(name, &[self.owner])).collect();
        found.sort_unstable();
        found.dedup();
        match &*found {
            [one] => Match::Named(*one),
            [] => match self.similar(&titles) {
                similar if similar.is_empty() => Match::New(None),
                similar => Match::Unclear(similar),
            },
            several => Match::Unclear(several.iter().map(|id| (*id, String::from("same name"))).collect()),
        }
    }

    fn by_unique(&self, row: &RawRow, columns: &[(usize, Column)]) -> Option<EntityId> {
        columns.iter().find_map(|(position, column)| {
            let Part::Field(at) = column.part else { return None };
            let field = field(self.ecosystem, self.owner, at);
            let written = field.kind.entered::<Body>(row.get(*position), None).filter(|_| field.unique)?;
            self.unique.get(&(at, written)).copied()
        })
    }

    /// The entities with similar titles, the most similar first.
    fn similar(&self, titles: &[String]) -> Vec<(EntityId, String)> {
        let mut found: Vec<(f64, EntityId)> = Vec::new();
        for key in titles.iter().map(|title| name_key(title)) {
            for word in starts(&key) {
                let sharing = self.by_word.get(&word).map(Vec::as_slice).unwrap_or_default();
                for (id, other) in sharing.iter().filter(|_| sharing.len() <= SHARED) {
                    let likeness = likeness(&key, other);
                    if likeness >= SIMILAR {
                        found.push((likeness, *id));
                    }
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut seen = Vec::new();
        found.retain(|(_, id)| {
            !seen.contains(id) && {
                seen.push(*id);
                true
            }
        });
        found
            .into_iter()
            .take(5)
            .map(|(likeness, id)| (id, format!("similar title, {:.0} %", likeness * 100.0)))
            .collect()
    }
}

/// How alike two names are, from 0 to 1. A name that has all words of another is nearly the same.
fn likeness(a: &str, b: &str) -> f64 {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (of_a, of_b) = (words(a), words(b));
    let (short, long) = if of_a.len() <= of_b.len() { (&of_a, &of_b) } else { (&of_b, &of_a) };
    let is_part =
        short.iter().map(|word| word.len()).sum::<usize>() > 4 && short.iter().all(|word| long.contains(word));
    let joined = strsim::jaro_winkler(&a.replace(' ', ""), &b.replace(' ', ""));
    if is_part { joined.max(0.95) } else { joined }
}

/// The first letters of the words of a name, by which similar ones are found.
fn starts(key: &str) -> impl Iterator<Item = String> + '_ {
    let all = key.split(' ').filter(|word| word.len() > 2).map(|word| word.chars().take(4).collect());
    let joined: String = key.chars().filter(|char| *char != ' ').take(4).collect();
    all.chain(std::iter::once(joined))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_may_be_of_the_same() {
        for (a, b) in [
            ("novadip", "novadip biosciences"),
            ("kaneka eurogentec", "eurogentec kaneka"),
            ("celyad oncology", "celiad oncology"),
        ] {
            assert!(likeness(a, b) >= SIMILAR, "{a} {b} {}", likeness(a, b));
        }
        for (a, b) in [("universite de liege", "universite de mons"), ("ucb", "ulb"), ("bio", "biowin")] {
            assert!(likeness(a, b) < SIMILAR, "{a} {b} {}", likeness(a, b));
        }
    }
}
