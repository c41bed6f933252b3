//! Open data: an entity as JSON, with its relations.

use std::io::Write;

use super::entity_json::{Entity, write_json};
use super::output::{self, Failure, Input, Plan};
use crate::site::{Subject, record_path};

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        let ecosystem = plan.ecosystem;
        if plan.settings.records != Some(true) {
            return;
        }
        for id in ecosystem.published().filter(|id| ecosystem.has_page(*id)) {
            plan.add(record_path(ecosystem, id), Subject::Entity(id)).declared_at(&ecosystem.entity(id).place);
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let Subject::Entity(id) = input.subject else { return Ok(()) };
        Ok(write_json(out, &Entity { ecosystem: &input.scope.ecosystem, id, with_relations: true })?)
    }
}
