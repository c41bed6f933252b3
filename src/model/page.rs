//! Pages that are no entity: home, the indexes of types, and free pages.

use std::sync::Arc;

use super::body::Body;
use super::date::Date;
use super::ids::PageId;
use crate::locale::{Lang, LocalText, Localised};
use crate::schema::{Schema, TypeId};
use crate::table::Value;
use crate::text::{Place, SourceText};

/// A page that is no entity.
#[derive(Debug, Clone)]
pub struct Page {
    /// What it is.
    pub kind: PageKind,
    /// Its path below the content folder, without ending; empty for home and indexes.
    pub path: Box<str>,
    /// Where it is written.
    pub place: Place,
    /// Its title; empty where it follows from what it is.
    pub title: LocalText,
    /// What it is about, in a sentence.
    pub summary: LocalText,
    /// The last part of its address.
    pub slug: LocalText,
    /// Whether it is not to be published yet.
    pub draft: bool,
    /// When it last changed.
    pub updated: Option<Date>,
    /// Its old paths.
    pub redirects: Vec<(Box<str>, Place)>,
    /// Its prose.
    pub body: Localised<Body>,
    /// The file of each language.
    pub files: Localised<Arc<str>>,
    /// The languages in which all is said that is said in the default one, as bits.
    pub translated: u64,
    /// The view that it holds, as it is written.
    pub view: Option<RawView>,
}

/// What a page says under `view`. Which kinds of view there are, and what their keys mean, is not known here.
#[derive(Debug, Clone)]
pub struct RawView {
    /// The file.
    pub source: SourceText,
    /// The value.
    pub value: Value,
}

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The home page.
    Home,
    /// The list of the entities of a type.
    Index(TypeId),
    /// Any other page.
    Free,
}

impl Page {
    pub(in crate::model) fn new(kind: PageKind, path: &str, place: Place) -> Self {
        Self {
            kind,
            path: path.into(),
            place,
            title: LocalText::default(),
            summary: LocalText::default(),
            slug: LocalText::default(),
            draft: false,
            updated: None,
            redirects: Vec::new(),
            body: Localised::default(),
            files: Localised::default(),
            translated: 1,
            view: None,
        }
    }

    /// Whether all is said in this language that is said in the default one.
    pub fn is_translated(&self, lang: Lang) -> bool {
        self.translated & (1 << lang.0) != 0
    }

    /// What exists in the default language but not in this one.
    pub(in crate::model) fn untranslated(&self, lang: Lang) -> Vec<&'static str> {
        let lacks = |text: &LocalText| text.exactly(Lang::DEFAULT).is_some() && text.exactly(lang).is_none();
        let mut missing = Vec::new();
        if lacks(&self.title) {
            missing.push("title");
        }
        if lacks(&self.summary) {
            missing.push("summary");
        }
        if self.body.exactly(Lang::DEFAULT).is_some() && self.body.exactly(lang).is_none() {
            missing.push("prose");
        }
        missing
    }
}

/// The free page of a path: free pages come behind home and the indexes, in the order of their paths.
pub(in crate::model) fn find(pages: &[Page], schema: &Schema, path: &str) -> Option<PageId> {
    let before = 1 + schema.types.len();
    let free = pages.get(before..).unwrap_or_default();
    free.binary_search_by(|page| (*page.path).cmp(path)).ok().map(|at| PageId((before + at) as u32))
}
