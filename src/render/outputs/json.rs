//! Open data: the entities of a type as JSON, with their relations.

use std::io::Write;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::entity_json::{Entity, List, write_json};
use super::output::{self, Failure, Input, Plan};
use crate::model::Ecosystem;
use crate::schema::TypeId;
use crate::site::Subject;

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        for (id, entity_type) in plan.ecosystem.schema.types() {
            let path = format!("/data/{}.json", entity_type.id);
            plan.add(path, Subject::Type(id)).declared_at(&entity_type.place).download("json");
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let Subject::Type(entity_type) = input.subject else { return Ok(()) };
        Ok(write_json(out, &Table(&input.scope.ecosystem, entity_type))?)
    }
}

/// All entities of a type.
pub(super) struct Table<'a>(pub &'a Ecosystem, pub TypeId);

impl Serialize for Table<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(ecosystem, entity_type) = *self;
        let mut table = serializer.serialize_struct("Table", 3)?;
        table.serialize_field("languages", &List(|| ecosystem.config.languages.tags()))?;
        table.serialize_field("type", &ecosystem.schema.get(entity_type).id)?;
        table.serialize_field(
            "entities",
            &List(|| ecosystem.of_type(entity_type).map(|id| Entity { ecosystem, id, with_relations: true })),
        )?;
        table.end()
    }
}
