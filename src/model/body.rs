//! Prose with resolved links.

use std::sync::Arc;

use super::ids::{EntityId, PageId};
use crate::parse::Prose;
use crate::values::HasMarkdown;

/// Prose, with a target for each of its slots.
#[derive(Debug, Clone)]
pub struct Body {
    /// The file that holds the prose.
    pub path: Arc<str>,
    /// The Markdown source of a field's value, for the data files; empty for the prose of a file.
    pub markdown: Box<str>,
    /// The compiled prose.
    pub prose: Arc<Prose>,
    /// The target of each slot, in the order of the slots.
    pub targets: Box<[Target]>,
}

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Nowhere: the end of a link, or a link that was reported.
    Nothing,
    /// A heading of the same page.
    Anchor(Box<str>),
    /// An entity, or the heading with this id on its page.
    Entity(EntityId, Option<Box<str>>),
    /// A free page, an index or the home page, or the heading with this id on it.
    Page(PageId, Option<Box<str>>),
    /// A file in the content folder that is published as it is, by its path, with the fragment of the link.
    Asset(Arc<str>, Option<Box<str>>),
    /// A path of the published site. The stage `site` checks it, once all paths are known.
    Path(Box<str>),
}

impl HasMarkdown for Body {
    fn markdown(&self) -> &str {
        &self.markdown
    }
}

impl Body {
    /// Prose whose links have not been resolved yet.
    pub(in crate::model) fn unresolved(path: &Arc<str>, prose: Arc<Prose>) -> Self {
        let targets = vec![Target::Nothing; prose.slots.len()].into();
        Self { path: path.clone(), markdown: "".into(), prose, targets }
    }

    /// The compiled Markdown of a field's value.
    pub(in crate::model) fn of_value(path: &Arc<str>, markdown: &str, prose: Prose) -> Self {
        Self { markdown: markdown.into(), ..Self::unresolved(path, Arc::new(prose.unwrapped())) }
    }
}
