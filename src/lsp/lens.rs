//! Code lenses: how much leads to an entity.

use lsp_types::{CodeLens, CodeLensParams, Command};

use super::context::Context;
use crate::model::EntityId;

/// Answers the request: a lens above each entity of a file.
pub(super) fn lenses(context: &Context<'_>, params: CodeLensParams) -> Option<Vec<CodeLens>> {
    let file = context.file_at(&params.text_document.uri)?;
    let originals = context
        .entities_in(&file)
        .into_iter()
        .filter(|id| context.ecosystem.entity(*id).place.path == file.source.path);
    let lens = |id: EntityId| CodeLens {
        range: context.range(&file, context.ecosystem.entity(id).place.span),
        // Clients show a command that has no name, and do nothing when it is chosen.
        command: Some(Command { title: title(context, id), command: String::new(), arguments: None }),
        data: None,
    };
    Some(originals.map(lens).collect())
}

/// `12 relations and 3 mentions lead here`.
fn title(context: &Context<'_>, id: EntityId) -> String {
    let ecosystem = context.ecosystem;
    let entity_type = ecosystem.entity(id).entity_type;
    let own = ecosystem.schema.relations_of(entity_type).filter(|(_, relation)| relation.symmetric).map(|(id, _)| id);
    let inverses = ecosystem.schema.get(entity_type).inverses.iter().copied();
    let relations: usize = inverses.chain(own).map(|at| ecosystem.statements_about(id, at).count()).sum();
    let mentions = ecosystem.mentions(id).count();
    let plural = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    };
    let verb = if relations + mentions == 1 { "leads" } else { "lead" };
    match (relations, mentions) {
        (_, 0) => format!("{} {verb} here", plural(relations, "relation")),
        (0, _) => format!("{} {verb} here", plural(mentions, "mention")),
        _ => format!("{} and {} {verb} here", plural(relations, "relation"), plural(mentions, "mention")),
    }
}
