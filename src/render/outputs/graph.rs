//! Open data: the whole ecosystem as a sorted graph, without drafts.

use std::io::Write;

use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::entity_json::{Attributes, Entity, Key, List, write_json};
use super::output::{self, Failure, Input, Plan};
use crate::model::{Ecosystem, EntityId, Link, Reached};
use crate::schema::Derived;
use crate::site::Subject;

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        plan.add("/data/ecosystem.json", Subject::Site);
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        Ok(write_json(out, &Graph(&input.scope.ecosystem))?)
    }
}

struct Graph<'a>(&'a Ecosystem);

impl Serialize for Graph<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ecosystem = self.0;
        let mut graph = serializer.serialize_struct("Graph", 4)?;
        graph.serialize_field("languages", &List(|| ecosystem.config.languages.tags()))?;
        graph.serialize_field(
            "entities",
            &List(|| ecosystem.published().map(|id| Entity { ecosystem, id, with_relations: false })),
        )?;
        graph.serialize_field("relations", &Statements(ecosystem))?;
        graph.serialize_field("derived", &DerivedLinks(ecosystem))?;
        graph.end()
    }
}

/// What follows from the relations: by entity, then in the order of the schema, then by target.
struct DerivedLinks<'a>(&'a Ecosystem);

impl Serialize for DerivedLinks<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ecosystem = self.0;
        let mut list = serializer.serialize_seq(None)?;
        for from in ecosystem.published() {
            for derived in &ecosystem.schema.get(ecosystem.entity(from).entity_type).derived {
                for reached in ecosystem.derived_by_number(from, derived) {
                    list.serialize_element(&DerivedLink { ecosystem, derived, from, reached })?;
                }
            }
        }
        list.end()
    }
}

struct DerivedLink<'a> {
    ecosystem: &'a Ecosystem,
    derived: &'a Derived,
    from: EntityId,
    reached: Reached,
}

impl Serialize for DerivedLink<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { ecosystem, derived, from, reached } = self;
        let mut link = serializer.serialize_struct("DerivedLink", 4)?;
        link.serialize_field("relation", &derived.id)?;
        link.serialize_field("from", &Key(ecosystem, *from))?;
        link.serialize_field("to", &Key(ecosystem, reached.entity))?;
        link.serialize_field("through", &List(|| reached.through.iter().map(|id| Key(ecosystem, *id))))?;
        link.end()
    }
}

/// All statements, sorted by the entity that makes them, then by relation, target and attributes.
struct Statements<'a>(&'a Ecosystem);

impl Serialize for Statements<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ecosystem = self.0;
        let mut list = serializer.serialize_seq(Some(ecosystem.links.len()))?;
        // Links are already in the order of the entities that state them, so only the links of each entity are sorted.
        for links in ecosystem.links.chunk_by(|a, b| a.from == b.from) {
            let mut links: Vec<&Link> = links.iter().collect();
            links.sort_by_cached_key(|link| {
                (&ecosystem.schema.relation(link.relation).id, link.to, attributes_text(ecosystem, link))
            });
            for link in links {
                list.serialize_element(&Statement { ecosystem, link })?;
            }
        }
        list.end()
    }
}

/// The last sort key of statements, so that their order depends on their content only.
fn attributes_text(ecosystem: &Ecosystem, link: &Link) -> String {
    if link.attributes.is_empty() {
        String::new()
    } else {
        serde_json::to_string(&Attributes::of_link(ecosystem, link)).unwrap_or_default()
    }
}

struct Statement<'a> {
    ecosystem: &'a Ecosystem,
    link: &'a Link,
}

impl Serialize for Statement<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { ecosystem, link } = *self;
        let mut statement = serializer.serialize_struct("Statement", 4)?;
        statement.serialize_field("relation", &ecosystem.schema.relation(link.relation).id)?;
        statement.serialize_field("from", &Key(ecosystem, link.from))?;
        statement.serialize_field("to", &Key(ecosystem, link.to))?;
        statement.serialize_field("attributes", &Attributes::of_link(ecosystem, link))?;
        statement.end()
    }
}
