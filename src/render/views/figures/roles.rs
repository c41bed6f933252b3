//! The fields and relations of a figure that are shown with it, by their roles.

use tera::{Error, TeraResult};

use crate::model::{FieldId, Meaning};
use crate::render::parts::sources::relation_to_sources;
use crate::render::views::spec::Spec;
use crate::schema::{RelationId, Schema, TypeId};

/// The usual ids of the fields that say when a figure holds, of the relation to where it holds, and of a remark.
const PERIODS: &[&str] = &["period", "year"];
const GEOGRAPHY: &[&str; 1] = &["geography"];
const NOTE: &[&str; 1] = &["note"];

/// What is shown of a figure.
#[derive(Default)]
pub(super) struct Roles {
    /// The relation to its sources.
    pub sources: Option<RelationId>,
    /// The positions of the fields that say when it holds, ascending.
    pub period: Vec<usize>,
    /// The relation to where it holds.
    pub geography: Option<RelationId>,
    /// The position of the field with a remark.
    pub note: Option<usize>,
}

/// The ids that a template gives for roles; none for the usual ones.
pub(super) struct Names<'a> {
    pub sources: Option<&'a str>,
    pub period: Option<&'a str>,
    pub geography: Option<&'a str>,
    pub note: Option<&'a str>,
}

impl Roles {
    /// The keys of a view that name the roles.
    pub(super) const KEYS: [&str; 4] = ["sources", "period", "geography", "note"];

    /// Reads the keys of a view. Those that are wrong are reported.
    pub(super) fn read(spec: &mut Spec<'_>, entity_type: TypeId) -> Option<Self> {
        let usual = Self::usual(spec.schema, entity_type);
        let sources = spec.relation_to_sources(entity_type);
        let geography = spec.usual_relation(entity_type, "geography", GEOGRAPHY);
        let has_fields = ["period", "note"].map(|key| spec.check_field(&[entity_type], key, |_| true));
        let period = if spec.has("period") {
            spec.field(entity_type, "period", PERIODS, |_| true).into_iter().collect()
        } else {
            for at in &usual.period {
                spec.note_lookup("period", PERIODS, Meaning::Field(FieldId::OfType(entity_type, *at)));
            }
            usual.period
        };
        let note = spec.field(entity_type, "note", NOTE, |_| true);
        let sources = sources?.or(usual.sources);
        (has_fields == [true, true]).then_some(Self { sources, period, geography: geography?, note })
    }

    /// The roles with the ids that a template gives.
    ///
    /// # Errors
    /// The type has no such field or relation, or the relation `sources` does not lead to sources.
    pub(super) fn by_names(schema: &Schema, entity_type: TypeId, names: &Names<'_>) -> TeraResult<Self> {
        let missing = |what: &str, name: &str| {
            Error::message(format!("the type \"{}\" has no {what} \"{name}\"", schema.get(entity_type).id))
        };
        let mut roles = Self::usual(schema, entity_type);
        if let Some(name) = names.sources {
            let relation = relation_to_sources(schema, entity_type, name);
            roles.sources = Some(relation.ok_or_else(|| missing("relation to sources", name))?);
        }
        if let Some(name) = names.geography {
            let relation = relation(schema, entity_type, name);
            roles.geography = Some(relation.ok_or_else(|| missing("relation", name))?);
        }
        if let Some(name) = names.period {
            roles.period = vec![field(schema, entity_type, name).ok_or_else(|| missing("field", name))?];
        }
        if let Some(name) = names.note {
            roles.note = Some(field(schema, entity_type, name).ok_or_else(|| missing("field", name))?);
        }
        Ok(roles)
    }

    /// The roles with the usual ids, as far as the type has them. Without `sources`, the first relation that leads to
    /// sources has that role.
    fn usual(schema: &Schema, entity_type: TypeId) -> Self {
        let first = || schema.relations_of(entity_type).find(|(_, relation)| relation.citation).map(|(id, _)| id);
        let mut period: Vec<usize> = PERIODS.iter().filter_map(|name| field(schema, entity_type, name)).collect();
        period.sort_unstable();
        Self {
            sources: schema.get(entity_type).sources.or_else(first),
            period,
            geography: relation(schema, entity_type, GEOGRAPHY[0]),
            note: field(schema, entity_type, NOTE[0]),
        }
    }
}

fn relation(schema: &Schema, entity_type: TypeId, id: &str) -> Option<RelationId> {
    schema.relations_of(entity_type).find(|(_, relation)| *relation.id == *id).map(|(id, _)| id)
}

fn field(schema: &Schema, entity_type: TypeId, id: &str) -> Option<usize> {
    schema.get(entity_type).fields.iter().position(|field| *field.id == *id)
}
