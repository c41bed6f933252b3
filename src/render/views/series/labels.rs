//! What tells the numbers of one indicator apart: their periods, a relation, their sources, or else their titles.

use std::collections::BTreeSet;

use super::statements::Statement;
use crate::model::EntityId;
use crate::render::scope::Scope;
use crate::render::words::Words;

/// The label of each statement, in their order; none where their sources tell them apart.
pub(super) fn labels(scope: &Scope, statements: &[Statement], is_over_time: bool) -> Vec<Option<Words>> {
    let own = |text: &str| Words { text: text.to_owned(), lang: scope.lang };
    if is_over_time || differ(statements.iter().map(|statement| &statement.when)) {
        let label = |statement: &Statement| match &*statement.when {
            "" => scope.title(statement.ids[0]),
            when => own(when),
        };
        return statements.iter().map(|statement| Some(label(statement))).collect();
    }
    let relations = statements.first().map_or(0, |statement| statement.labels.len());
    let by_relation = (0..relations).find_map(|at| by_relation(scope, statements, at));
    by_relation.unwrap_or_else(|| statements.iter().map(|statement| Some(scope.title(statement.ids[0]))).collect())
}

/// Whether texts are all there and all different.
fn differ<'a>(texts: impl Iterator<Item = &'a String>) -> bool {
    let mut seen = BTreeSet::new();
    texts.into_iter().all(|text| !text.is_empty() && seen.insert(text))
}

/// The targets of one of the relations that not all statements have; none unless they tell all statements apart.
fn by_relation(scope: &Scope, statements: &[Statement], at: usize) -> Option<Vec<Option<Words>>> {
    let targets = |statement: &Statement| statement.labels[at].iter().copied().collect::<BTreeSet<EntityId>>();
    let all: Vec<BTreeSet<EntityId>> = statements.iter().map(targets).collect();
    let common = all.iter().cloned().reduce(|a, b| &a & &b)?;
    let own: Vec<Vec<Words>> =
        all.iter().map(|targets| (targets - &common).into_iter().map(|id| scope.title(id)).collect()).collect();
    let texts: Vec<String> =
        own.iter().map(|titles| titles.iter().map(|title| &*title.text).collect::<Vec<_>>().join(", ")).collect();
    if !differ(texts.iter()) {
        return None;
    }
    let lang = |titles: &[Words]| titles.first().map_or(scope.lang, |title| title.lang);
    Some(texts.into_iter().zip(&own).map(|(text, titles)| Some(Words { text, lang: lang(titles) })).collect())
}
