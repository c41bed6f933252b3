//! The listing of a type: a JSON file with which a browser filters the type's index.
//!
//! The lines are drawn by the theme's `row.html`, as on the pages of the index: a script chooses among them and knows
//! nothing of what they look like.

use std::io::Write;

use serde::Serialize;
use tera::TeraResult;

use super::entity_json::{aliases, write_json};
use super::output::{self, Failure, Input, Plan, Row};
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
                let path = listing_path(ecosystem, id, lang);
                plan.add(path, Subject::Type(id)).lang(lang).declared_at(&entity_type.place).by_templates();
            }
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let Subject::Type(entity_type) = input.subject else { return Ok(()) };
        Ok(write_json(out, &listing(input.scope, entity_type, input.row)?)?)
    }
}

/// The listing of a type in one language, in the order of the index.
#[derive(Serialize)]
struct Listing<'a> {
    /// The facets, in the order of the page: each a list of its options, with id and words.
    facets: Vec<Vec<(&'a str, &'a str)>>,
    /// The fields to sort by.
    sorts: Vec<&'a str>,
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

fn listing<'a>(scope: &'a Scope, entity_type: TypeId, row: Row<'_>) -> TeraResult<Listing<'a>> {
    let ecosystem = &scope.ecosystem;
    let ids = scope.order(entity_type);
    let facets = facets::facets(scope, entity_type);
    let mut options_of = vec![vec![Vec::new(); facets.len()]; ids.len()];
    for (at, facet) in facets.iter().enumerate() {
        for (number, option) in facet.options.iter().enumerate() {
            option.positions.iter().for_each(|position| options_of[*position][at].push(number));
        }
    }
    let sorts: Vec<_> = sorts(scope, entity_type).collect();
    let entries = ids.iter().zip(options_of).map(|(id, options)| {
        let entity = ecosystem.entity(*id);
        Ok(Line {
            id: &entity.id,
            title: scope.title(*id).text,
            names: names(scope, *id),
            html: row(*id)?,
            options,
            keys: sorts
                .iter()
                .map(|(field, _)| entity.values(*field).first().and_then(|value| key(value, scope.lang)))
                .collect(),
        })
    });
    let entries = entries.collect::<TeraResult<_>>()?;
    let options = facets.iter().map(|facet| facet.options.iter().map(|option| (&*option.id, &*option.text)));
    Ok(Listing {
        facets: options.map(Iterator::collect).collect(),
        sorts: sorts.iter().map(|(_, field)| &*field.id).collect(),
        entries,
    })
}

fn key(value: &FieldValue, lang: Lang) -> Option<Key> {
    match value.rank(lang) {
        Rank::Integer(integer) => Some(Key::Number(integer as f64)),
        Rank::Number(number) | Rank::Money(_, number) => Some(Key::Number(number)),
        Rank::Date(date) => Some(Key::Date(date.to_string())),
        Rank::Text(_) | Rank::Nothing => None,
    }
}

/// The names of an entity besides its title: its aliases, and its titles in other languages.
fn names(scope: &Scope, id: EntityId) -> String {
    let ecosystem = &scope.ecosystem;
    let title = &ecosystem.entity(id).title;
    let titles = title.iter().map(|(_, other)| &**other).filter(|other| *other != title.text(scope.lang));
    aliases(ecosystem, id).into_iter().chain(titles).collect::<Vec<_>>().join(" ")
}
