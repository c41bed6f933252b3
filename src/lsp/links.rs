//! Document links: the targets of links in prose and of relations, to be opened with a click.

use lsp_types::{DocumentLink, DocumentLinkParams, Location};

use super::context::Context;

/// Answers the request.
pub(super) fn links(context: &Context<'_>, params: DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    let file = context.file_at(&params.text_document.uri)?;
    let link = |span, location: Location, tooltip: String| {
        let mut target = location.uri;
        if location.range.start.line > 0 {
            // As all clients understand it, a fragment `L3` is the third line.
            let with_line = format!("{}#L{}", target.as_str(), location.range.start.line + 1);
            target = with_line.parse().unwrap_or(target);
        }
        DocumentLink { range: context.range(&file, span), target: Some(target), tooltip: Some(tooltip), data: None }
    };
    let mut links = Vec::new();
    for (span, _, target) in context.slots_in(&file) {
        let title = match target {
            crate::model::Target::Entity(id, _) => context.title_of(*id).to_owned(),
            crate::model::Target::Page(id, _) => context.title_of_page(*id).to_owned(),
            _ => String::new(),
        };
        links.extend(context.location_of(&file, target).map(|location| link(span, location, title)));
    }
    for id in context.entities_in(&file) {
        if context.ecosystem.entity(id).place.path != file.source.path {
            continue;
        }
        let entity_type = context.ecosystem.entity(id).entity_type;
        let relations = context.ecosystem.schema.relations_of(entity_type);
        for statement in relations.flat_map(|(relation, _)| context.ecosystem.statements(id, relation)) {
            let location = context.location(&context.place_of(statement.to, None));
            links.extend(location.map(|at| link(statement.span, at, context.title_of(statement.to).to_owned())));
        }
    }
    links.sort_by_key(|link| (link.range.start.line, link.range.start.character));
    Some(links)
}
