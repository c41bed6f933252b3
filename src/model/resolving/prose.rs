//! Resolves the links of prose, and records which entities mention which.

use std::sync::Arc;

use super::names::{LookupError, Named, Names};
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Lang, Localised};
use crate::model::body::{Body, Target};
use crate::model::ids::{EntityId, PageId};
use crate::model::page;
use crate::model::path;
use crate::parse::{Role, SlotKind};
use crate::text::Place;

/// What is noticed while names are looked up.
#[derive(Debug, Clone, Default)]
pub(in crate::model) struct Noticed {
    /// The entities that prose mentions.
    pub(in crate::model) mentions: Vec<EntityId>,
    /// The paths of the site that prose leads to, with the places of the links.
    pub(in crate::model) addresses: Vec<(Box<str>, Place)>,
    /// The paths of the pictures that are shown, with their places.
    pub(in crate::model) pictures: Vec<(Arc<str>, Place)>,
    /// The names that could not be found.
    pub(in crate::model) errors: Vec<LookupError>,
}

/// The lookup of the links in the prose of one entity, page or link.
struct Lookup<'a, 'n> {
    names: &'a Names<'n>,
    /// The prose whose headings links such as `#heading` lead to.
    own: &'a Localised<Body>,
    from: Option<EntityId>,
    noticed: &'a mut Noticed,
}

impl Lookup<'_, '_> {
    fn body(&mut self, lang: Lang, body: &Body) -> Box<[Target]> {
        let mut is_broken = false;
        body.prose
            .slots
            .iter()
            .map(|slot| {
                let place = || Place { path: body.path.clone(), span: slot.span };
                let result = match &slot.kind {
                    SlotKind::LinkOpen { target, .. } => self.link(lang, target, &place()),
                    SlotKind::LinkClose if is_broken => Ok(Target::Nothing),
                    // An empty anchor marks the end of a link that is not broken.
                    SlotKind::LinkClose => return Target::Anchor("".into()),
                    SlotKind::Wiki { target, .. } | SlotKind::Embed { target, .. } => self.wiki(lang, target, &place()),
                    SlotKind::Image { src, .. } => self.image(src, &place()),
                };
                let target = result.unwrap_or_else(|error| {
                    self.noticed.errors.push(error);
                    Target::Nothing
                });
                match (&slot.kind, &target) {
                    (SlotKind::LinkOpen { .. }, _) => is_broken = target == Target::Nothing,
                    (SlotKind::Image { .. }, Target::Asset(path, _)) => {
                        self.noticed.pictures.push((path.clone(), place()))
                    }
                    _ => {}
                }
                if let Target::Path(path) = &target {
                    self.noticed.addresses.push((path.clone(), place()));
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
        if self.from.is_some_and(|from| from != id) {
            self.noticed.mentions.push(id);
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

/// Looks up the links of prose. `own` is the prose whose headings links such as `#heading` lead to, `from` the entity that it
/// is about. Out: the targets of each body's slots.
pub(in crate::model) fn look_up<'b>(
    names: &Names<'_>,
    own: &Localised<Body>,
    from: Option<EntityId>,
    bodies: impl Iterator<Item = (Lang, &'b Body)>,
    noticed: &mut Noticed,
) -> Vec<Box<[Target]>> {
    let mut lookup = Lookup { names, own, from, noticed };
    bodies.map(|(lang, body)| lookup.body(lang, body)).collect()
}

/// Puts the targets into the prose that they belong to.
pub(in crate::model) fn put<'b>(bodies: impl Iterator<Item = &'b mut Body>, targets: Vec<Box<[Target]>>) {
    for (body, targets) in bodies.zip(targets) {
        body.targets = targets;
    }
}
