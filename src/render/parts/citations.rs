//! The sources that a page cites, numbered in the order in which it first cites them.

use std::collections::{BTreeMap, HashSet};

use crate::model::EntityId;

/// The sources that a page cites.
#[derive(Default)]
pub(crate) struct Citations {
    sources: Vec<Source>,
    by_entity: BTreeMap<EntityId, usize>,
    /// How many citations there are so far.
    count: usize,
}

/// A source that is cited at least once.
pub(crate) struct Source {
    pub entity: EntityId,
    /// The places in the source, each once.
    pub locators: Vec<String>,
    /// The same, to look them up.
    known_locators: HashSet<String>,
    /// The anchors of its citations.
    pub anchors: Vec<String>,
}

/// One citation of a source.
pub(crate) struct Citation {
    /// The number of the source on the page, from 1.
    pub number: usize,
    /// The anchor of this citation.
    pub anchor: String,
    /// Whether the page has not cited the source before.
    pub is_first: bool,
}

impl Citations {
    /// Cites a source, perhaps at a place in it.
    pub(crate) fn cite(&mut self, entity: EntityId, locator: &str) -> Citation {
        let next = self.sources.len();
        let at = *self.by_entity.entry(entity).or_insert(next);
        let is_first = at == next;
        if is_first {
            self.sources.push(Source {
                entity,
                locators: Vec::new(),
                known_locators: HashSet::new(),
                anchors: Vec::new(),
            });
        }
        self.count += 1;
        let anchor = format!("cite_{}", self.count);
        let source = &mut self.sources[at];
        source.anchors.push(anchor.clone());
        if !locator.is_empty() && source.known_locators.insert(locator.to_owned()) {
            source.locators.push(locator.to_owned());
        }
        Citation { number: at + 1, anchor, is_first }
    }

    /// The sources by number.
    pub(crate) fn into_sources(self) -> Vec<Source> {
        self.sources
    }
}
