//! Resolves the links of prose, and records which entities mention which.

use rayon::prelude::*;

use super::names::{LookupError, Named, Names};
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Lang, Localised};
use crate::model::body::{Body, Target};
use crate::model::entity::Entity;
use crate::model::ids::{EntityId, PageId};
use crate::model::link::Link;
use crate::model::page::{self, Page};
use crate::model::path;
use crate::model::value::{FieldValue, FieldValues};
use crate::parse::{Role, SlotKind};
use crate::stop::{Stop, Stopped};
use crate::text::Place;

/// The lookup of the links in the prose of one entity, page or link.
struct Lookup<'a, 'n> {
    names: &'a Names<'n>,
    /// The prose whose headings links such as `#heading` lead to.
    own: &'a Localised<Body>,
    from: Option<EntityId>,
    mentions: Vec<(EntityId, EntityId)>,
    errors: Vec<LookupError>,
}

impl Lookup<'_, '_> {
    fn body(&mut self, lang: Lang, body: &Body) -> Box<[Target]> {
        let mut is_broken = false;
        body.prose
            .slots
            .iter()
            .map(|slot| {
                let place = Place { path: body.path.clone(), span: slot.span };
                let result = match &slot.kind {
                    SlotKind::LinkOpen { target, .. } => self.link(lang, target, &place),
                    SlotKind::LinkClose if is_broken => Ok(Target::Nothing),
                    // An empty anchor marks the end of a link that is not broken.
                    SlotKind::LinkClose => return Target::Anchor("".into()),
                    SlotKind::Wiki { target, .. } | SlotKind::Embed { target, .. } => self.wiki(lang, target, &place),
                    SlotKind::Image { src, .. } => self.image(src, &place),
                };
                let target = result.unwrap_or_else(|error| {
                    self.errors.push(error);
                    Target::Nothing
                });
                if matches!(slot.kind, SlotKind::LinkOpen { .. }) {
                    is_broken = target == Target::Nothing;
                }
                target
            })
            .collect()
    }

    fn wiki(&mut self, lang: Lang, target: &str, place: &Place) -> Result<Target, LookupError> {
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

    fn entity(&mut self, id: EntityId, anchor: Option<&str>, lang: Lang, place: &Place) -> Result<Target, LookupError> {
        let entity = &self.names.entities[id.index()];
        if !self.names.is_published(id) {
            let message = format!("\"{}\" is a draft, so there is no link to it yet", entity.id);
            return Err(Diagnostic::new(Code::LinkToDraft, place.clone(), message).into());
        }
        if let Some(anchor) = anchor {
            self.names.anchor(&entity.body, lang, anchor, place)?;
        }
        if let Some(from) = self.from.filter(|from| *from != id) {
            self.mentions.push((id, from));
        }
        Ok(Target::Entity(id, anchor.map(Into::into)))
    }

    fn page(&self, id: PageId, anchor: Option<&str>, lang: Lang, place: &Place) -> Result<Target, LookupError> {
        let page = &self.names.pages[id.0 as usize];
        if page.draft && !self.names.drafts {
            let message = format!("\"{}\" is a draft, so there is no link to it yet", page.path);
            return Err(Diagnostic::new(Code::LinkToDraft, place.clone(), message).into());
        }
        if let Some(anchor) = anchor {
            self.names.anchor(&page.body, lang, anchor, place)?;
        }
        Ok(Target::Page(id, anchor.map(Into::into)))
    }

    /// A Markdown link: to a file, a heading, or a path of the published site.
    fn link(&mut self, lang: Lang, target: &str, place: &Place) -> Result<Target, LookupError> {
        let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        if file.is_empty() {
            return match anchor {
                Some(anchor) => {
                    self.names.anchor(self.own, lang, anchor, place).map(|()| Target::Anchor(anchor.into()))
                }
                None => Err(Diagnostic::new(Code::BrokenLink, place.clone(), "the link has no target")
                    .hint("write the target between ( and )")
                    .into()),
            };
        }
        let Some(path) = path::resolve(&place.path, file) else {
            let message = format!("\"{file}\" leads out of the content folder");
            return Err(Diagnostic::new(Code::OutsideContent, place.clone(), message)
                .hint("link to its address on the web, or move it into content/")
                .into());
        };
        if let Some(document) = self.names.document(&path) {
            return self.document(&document.role, anchor, lang, place);
        }
        if let Some(asset) = self.names.asset(&path) {
            return Ok(Target::Asset(asset.path.clone(), anchor.map(Into::into)));
        }
        if let Some(entity_type) = self.names.schema.find(&path) {
            return self.page(PageId::index_of(entity_type), anchor, lang, place);
        }
        if file.starts_with('/') {
            return Ok(Target::Path(target.into()));
        }
        Err(self.names.no_file(&path, place))
    }

    /// A link to a document of this role. In a list, the anchor is the id of an entity.
    fn document(
        &mut self,
        role: &Role,
        anchor: Option<&str>,
        lang: Lang,
        place: &Place,
    ) -> Result<Target, LookupError> {
        match role {
            Role::Entity(entity_type, id) => match self.names.find(*entity_type, id) {
                Some(id) => self.entity(id, anchor, lang, place),
                None => Ok(Target::Nothing),
            },
            Role::List(entity_type) => match anchor {
                Some(id) => match self.names.find(*entity_type, id) {
                    Some(id) => self.entity(id, None, lang, place),
                    None => Err(self.names.broken(*entity_type, id, place)),
                },
                None => self.page(PageId::index_of(*entity_type), None, lang, place),
            },
            Role::Index(entity_type) => self.page(PageId::index_of(*entity_type), anchor, lang, place),
            Role::Page(page) if page.is_empty() => self.page(PageId::HOME, anchor, lang, place),
            Role::Page(page) => match page::find(self.names.pages, self.names.schema, page) {
                Some(id) => self.page(id, anchor, lang, place),
                None => Ok(Target::Nothing),
            },
            Role::Nothing => Ok(Target::Nothing),
        }
    }

    fn image(&self, src: &str, place: &Place) -> Result<Target, LookupError> {
        let Some(path) = path::resolve(&place.path, src) else {
            let message = format!("\"{src}\" leads out of the content folder");
            let problem = Diagnostic::new(Code::OutsideContent, place.clone(), message);
            return Err(problem.hint("put the file into content/").into());
        };
        match self.names.asset(&path) {
            Some(asset) => Ok(Target::Asset(asset.path.clone(), None)),
            None if src.contains("://") => {
                let message =
                    String::from("the image is on another site, whose server would learn who reads this page");
                Err(Diagnostic::new(Code::MissingFile, place.clone(), message)
                    .hint("save the image beside this file, and write the name of the image")
                    .into())
            }
            None => Err(self.names.no_asset(path, place)),
        }
    }
}

/// The targets of all prose, in the order in which [`put_targets`] visits the prose.
pub(in crate::model) struct Targets {
    entities: Vec<Vec<Box<[Target]>>>,
    pages: Vec<Vec<Box<[Target]>>>,
    links: Vec<Vec<Box<[Target]>>>,
}

/// The result for one entity, page or link: targets, pairs of (mentioned, mentioning), and errors.
type Resolved = (Vec<Box<[Target]>>, Vec<(EntityId, EntityId)>, Vec<LookupError>);

/// The result for all prose: targets, pairs of (mentioned, mentioning), and errors.
pub(in crate::model) type AllResolved = (Targets, Vec<(EntityId, EntityId)>, Vec<LookupError>);

/// Looks up the links of all prose: of entities, of pages, and of the attributes of links.
///
/// # Errors
/// The work was stopped.
pub(in crate::model) fn resolve_bodies(
    names: &Names<'_>,
    entities: &[Entity],
    pages: &[Page],
    links: &[Link],
    stop: &Stop,
) -> Result<AllResolved, Stopped> {
    let no_body = Localised::default();
    let look_up = |own: &Localised<Body>, from: Option<EntityId>, bodies: Vec<(Lang, &Body)>| {
        if stop.is_stopped() {
            return None;
        }
        let mut lookup = Lookup { names, own, from, mentions: Vec::new(), errors: Vec::new() };
        let targets: Vec<Box<[Target]>> = bodies.into_iter().map(|(lang, body)| lookup.body(lang, body)).collect();
        Some((targets, lookup.mentions, lookup.errors))
    };
    let of_entities = entities.par_iter().enumerate().map(|(at, entity)| {
        let id = EntityId(at as u32);
        let (targets, mut mentions, mut errors) = look_up(&entity.body, Some(id), entity.bodies().collect())?;
        if !names.is_published(id) {
            mentions.clear();
            errors.clear();
        }
        Some((targets, mentions, errors))
    });
    // Collecting options keeps the order of the entities without a search for the first error.
    let of_entities: Vec<Option<Resolved>> = of_entities.collect();
    let of_pages = pages.par_iter().map(|page| look_up(&page.body, None, page.body.iter().collect()));
    let of_pages: Vec<Option<Resolved>> = of_pages.collect();
    let of_links = links.par_iter().map(|link| look_up(&no_body, Some(link.from), link.bodies().collect()));
    let of_links: Vec<Option<Resolved>> = of_links.collect();
    let mut all_mentions = Vec::new();
    let mut all_errors = Vec::new();
    let mut targets = |resolved: Vec<Option<Resolved>>| {
        let targets = resolved.into_iter().map(|resolved| {
            let (targets, mentions, errors) = resolved.ok_or(Stopped)?;
            all_mentions.extend(mentions);
            all_errors.extend(errors);
            Ok(targets)
        });
        targets.collect::<Result<Vec<_>, Stopped>>()
    };
    let targets = Targets { entities: targets(of_entities)?, pages: targets(of_pages)?, links: targets(of_links)? };
    Ok((targets, all_mentions, all_errors))
}

/// Puts the targets into the prose that they belong to.
pub(in crate::model) fn put_targets(entities: &mut [Entity], pages: &mut [Page], links: &mut [Link], targets: Targets) {
    fn put<'a>(bodies: impl Iterator<Item = &'a mut Body>, targets: Vec<Box<[Target]>>) {
        for (body, targets) in bodies.zip(targets) {
            body.targets = targets;
        }
    }
    for (entity, targets) in entities.iter_mut().zip(targets.entities) {
        let prose = entity.body.iter_mut();
        put(prose.chain(entity.values.iter_mut().flat_map(FieldValues::bodies_mut)), targets);
    }
    for (page, targets) in pages.iter_mut().zip(targets.pages) {
        put(page.body.iter_mut(), targets);
    }
    for (link, targets) in links.iter_mut().zip(targets.links) {
        put(link.attributes.iter_mut().flat_map(|attribute| FieldValue::prose_mut(&mut attribute.value)), targets);
    }
}
