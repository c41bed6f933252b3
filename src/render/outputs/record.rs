//! Open data: an entity as JSON, with its relations, at its address and at its former ones.
//!
//! A former address of a page, which is among the `redirects` of an entity or of an index, says what the address of the
//! JSON was. Programs do not follow a page that redirects, so the present JSON is published there, too.

use std::collections::HashSet;
use std::io::Write;

use super::entity_json::{Entity, write_json};
use super::json::Table;
use super::output::{self, Failure, Input, Plan};
use crate::model::{Ecosystem, PageId};
use crate::schema::is_id;
use crate::site::{Subject, record_path, record_path_of};
use crate::text::Place;

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        let ecosystem = plan.ecosystem;
        if plan.settings.records != Some(true) {
            return;
        }
        let entities = || ecosystem.published().filter(|id| ecosystem.has_page(*id));
        let mut taken: HashSet<String> = HashSet::new();
        for id in entities() {
            let path = record_path(ecosystem, id);
            plan.add(&*path, Subject::Entity(id)).declared_at(&ecosystem.entity(id).place);
            taken.insert(path);
        }
        for id in entities() {
            let entity = ecosystem.entity(id);
            former(plan, &mut taken, &entity.redirects, Subject::Entity(id), &entity.place);
        }
        for (id, _) in ecosystem.schema.types() {
            let index = ecosystem.page(PageId::index_of(id));
            former(plan, &mut taken, &index.redirects, Subject::Type(id), &index.place);
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let ecosystem = &input.scope.ecosystem;
        match input.subject {
            Subject::Entity(id) => Ok(write_json(out, &Entity { ecosystem, id, with_relations: true })?),
            Subject::Type(entity_type) => Ok(write_json(out, &Table(ecosystem, entity_type))?),
            _ => Ok(()),
        }
    }
}

/// Plans the former addresses of the JSON of an entity, or of one that was given up for an index.
fn former(
    plan: &mut Plan<'_>,
    taken: &mut HashSet<String>,
    redirects: &[(Box<str>, Place)],
    subject: Subject,
    place: &Place,
) {
    for path in redirects.iter().filter_map(|(path, _)| former_path(plan.ecosystem, path)) {
        // The page had an address in each language, the JSON has one.
        if taken.insert(path.clone()) {
            plan.add(path, subject).declared_at(place);
        }
    }
}

/// Where the JSON of an entity was when its page had this path: `/data/actors/novadip.json` for `/acteurs/novadip/`, if
/// this is a path of actors.
fn former_path(ecosystem: &Ecosystem, path: &str) -> Option<String> {
    let languages = &ecosystem.config.languages;
    let lang = languages.of_path(path);
    let path = path.strip_prefix(languages.prefix(lang))?.trim_matches('/');
    let (segment, id) = path.split_once('/').filter(|(_, id)| is_id(id, false))?;
    let mut types = ecosystem.schema.types();
    let (_, entity_type) = types.find(|(_, entity_type)| entity_type.path.text(lang) == segment)?;
    Some(record_path_of(&entity_type.id, id))
}
