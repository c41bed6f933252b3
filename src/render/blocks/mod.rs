//! Blocks: the parts that a page is made of.
//!
//! In: the list `blocks` of a page's front matter; for a home page without it, the schema. Out: [`Blocks`], the blocks of
//! each page, which the templates `blocks/KIND.html` show. A kind of block is a file with its keys, its checks and its
//! value for templates, and a line in [`KINDS`]. Blocks know views, parts and the scope, but neither one another nor
//! pages.

mod kind;
mod filter;
mod index;
mod search;
mod text;
mod types;
mod changes;
mod list;
mod figures;
mod view;
mod links;

use std::collections::BTreeMap;

use super::views::spec::Spec;
use super::views::{Dated, Noted, Views};
use crate::diagnostics::Diagnostic;
use crate::model::{Ecosystem, PageId, PageKind, RawView};
use crate::table::{Data, Value};
pub(crate) use index::Index;
use kind::Host;
pub(crate) use kind::{Block, Kind};

/// All kinds of block.
pub(crate) static KINDS: &[&dyn Kind] =
    &[&search::Kind, &text::Kind, &types::Kind, &changes::Kind, &list::Kind, &figures::Kind, &view::Kind, &links::Kind];

/// A block with the name of its kind.
pub(crate) type Named = (&'static str, Box<dyn Block>);

/// The blocks of all published pages.
#[derive(Default)]
pub struct Blocks {
    by_page: BTreeMap<PageId, Vec<Named>>,
    /// What the blocks name, and what they look for.
    pub noted: Noted,
}

impl Blocks {
    /// The blocks of a page, in order.
    pub(crate) fn of(&self, page: PageId) -> &[Named] {
        self.by_page.get(&page).map(Vec::as_slice).unwrap_or_default()
    }

    /// The types that blocks read as figures.
    pub(crate) fn dated(&self) -> impl Iterator<Item = Dated> {
        self.by_page.values().flatten().flat_map(|(_, block)| block.dated())
    }
}

/// Reads and checks the blocks of all published pages. The home page always has blocks.
pub(super) fn read(ecosystem: &Ecosystem, views: &Views) -> (Blocks, Vec<Diagnostic>) {
    let mut blocks = Blocks::default();
    let mut problems = Vec::new();
    for (id, page) in ecosystem.published_pages() {
        let host = Host { ecosystem, views, page: id };
        let list = match &page.blocks {
            Some(raw) => with_own_parts(&host, page_blocks(&host, raw, &mut problems, &mut blocks.noted)),
            None if page.kind == PageKind::Home => usual(&host),
            None => continue,
        };
        blocks.by_page.insert(id, list);
    }
    (blocks, problems)
}

/// The blocks that a page lists.
fn page_blocks(host: &Host<'_>, raw: &RawView, problems: &mut Vec<Diagnostic>, noted: &mut Noted) -> Vec<Named> {
    let items: &[Value] = match &raw.value.data {
        Data::Array(items) => items,
        _ => std::slice::from_ref(&raw.value),
    };
    let mut blocks: Vec<Named> = Vec::new();
    for item in items {
        let mut spec = Spec::new(host.ecosystem, &raw.source, item, "block");
        let block = spec.kind(KINDS.iter().map(|kind| kind.name())).and_then(|name| {
            let kind = KINDS.iter().find(|kind| kind.name() == name)?;
            Some((kind.name(), kind.read(&mut spec, host)?))
        });
        if let Some((name, block)) = block {
            let repeats = blocks.iter().any(|(other, earlier)| *other == name && earlier.excludes(&*block));
            if repeats {
                let message = format!("the page has the block \"{name}\" twice");
                spec.report("kind", message, "delete one of them");
            } else {
                blocks.push((name, block));
            }
        }
        let (found, found_noted) = spec.finish();
        problems.extend(found);
        noted.append(found_noted);
    }
    blocks
}

/// Puts the page's prose first and its view last, if no block is for them.
fn with_own_parts(host: &Host<'_>, mut blocks: Vec<Named>) -> Vec<Named> {
    if !blocks.iter().any(|(name, _)| *name == text::NAME) {
        let at = usize::from(blocks.first().is_some_and(|(name, _)| *name == search::NAME));
        blocks.insert(at, (text::NAME, Box::new(text::Text)));
    }
    if host.has_view() && !blocks.iter().any(|(_, block)| block.view() == Some(host.page)) {
        blocks.push((view::NAME, view::own(host)));
    }
    blocks
}

/// The blocks of a home page that lists none: prose, then the types with the most relations.
fn usual(host: &Host<'_>) -> Vec<Named> {
    let mut blocks: Vec<Named> = vec![(search::NAME, Box::new(search::Search)), (text::NAME, Box::new(text::Text))];
    blocks.extend(figures::usual(host).map(|block| (figures::NAME, block)));
    blocks.extend(list::usual(host).into_iter().map(|block| (list::NAME, block)));
    if host.has_view() {
        blocks.push((view::NAME, view::own(host)));
    }
    blocks.push((types::NAME, Box::new(types::Types)));
    blocks.push((changes::NAME, Box::new(changes::Changes::usual())));
    blocks
}
