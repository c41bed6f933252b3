//! All links in a compact form, with which a browser finds how two entities are connected.

use std::collections::HashMap;
use std::io::Write;

use serde::Serialize;

use super::entity_json::write_json;
use super::output::{self, Failure, Input, Plan};
use crate::model::EntityId;
use crate::render::scope::Scope;
use crate::render::views;
use crate::schema::{Relation, Type, TypeId};
use crate::site::{self, Subject};

pub(super) struct Output;

impl output::Output for Output {
    /// Only a site with a view of paths has them.
    fn plan(&self, plan: &mut Plan<'_>) {
        if views::path::page(plan.ecosystem).is_none() {
            return;
        }
        let config = &plan.ecosystem.config;
        for lang in config.languages.all() {
            plan.add(site::links_path(config, lang), Subject::Site).lang(lang);
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        Ok(write_json(out, &links(input.scope))?)
    }
}

/// All entities but sources, and the links between them.
#[derive(Serialize)]
struct Links<'a> {
    /// Each type that is not one of sources: its id, its name, and what is before and behind the id of an entity in its
    /// address.
    types: Vec<(&'a str, String, String, &'static str)>,
    /// Each relation: its label, and that of its inverse.
    relations: Vec<(String, String)>,
    /// Each entity, by type and id: the number of its type, its id, its title.
    entities: Vec<(usize, &'a str, String)>,
    /// Each link once: the numbers of the two entities and of the relation.
    links: Vec<(usize, usize, usize)>,
}

fn links(scope: &Scope) -> Links<'_> {
    let (ecosystem, schema) = (&scope.ecosystem, &scope.ecosystem.schema);
    let types: Vec<_> = schema.types().filter(|(_, info)| !info.citation).collect();
    let number = |id: EntityId| types.iter().position(|(other, _)| *other == ecosystem.entity(id).entity_type);
    let entities: Vec<EntityId> = ecosystem.published().filter(|id| number(*id).is_some()).collect();
    let at: HashMap<EntityId, usize> = entities.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut links: Vec<(usize, usize, usize)> = ecosystem
        .links
        .iter()
        .filter(|link| link.from != link.to)
        .filter_map(|link| Some((*at.get(&link.from)?, *at.get(&link.to)?, link.relation.index())))
        .collect();
    links.sort_unstable();
    links.dedup();
    Links {
        types: types.iter().map(|(entity_type, info)| type_entry(scope, *entity_type, info)).collect(),
        relations: schema.relations.iter().map(|relation| labels(scope, relation)).collect(),
        entities: entities
            .iter()
            .map(|id| (number(*id).unwrap_or_default(), &*ecosystem.entity(*id).id, scope.title(*id).text))
            .collect(),
        links,
    }
}

fn type_entry<'a>(scope: &Scope, entity_type: TypeId, info: &'a Type) -> (&'a str, String, String, &'static str) {
    let index = scope.address(&site::index_path(&scope.ecosystem, entity_type, 1, scope.lang));
    let (before, behind) = if info.pages { (index, "/") } else { (index + "#", "") };
    (&info.id, scope.words(&info.name).text, before, behind)
}

fn labels(scope: &Scope, relation: &Relation) -> (String, String) {
    let label = scope.words(&relation.label).text;
    let inverse = if relation.symmetric { label.clone() } else { scope.words(&relation.inverse_label).text };
    (label, inverse)
}
