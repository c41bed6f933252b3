//! What the next model takes over from this one.
//!
//! Nearly always, one profile has changed. Then the other entities say what they said, and the names in them lead where they led:
//! those of entities, pages and files are the same, and so are the headings that links lead to. So only the changed profile is
//! read and looked up again. Where that is not known for certain, everything is.

use std::sync::Arc;

use super::ecosystem::Ecosystem;
use super::entity::Entity;
use super::itself::Rules;
use super::reading::assemble::{EntityGroup, Groups, Part};
use super::reading::context::Context;
use super::resolving::own::Own;
use super::today::Today;
use crate::history::History;
use crate::parse::Document;

/// What a model keeps for the next one.
#[derive(Debug)]
pub struct Kept {
    /// The paths of all documents.
    paths: Vec<Arc<str>>,
    /// The texts of the pages that are no entity.
    pages: Vec<Arc<str>>,
    history: Option<Arc<History>>,
    today: Today,
    /// What each entity says by itself.
    own: Vec<Arc<Own>>,
}

impl Kept {
    pub(in crate::model) fn new(
        groups: &Groups<'_>,
        documents: &[Document],
        history: Option<Arc<History>>,
        today: Today,
        own: Vec<Arc<Own>>,
    ) -> Self {
        let paths = documents.iter().map(|document| document.source.path.clone()).collect();
        Self { paths, pages: texts_of_pages(groups).cloned().collect(), history, today, own }
    }
}

/// An earlier model of which entities can be taken over.
pub(in crate::model) struct Earlier<'a> {
    before: &'a Ecosystem,
    kept: &'a Kept,
}

impl<'a> Earlier<'a> {
    /// The earlier model, if it has the same declarations, files, pages and ids.
    pub(in crate::model) fn new(
        (before, kept): (&'a Ecosystem, &'a Kept),
        context: &Context<'_>,
        rules: &Rules<'_>,
        groups: &Groups<'_>,
        documents: &[Document],
        history: Option<&Arc<History>>,
    ) -> Option<Self> {
        let is_same_type = |(group, entity): (&EntityGroup<'_>, &Arc<Entity>)| {
            group.entity_type == entity.entity_type && group.id == &*entity.id
        };
        let is_usable = std::ptr::eq(context.schema, &*before.schema)
            && std::ptr::eq(rules.outline, &*before.outline)
            && rules.today == kept.today
            && context.drafts == before.drafts
            && history.map(Arc::as_ptr) == kept.history.as_ref().map(Arc::as_ptr)
            && context.assets.iter().map(|asset| &asset.path).eq(before.assets.iter().map(|asset| &asset.path))
            && documents.iter().map(|document| &document.source.path).eq(&kept.paths)
            && are_same(texts_of_pages(groups), &kept.pages)
            && groups.entities.len() == before.entities.len()
            && groups.entities.iter().zip(&before.entities).all(is_same_type);
        is_usable.then_some(Self { before, kept })
    }

    /// An entity, with what it says, if its texts are the same.
    pub(in crate::model) fn take(&self, at: usize, group: &EntityGroup<'_>) -> Option<(Arc<Entity>, Arc<Own>)> {
        let own = self.kept.own.get(at)?;
        are_same(texts(&group.parts), &own.texts).then(|| (self.before.entities[at].clone(), own.clone()))
    }

    /// Whether links to an entity that was read again lead where they led.
    pub(in crate::model) fn is_named_alike(&self, at: usize, entity: &Entity) -> bool {
        let before = &self.before.entities[at];
        let anchors = |entity: &'a Entity| {
            entity.body.iter().map(|(lang, body)| (lang, body.prose.anchors().collect::<Vec<_>>())).collect::<Vec<_>>()
        };
        let headings = entity.body.iter().map(|(lang, body)| (lang, body.prose.anchors().collect::<Vec<_>>()));
        before.draft == entity.draft && headings.eq(anchors(before))
    }
}

/// The texts that an entity or page is read from.
pub(in crate::model) fn texts<'p>(parts: &'p [Part<'_>]) -> impl Iterator<Item = &'p Arc<str>> {
    parts.iter().map(|part| &part.document.source.text)
}

fn texts_of_pages<'g>(groups: &'g Groups<'_>) -> impl Iterator<Item = &'g Arc<str>> {
    groups.pages.iter().flat_map(|page| texts(&page.parts))
}

/// Whether the texts are not only equal but the same in memory, as those of unchanged files are.
fn are_same<'t>(texts: impl Iterator<Item = &'t Arc<str>>, others: &[Arc<str>]) -> bool {
    texts.map(Arc::as_ptr).eq(others.iter().map(Arc::as_ptr))
}
