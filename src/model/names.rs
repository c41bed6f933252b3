//! What names mean: of entities, pages and files; and what somebody may have meant by one that means nothing.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::body::Body;
use super::pages::{self, Page};
use super::{Entity, EntityId, PageId, assemble, path};
use crate::config::Config;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::{Lang, Localised};
use crate::parse::Document;
use crate::schema::{RelationId, Schema, TypeId};
use crate::source::Asset;
use crate::text::Place;

/// Everything that has a name.
pub(super) struct Names<'a> {
    pub(super) config: &'a Config,
    pub(super) schema: &'a Schema,
    pub(super) entities: &'a [Entity],
    pub(super) by_type: &'a [Range<u32>],
    pub(super) pages: &'a [Page],
    pub(super) assets: &'a [Asset],
    pub(super) documents: &'a [Document],
    pub(super) drafts: bool,
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
pub(super) enum Named {
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
    pub(super) fn all(&self, id: &str) -> &[EntityId] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn find(&self, entity_type: TypeId, id: &str) -> Option<EntityId> {
        let range = &self.by_type[usize::from(entity_type.0)];
        self.all(id).iter().copied().find(|found| range.contains(&found.0))
    }

    pub(super) fn ids(&self, entity_type: TypeId) -> impl Iterator<Item = &'a str> + Clone {
        let range = &self.by_type[usize::from(entity_type.0)];
        self.entities[range.start as usize..range.end as usize].iter().map(|entity| &*entity.id)
    }

    /// What one entity of a type is called, in English if the schema says so.
    pub(super) fn type_name(&self, entity_type: TypeId) -> String {
        self.schema.name_in_messages(entity_type, &self.config.languages)
    }

    pub(super) fn type_and_id(&self, name: &str) -> Option<(TypeId, Option<EntityId>)> {
        let (entity_type, id) = name.split_once('/')?;
        let entity_type = self.schema.find(entity_type)?;
        Some((entity_type, self.find(entity_type, id)))
    }

    /// The entity that a relation names.
    pub(super) fn reference(&self, relation: RelationId, name: &str, place: &Place) -> Result<EntityId, Diagnostic> {
        let relation = self.schema.relation(relation);
        let problem = |code, message: String| Diagnostic::new(code, place.clone(), message);
        let allowed = || relation.to.iter().map(|entity_type| &*self.schema.get(*entity_type).id);
        if let Some((entity_type, found)) = self.type_and_id(name) {
            if !relation.to.contains(&entity_type) {
                let message = format!("\"{}\" does not lead to \"{}\"", relation.id, self.schema.get(entity_type).id);
                return Err(problem(Code::WrongTargetType, message)
                    .hint(format!("it leads to {}", diagnostics::list(allowed()))));
            }
            let id = name.split_once('/').map_or(name, |(_, id)| id);
            return found.ok_or_else(|| self.unknown(&[entity_type], id, place));
        }
        let found: Vec<EntityId> = relation.to.iter().filter_map(|entity_type| self.find(*entity_type, name)).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => match self.all(name).first() {
                Some(id) if !relation.to.is_empty() => {
                    let entity_type = self.entities[id.index()].entity_type;
                    let message = format!(
                        "\"{name}\" is {} {}",
                        article(&self.type_name(entity_type)),
                        self.type_name(entity_type)
                    );
                    let problem = problem(Code::WrongTargetType, message);
                    Err(problem.hint(format!("\"{}\" leads to {}", relation.id, diagnostics::list(allowed()))))
                }
                _ => Err(self.unknown(&relation.to, name, place)),
            },
            several => Err(self.ambiguous(several, name, place)),
        }
    }

    pub(super) fn unknown(&self, types: &[TypeId], name: &str, place: &Place) -> Diagnostic {
        let what: Vec<String> = types.iter().map(|entity_type| self.type_name(*entity_type)).collect();
        let what = if what.is_empty() { String::from("entity") } else { what.join(" or ") };
        let message = format!("no {what} has the id \"{name}\"");
        let hint = self.suggestion(|| {
            let ids = types.iter().flat_map(|entity_type| self.ids(*entity_type));
            diagnostics::did_you_mean(name, ids).or_else(|| self.by_title(types, name))
        });
        Diagnostic::new(Code::UnknownReference, place.clone(), message).maybe_hint(hint)
    }

    /// A link in prose to an entity that is not there.
    pub(super) fn broken(&self, entity_type: TypeId, name: &str, place: &Place) -> Diagnostic {
        Diagnostic { code: Code::BrokenLink, ..self.unknown(&[entity_type], name, place) }
    }

    /// Somebody wrote the name in place of the id.
    pub(super) fn by_title(&self, types: &[TypeId], name: &str) -> Option<String> {
        let folded = assemble::folded(name);
        let mut entities = types.iter().flat_map(|entity_type| {
            let range = &self.by_type[usize::from(entity_type.0)];
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

    pub(super) fn ambiguous(&self, found: &[EntityId], name: &str, place: &Place) -> Diagnostic {
        let full: Vec<String> = found
            .iter()
            .map(|id| &self.entities[id.index()])
            .map(|e| format!("{}/{}", self.schema.get(e.entity_type).id, e.id))
            .collect();
        let message = format!("\"{name}\" exists in several types");
        let hint = format!("write {}", diagnostics::list(full.iter().map(|name| &**name)));
        Diagnostic::new(Code::AmbiguousReference, place.clone(), message).hint(hint)
    }

    /// The entity or page that a wikilink names.
    pub(super) fn wiki(&self, name: &str, place: &Place) -> Result<Named, Diagnostic> {
        let index = || self.schema.find(name).map(PageId::index_of);
        let page = pages::find(self.pages, self.schema, name).or_else(index).map(Named::Page);
        if let Some((entity_type, found)) = self.type_and_id(name) {
            let id = name.split_once('/').map_or(name, |(_, id)| id);
            return found.map(Named::Entity).or(page).ok_or_else(|| self.broken(entity_type, id, place));
        }
        match (self.all(name), page) {
            ([one], _) => Ok(Named::Entity(*one)),
            ([], Some(page)) => Ok(page),
            ([], None) => {
                let types: Vec<TypeId> = self.schema.types().map(|(entity_type, _)| entity_type).collect();
                let message = format!("nothing has the id \"{name}\"");
                let hint = self.suggestion(|| {
                    let pages = self.pages.iter().map(|page| &*page.path);
                    let ids = types.iter().flat_map(|entity_type| self.ids(*entity_type)).chain(pages);
                    diagnostics::did_you_mean(name, ids).or_else(|| self.by_title(&types, name))
                });
                Err(Diagnostic::new(Code::BrokenLink, place.clone(), message).maybe_hint(hint))
            }
            (several, _) => Err(self.ambiguous(several, name, place)),
        }
    }

    /// Checks that a heading exists in what readers of a language see.
    pub(super) fn anchor(
        &self,
        body: &Localised<Body>,
        lang: Lang,
        anchor: &str,
        place: &Place,
    ) -> Result<(), Diagnostic> {
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

    /// The document of a path below the content folder; of a folder, that of its page.
    pub(super) fn document(&self, path: &str) -> Option<&Document> {
        let by_path = self.by_path.get_or_init(|| {
            let inner = |path: &'a str| path.strip_prefix(crate::source::CONTENT)?.strip_prefix('/');
            self.documents.iter().filter_map(|document| Some((inner(&document.source.path)?, document))).collect()
        });
        by_path.get(path).or_else(|| by_path.get(format!("{path}/_index.md").as_str())).copied()
    }

    pub(super) fn no_file(&self, path: &str, place: &Place) -> Diagnostic {
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

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'è']) { "an" } else { "a" }
}
