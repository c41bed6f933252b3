//! The listing of a type: a JSON file with which a browser filters the type's index.
//!
//! The lines are drawn by the theme's `row.html`, as on the pages of the index: a script chooses among them and knows
//! nothing of what they look like.

use std::io::Write;

use serde::Serialize;
use tera::TeraResult;

use super::entity_json::{aliases, write_json};
use super::output::{self, Failure, Input, Plan, Row};
use super::parts;
use crate::locale::Lang;
use crate::model::{EntityId, FieldValue};
use crate::render::pages::sorts;
use crate::render::parts::facets;
use crate::render::scope::Scope;
use crate::schema::TypeId;
use crate::site::{Subject, listing_path};
use crate::values::Rank;

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        let ecosystem = plan.ecosystem;
        if plan.settings.listings != Some(true) {
            return;
        }
        for lang in ecosystem.config.languages.all() {
            for (id, entity_type) in ecosystem.schema.types() {
                for part in 1..=parts::count(ecosystem.of_type(id).count()) {
                    let path = listing_path(ecosystem, id, lang, part);
                    let subject = Subject::PartOfType(id, part);
                    plan.add(path, subject).lang(lang).declared_at(&entity_type.place).by_templates();
                }
            }
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let Subject::PartOfType(entity_type, part) = input.subject else { return Ok(()) };
        let entries = entries(input.scope, entity_type, part, input.row)?;
        if part > 1 {
            return Ok(write_json(out, &Rest { entries })?);
        }
        Ok(write_json(out, &listing(input.scope, entity_type, entries))?)
    }
}

/// The listing of a type in one language, in the order of the index, or its first part.
#[derive(Serialize)]
struct Listing<'a> {
    /// The facets, in the order of the page: each a list of its options, with id, words, and depth in a hierarchy.
    facets: Vec<Vec<(&'a str, &'a str, usize)>>,
    /// The fields to sort by.
    sorts: Vec<&'a str>,
    /// The addresses of the other parts.
    parts: Vec<String>,
    entries: Vec<Line<'a>>,
}

/// A part of a listing after the first.
#[derive(Serialize)]
struct Rest<'a> {
    entries: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    title: String,
    /// All other names, for text search.
    names: String,
    /// The HTML of the line, rendered with `row.html`, the same as on the pages of the index.
    html: String,
    /// For each facet, the indices of the entity's options.
    options: Vec<Vec<usize>>,
    /// For each field to sort by, the value.
    keys: Vec<Option<Key>>,
}

/// A sort key of a line.
#[derive(Serialize)]
#[serde(untagged)]
enum Key {
    Number(f64),
    Date(String),
}

fn listing<'a>(scope: &'a Scope, entity_type: TypeId, entries: Vec<Line<'a>>) -> Listing<'a> {
    let address = |part| scope.address(&listing_path(&scope.ecosystem, entity_type, scope.lang, part));
    let facets = facets::facets(scope, entity_type).iter();
    let options = facets.map(|facet| facet.options.iter().map(|it| (&*it.id, &*it.text, it.depth)).collect());
    Listing {
        facets: options.collect(),
        sorts: sorts(scope, entity_type).map(|(_, field)| &*field.id).collect(),
        parts: (2..=parts::count(scope.order(entity_type).len())).map(address).collect(),
        entries,
    }
}

/// The entries of a part.
fn entries<'a>(scope: &'a Scope, entity_type: TypeId, part: usize, row: Row<'_>) -> TeraResult<Vec<Line<'a>>> {
    let ecosystem = &scope.ecosystem;
    let ids = scope.order(entity_type);
    let range = parts::range(part, ids.len());
    let facets = facets::facets(scope, entity_type);
    let mut options_of = vec![vec![Vec::new(); facets.len()]; range.len()];
    for (at, facet) in facets.iter().enumerate() {
        for (number, option) in facet.options.iter().enumerate() {
            let from = option.positions.partition_point(|position| *position < range.start);
            let to = option.positions.partition_point(|position| *position < range.end);
            option.positions[from..to].iter().for_each(|position| options_of[position - range.start][at].push(number));
        }
    }
    let sorts: Vec<_> = sorts(scope, entity_type).collect();
    let entries = ids[range].iter().zip(options_of).map(|(id, options)| {
        let entity = ecosystem.entity(*id);
        let sort_key = |at: usize| entity.values(at).first().and_then(|value| key(value, scope.lang));
        Ok(Line {
            id: &entity.id,
            title: scope.title(*id).text,
            names: names(scope, *id),
            html: row(*id)?,
            options,
            keys: sorts.iter().map(|(field, _)| sort_key(*field)).collect(),
        })
    });
    entries.collect()
}

fn key(value: &FieldValue, lang: Lang) -> Option<Key> {
    match value.rank(lang) {
        Rank::Integer(integer) => Some(Key::Number(integer as f64)),
        Rank::Number(number) | Rank::Money(_, number) => Some(Key::Number(number)),
        Rank::Date(date) => Some(Key::Date(date.to_string())),
        Rank::Text(_) | Rank::Nothing => None,
    }
}

/// The names of an entity besides its title: its aliases, its titles in other languages, and its keywords.
fn names(scope: &Scope, id: EntityId) -> String {
    let ecosystem = &scope.ecosystem;
    let title = &ecosystem.entity(id).title;
    let titles = title.iter().map(|(_, other)| &**other).filter(|other| *other != title.text(scope.lang));
    let keywords = ecosystem.entity(id).keywords.iter().flat_map(|(_, words)| words).map(|word| &**word);
    aliases(ecosystem, id).into_iter().chain(titles).chain(keywords).collect::<Vec<_>>().join(" ")
}
