//! Looks up entities, pages and files by name.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::config::Config;
use crate::diagnostics::{self, Change, Code, Diagnostic};
use crate::locale::{Lang, Localised};
use crate::model::assets::AssetsByNfc;
use crate::model::body::Body;
use crate::model::entity::Entity;
use crate::model::ids::{EntityId, PageId};
use crate::model::page::{self, Page};
use crate::parse::{Document, Prose};
use crate::schema::{RelationId, Schema, TypeId};
use crate::source::Asset;
use crate::text::{Place, nfc};

/// All entities, pages and files that can be named.
pub(in crate::model) struct Names<'a> {
    pub(in crate::model) config: &'a Config,
    pub(in crate::model) schema: &'a Schema,
    pub(in crate::model) entities: &'a [Arc<Entity>],
    pub(in crate::model) by_type: &'a [Range<u32>],
    pub(in crate::model) pages: &'a [Page],
    pub(in crate::model) assets: &'a [Asset],
    pub(in crate::model) documents: &'a [Document],
    pub(in crate::model) drafts: bool,
    /// The entities of each id, in the order of their types.
    by_id: HashMap<&'a str, Vec<EntityId>>,
    /// The documents by their path; built when the first link names a file.
    by_path: OnceLock<HashMap<Cow<'a, str>, &'a Document>>,
    assets_by_nfc: AssetsByNfc,
}

/// Why a name could not be resolved.
#[derive(Debug, Clone)]
pub(in crate::model) struct LookupError {
    pub(in crate::model) diagnostic: Diagnostic,
    /// The name, if nothing has it; then a similar name can be suggested.
    pub(in crate::model) unknown: Option<UnknownName>,
}

/// A name that nothing has.
#[derive(Debug, Clone)]
pub(in crate::model) enum UnknownName {
    /// Of an entity of one of these types.
    Entity(Vec<TypeId>, Box<str>),
    /// Of any entity or page.
    Anything(Box<str>),
    /// The path of a file below the content folder.
    File(Box<str>),
    /// The path of a file below the content folder that is published as it is.
    Asset(Box<str>),
    /// Of a heading of this prose.
    Anchor(Arc<Prose>, Box<str>),
}

impl From<Diagnostic> for LookupError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, unknown: None }
    }
}

/// The target of a wikilink.
#[derive(Clone, Copy)]
pub(in crate::model) enum Named {
    Entity(EntityId),
    Page(PageId),
}

impl<'a> Names<'a> {
    #[allow(clippy::too_many_arguments)]
    pub(in crate::model) fn new(
        config: &'a Config,
        schema: &'a Schema,
        entities: &'a [Arc<Entity>],
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
        let by_path = OnceLock::new();
        let assets_by_nfc = AssetsByNfc::new(assets);
        Self { config, schema, entities, by_type, pages, assets, documents, drafts, by_id, by_path, assets_by_nfc }
    }

    pub(in crate::model) fn is_published(&self, id: EntityId) -> bool {
        self.drafts || !self.entities[id.index()].draft
    }

    pub(in crate::model) fn is_symmetric(&self, relation: RelationId) -> bool {
        self.schema.relation(relation).symmetric
    }

    /// All entities with this id, in the order of their types.
    pub(in crate::model) fn all(&self, id: &str) -> &[EntityId] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    pub(in crate::model) fn find(&self, entity_type: TypeId, id: &str) -> Option<EntityId> {
        let range = &self.by_type[entity_type.index()];
        self.all(id).iter().copied().find(|id| range.contains(&id.0))
    }

    /// The entities of a type, in the order of their ids.
    pub(in crate::model) fn of_type(&self, entity_type: TypeId) -> &'a [Arc<Entity>] {
        let range = &self.by_type[entity_type.index()];
        &self.entities[range.start as usize..range.end as usize]
    }

    pub(in crate::model) fn ids(&self, entity_type: TypeId) -> impl Iterator<Item = &'a str> + Clone {
        self.of_type(entity_type).iter().map(|entity| &*entity.id)
    }

    /// The name of a type in the singular, in English if the schema has it.
    pub(in crate::model) fn type_name(&self, entity_type: TypeId) -> String {
        self.schema.name_in_messages(entity_type, &self.config.languages)
    }

    pub(in crate::model) fn type_and_id(&self, name: &str) -> Option<(TypeId, Option<EntityId>)> {
        let (entity_type, id) = name.split_once('/')?;
        let entity_type = self.schema.find(entity_type)?;
        Some((entity_type, self.find(entity_type, id)))
    }

    /// The entity that a relation names.
    pub(in crate::model) fn reference(
        &self,
        relation: RelationId,
        name: &str,
        place: &Place,
    ) -> Result<EntityId, LookupError> {
        let relation = self.schema.relation(relation);
        let problem = |code, message: String| Diagnostic::new(code, place.clone(), message);
        let allowed = || relation.to.iter().map(|entity_type| &*self.schema.get(*entity_type).id);
        if let Some((entity_type, entity)) = self.type_and_id(name) {
            if !relation.to.contains(&entity_type) {
                let message =
                    format!("the relation \"{}\" can't lead to \"{}\"", relation.id, self.schema.get(entity_type).id);
                let hint = format!("it leads to {}", diagnostics::list(allowed()));
                return Err(problem(Code::WrongTargetType, message).hint(hint).into());
            }
            let id = name.split_once('/').map_or(name, |(_, id)| id);
            return entity.ok_or_else(|| self.unknown(&[entity_type], id, place));
        }
        let candidates: Vec<EntityId> =
            relation.to.iter().filter_map(|entity_type| self.find(*entity_type, name)).collect();
        match candidates.as_slice() {
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
                    Err(problem.hint(format!("\"{}\" leads to {}", relation.id, diagnostics::list(allowed()))).into())
                }
                _ => Err(self.unknown(&relation.to, name, place)),
            },
            several => Err(self.ambiguous(several, name, place).into()),
        }
    }

    fn unknown(&self, types: &[TypeId], name: &str, place: &Place) -> LookupError {
        let what: Vec<String> = types.iter().map(|entity_type| self.type_name(*entity_type)).collect();
        let what = if what.is_empty() { String::from("entity") } else { what.join(" or ") };
        let message = format!("no {what} has the id \"{name}\"");
        LookupError {
            diagnostic: Diagnostic::new(Code::UnknownReference, place.clone(), message),
            unknown: Some(UnknownName::Entity(types.to_vec(), name.into())),
        }
    }

    /// The error for a link in prose to an entity that does not exist.
    pub(in crate::model) fn broken(&self, entity_type: TypeId, name: &str, place: &Place) -> LookupError {
        let mut error = self.unknown(&[entity_type], name, place);
        error.diagnostic.code = Code::BrokenLink;
        error
    }

    pub(in crate::model) fn ambiguous(&self, candidates: &[EntityId], name: &str, place: &Place) -> Diagnostic {
        let full: Vec<String> = candidates
            .iter()
            .map(|id| &self.entities[id.index()])
            .map(|e| format!("{}/{}", self.schema.get(e.entity_type).id, e.id))
            .collect();
        let message = format!("entities of several types have the id \"{name}\"");
        let hint = format!("write {}", diagnostics::list(full.iter().map(|name| &**name)));
        let problem = Diagnostic::new(Code::AmbiguousReference, place.clone(), message).hint(hint);
        full.iter().fold(problem, |problem, full| {
            let change = Change::Name { from: name.into(), to: full.as_str().into() };
            problem.fix(format!("Write \"{full}\""), change)
        })
    }

    /// The entity or page that a wikilink names.
    pub(in crate::model) fn wiki(&self, name: &str, place: &Place) -> Result<Named, LookupError> {
        let index = || self.schema.find(name).map(PageId::index_of);
        let page = page::find(self.pages, self.schema, name).or_else(index).map(Named::Page);
        if let Some((entity_type, entity)) = self.type_and_id(name) {
            let id = name.split_once('/').map_or(name, |(_, id)| id);
            return entity.map(Named::Entity).or(page).ok_or_else(|| self.broken(entity_type, id, place));
        }
        match (self.all(name), page) {
            ([one], _) => Ok(Named::Entity(*one)),
            ([], Some(page)) => Ok(page),
            ([], None) => {
                let message = format!("no entity has the id \"{name}\"");
                let diagnostic = Diagnostic::new(Code::BrokenLink, place.clone(), message);
                Err(LookupError { diagnostic, unknown: Some(UnknownName::Anything(name.into())) })
            }
            (several, _) => Err(self.ambiguous(several, name, place).into()),
        }
    }

    /// Checks that a heading exists in the text that readers of a language get.
    pub(in crate::model) fn anchor(
        &self,
        body: &Localised<Body>,
        lang: Lang,
        anchor: &str,
        place: &Place,
    ) -> Result<(), LookupError> {
        let prose = body.best(lang).map(|(_, body)| &body.prose);
        if prose.is_some_and(|prose| prose.has_anchor(anchor)) {
            return Ok(());
        }
        let message = format!("there is no heading with the anchor \"#{anchor}\"");
        let diagnostic = Diagnostic::new(Code::BrokenAnchor, place.clone(), message);
        let unknown = prose.map(|prose| UnknownName::Anchor(prose.clone(), anchor.into()));
        Err(LookupError { diagnostic, unknown })
    }

    /// The file at a path below the content folder that is published as it is. Whether accents are separate characters
    /// makes no difference: file systems and keyboards do not agree.
    pub(in crate::model) fn asset(&self, path: &str) -> Option<&'a Asset> {
        self.assets_by_nfc.find(self.assets, path)
    }

    /// The document at a path below the content folder. The path of a folder leads to its `_index.md`.
    pub(in crate::model) fn document(&self, path: &str) -> Option<&Document> {
        let by_path = self.by_path.get_or_init(|| {
            let inner = |path: &'a str| path.strip_prefix(crate::source::CONTENT)?.strip_prefix('/');
            let nfc = |document: &'a Document| Some((nfc(inner(&document.source.path)?), document));
            self.documents.iter().filter_map(nfc).collect()
        });
        let path = nfc(path);
        by_path.get(&path).or_else(|| by_path.get(format!("{path}/_index.md").as_str())).copied()
    }

    pub(in crate::model) fn no_asset(&self, path: String, place: &Place) -> LookupError {
        let message = format!("there is no file \"{path}\" in content/");
        let diagnostic = Diagnostic::new(Code::MissingFile, place.clone(), message);
        LookupError { diagnostic, unknown: Some(UnknownName::Asset(path.into())) }
    }

    pub(in crate::model) fn no_file(&self, path: &str, place: &Place) -> LookupError {
        let message = format!("there is no file \"{path}\" in content/");
        let diagnostic = Diagnostic::new(Code::BrokenLink, place.clone(), message);
        LookupError { diagnostic, unknown: Some(UnknownName::File(path.into())) }
    }
}

/// Takes the diagnostics about files that do not exist out of `problems`, so that they get suggestions with all others.
/// `missing` are these files, by the places of their diagnostics.
pub(in crate::model) fn about_files(
    problems: &mut Vec<Diagnostic>,
    missing: &HashMap<Place, Box<str>>,
) -> Vec<LookupError> {
    if missing.is_empty() {
        return Vec::new();
    }
    let path_of = |problem: &Diagnostic| {
        let is_missing = problem.code == Code::MissingFile;
        missing.get(&problem.place).filter(|_| is_missing).map(|path| UnknownName::Asset(path.clone()))
    };
    let about_files = problems.extract_if(.., |problem| path_of(problem).is_some());
    about_files.map(|diagnostic| LookupError { unknown: path_of(&diagnostic), diagnostic }).collect()
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'è']) { "an" } else { "a" }
}
