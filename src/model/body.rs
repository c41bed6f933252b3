//! Prose whose links know where they lead.

use std::sync::Arc;

use super::ids::{EntityId, PageId};
use crate::parse::Prose;

/// Prose, with a target for each of its slots.
#[derive(Debug, Clone)]
pub struct Body {
    /// The file that it is in.
    pub path: Arc<str>,
    /// The Markdown of a value, as it is in the data; empty for prose of a file.
    pub markdown: Box<str>,
    /// The prose.
    pub prose: Arc<Prose>,
    /// The target of each slot, in the order of the slots.
    pub targets: Box<[Target]>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Nowhere: the end of a link, or a link that was reported.
    Nothing,
    /// A heading of the same page.
    Anchor(Box<str>),
    /// An entity, perhaps a heading of its page.
    Entity(EntityId, Option<Box<str>>),
    /// A free page, an index or the home page, perhaps a heading of it.
    Page(PageId, Option<Box<str>>),
    /// A file beside the content, by its path, perhaps a place in it.
    Asset(Arc<str>, Option<Box<str>>),
    /// A path of the published site, to be checked once all paths are known.
    Path(Box<str>),
}

impl Body {
    /// Prose whose links have not been looked up yet.
    pub(in crate::model) fn unresolved(path: &Arc<str>, prose: Arc<Prose>) -> Self {
        let targets = vec![Target::Nothing; prose.slots.len()].into();
        Self { path: path.clone(), markdown: "".into(), prose, targets }
    }

    /// The Markdown of a value, compiled.
    pub(in crate::model) fn of_value(path: &Arc<str>, markdown: &str, prose: Prose) -> Self {
        Self { markdown: markdown.into(), ..Self::unresolved(path, Arc::new(prose.unwrapped())) }
    }
}
