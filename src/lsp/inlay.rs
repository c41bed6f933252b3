//! Inlay hints: the titles behind ids.

use lsp_types::{InlayHint, InlayHintKind, InlayHintLabel, InlayHintParams};

use super::context::{Context, File};
use crate::locale::folded;
use crate::model::{EntityId, Target};
use crate::parse::SlotKind;
use crate::text::Span;

/// Answers the request: the hints in a range of a file.
pub(super) fn hints(context: &Context<'_>, params: InlayHintParams) -> Option<Vec<InlayHint>> {
    let file = context.file_at(&params.text_document.uri)?;
    let wanted = context.span(&file, params.range);
    let mut hints: Vec<(Span, EntityId)> = Vec::new();
    for id in context.entities_in(&file) {
        let is_original = context.ecosystem.entity(id).place.path == file.source.path;
        let entity_type = context.ecosystem.entity(id).entity_type;
        let relations = context.ecosystem.schema.relations_of(entity_type).filter(|_| is_original);
        let links = relations.flat_map(|(relation, _)| context.ecosystem.statements(id, relation));
        hints.extend(links.map(|link| (link.span, link.to)));
    }
    for (span, kind, target) in context.slots_in(&file) {
        let Target::Entity(id, _) = target else { continue };
        // Words of the author say what is linked.
        if matches!(kind, SlotKind::Wiki { words: None, .. } | SlotKind::Embed { .. }) && is_in_brackets(&file, span) {
            hints.push((span, *id));
        }
    }
    let is_wanted = |span: &Span| wanted.start <= span.end && span.start <= wanted.end;
    hints.sort_unstable();
    hints.dedup();
    let hints = hints.into_iter().filter(|(span, _)| is_wanted(span));
    Some(hints.filter_map(|(span, id)| hint(context, &file, span, id)).collect())
}

/// Whether a span is that of a link itself. In a text of TOML with escapes, it is that of the whole text.
fn is_in_brackets(file: &File, span: Span) -> bool {
    file.text().get(span.range()).is_some_and(|text| text.starts_with(['[', '!']))
}

/// The title of an entity, unless it reads like its id.
fn hint(context: &Context<'_>, file: &File, span: Span, id: EntityId) -> Option<InlayHint> {
    let (title, entity) = (context.title_of(id), context.ecosystem.entity(id));
    (folded(title) != folded(&entity.id)).then(|| InlayHint {
        position: context.position(file, span.end as usize),
        label: InlayHintLabel::String(title.to_owned()),
        kind: Some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    })
}
