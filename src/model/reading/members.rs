//! The fields and relations of a type, by the keys of front matter.

use super::context::Context;
use crate::diagnostics::Code;
use crate::reader::Reader;
use crate::schema::{COMMON_KEYS, Member, Relation, Type};
use crate::table::Entry;

pub(super) fn member(context: &Context<'_>, entity_type: &Type, key: &str) -> Option<Member> {
    entity_type.members.iter().copied().find(|member| match member {
        Member::Field(index) => &*entity_type.fields[*index].id == key,
        Member::Relation(id) => &*context.schema.relation(*id).id == key,
    })
}

pub(super) fn relation_of<'a>(context: &Context<'a>, member: &Member) -> Option<&'a Relation> {
    match member {
        Member::Relation(id) => Some(context.schema.relation(*id)),
        Member::Field(_) => None,
    }
}

pub(super) fn unknown_key(context: &Context<'_>, reader: &mut Reader<'_>, entity_type: &Type, entry: &Entry) {
    if let Some(relation) = inverse(context, entity_type, &entry.key) {
        let owner = &context.schema.get(relation.owner).id;
        let message = format!("\"{}\" is an inverse, which is filled in from the other entity", entry.key);
        let problem = reader.problem(Code::UnknownKey, entry.key_span, message);
        reader.report(problem.hint(format!(
            "name this entity in \"{}\" of one of the {owner} instead: the pages of both show the relation",
            relation.id
        )));
        return;
    }
    let keys = keys(context, entity_type);
    reader.unknown_key(entry, &format!("the type \"{}\"", entity_type.id), keys.iter().copied());
}

/// The relation that leads to a type and has this inverse.
pub(super) fn inverse<'a>(context: &Context<'a>, entity_type: &Type, key: &str) -> Option<&'a Relation> {
    let relations = entity_type.inverses.iter().map(|id| context.schema.relation(*id));
    relations.into_iter().find(|relation| &*relation.inverse == key)
}

/// The keys that an entity of a type can have.
pub(super) fn keys<'a>(context: &Context<'a>, entity_type: &'a Type) -> Vec<&'a str> {
    let ids = entity_type.members.iter().map(|member| match member {
        Member::Field(index) => &*entity_type.fields[*index].id,
        Member::Relation(id) => &*context.schema.relation(*id).id,
    });
    COMMON_KEYS.iter().copied().chain(ids).collect()
}
