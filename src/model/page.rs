//! Pages that are not about an entity: home, the indexes of types, and free pages.

use std::sync::Arc;

use super::body::Body;
use super::ids::PageId;
use crate::locale::{Lang, LocalText, Localised};
use crate::schema::{Schema, TypeId};
use crate::table::Value;
use crate::text::{Place, SourceText};
use crate::values::Date;

/// A page that is not about an entity.
#[derive(Debug, Clone)]
pub struct Page {
    /// The kind of page.
    pub kind: PageKind,
    /// Its path below the content folder, without file extension; empty for home and indexes.
    pub path: Box<str>,
    /// The start of its file. For an index without a file, the type's declaration.
    pub place: Place,
    /// Its title; may be empty for home and indexes, which have default titles.
    pub title: LocalText,
    /// One sentence about its content.
    pub summary: LocalText,
    /// Words that people search for and that it does not show.
    pub keywords: Localised<Vec<Box<str>>>,
    /// The last part of its path on the site; empty if it is that of the file's name.
    pub slug: LocalText,
    /// Whether it is left out of the published site.
    pub draft: bool,
    /// When it last changed.
    pub updated: Option<Date>,
    /// Its former paths on the site.
    pub redirects: Vec<(Box<str>, Place)>,
    /// Its prose.
    pub body: Localised<Body>,
    /// The file of each language.
    pub files: Localised<Arc<str>>,
    /// The languages that have every text of the default language, as a bit set by [`Lang`].
    pub translated: u64,
    /// The view that it holds, unparsed.
    pub view: Option<RawView>,
    /// The template that it names, and the position of that name.
    pub template: Option<(Box<str>, Place)>,
    /// The blocks that it is made of, unparsed.
    pub blocks: Option<RawView>,
}

/// The value of a page's key `view` or `blocks`. The model does not know their kinds; `render` parses it.
#[derive(Debug, Clone)]
pub struct RawView {
    /// The file.
    pub source: SourceText,
    /// The value.
    pub value: Value,
}

/// The kind of a page.
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
            keywords: Localised::default(),
            slug: LocalText::default(),
            draft: false,
            updated: None,
            redirects: Vec::new(),
            body: Localised::default(),
            files: Localised::default(),
            translated: 1,
            view: None,
            template: None,
            blocks: None,
        }
    }

    /// Whether every text that exists in the default language also exists in this one.
    pub fn is_translated(&self, lang: Lang) -> bool {
        self.translated & (1 << lang.0) != 0
    }

    /// The texts that exist in the default language but not in this one.
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

/// The free page with this path, by binary search: free pages follow home and the indexes, in the order of their paths.
pub(in crate::model) fn find(pages: &[Page], schema: &Schema, path: &str) -> Option<PageId> {
    let before = 1 + schema.types.len();
    let free = pages.get(before..).unwrap_or_default();
    free.binary_search_by(|page| (*page.path).cmp(path)).ok().map(|at| PageId((before + at) as u32))
}
