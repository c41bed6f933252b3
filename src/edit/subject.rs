//! What a person names on the command line: `actors/novadip`, `page:guides/start`, `actors`, `actors.founded`,
//! `actors.partners.role`, `actors.size.small`, `actors.milestones.date`.

use super::refusal::Refusal;
use crate::compile::Checked;
use crate::diagnostics;
use crate::model::{Ecosystem, EntityId, FieldId, PageId};
use crate::schema::{Field, Property, RelationId, TypeId};

/// A thing that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// `actors/novadip`
    Entity(EntityId),
    /// `page:guides/start`
    Page(PageId),
    /// `actors`
    Type(TypeId),
    /// `actors.founded`, an attribute (`actors.partners.role`), or a field of records (`actors.milestones.date`)
    Field(FieldId),
    /// `actors.partners`
    Relation(RelationId),
    /// `actors.projects`, by the relation whose inverse it is, where its targets are
    Inverse(RelationId, TypeId),
    /// `actors.areas`, a derived relation
    Derived(TypeId, usize),
    /// `actors.size.small`
    Choice(FieldId, usize),
}

/// Finds what a person names.
///
/// # Errors
/// There is no such thing. The sentence says what is near.
pub fn find(checked: &Checked, name: &str) -> Result<Subject, Refusal> {
    let ecosystem = &checked.ecosystem;
    if let Some(path) = name.strip_prefix("page:") {
        let pages = || ecosystem.published_pages().map(|(_, page)| &*page.path).filter(|path| !path.is_empty());
        let page = ecosystem.published_page(path.trim_matches('/'));
        return page.map(Subject::Page).ok_or_else(|| unknown("page", path, pages(), "page:"));
    }
    if let Some((entity_type, id)) = name.split_once('/') {
        let owner = entity_type_named(ecosystem, entity_type)?;
        let ids = || ecosystem.of_type(owner).map(|id| &*ecosystem.entity(id).id);
        let near = format!("{entity_type}/");
        return ecosystem.find(owner, id).map(Subject::Entity).ok_or_else(|| unknown(&near, id, ids(), &near));
    }
    let mut parts = name.split('.');
    let owner = entity_type_named(ecosystem, parts.next().unwrap_or_default())?;
    let Some(member) = parts.next() else { return Ok(Subject::Type(owner)) };
    let subject = member_named(ecosystem, owner, member)?;
    let Some(inner) = parts.next() else { return Ok(subject) };
    let subject = inner_named(ecosystem, subject, member, inner)?;
    match parts.next() {
        None => Ok(subject),
        // A choice of an attribute or of a field of records.
        Some(choice) if parts.next().is_none() => inner_named(ecosystem, subject, inner, choice),
        Some(_) => {
            Err(Refusal::Wish(format!("\"{name}\" has too many parts: at most as in actors.partners.role.lead")))
        }
    }
}

fn unknown<'a>(what: &str, name: &str, names: impl Iterator<Item = &'a str>, prefix: &str) -> Refusal {
    let near = diagnostics::did_you_mean(name, names).map(|near| format!("; {}", near.text)).unwrap_or_default();
    let what = what.trim_end_matches('/');
    Refusal::Wish(match prefix.ends_with('/') {
        true => format!("no entity of \"{what}\" has the id \"{name}\"{near}"),
        false => format!("there is no {what} \"{name}\"{near}"),
    })
}

fn entity_type_named(ecosystem: &Ecosystem, name: &str) -> Result<TypeId, Refusal> {
    let ids = || ecosystem.schema.types.iter().map(|entity_type| &*entity_type.id);
    ecosystem.schema.find(name).ok_or_else(|| unknown("type", name, ids(), ""))
}

fn member_named(ecosystem: &Ecosystem, owner: TypeId, name: &str) -> Result<Subject, Refusal> {
    let schema = &ecosystem.schema;
    if let Some((_, property)) = schema.properties(owner).find(|(id, _)| *id == name) {
        return Ok(match property {
            Property::Field(at) => Subject::Field(FieldId::OfType(owner, at)),
            Property::Relation(relation) => Subject::Relation(relation),
            Property::Derived(at) => Subject::Derived(owner, at),
        });
    }
    let inverses = &schema.get(owner).inverses;
    let inverse = inverses.iter().find(|inverse| &*schema.relation(**inverse).inverse == name);
    if let Some(inverse) = inverse {
        return Ok(Subject::Inverse(*inverse, owner));
    }
    let ids = schema.properties(owner).map(|(id, _)| id);
    let inverses = inverses.iter().map(|inverse| &*schema.relation(*inverse).inverse);
    let what = format!("field or relation of \"{}\" called", schema.get(owner).id);
    Err(unknown(&what, name, ids.chain(inverses), ""))
}

/// A choice, an attribute or a field of the records of a field; or an attribute of a relation.
fn inner_named(ecosystem: &Ecosystem, outer: Subject, outer_name: &str, name: &str) -> Result<Subject, Refusal> {
    let inner = inner(ecosystem, outer);
    let found = inner.iter().find(|(id, _)| *id == name).map(|(_, subject)| *subject);
    let names = inner.iter().map(|(id, _)| *id);
    found.ok_or_else(|| unknown(&format!("part of \"{outer_name}\" called"), name, names, ""))
}

/// What can be named inside a field or a relation, with its id.
fn inner(ecosystem: &Ecosystem, outer: Subject) -> Vec<(&str, Subject)> {
    match outer {
        Subject::Relation(relation) => {
            let fields = &ecosystem.schema.relation(relation).attributes;
            attributes(fields, |at| FieldId::OfRelation(relation, at)).collect()
        }
        Subject::Field(field) => {
            let info = ecosystem.field(field);
            let choices = info.kind.choices().iter().enumerate();
            let mut inner: Vec<_> = choices.map(|(at, choice)| (&*choice.id, Subject::Choice(field, at))).collect();
            if let FieldId::OfType(owner, at) = field {
                inner.extend(attributes(info.attributes, |inner| FieldId::OfField(owner, at, inner)));
                let columns = ecosystem.columns(owner, at).iter().enumerate();
                let subject = |inner| Subject::Field(FieldId::OfRecord(owner, at, inner));
                inner.extend(columns.map(|(inner, column)| (&*column.id, subject(inner))));
            }
            inner
        }
        _ => Vec::new(),
    }
}

fn attributes(fields: &[Field], id: impl Fn(usize) -> FieldId) -> impl Iterator<Item = (&str, Subject)> {
    fields.iter().enumerate().map(move |(at, field)| (&*field.id, Subject::Field(id(at))))
}
