//! Workspace symbols: entities by their titles and aliases, with or without accents.

use lsp_types::{OneOf, SymbolKind, WorkspaceSymbol, WorkspaceSymbolParams, WorkspaceSymbolResponse};

use super::completion::Names;
use super::context::Context;

/// The number of entities that are listed.
const MOST: usize = 200;

/// Answers the request.
pub(super) fn symbols(
    context: &Context<'_>,
    names: &Names,
    params: &WorkspaceSymbolParams,
) -> Option<WorkspaceSymbolResponse> {
    let (found, _) = names.find(None, &params.query, MOST);
    let symbols = found.into_iter().filter_map(|id| {
        let entity = context.ecosystem.entity(id);
        let entity_type = context.ecosystem.schema.get(entity.entity_type);
        Some(WorkspaceSymbol {
            name: context.title_of(id).to_owned(),
            kind: SymbolKind::CLASS,
            tags: None,
            container_name: Some(entity_type.plural.text(context.lang).to_owned()),
            location: OneOf::Left(context.location(&entity.place)?),
            data: None,
        })
    });
    Some(WorkspaceSymbolResponse::Nested(symbols.collect()))
}
