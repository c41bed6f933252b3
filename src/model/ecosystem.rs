//! The ecosystem: entities, pages, and everything that joins them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::adjacency::Adjacency;
use super::autolink::{Autolink, Vocabulary};
use super::body::Body;
use super::entity::{self, Entity};
use super::event::Event;
use super::ids::{EntityId, PageId};
use super::link::Link;
use super::page::{self, Page};
use crate::config::Config;
use crate::locale::Lang;
use crate::parse::outline::Outline;
use crate::schema::{RelationId, Schema, TypeId};
use crate::source::{Asset, CONTENT, Picture, Sources};
use crate::text::Place;

/// The rank of each entity within its type, for each language.
pub(in crate::model) type Ranks = Vec<Vec<u32>>;

/// A site's content, complete and checked.
///
/// Drafts are part of it, so that a link to a draft can be told from a broken one. What is published is asked for in one way: outside of the model,
/// the iterators and look-ups of this type give published entities and pages only, and so do [`links`](Self::links). The exception is
/// [`every`](Self::every), for tools of editors.
#[derive(Debug)]
pub struct Ecosystem {
    /// The configuration.
    pub config: Arc<Config>,
    /// The types.
    pub schema: Arc<Schema>,
    /// All entities by type and id, drafts too.
    pub(in crate::model) entities: Vec<Arc<Entity>>,
    /// All pages that are no entity, drafts too.
    pub(in crate::model) pages: Vec<Page>,
    /// Files beside the content, by path.
    pub assets: Vec<Asset>,
    /// What maps are drawn on; without areas where the configuration names nothing.
    pub outline: Arc<Outline>,
    /// All statements of relations between published entities, by the entity that makes them.
    pub links: Vec<Link>,
    /// What happened to the profiles, the newest first; empty if the history was not read.
    pub events: Vec<Event>,
    /// The numbers of the events of each entity that has any.
    pub(in crate::model) events_of: HashMap<EntityId, Vec<u32>>,
    /// Whether drafts are published.
    pub drafts: bool,
    /// The texts that all of it was read from.
    pub(in crate::model) sources: Arc<Sources>,
    pub(in crate::model) by_type: Vec<Range<u32>>,
    pub(in crate::model) counts: Vec<usize>,
    pub(in crate::model) outgoing: Adjacency,
    pub(in crate::model) incoming: Adjacency,
    pub(in crate::model) mentions: Adjacency,
    pub(in crate::model) mentioning: Vec<EntityId>,
    /// The paths of the site that prose leads to, with the places of the links. The stage `site` checks them.
    pub addresses: Vec<(Box<str>, Place)>,
    pub(in crate::model) ranks: OnceLock<Arc<Ranks>>,
    /// The names that become links in prose, by language; made when a page first needs them.
    pub(in crate::model) vocabularies: Box<[OnceLock<Vocabulary>]>,
    /// The entities that were not taken over from the model before; none if all were read.
    pub(in crate::model) renewed: Option<Vec<EntityId>>,
    /// The order of the entities in the model before, if it is known and only the renewed ones can be elsewhere now.
    pub(in crate::model) ranks_before: Option<Arc<Ranks>>,
}

impl Ecosystem {
    /// An entity by its number.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }

    /// A page by its number.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// The free page of a path below the content folder; it may be a draft.
    pub(in crate::model) fn free_page(&self, path: &str) -> Option<PageId> {
        page::find(&self.pages, &self.schema, path)
    }

    /// Whether a path below the content folder is that of a free page which is a draft.
    pub fn is_draft_page(&self, path: &str) -> bool {
        self.free_page(path).is_some() && self.published_page(path).is_none()
    }

    /// The type of an entity. This looks at no entity, so it is fast for many of them.
    pub fn type_of(&self, id: EntityId) -> TypeId {
        let at = self.by_type.partition_point(|range| range.end <= id.0);
        TypeId::new(at)
    }

    /// Whether an entity is published.
    pub(in crate::model) fn is_published(&self, id: EntityId) -> bool {
        self.drafts || !self.entity(id).draft
    }

    /// Whether an entity has a page. Otherwise, its address is its place on the index of its type.
    pub fn has_page(&self, id: EntityId) -> bool {
        self.schema.get(self.entity(id).entity_type).pages
    }

    /// The published entities of a type, by id.
    pub fn of_type(&self, entity_type: TypeId) -> impl Iterator<Item = EntityId> + '_ {
        self.by_type[entity_type.index()].clone().map(EntityId).filter(|id| self.is_published(*id))
    }

    /// How many published entities of a type there are.
    pub fn count(&self, entity_type: TypeId) -> usize {
        self.counts[entity_type.index()]
    }

    /// Every published entity.
    pub fn published(&self) -> impl Iterator<Item = EntityId> + '_ {
        (0..self.entities.len() as u32).map(EntityId).filter(|id| self.is_published(*id))
    }

    /// The published pages, by number: the home page, the indexes, the free pages by path.
    pub fn published_pages(&self) -> impl Iterator<Item = (PageId, &Page)> {
        let pages = self.pages.iter().enumerate().map(|(at, page)| (PageId(at as u32), page));
        pages.filter(|(_, page)| self.drafts || !page.draft)
    }

    /// The published free page of a path below the content folder.
    pub fn published_page(&self, path: &str) -> Option<PageId> {
        self.free_page(path).filter(|id| self.drafts || !self.page(*id).draft)
    }

    /// All prose that is published: of entities, of pages, and of the attributes of links.
    pub fn published_bodies(&self) -> impl Iterator<Item = &Body> {
        let of_entities = self.published().flat_map(|id| self.entity(id).bodies());
        let of_pages = self.published_pages().flat_map(|(_, page)| page.body.iter());
        let of_links = self.links.iter().flat_map(Link::bodies);
        of_entities.chain(of_pages).chain(of_links).map(|(_, body)| body)
    }

    /// What a file of the content folder that is published as it is, by its path, is as a picture.
    pub fn picture(&self, path: &str) -> Option<Picture> {
        self.sources.picture(path)
    }

    /// The paths of all files of the content, below the content folder.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let texts = self.sources.texts().filter_map(|text| text.path.strip_prefix(CONTENT)?.strip_prefix('/'));
        texts.chain(self.assets.iter().map(|asset| &*asset.path))
    }

    /// The published entity of a type with this id.
    pub fn find(&self, entity_type: TypeId, id: &str) -> Option<EntityId> {
        self.find_any(entity_type, id).filter(|id| self.is_published(*id))
    }

    /// The entities that may not be as in the model that this one was made after. None if there was none, or if more than what
    /// entities say by themselves may be different, such as pages, or the ids or headings of an entity.
    pub fn renewed(&self) -> Option<&[EntityId]> {
        self.renewed.as_deref()
    }

    /// The entity of a type with this id; it may be a draft.
    pub(in crate::model) fn find_any(&self, entity_type: TypeId, id: &str) -> Option<EntityId> {
        entity::find(&self.entities, &self.by_type, entity_type, id)
    }

    /// How many numbers of entities there are, for tables by [`EntityId`]. Drafts have numbers too.
    pub fn number_of_ids(&self) -> usize {
        self.entities.len()
    }

    /// Puts entities into the order of their types, in a language.
    pub fn sort(&self, entities: &mut [EntityId], lang: Lang) {
        entities.sort_by_key(|id| (self.entity(*id).entity_type, self.rank(*id, lang)));
    }

    /// The statements that an entity makes by one relation.
    pub fn statements(&self, id: EntityId, relation: RelationId) -> impl Iterator<Item = &Link> + '_ {
        self.outgoing.of(id).iter().map(|at| &self.links[*at as usize]).filter(move |link| link.relation == relation)
    }

    /// The entities to which a relation leads from one, each once; if it is symmetric, from both ends.
    pub fn targets(&self, id: EntityId, relation: RelationId) -> Vec<EntityId> {
        let said = self.statements(id, relation).map(|link| link.to);
        let is_symmetric = self.schema.relation(relation).symmetric;
        let about = self.statements_about(id, relation).filter(|_| is_symmetric).map(|link| link.from);
        let mut targets: Vec<EntityId> = said.chain(about).collect();
        if targets.len() > 1 {
            let mut seen = HashSet::with_capacity(targets.len());
            targets.retain(|target| seen.insert(*target));
        }
        targets
    }

    /// The statements that others make about an entity by one relation.
    pub fn statements_about(&self, id: EntityId, relation: RelationId) -> impl Iterator<Item = &Link> + '_ {
        self.incoming.of(id).iter().map(|at| &self.links[*at as usize]).filter(move |link| link.relation == relation)
    }

    /// What happened to an entity, the newest first.
    pub fn events_of(&self, id: EntityId) -> impl Iterator<Item = &Event> {
        self.events_of.get(&id).into_iter().flatten().map(|at| &self.events[*at as usize])
    }

    /// Where a link is written: the name of its target.
    pub fn place_of(&self, link: &Link) -> Place {
        self.entity(link.from).place_of(link.span)
    }

    /// The entities whose prose mentions this one.
    pub fn mentions(&self, id: EntityId) -> impl Iterator<Item = EntityId> + '_ {
        self.mentions.of(id).iter().map(|at| self.mentioning[*at as usize])
    }

    /// The links that prose in a language gets by itself, on the page of `own` or on one that is about no entity, in the
    /// order of their places.
    pub fn autolinks(&self, body: &Body, own: Option<EntityId>, lang: Lang) -> Vec<Autolink> {
        let vocabulary = self.vocabularies[lang.index()]
            .get_or_init(|| Vocabulary::new(&self.config, &self.schema, &self.entities, self.drafts, lang));
        vocabulary.links(body, own.map(|id| (id, self.entity(id))), lang)
    }

    /// How many published entities there are, and how many of them are translated into this language.
    pub fn coverage(&self, lang: Lang) -> (usize, usize) {
        let translated = self.published().filter(|id| self.entity(*id).is_translated(lang)).count();
        (self.published().count(), translated)
    }
}
