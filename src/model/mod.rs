//! The ecosystem: entities, pages, and everything that joins them.
//!
//! In: the configuration, the schema and the parsed documents. Out: an immutable [`Ecosystem`] in which every relation is known at
//! both ends, and what was wrong. Does not know addresses, templates or languages' words.

mod advice;
mod assemble;
mod at;
mod body;
mod derived;
mod entity;
mod links;
mod names;
mod pages;
mod path;
mod relations;
mod suggestions;
mod values;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Lang, LocalText, Localised};
use crate::parse::Document;
use crate::parse::outline::Outline;
use crate::reader::Reader;
use crate::schema::{Derived, RelationId, Schema, TypeId};
use crate::source::{Asset, Sources};
use crate::stop::{Stop, Stopped};
use crate::text::{Place, Span};

pub use at::{FieldId, LinkForm, Meaning, Occurrence, Subject};
pub use body::{Body, Target};
pub use derived::Reached;
pub use pages::{Page, PageKind, RawView};
pub use relations::{Attribute, Group, Link};
pub use values::{Date, FieldValue, FieldValues, Image, Today};

/// An entity's number: entities are ordered by type and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

impl EntityId {
    /// The number as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A page's number: the home page is the first, then the index of each type, then the free pages by path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

impl PageId {
    /// The home page.
    pub const HOME: Self = Self(0);

    /// The index of a type.
    pub fn index_of(entity_type: TypeId) -> Self {
        Self(1 + u32::from(entity_type.0))
    }
}

/// Something of a type.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its type.
    pub entity_type: TypeId,
    /// Its id, unique in its type.
    pub id: Box<str>,
    /// Where it is written: its title, or its table in a list.
    pub place: Place,
    /// Its name.
    pub title: LocalText,
    /// What it is, in a sentence.
    pub summary: LocalText,
    /// Its other names.
    pub aliases: Localised<Vec<Box<str>>>,
    /// A picture of it.
    pub image: Option<Image>,
    /// Whether it is not to be published yet.
    pub draft: bool,
    /// When it last changed.
    pub updated: Option<Date>,
    /// When its facts were last verified, and where that is said.
    pub verified: Option<(Date, Place)>,
    /// Its old paths.
    pub redirects: Vec<(Box<str>, Place)>,
    /// Its values, in the order of their fields.
    pub values: Vec<FieldValues>,
    /// Its prose.
    pub body: Localised<Body>,
    /// The file of each language.
    pub files: Localised<Arc<str>>,
    /// The languages in which all is said that is said in the default one, as bits.
    pub translated: u64,
}

impl Entity {
    /// The values of a field; none where it is not given.
    pub fn values(&self, field: usize) -> &[FieldValue] {
        match self.values.binary_search_by_key(&field, |values| usize::from(values.field)) {
            Ok(at) => &self.values[at].values,
            Err(_) => &[],
        }
    }

    /// The place of a span in the file of the default language, where facts are.
    fn place_of(&self, span: Span) -> Place {
        let path = self.files.exactly(Lang::DEFAULT).unwrap_or(&self.place.path);
        Place { path: path.clone(), span }
    }

    /// Where the values of a field are written, in their order: each in the file of the default language.
    pub fn places(&self, field: usize) -> impl Iterator<Item = Place> + '_ {
        let values = self.values.iter().filter(move |values| usize::from(values.field) == field);
        values.flat_map(|values| &values.spans).map(|span| self.place_of(*span))
    }

    /// Whether all is said in this language that is said in the default one.
    pub fn is_translated(&self, lang: Lang) -> bool {
        self.translated & (1 << lang.0) != 0
    }
}

/// A site's content, complete and checked.
#[derive(Debug)]
pub struct Ecosystem {
    /// The configuration.
    pub config: Arc<Config>,
    /// The types.
    pub schema: Arc<Schema>,
    /// All entities, by type and id.
    pub entities: Vec<Entity>,
    /// All pages that are no entity.
    pub pages: Vec<Page>,
    /// Files beside the content, by path.
    pub assets: Vec<Asset>,
    /// What maps are drawn on; without areas where the configuration names nothing.
    pub outline: Arc<Outline>,
    /// All statements of relations between published entities, by the entity that makes them.
    pub links: Vec<Link>,
    /// Whether drafts are published.
    pub drafts: bool,
    /// The texts that all of it was read from.
    sources: Arc<Sources>,
    by_type: Vec<Range<u32>>,
    counts: Vec<usize>,
    outgoing: relations::Index,
    incoming: relations::Index,
    mentions: relations::Index,
    mentioning: Vec<EntityId>,
    ranks: Vec<Vec<u32>>,
}

/// What a model is made from.
pub struct Input<'a> {
    /// The configuration.
    pub config: Arc<Config>,
    /// The types.
    pub schema: Arc<Schema>,
    /// The content, parsed.
    pub documents: &'a [Document],
    /// The files that the documents were read from, and those that are published as they are.
    pub sources: Arc<Sources>,
    /// What maps are drawn on; without areas where the configuration names nothing.
    pub outline: Arc<Outline>,
}

/// How to make a model.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether drafts are published.
    pub drafts: bool,
    /// The day on which this happens, for the age of verifications.
    pub today: Today,
}

/// What is needed to read the parts of the model.
pub(crate) struct Context<'a> {
    pub config: &'a Config,
    pub schema: &'a Schema,
    pub assets: &'a [Asset],
    pub drafts: bool,
}

impl Context<'_> {
    /// The path of a file beside the content that is named in a document.
    pub(super) fn asset(&self, reader: &mut Reader<'_>, written: &str, span: Span) -> Option<Arc<str>> {
        let Some(path) = path::resolve(&reader.source.path, written) else {
            let problem =
                reader.problem(Code::OutsideContent, span, format!("\"{written}\" leads out of the content folder"));
            reader.report(problem.hint("put the file into content/"));
            return None;
        };
        let found = self.assets.binary_search_by(|asset| (*asset.path).cmp(&path));
        if found.is_err() {
            let near = path::nearest(&path, self.assets.iter().map(|asset| &*asset.path));
            let problem = reader.problem(Code::MissingFile, span, format!("there is no file \"{path}\" in content/"));
            reader.report(problem.maybe_hint(near.map(|near| format!("did you mean \"/{near}\"?"))));
        }
        found.ok().map(|at| self.assets[at].path.clone())
    }
}

/// Makes the model. It is whole only if no diagnostic is an error, but it can always be looked at.
///
/// # Errors
/// The work was stopped.
pub fn resolve(input: Input<'_>, options: Options, stop: &Stop) -> Result<(Ecosystem, Vec<Diagnostic>), Stopped> {
    let Input { config, schema, documents, sources, outline } = input;
    let assets = sources.assets().to_vec();
    let context = Context { config: &config, schema: &schema, assets: &assets, drafts: options.drafts };
    let mut problems = Vec::new();
    let groups = assemble::groups(&context, documents, &mut problems);
    let read = |group| (!stop.is_stopped()).then(|| entity::read(&context, group));
    let read: Vec<Option<entity::Reading>> = groups.entities.par_iter().map(read).collect();
    let mut entities = Vec::with_capacity(read.len());
    let mut statements = Vec::with_capacity(read.len());
    for reading in read {
        let reading = reading.ok_or(Stopped)?;
        // A draft may be unfinished: what is wrong with it counts once it is to be published.
        if options.drafts || !reading.entity.draft {
            problems.extend(reading.problems);
        }
        entities.push(reading.entity);
        statements.push(reading.statements);
    }
    let by_type = assemble::ranges(&entities, schema.types.len());
    let (mut pages, found) = pages::read(&context, &groups.pages);
    problems.extend(found);
    let names = names::Names::new(&config, &schema, &entities, &by_type, &pages, &assets, documents, options.drafts);
    let (mut links, mut errors) = relations::resolve(&names, statements, stop)?;
    let (targets, mentions, of_links) = links::resolve_bodies(&names, &entities, &pages, &links, stop)?;
    errors.extend(of_links);
    problems.extend(suggestions::diagnostics(&names, errors));
    links::put_targets(&mut entities, &mut pages, &mut links, targets);
    let count = entities.len();
    let (mentions, mentioning) = relations::mentions(count, mentions);
    let mut ecosystem = Ecosystem {
        outgoing: relations::Index::new(count, links.iter().map(|link| link.from)),
        incoming: relations::Index::new(count, links.iter().map(|link| link.to)),
        config,
        schema,
        entities,
        pages,
        assets,
        outline,
        sources,
        links,
        drafts: options.drafts,
        by_type,
        counts: Vec::new(),
        mentions,
        mentioning,
        ranks: Vec::new(),
    };
    stop.check()?;
    ecosystem.ranks = assemble::ranks(&ecosystem);
    stop.check()?;
    ecosystem.counts =
        ecosystem.schema.types().map(|(entity_type, _)| ecosystem.of_type(entity_type).count()).collect();
    problems.extend(advice::advice(&ecosystem, options.today));
    Ok((ecosystem, problems))
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

    /// The free page of a path below the content folder.
    pub fn free_page(&self, path: &str) -> Option<PageId> {
        pages::find(&self.pages, &self.schema, path)
    }

    /// Whether an entity is published.
    pub fn is_published(&self, id: EntityId) -> bool {
        self.drafts || !self.entity(id).draft
    }

    /// The published entities of a type, by id.
    pub fn of_type(&self, entity_type: TypeId) -> impl Iterator<Item = EntityId> + '_ {
        self.by_type[usize::from(entity_type.0)].clone().map(EntityId).filter(|id| self.is_published(*id))
    }

    /// How many published entities of a type there are.
    pub fn count(&self, entity_type: TypeId) -> usize {
        self.counts[usize::from(entity_type.0)]
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
        let of_entities = self.published().flat_map(|id| links::bodies(self.entity(id)));
        let of_pages = self.published_pages().flat_map(|(_, page)| page.body.iter());
        let of_links = self.links.iter().flat_map(links::attribute_bodies);
        of_entities.chain(of_pages).chain(of_links).map(|(_, body)| body)
    }

    /// The entity of a type with this id.
    pub fn find(&self, entity_type: TypeId, id: &str) -> Option<EntityId> {
        assemble::find(&self.entities, &self.by_type, entity_type, id)
    }

    /// An entity's place in the order of its type, in a language.
    pub fn rank(&self, id: EntityId, lang: Lang) -> u32 {
        self.ranks[lang.index()][id.index()]
    }

    /// Puts entities into the order of their types, in a language.
    pub fn sort(&self, entities: &mut [EntityId], lang: Lang) {
        entities.sort_by_key(|id| (self.entity(*id).entity_type, self.rank(*id, lang)));
    }

    /// The relations of an entity, its own and those that lead to it, in the order of the schema; none is empty.
    pub fn groups(&self, id: EntityId, lang: Lang) -> Vec<Group> {
        relations::groups(self, id, lang)
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

    /// Where a link is written: the name of its target.
    pub fn place_of(&self, link: &Link) -> Place {
        self.entity(link.from).place_of(link.span)
    }

    /// The entities whose prose mentions this one.
    pub fn mentions(&self, id: EntityId) -> impl Iterator<Item = EntityId> + '_ {
        self.mentions.of(id).iter().map(|at| self.mentioning[*at as usize])
    }

    /// The entities that a derived relation reaches from here, with the ways to them.
    pub fn derived(&self, id: EntityId, derived: &Derived, lang: Lang) -> Vec<Reached> {
        derived::reached(self, id, derived, lang)
    }

    /// How many published entities there are, and how many of them are translated into this language.
    pub fn coverage(&self, lang: Lang) -> (usize, usize) {
        let translated = self.published().filter(|id| self.entity(*id).is_translated(lang)).count();
        (self.published().count(), translated)
    }
}
