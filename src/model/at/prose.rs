//! Positions in prose: its links.

use super::occurrence::{LinkForm, Meaning};
use crate::model::body::{Body, Target};
use crate::model::ecosystem::Ecosystem;
use crate::model::ids::PageId;
use crate::model::page;
use crate::parse::SlotKind;
use crate::text::{SourceText, Span};

/// The innermost link at an offset, among the prose of this file.
pub(super) fn link<'a>(
    ecosystem: &Ecosystem,
    bodies: impl Iterator<Item = &'a Body>,
    source: &SourceText,
    offset: usize,
) -> Option<(Span, Meaning)> {
    let here = links(ecosystem, bodies, source).filter(|(span, _)| span.touches(offset) && is_exact(source, *span));
    // Between two adjacent links, take the one that starts at the offset; of two nested links, the inner one.
    here.min_by_key(|(span, _)| (span.end as usize == offset, span.end - span.start))
}

/// All links among the prose of this file. For a link in a TOML string with escapes, the span is that of the whole
/// string.
pub(super) fn links<'a>(
    ecosystem: &Ecosystem,
    bodies: impl Iterator<Item = &'a Body>,
    source: &SourceText,
) -> impl Iterator<Item = (Span, Meaning)> {
    let slots =
        bodies.filter(|body| body.path == source.path).flat_map(|body| body.prose.slots.iter().zip(&body.targets));
    slots.filter_map(|(slot, target)| {
        let (form, target) = match &slot.kind {
            SlotKind::LinkOpen { .. } => (LinkForm::Markdown, target.clone()),
            SlotKind::LinkClose => return None,
            SlotKind::Wiki { target: name, .. } => (LinkForm::Wiki, or_draft(ecosystem, target, name)),
            SlotKind::Embed { target: name, .. } => (LinkForm::Embed, or_draft(ecosystem, target, name)),
            SlotKind::Image { .. } => (LinkForm::Image, target.clone()),
        };
        Some((slot.span, Meaning::Link(form, target)))
    })
}

/// Whether a span is that of the link itself. For a link in a TOML string with escapes, the span is that of the whole
/// string.
fn is_exact(source: &SourceText, span: Span) -> bool {
    source.text.get(span.range()).is_some_and(|text| text.starts_with(['[', '!', '<']))
}

/// The target of a wikilink. Links to drafts have no target in the model, so a draft is looked up by its name.
fn or_draft(ecosystem: &Ecosystem, target: &Target, name: &str) -> Target {
    if *target != Target::Nothing {
        return target.clone();
    }
    let (name, anchor) = name.split_once('#').map_or((name, None), |(name, anchor)| (name, Some(anchor)));
    let (name, anchor) = (name.trim(), anchor.map(Box::from));
    let types = ecosystem.schema.types().map(|(id, _)| id);
    let entities: Vec<_> =
        match name.split_once('/').and_then(|(folder, id)| Some((ecosystem.schema.find(folder)?, id))) {
            Some((entity_type, id)) => ecosystem.find_any(entity_type, id).into_iter().collect(),
            None => types.filter_map(|entity_type| ecosystem.find_any(entity_type, name)).collect(),
        };
    let page = || {
        page::find(&ecosystem.pages, &ecosystem.schema, name)
            .or_else(|| ecosystem.schema.find(name).map(PageId::index_of))
    };
    match (entities.as_slice(), page()) {
        ([entity], _) => Target::Entity(*entity, anchor),
        ([], Some(page)) => Target::Page(page, anchor),
        _ => Target::Nothing,
    }
}
