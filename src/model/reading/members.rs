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
    let inverse = entity_type
        .inverses
        .iter()
        .map(|id| context.schema.relation(*id))
        .find(|relation| relation.inverse == entry.key);
    if let Some(relation) = inverse {
        let owner = &context.schema.get(relation.owner).id;
        let message = format!("\"{}\" is an inverse, which is filled in from the other entity", entry.key);
        let problem = reader.problem(Code::UnknownKey, entry.key_span, message);
        reader.report(problem.hint(format!(
            "name this entity in \"{}\" of one of the {owner} instead: the pages of both show the relation",
            relation.id
        )));
        return;
    }
    let ids = entity_type.members.iter().map(|member| match member {
        Member::Field(index) => &*entity_type.fields[*index].id,
        Member::Relation(id) => &*context.schema.relation(*id).id,
    });
    let keys: Vec<&str> = COMMON_KEYS.iter().copied().chain(ids).collect();
    reader.unknown_key(entry, &format!("the type \"{}\"", entity_type.id), keys.iter().copied());
}
