//! Where things are named.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::compile::Checked;
use crate::model::Meaning;
use crate::text::{Place, SourceText};

/// A name, and what it means.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub place: Place,
    pub meaning: Meaning,
}

/// All names in the texts that `may_have` accepts, in the order of their places.
pub(super) fn references(checked: &Checked, may_have: impl Fn(&SourceText) -> bool + Sync) -> Vec<Reference> {
    let recorded: HashSet<&Place> = checked.names.iter().map(|(place, _)| place).collect();
    let texts: Vec<&SourceText> = checked.ecosystem.texts().filter(|source| may_have(source)).collect();
    let mut references: Vec<Reference> = texts
        .par_iter()
        .flat_map_iter(|source| {
            let occurrences = checked.ecosystem.occurrences(&source.path).into_iter();
            occurrences.map(|it| Reference { place: source.place(it.span), meaning: it.meaning })
        })
        .filter(|reference| !recorded.contains(&reference.place))
        .collect();
    let paths: HashSet<&str> = texts.iter().map(|source| &*source.path).collect();
    let recorded = checked.names.iter().filter(|(place, _)| paths.contains(&*place.path));
    references.extend(recorded.map(|(place, meaning)| Reference { place: place.clone(), meaning: meaning.clone() }));
    references.sort_by(|a, b| a.place.cmp(&b.place));
    references
}

/// Whether a text may have a name: it has its letters, or letters that are written in another way.
pub(super) fn may_name(source: &SourceText, name: &str) -> bool {
    source.text.contains(name) || source.text.contains("\\u") || source.text.contains('%')
}
