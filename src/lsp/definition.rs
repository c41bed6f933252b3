//! Definition: the file, table, declaration or heading that a name stands for.

use lsp_types::{GotoDefinitionParams, GotoDefinitionResponse, Location};

use super::context::{Context, Cursor};
use crate::model::{Meaning, Occurrence, Subject};

/// Answers the request.
pub(super) fn definition(context: &Context<'_>, params: GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let cursor = context.cursor(&params.text_document_position_params)?;
    let here = context.occurrence(&cursor)?;
    location(context, &cursor, &here).map(GotoDefinitionResponse::Scalar)
}

fn location(context: &Context<'_>, cursor: &Cursor, here: &Occurrence) -> Option<Location> {
    let place = match &here.meaning {
        Meaning::Link(_, target) => return context.location_of(&cursor.file, target),
        Meaning::Target(_, Some(id)) | Meaning::Entity(id) => context.place_of(*id, None),
        Meaning::Field(id) | Meaning::FieldValue(id, _) | Meaning::Choice(id, None) => context.place_of_field(*id),
        Meaning::Choice(id, Some(choice)) => context.place_of_choice(*id, *choice),
        Meaning::Relation(id) => context.place_of_relation(*id),
        Meaning::Inverse(id) => context.ecosystem.schema.relation(*id).place.clone(),
        Meaning::Derived(owner, at) => context.ecosystem.schema.get(*owner).derived[*at].place.clone(),
        Meaning::Type(Some(id)) => context.place_of_type(*id),
        Meaning::Page(id) => context.place_of_page(*id, None),
        Meaning::Id => match here.subject {
            Subject::Entity(id) => context.place_of(id, None),
            _ => return None,
        },
        _ => return None,
    };
    context.location(&place)
}
