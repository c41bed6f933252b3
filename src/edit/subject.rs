//! What a person names on the command line: `actors/novadip`, `page:guides/start`, `actors`, `actors.founded`,
//! `actors.partners.role`, `actors.size.small`.

use super::refusal::Refusal;
use crate::compile::Checked;
use crate::diagnostics;
use crate::model::{Ecosystem, EntityId, FieldId, PageId};
use crate::schema::{Property, RelationId, TypeId};

/// A thing that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// `actors/novadip`
    Entity(EntityId),
    /// `page:guides/start`
    Page(PageId),
    /// `actors`
    Type(TypeId),
    /// `actors.founded`, or an attribute: `actors.partners.role`
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
        // A choice of an attribute.
        Some(choice) => inner_named(ecosystem, subject, inner, choice),
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

/// A choice or an attribute of a field, or an attribute of a relation.
fn inner_named(ecosystem: &Ecosystem, outer: Subject, outer_name: &str, name: &str) -> Result<Subject, Refusal> {
    let position = |ids: &[&str]| ids.iter().position(|id| *id == name);
    let (choices, attributes): (Vec<&str>, Vec<&str>) = match outer {
        Subject::Field(field) => {
            let info = ecosystem.field(field);
            (
                info.kind.choices().iter().map(|choice| &*choice.id).collect(),
                info.attributes.iter().map(|attribute| &*attribute.id).collect(),
            )
        }
        Subject::Relation(relation) => {
            let attributes = &ecosystem.schema.relation(relation).attributes;
            (Vec::new(), attributes.iter().map(|attribute| &*attribute.id).collect())
        }
        _ => (Vec::new(), Vec::new()),
    };
    let found = match outer {
        Subject::Field(field) => {
            let choice = position(&choices).map(|at| Subject::Choice(field, at));
            let attribute = || match field {
                FieldId::OfType(owner, at) => {
                    position(&attributes).map(|inner| Subject::Field(FieldId::OfField(owner, at, inner)))
                }
                _ => None,
            };
            choice.or_else(attribute)
        }
        Subject::Relation(relation) => {
            position(&attributes).map(|at| Subject::Field(FieldId::OfRelation(relation, at)))
        }
        _ => None,
    };
    let names = choices.iter().chain(&attributes).copied();
    found.ok_or_else(|| unknown(&format!("choice or attribute of \"{outer_name}\" called"), name, names, ""))
}
