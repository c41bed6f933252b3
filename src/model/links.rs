//! Names in relations and prose, and what they mean.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::body::{Body, Target};
use super::pages::{self, Page};
use super::{Entity, EntityId, FieldValue, Link, PageId, assemble, path};
use crate::config::Config;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::{Lang, Localised};
use crate::parse::{Document, Role, SlotKind};
use crate::schema::{RelationId, Schema, TypeId};
use crate::source::Asset;
use crate::text::Place;

/// Everything that has a name.
pub(super) struct Names<'a> {
    config: &'a Config,
    schema: &'a Schema,
    entities: &'a [Entity],
    by_type: &'a [Range<u32>],
    pages: &'a [Page],
    assets: &'a [Asset],
    documents: &'a [Document],
    drafts: bool,
    /// The entities of each id, in the order of their types.
    by_id: HashMap<&'a str, Vec<EntityId>>,
    /// The documents by their path; made when a link first names a file.
    by_path: OnceLock<HashMap<&'a str, &'a Document>>,
    /// How many times a name was looked for among all others.
    suggestions: AtomicUsize,
}

/// Looking for what somebody may have meant goes through all names, so only the first names that are unknown get a hint: a renamed
/// entity that thousands link to must not cost the square of their number.
const MOST_SUGGESTIONS: usize = 100;

/// What a wikilink can name.
#[derive(Clone, Copy)]
enum Named {
    Entity(EntityId),
    Page(PageId),
}

impl<'a> Names<'a> {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn new(
        config: &'a Config,
        schema: &'a Schema,
        entities: &'a [Entity],
        by_type: &'a [Range<u32>],
        pages: &'a [Page],
        assets: &'a [Asset],
        documents: &'a [Document],
        drafts: bool,
    ) -> Self {
        let mut by_id: HashMap<&str, Vec<EntityId>> = HashMap::with_capacity(entities.len());
        for (at, entity) in entities.iter().enumerate() {
            by_id.entry(&entity.id).or_default().push(EntityId(at as u32));
        }
        let (by_path, suggestions) = (OnceLock::new(), AtomicUsize::new(0));
        Self { config, schema, entities, by_type, pages, assets, documents, drafts, by_id, by_path, suggestions }
    }

    pub(super) fn is_published(&self, id: EntityId) -> bool {
        self.drafts || !self.entities[id.index()].draft
    }

    /// A hint that takes a look at all names, as long as there have not been too many.
    fn suggestion(&self, look: impl FnOnce() -> Option<String>) -> Option<String> {
        (self.suggestions.fetch_add(1, Ordering::Relaxed) < MOST_SUGGESTIONS).then(look)?
    }

    pub(super) fn is_symmetric(&self, relation: RelationId) -> bool {
        self.schema.relation(relation).symmetric
    }

    /// All entities with this id, in the order of their types.
    fn all(&self, id: &str) -> &[EntityId] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    fn find(&self, of: TypeId, id: &str) -> Option<EntityId> {
        let range = &self.by_type[usize::from(of.0)];
        self.all(id).iter().copied().find(|found| range.contains(&found.0))
    }

    fn ids(&self, of: TypeId) -> impl Iterator<Item = &'a str> + Clone {
        let range = &self.by_type[usize::from(of.0)];
        self.entities[range.start as usize..range.end as usize].iter().map(|entity| &*entity.id)
    }

    /// What one entity of a type is called, in English if the schema says so.
    fn type_name(&self, of: TypeId) -> String {
        self.schema.name_in_messages(of, &self.config.languages)
    }

    fn type_and_id(&self, name: &str) -> Option<(TypeId, Option<EntityId>)> {
        let (of, id) = name.split_once('/')?;
        let of = self.schema.find(of)?;
        Some((of, self.find(of, id)))
    }

    /// The entity that a relation names.
    pub(super) fn reference(&self, relation: RelationId, name: &str, place: &Place) -> Result<EntityId, Diagnostic> {
        let relation = self.schema.relation(relation);
        let problem = |code, message: String| Diagnostic::new(code, place.clone(), message);
        let allowed = || relation.to.iter().map(|of| &*self.schema.get(*of).id);
        if let Some((of, found)) = self.type_and_id(name) {
            if !relation.to.contains(&of) {
                let message = format!("\"{}\" does not lead to \"{}\"", relation.id, self.schema.get(of).id);
                return Err(problem(Code::WrongTargetType, message)
                    .hint(format!("it leads to {}", diagnostics::list(allowed()))));
            }
            let id = name.split_once('/').map_or(name, |(_, id)| id);
            return found.ok_or_else(|| self.unknown(&[of], id, place));
        }
        let found: Vec<EntityId> = relation.to.iter().filter_map(|of| self.find(*of, name)).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => match self.all(name).first() {
                Some(id) if !relation.to.is_empty() => {
                    let of = self.entities[id.index()].of;
                    let message = format!("\"{name}\" is {} {}", article(&self.type_name(of)), self.type_name(of));
                    let problem = problem(Code::WrongTargetType, message);
                    Err(problem.hint(format!("\"{}\" leads to {}", relation.id, diagnostics::list(allowed()))))
                }
                _ => Err(self.unknown(&relation.to, name, place)),
            },
            several => Err(self.ambiguous(several, name, place)),
        }
    }

    fn unknown(&self, types: &[TypeId], name: &str, place: &Place) -> Diagnostic {
        let what: Vec<String> = types.iter().map(|of| self.type_name(*of)).collect();
        let what = if what.is_empty() { String::from("entity") } else { what.join(" or ") };
        let message = format!("no {what} has the id \"{name}\"");
        let hint = self.suggestion(|| {
            let ids = types.iter().flat_map(|of| self.ids(*of));
            diagnostics::did_you_mean(name, ids).or_else(|| self.by_title(types, name))
        });
        Diagnostic::new(Code::UnknownReference, place.clone(), message).maybe_hint(hint)
    }

    /// A link in prose to an entity that is not there.
    fn broken(&self, of: TypeId, name: &str, place: &Place) -> Diagnostic {
        Diagnostic { code: Code::BrokenLink, ..self.unknown(&[of], name, place) }
    }

    /// Somebody wrote the name in place of the id.
    fn by_title(&self, types: &[TypeId], name: &str) -> Option<String> {
        let folded = assemble::folded(name);
        let mut entities = types.iter().flat_map(|of| {
            let range = &self.by_type[usize::from(of.0)];
            &self.entities[range.start as usize..range.end as usize]
        });
        let found = entities.find(|entity| {
            let mut titles = entity.title.iter().map(|(_, title)| &**title);
            let mut aliases = entity.aliases.iter().flat_map(|(_, names)| names.iter().map(|name| &**name));
            titles.any(|title| assemble::folded(title) == folded)
                || aliases.any(|alias| assemble::folded(alias) == folded)
        })?;
        Some(format!("did you mean \"{}\"?", found.id))
    }

    fn ambiguous(&self, found: &[EntityId], name: &str, place: &Place) -> Diagnostic {
        let full: Vec<String> = found
            .iter()
            .map(|id| &self.entities[id.index()])
            .map(|e| format!("{}/{}", self.schema.get(e.of).id, e.id))
            .collect();
        let message = format!("\"{name}\" exists in several types");
        let hint = format!("write {}", diagnostics::list(full.iter().map(|name| &**name)));
        Diagnostic::new(Code::AmbiguousReference, place.clone(), message).hint(hint)
    }

    /// The entity or page that a wikilink names.
    fn wiki(&self, name: &str, place: &Place) -> Result<Named, Diagnostic> {
        let index = || self.schema.find(name).map(PageId::index_of);
        let page = pages::find(self.pages, self.schema, name).or_else(index).map(Named::Page);
        if let Some((of, found)) = self.type_and_id(name) {
            let id = name.split_once('/').map_or(name, |(_, id)| id);
            return found.map(Named::Entity).or(page).ok_or_else(|| self.broken(of, id, place));
        }
        match (self.all(name), page) {
            ([one], _) => Ok(Named::Entity(*one)),
            ([], Some(page)) => Ok(page),
            ([], None) => {
                let types: Vec<TypeId> = self.schema.types().map(|(of, _)| of).collect();
                let message = format!("nothing has the id \"{name}\"");
                let hint = self.suggestion(|| {
                    let pages = self.pages.iter().map(|page| &*page.path);
                    let ids = types.iter().flat_map(|of| self.ids(*of)).chain(pages);
                    diagnostics::did_you_mean(name, ids).or_else(|| self.by_title(&types, name))
                });
                Err(Diagnostic::new(Code::BrokenLink, place.clone(), message).maybe_hint(hint))
            }
            (several, _) => Err(self.ambiguous(several, name, place)),
        }
    }

    /// Checks that a heading exists in what readers of a language see.
    fn anchor(&self, body: &Localised<Body>, lang: Lang, anchor: &str, place: &Place) -> Result<(), Diagnostic> {
        let headings = body.best(lang).map_or(&[][..], |(_, body)| &body.prose.headings);
        if headings.iter().any(|heading| &*heading.id == anchor) {
            return Ok(());
        }
        let ids = || headings.iter().map(|heading| &*heading.id);
        let hint = diagnostics::did_you_mean(anchor, ids())
            .or_else(|| (!headings.is_empty()).then(|| format!("its headings are {}", diagnostics::list(ids()))));
        Err(Diagnostic::new(Code::BrokenAnchor, place.clone(), format!("there is no heading \"#{anchor}\""))
            .maybe_hint(hint))
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'è']) { "an" } else { "a" }
}

/// Looks up the links of one piece of prose.
struct Looking<'a, 'n> {
    names: &'a Names<'n>,
    /// The prose in which anchors of its own are looked for.
    own: &'a Localised<Body>,
    from: Option<EntityId>,
    mentions: Vec<(EntityId, EntityId)>,
    problems: Vec<Diagnostic>,
}

impl Looking<'_, '_> {
    fn body(&mut self, lang: Lang, body: &Body) -> Box<[Target]> {
        let mut refused = false;
        body.prose
            .slots
            .iter()
            .map(|slot| {
                let place = Place { path: body.path.clone(), span: slot.span };
                let result = match &slot.kind {
                    SlotKind::LinkOpen { target, .. } => self.link(lang, target, &place),
                    SlotKind::LinkClose if refused => Ok(Target::Nothing),
                    // The end of a link that stands is an anchor without a name.
                    SlotKind::LinkClose => return Target::Anchor("".into()),
                    SlotKind::Wiki { target, .. } | SlotKind::Embed { target, .. } => self.wiki(lang, target, &place),
                    SlotKind::Image { src, .. } => self.image(src, &place),
                };
                let target = result.unwrap_or_else(|problem| {
                    self.problems.push(problem);
                    Target::Nothing
                });
                if matches!(slot.kind, SlotKind::LinkOpen { .. }) {
                    refused = target == Target::Nothing;
                }
                target
            })
            .collect()
    }

    fn wiki(&mut self, lang: Lang, target: &str, place: &Place) -> Result<Target, Diagnostic> {
        let (name, anchor) = target.split_once('#').map_or((target, None), |(name, anchor)| (name, Some(anchor)));
        let name = name.trim();
        if let (true, Some(anchor)) = (name.is_empty(), anchor) {
            self.names.anchor(self.own, lang, anchor, place)?;
            return Ok(Target::Anchor(anchor.into()));
        }
        match self.names.wiki(name, place)? {
            Named::Entity(id) => self.entity(id, anchor, lang, place),
            Named::Page(id) => self.page(id, anchor, lang, place),
        }
    }

    fn entity(&mut self, id: EntityId, anchor: Option<&str>, lang: Lang, place: &Place) -> Result<Target, Diagnostic> {
        let entity = &self.names.entities[id.index()];
        if !self.names.is_published(id) {
            let message = format!("\"{}\" is a draft, so there is no link to it yet", entity.id);
            return Err(Diagnostic::new(Code::LinkToDraft, place.clone(), message));
        }
        if let Some(anchor) = anchor {
            self.names.anchor(&entity.body, lang, anchor, place)?;
        }
        if let Some(from) = self.from.filter(|from| *from != id) {
            self.mentions.push((id, from));
        }
        Ok(Target::Entity(id, anchor.map(Into::into)))
    }

    fn page(&self, id: PageId, anchor: Option<&str>, lang: Lang, place: &Place) -> Result<Target, Diagnostic> {
        let page = &self.names.pages[id.0 as usize];
        if page.draft && !self.names.drafts {
            let message = format!("\"{}\" is a draft, so there is no link to it yet", page.path);
            return Err(Diagnostic::new(Code::LinkToDraft, place.clone(), message));
        }
        if let Some(anchor) = anchor {
            self.names.anchor(&page.body, lang, anchor, place)?;
        }
        Ok(Target::Page(id, anchor.map(Into::into)))
    }

    /// A link as Markdown has it: to a file, a heading, or a path of the published site.
    fn link(&mut self, lang: Lang, target: &str, place: &Place) -> Result<Target, Diagnostic> {
        let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        if file.is_empty() {
            return match anchor {
                Some(anchor) => {
                    self.names.anchor(self.own, lang, anchor, place).map(|()| Target::Anchor(anchor.into()))
                }
                None => Err(Diagnostic::new(Code::BrokenLink, place.clone(), "the link leads nowhere")
                    .hint("say where to, between ( and )")),
            };
        }
        let Some(path) = path::resolve(&place.path, file) else {
            let message = format!("\"{file}\" leads out of the content folder");
            return Err(Diagnostic::new(Code::OutsideContent, place.clone(), message)
                .hint("link to its address on the web, or move it into content/"));
        };
        if let Some(document) = self.names.document(&path) {
            return match &document.role {
                Role::Entity(of, id) => match self.names.find(*of, id) {
                    Some(id) => self.entity(id, anchor, lang, place),
                    None => Ok(Target::Nothing),
                },
                Role::List(of) => match anchor {
                    Some(id) => match self.names.find(*of, id) {
                        Some(id) => self.entity(id, None, lang, place),
                        None => Err(self.names.broken(*of, id, place)),
                    },
                    None => self.page(PageId::index_of(*of), None, lang, place),
                },
                Role::Index(of) => self.page(PageId::index_of(*of), anchor, lang, place),
                Role::Page(page) if page.is_empty() => self.page(PageId::HOME, anchor, lang, place),
                Role::Page(page) => match pages::find(self.names.pages, self.names.schema, page) {
                    Some(id) => self.page(id, anchor, lang, place),
                    None => Ok(Target::Nothing),
                },
                Role::Nothing => Ok(Target::Nothing),
            };
        }
        if let Ok(at) = self.names.assets.binary_search_by(|asset| (*asset.path).cmp(&path)) {
            return Ok(Target::Asset(self.names.assets[at].path.clone(), anchor.map(Into::into)));
        }
        if let Some(of) = self.names.schema.find(&path) {
            return self.page(PageId::index_of(of), anchor, lang, place);
        }
        if file.starts_with('/') {
            return Ok(Target::Path(target.into()));
        }
        Err(self.names.no_file(&path, place))
    }

    fn image(&self, src: &str, place: &Place) -> Result<Target, Diagnostic> {
        let Some(path) = path::resolve(&place.path, src) else {
            let message = format!("\"{src}\" leads out of the content folder");
            return Err(
                Diagnostic::new(Code::OutsideContent, place.clone(), message).hint("put the file into content/")
            );
        };
        match self.names.assets.binary_search_by(|asset| (*asset.path).cmp(&path)) {
            Ok(at) => Ok(Target::Asset(self.names.assets[at].path.clone(), None)),
            Err(_) if src.contains("://") => {
                let message =
                    String::from("an image comes from the site itself, so that nobody else learns who reads it");
                Err(Diagnostic::new(Code::MissingFile, place.clone(), message)
                    .hint("put the file beside this one and name it"))
            }
            Err(_) => {
                let near = path::nearest(&path, self.names.assets.iter().map(|asset| &*asset.path));
                let problem = Diagnostic::new(
                    Code::MissingFile,
                    place.clone(),
                    format!("there is no file \"{path}\" in content/"),
                );
                Err(problem.maybe_hint(near.map(|near| format!("did you mean \"/{near}\"?"))))
            }
        }
    }
}

impl<'a> Names<'a> {
    /// The document of a path below the content folder; of a folder, that of its page.
    fn document(&self, path: &str) -> Option<&Document> {
        let by_path = self.by_path.get_or_init(|| {
            let inner = |path: &'a str| path.strip_prefix(crate::source::CONTENT)?.strip_prefix('/');
            self.documents.iter().filter_map(|document| Some((inner(&document.source.path)?, document))).collect()
        });
        by_path.get(path).or_else(|| by_path.get(format!("{path}/_index.md").as_str())).copied()
    }

    fn no_file(&self, path: &str, place: &Place) -> Diagnostic {
        let documents = self.documents.iter().filter_map(|document| document.source.path.strip_prefix("content/"));
        let near = self.suggestion(|| {
            let near = path::nearest(path, documents.chain(self.assets.iter().map(|asset| &*asset.path)))?;
            Some(format!("did you mean \"/{near}\"?"))
        });
        let problem =
            Diagnostic::new(Code::BrokenLink, place.clone(), format!("there is no file \"{path}\" in content/"));
        problem.maybe_hint(near)
    }
}

/// The targets of all prose, in the order in which [`put_targets`] goes through it.
pub(super) struct Targets {
    entities: Vec<Vec<Box<[Target]>>>,
    pages: Vec<Vec<Box<[Target]>>>,
    links: Vec<Vec<Box<[Target]>>>,
}

/// The targets of the prose of one thing, who is mentioned by whom in it, and what was wrong.
type Found = (Vec<Box<[Target]>>, Vec<(EntityId, EntityId)>, Vec<Diagnostic>);

/// The targets, who mentions whom (first the one that is mentioned), and what was wrong.
pub(super) type Looked = (Targets, Vec<(EntityId, EntityId)>, Vec<Diagnostic>);

/// Looks up the links of all prose: of entities, of pages, and of the attributes of links.
pub(super) fn resolve_bodies(names: &Names<'_>, entities: &[Entity], pages: &[Page], links: &[Link]) -> Looked {
    let nothing = Localised::default();
    let look = |own: &Localised<Body>, from: Option<EntityId>, bodies: Vec<(Lang, &Body)>| {
        let mut looking = Looking { names, own, from, mentions: Vec::new(), problems: Vec::new() };
        let targets: Vec<Box<[Target]>> = bodies.into_iter().map(|(lang, body)| looking.body(lang, body)).collect();
        (targets, looking.mentions, looking.problems)
    };
    let of_entities = entities.par_iter().enumerate().map(|(at, entity)| {
        let id = EntityId(at as u32);
        let mut found = look(&entity.body, Some(id), bodies(entity).collect());
        if !names.is_published(id) {
            found.1.clear();
            found.2.clear();
        }
        found
    });
    let of_entities: Vec<_> = of_entities.collect();
    let of_pages: Vec<_> = pages.par_iter().map(|page| look(&page.body, None, page.body.iter().collect())).collect();
    let of_links: Vec<_> =
        links.par_iter().map(|link| look(&nothing, Some(link.from), attribute_bodies(link).collect())).collect();
    let mut mentions = Vec::new();
    let mut problems = Vec::new();
    let mut targets = |found: Vec<Found>| {
        found
            .into_iter()
            .map(|(targets, who, wrong)| {
                mentions.extend(who);
                problems.extend(wrong);
                targets
            })
            .collect()
    };
    let targets = Targets { entities: targets(of_entities), pages: targets(of_pages), links: targets(of_links) };
    (targets, mentions, problems)
}

/// Puts the targets into the prose that they belong to.
pub(super) fn put_targets(entities: &mut [Entity], pages: &mut [Page], links: &mut [Link], targets: Targets) {
    fn put<'a>(bodies: impl Iterator<Item = &'a mut Body>, targets: Vec<Box<[Target]>>) {
        for (body, targets) in bodies.zip(targets) {
            body.targets = targets;
        }
    }
    for (entity, targets) in entities.iter_mut().zip(targets.entities) {
        let prose = entity.body.iter_mut();
        let values = entity.values.iter_mut().flat_map(|(_, values)| values).flat_map(value_bodies_mut);
        put(prose.chain(values), targets);
    }
    for (page, targets) in pages.iter_mut().zip(targets.pages) {
        put(page.body.iter_mut(), targets);
    }
    for (link, targets) in links.iter_mut().zip(targets.links) {
        put(link.attributes.iter_mut().flat_map(|(_, value)| value_bodies_mut(value)), targets);
    }
}

/// All prose of an entity: its own, then that of its values.
pub(super) fn bodies(entity: &Entity) -> impl Iterator<Item = (Lang, &Body)> {
    entity.body.iter().chain(entity.values.iter().flat_map(|(_, values)| values).flat_map(value_bodies))
}

/// All prose of what is said of a link.
pub(super) fn attribute_bodies(link: &Link) -> impl Iterator<Item = (Lang, &Body)> {
    link.attributes.iter().flat_map(|(_, value)| value_bodies(value))
}

fn value_bodies(value: &FieldValue) -> impl Iterator<Item = (Lang, &Body)> {
    match value {
        FieldValue::Markdown(bodies) => Some(bodies.iter()),
        _ => None,
    }
    .into_iter()
    .flatten()
}

fn value_bodies_mut(value: &mut FieldValue) -> impl Iterator<Item = &mut Body> {
    match value {
        FieldValue::Markdown(bodies) => Some(bodies.iter_mut()),
        _ => None,
    }
    .into_iter()
    .flatten()
}
