//! The data that all pages of one language share.
//!
//! In: the ecosystem, the site, a language, the theme's strings and settings. Out: a [`Scope`]: addresses, titles and
//! the order of lists in that language, and a place for values that many pages show, so that each is made once. Parts,
//! views, pages and outputs take a scope; it knows none of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, Weak};

use tera::{Error, Tera, TeraResult, Value};

use super::engine::strings::Strings;
use super::engine::theme::Settings;
use super::engine::widths::Faces;
use super::words::Words;
use crate::locale::{Lang, Language, LocalText};
use crate::model::{Ecosystem, EntityId, FieldValue, PageId, PageKind};
use crate::parse::typographic;
use crate::schema::TypeId;
use crate::site::Site;
use crate::source::Picture;

/// The data that all pages of one language share.
pub(crate) struct Scope {
    pub ecosystem: Arc<Ecosystem>,
    pub site: Arc<Site>,
    pub lang: Lang,
    pub strings: Arc<Strings>,
    pub settings: Settings,
    /// The parameters of the theme that the site sets, with defaults.
    pub params: Value,
    /// The name of each language, in that language.
    pub language_names: Arc<[String]>,
    /// Memoised values that many pages show.
    pub memo: Memo,
    /// The engine of the language, once its templates are loaded. Its functions hold the scope, so the scope must not hold it.
    pub engine: OnceLock<Weak<Tera>>,
}

/// Rendered fragments, by the names of their templates, and by whether entities of several types are beside them. A theme
/// has few of them.
pub(crate) type Fragments = RwLock<Vec<((Box<str>, bool), Value)>>;

/// Memoised values. Each is a pure function of the scope, computed at its first use.
pub(crate) struct Memo {
    /// By entity.
    pub entities: Vec<EntityMemo>,
    /// By type.
    pub types: Vec<TypeMemo>,
    /// The published entities by their names `type/id`, by which templates ask for them at each link.
    pub keys: OnceLock<HashMap<Box<str>, EntityId>>,
    /// The entities with a date of their last change, the latest first.
    pub latest: OnceLock<Vec<EntityId>>,
    /// The views, by the page that holds each.
    pub views: Mutex<BTreeMap<PageId, Arc<OnceLock<Value>>>>,
    /// The fragments that are about no entity.
    pub fragments: Fragments,
    /// The templates of fragments that failed, and why.
    pub failed: Mutex<Vec<(String, Arc<Error>)>>,
}

/// The memoised values of one entity.
#[derive(Default)]
pub(crate) struct EntityMemo {
    pub card: OnceLock<Value>,
    /// A link without attributes, as most links are.
    pub link: OnceLock<Value>,
    pub fragments: Fragments,
}

/// The memoised values of one type.
#[derive(Default)]
pub(crate) struct TypeMemo {
    /// The type as templates see it.
    pub info: OnceLock<Value>,
    pub order: OnceLock<Vec<EntityId>>,
    pub cards: OnceLock<Value>,
    pub facets: OnceLock<Vec<Facet>>,
    /// The same as templates see them.
    pub facet_values: OnceLock<Value>,
    /// The positions of the fields by which readers can sort its index.
    pub sorts: OnceLock<Vec<usize>>,
    pub sortings: OnceLock<Value>,
    /// The columns of its table that are not empty.
    pub columns: OnceLock<Vec<Column>>,
    /// Whether any of its entities has a picture.
    pub has_pictures: OnceLock<bool>,
}

/// A column of the table of a type.
pub(crate) struct Column {
    /// Its position among all columns that the schema gives the type.
    pub at: usize,
    /// The unit that all its numbers have; none if its values are not numbers of one unit.
    pub unit: Option<String>,
}

/// A field or a relation by which an index filters.
pub(crate) struct Facet {
    pub id: String,
    pub label: Words,
    /// The options that at least one entity has, in the order in which readers look for them; in a hierarchy, each after
    /// its parent.
    pub options: Vec<FacetOption>,
}

/// An option of a facet.
pub(crate) struct FacetOption {
    /// The id of a choice or of an entity, or the value.
    pub id: String,
    /// The text for readers.
    pub text: String,
    /// The page of the entity.
    pub url: Option<String>,
    /// The number of its ancestors above it in the tree of a hierarchy.
    pub depth: usize,
    /// The entities that have it: ascending positions in the order of the type.
    pub positions: Vec<usize>,
}

impl Memo {
    /// Room for the values of an ecosystem.
    pub(crate) fn new(ecosystem: &Ecosystem) -> Self {
        Self {
            entities: (0..ecosystem.number_of_ids()).map(|_| EntityMemo::default()).collect(),
            types: ecosystem.schema.types.iter().map(|_| TypeMemo::default()).collect(),
            keys: OnceLock::new(),
            latest: OnceLock::new(),
            views: Mutex::default(),
            fragments: Fragments::default(),
            failed: Mutex::default(),
        }
    }

    /// The value of the view that a page holds. Other pages may show it too.
    pub(crate) fn view(&self, page: PageId, make: impl FnOnce() -> Value) -> Value {
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        let view = views.entry(page).or_default().clone();
        drop(views);
        view.get_or_init(make).clone()
    }

    pub(crate) fn entity(&self, id: EntityId) -> &EntityMemo {
        &self.entities[id.index()]
    }

    pub(crate) fn entity_type(&self, id: TypeId) -> &TypeMemo {
        &self.types[id.index()]
    }
}

impl Scope {
    /// The address of a path of the site, without the host.
    pub(crate) fn address(&self, path: &str) -> String {
        [self.ecosystem.config.base_path(), path].concat()
    }

    /// The whole address of a path of the site.
    pub(crate) fn canonical(&self, path: &str) -> String {
        [self.ecosystem.config.base_url.as_str(), path].concat()
    }

    /// The width and height of a picture of the content folder, in pixels, if they are known.
    pub(crate) fn picture_size(&self, file: &str) -> Option<(u32, u32)> {
        match self.ecosystem.picture(file) {
            Some(Picture::Size(size)) => size,
            _ => None,
        }
    }

    /// The widths of letters in drawings.
    pub(crate) fn faces(&self) -> Arc<Faces> {
        self.settings.widths.clone().unwrap_or_default()
    }

    /// The scope's language.
    pub(crate) fn language(&self) -> &Language {
        self.ecosystem.config.languages.get(self.lang)
    }

    /// The tag of the scope's language.
    pub(crate) fn tag(&self) -> &str {
        self.tag_of(self.lang)
    }

    /// The direction of the scope's language, as the attribute `dir` of HTML has it.
    pub(crate) fn direction(&self) -> &'static str {
        self.ecosystem.config.languages.get(self.lang).direction()
    }

    /// The tag of a language.
    pub(crate) fn tag_of(&self, lang: Lang) -> &str {
        self.ecosystem.config.languages.tag(lang)
    }

    /// A text in this language, or if it is missing, in the default one.
    pub(crate) fn words(&self, texts: &LocalText) -> Words {
        let (lang, text) = texts.best(self.lang).map_or((self.lang, ""), |(lang, text)| (lang, text));
        self.words_in(lang, text)
    }

    /// A text of a language.
    pub(crate) fn words_in(&self, lang: Lang, text: &str) -> Words {
        Words { text: typographic(text, self.tag_of(lang)).into_owned(), lang }
    }

    /// The other names of an entity.
    pub(crate) fn aliases(&self, id: EntityId) -> Vec<Words> {
        let aliases = self.ecosystem.entity(id).aliases.best(self.lang);
        let aliases = aliases.map(|(lang, names)| names.iter().map(|name| self.words_in(lang, name)).collect());
        aliases.unwrap_or_default()
    }

    /// The title of an entity.
    pub(crate) fn title(&self, id: EntityId) -> Words {
        let title = &self.ecosystem.entity(id).title;
        match self.own_language(id) {
            Some(tag) => {
                let text = typographic(title.text(self.lang), tag).into_owned();
                Words { text, lang: self.ecosystem.config.languages.find(tag).unwrap_or(self.lang) }
            }
            None => self.words(title),
        }
    }

    /// The tag of the language of an entity's title. A name that is the same in all languages counts as one of the page.
    pub(crate) fn title_tag(&self, id: EntityId) -> &str {
        let title = &self.ecosystem.entity(id).title;
        self.own_language(id).unwrap_or_else(|| match title.best(self.lang) {
            Some((lang, _)) if title.iter().count() > 1 => self.tag_of(lang),
            _ => self.tag(),
        })
    }

    /// The language of a title that is the same on pages of all languages, if the entity says it.
    fn own_language(&self, id: EntityId) -> Option<&str> {
        let entity = self.ecosystem.entity(id);
        let entity_type = self.ecosystem.schema.get(entity.entity_type);
        let at = entity_type.title_language?;
        let Some(FieldValue::Choice(choice)) = entity.values(at).first() else { return None };
        let is_alone = entity.title.iter().count() == 1;
        entity_type.fields[at].kind.choices().get(*choice).filter(|_| is_alone).map(|choice| &*choice.id)
    }

    pub(crate) fn type_id(&self, id: EntityId) -> &str {
        &self.ecosystem.schema.get(self.ecosystem.entity(id).entity_type).id
    }

    pub(crate) fn is_citation(&self, id: EntityId) -> bool {
        self.ecosystem.schema.get(self.ecosystem.entity(id).entity_type).citation
    }

    pub(crate) fn page_title(&self, id: PageId) -> Words {
        let page = self.ecosystem.page(id);
        self.words(match page.kind {
            _ if !page.title.is_empty() => &page.title,
            PageKind::Home | PageKind::Free => &self.ecosystem.config.title,
            PageKind::Index(entity_type) => &self.ecosystem.schema.get(entity_type).plural,
        })
    }

    /// The published entity with the name `type/id`, for template functions.
    pub(crate) fn find(&self, key: &str) -> TeraResult<EntityId> {
        let keys = self.memo.keys.get_or_init(|| {
            let key = |id| format!("{}/{}", self.type_id(id), self.ecosystem.entity(id).id).into_boxed_str();
            self.ecosystem.published().map(|id| (key(id), id)).collect()
        });
        keys.get(key).copied().ok_or_else(|| Error::message(format!("there is no entity \"{key}\"")))
    }

    /// All published entities of a type, in the order of its lists.
    pub(crate) fn order(&self, entity_type: TypeId) -> &[EntityId] {
        self.memo.entity_type(entity_type).order.get_or_init(|| {
            let mut ids: Vec<EntityId> = self.ecosystem.of_type(entity_type).collect();
            self.ecosystem.sort(&mut ids, self.lang);
            ids
        })
    }

    /// The entities with a date of their last change, the latest first.
    pub(crate) fn latest(&self) -> &[EntityId] {
        self.memo.latest.get_or_init(|| {
            let ecosystem = &self.ecosystem;
            let dated = ecosystem.published().filter(|id| ecosystem.entity(*id).updated.is_some());
            let mut dated: Vec<EntityId> = dated.collect();
            dated.sort_by_key(|id| {
                let entity = ecosystem.entity(*id);
                (Reverse(entity.updated), entity.entity_type, ecosystem.rank(*id, self.lang))
            });
            dated
        })
    }
}
