//! References: every place that names something, in facts and in prose.

use lsp_types::{Location, ReferenceParams};

use super::context::Context;
use crate::model::{EntityId, FieldId, FieldValue, Meaning, PageId, Subject, Target};
use crate::schema::{RelationId, TypeId};
use crate::text::Place;

/// Answers the request. On a title, or anywhere else in a profile that names nothing, the references to the profile.
pub(super) fn references(context: &Context<'_>, params: ReferenceParams) -> Option<Vec<Location>> {
    let cursor = context.cursor(&params.text_document_position)?;
    let here = context.occurrence(&cursor);
    let (declaration, mut places) = match here.as_ref().map(|here| (&here.meaning, here.subject)) {
        Some((Meaning::Entity(id), _)) => of_entity(context, *id),
        Some((Meaning::Target(_, Some(id)) | Meaning::Link(_, Target::Entity(id, None)), _)) => of_entity(context, *id),
        Some((Meaning::Link(_, Target::Entity(id, Some(anchor))), _)) => of_heading(context, *id, anchor),
        Some((Meaning::Link(_, Target::Page(id, _)) | Meaning::Page(id), _)) => of_page(context, *id),
        Some((Meaning::Link(_, Target::Asset(path, _)), _)) => {
            let is_same = |target: &Target| matches!(target, Target::Asset(other, _) if other == path);
            (None, context.mentions_of(is_same))
        }
        Some((Meaning::Field(id) | Meaning::FieldValue(id, _), _)) => of_field(context, *id),
        Some((Meaning::Choice(id, Some(choice)), _)) => of_choice(context, *id, *choice),
        Some((Meaning::Relation(id) | Meaning::Inverse(id), _)) => of_relation(context, *id),
        Some((Meaning::Type(Some(id)), _)) => of_type(context, *id),
        Some((_, Subject::Entity(id))) => of_entity(context, id),
        Some((_, Subject::Page(id))) => of_page(context, id),
        Some((_, Subject::Type(id))) => of_type(context, id),
        Some((_, Subject::Site)) => return None,
        None => match *context.entities_in(&cursor.file) {
            [only] => of_entity(context, only),
            _ => return None,
        },
    };
    if params.context.include_declaration {
        places.extend(declaration);
    }
    places.sort();
    places.dedup();
    Some(places.iter().filter_map(|place| context.location(place)).collect())
}

/// What is found: where it is declared, and where it is named.
type Found = (Option<Place>, Vec<Place>);

/// The relations and links that lead to an entity.
fn of_entity(context: &Context<'_>, id: EntityId) -> Found {
    let ecosystem = context.ecosystem;
    let links = ecosystem.links.iter().filter(|link| link.to == id).map(|link| ecosystem.place_of(link));
    let mut places: Vec<Place> = links.collect();
    places.extend(context.mentions_of(|target| matches!(target, Target::Entity(other, _) if *other == id)));
    places.extend(context.names_of(|meaning| *meaning == Meaning::Entity(id)));
    (Some(context.place_of(id, None)), places)
}

fn of_heading(context: &Context<'_>, id: EntityId, anchor: &str) -> Found {
    let is_same =
        |target: &Target| matches!(target, Target::Entity(other, Some(name)) if *other == id && **name == *anchor);
    (Some(context.place_of(id, Some(anchor))), context.mentions_of(is_same))
}

fn of_page(context: &Context<'_>, id: PageId) -> Found {
    let is_same = |target: &Target| matches!(target, Target::Page(other, _) if *other == id);
    let mut places = context.mentions_of(is_same);
    places.extend(context.names_of(|meaning| *meaning == Meaning::Page(id)));
    (Some(context.place_of_page(id, None)), places)
}

/// The values of a field, and what names it.
fn of_field(context: &Context<'_>, id: FieldId) -> Found {
    let declaration = context.place_of_field(id);
    let names = context.names_of(|meaning| *meaning == Meaning::Field(id)).into_iter();
    let mut places = values(context, id, |_| true);
    places.extend(names.filter(|place| *place != declaration));
    (Some(declaration), places)
}

/// The values that are a choice, and what names it.
fn of_choice(context: &Context<'_>, id: FieldId, choice: usize) -> Found {
    let declaration = context.place_of_choice(id, choice);
    let names = context.names_of(|meaning| *meaning == Meaning::Choice(id, Some(choice))).into_iter();
    let mut places = values(context, id, |value| matches!(value, FieldValue::Choice(at) if *at == choice));
    places.extend(names.filter(|place| *place != declaration));
    (Some(declaration), places)
}

/// The values of a field that are wanted, in all profiles.
fn values(context: &Context<'_>, id: FieldId, is_wanted: impl Fn(&FieldValue) -> bool) -> Vec<Place> {
    let ecosystem = context.ecosystem;
    let mut places = Vec::new();
    match id {
        FieldId::OfType(entity_type, at) => {
            for id in ecosystem.of_type(entity_type) {
                let entity = ecosystem.entity(id);
                let values = entity.values(at).iter().zip(entity.places(at));
                places.extend(values.filter(|(value, _)| is_wanted(value)).map(|(_, place)| place));
            }
        }
        FieldId::OfField(entity_type, field, at) => {
            for id in ecosystem.of_type(entity_type) {
                let entity = ecosystem.entity(id);
                let values = entity.values_of(field).into_iter().flat_map(|values| values.with_attributes());
                let attributes = values.flat_map(|(_, attributes)| attributes);
                let wanted = attributes.filter(|attribute| attribute.index == at && is_wanted(&attribute.value));
                places.extend(wanted.map(|attribute| Place { span: attribute.span, ..entity.place.clone() }));
            }
        }
        FieldId::OfRecord(entity_type, field, at) => {
            for id in ecosystem.of_type(entity_type) {
                let entity = ecosystem.entity(id);
                let is_wanted = |value: &FieldValue| match value {
                    FieldValue::Record(record) => record.get(at).is_some_and(&is_wanted),
                    _ => false,
                };
                let values = entity.values(field).iter().zip(entity.places(field));
                places.extend(values.filter(|(value, _)| is_wanted(value)).map(|(_, place)| place));
            }
        }
        FieldId::OfRelation(relation, at) => {
            for link in ecosystem.links.iter().filter(|link| link.relation == relation) {
                let wanted = link.attributes.iter().filter(|it| it.index == at && is_wanted(&it.value));
                places.extend(wanted.map(|it| Place { span: it.span, ..ecosystem.place_of(link) }));
            }
        }
    }
    places
}

fn of_relation(context: &Context<'_>, id: RelationId) -> Found {
    let links = context.ecosystem.links.iter().filter(|link| link.relation == id);
    let mut places: Vec<Place> = links.map(|link| context.ecosystem.place_of(link)).collect();
    let declaration = context.place_of_relation(id);
    let names = context.names_of(|meaning| *meaning == Meaning::Relation(id)).into_iter();
    places.extend(names.filter(|place| *place != declaration));
    (Some(declaration), places)
}

/// The profiles of a type, the relations that lead to it, and what names it.
fn of_type(context: &Context<'_>, id: TypeId) -> Found {
    let mut places: Vec<Place> = context.ecosystem.of_type(id).map(|id| context.place_of(id, None)).collect();
    places.extend(context.names_of(|meaning| *meaning == Meaning::Type(Some(id))));
    places.extend(of_page(context, PageId::index_of(id)).1);
    (Some(context.place_of_type(id)), places)
}
