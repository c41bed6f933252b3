//! Suggestions for unknown names.
//!
//! In: the names that could not be resolved. Out: diagnostics, of which the first [`MOST_SUGGESTIONS`] have a
//! suggestion.

use std::sync::Arc;

use rayon::prelude::*;

use super::names::{LookupError, Names, UnknownName};
use crate::diagnostics::{self, Diagnostic, Hint};
use crate::locale::folded;
use crate::model::entity::Entity;
use crate::model::path;
use crate::schema::TypeId;
use crate::source::Asset;

/// The maximum number of unknown names that get a suggestion. Each suggestion compares a name with all others, so
/// without this cap the time would grow with the square of the number of names, for example when thousands of links
/// name an entity that was renamed.
const MOST_SUGGESTIONS: usize = 100;

/// The diagnostics of all lookups, in the order in which they are printed, with suggestions for the first unknown
/// names.
///
/// Lookups run in parallel, so the order of `errors` depends on the scheduling of threads. The diagnostics are sorted
/// first, so that the same names always get the suggestions.
pub(in crate::model) fn diagnostics(names: &Names<'_>, mut errors: Vec<LookupError>) -> Vec<Diagnostic> {
    errors.par_sort_by(|a, b| diagnostics::order(&a.diagnostic, &b.diagnostic));
    errors.dedup_by(|a, b| a.diagnostic == b.diagnostic);
    let unknown = errors.iter_mut().filter_map(|error| Some((&mut error.diagnostic, error.unknown.as_ref()?)));
    unknown.take(MOST_SUGGESTIONS).par_bridge().for_each(|(diagnostic, name)| {
        if let Some(hint) = suggestion(names, name) {
            diagnostic.add_hint(hint);
        }
    });
    errors.into_iter().map(|error| error.diagnostic).collect()
}

fn suggestion(names: &Names<'_>, unknown: &UnknownName) -> Option<Hint> {
    match unknown {
        UnknownName::Entity(types, name) => {
            let ids = types.iter().flat_map(|entity_type| names.ids(*entity_type));
            diagnostics::did_you_mean(name, ids).or_else(|| by_title(names, types, name))
        }
        UnknownName::Anything(name) => {
            let types: Vec<TypeId> = names.schema.types().map(|(entity_type, _)| entity_type).collect();
            // Home and the indexes have an empty path.
            let pages = names.pages.iter().map(|page| &*page.path).filter(|path| !path.is_empty());
            let ids = types.iter().flat_map(|entity_type| names.ids(*entity_type)).chain(pages);
            diagnostics::did_you_mean(name, ids).or_else(|| by_title(names, &types, name))
        }
        UnknownName::File(path) => {
            let documents = names.documents.iter().filter_map(|document| document.source.path.strip_prefix("content/"));
            let files = documents.chain(names.assets.iter().map(|asset| &*asset.path));
            path::nearest(path, files).map(|near| diagnostics::meant(path, &format!("/{near}")))
        }
        UnknownName::Asset(path) => {
            let near = path::nearest(path, names.assets.iter().map(|asset| &*asset.path));
            let meant = |near| diagnostics::meant(path, &format!("/{near}"));
            Some(near.map_or_else(|| files_beside(names, path).into(), meant))
        }
        UnknownName::Anchor(prose, anchor) => diagnostics::did_you_mean(anchor, prose.anchors()).or_else(|| {
            let has_anchors = !prose.headings.is_empty();
            has_anchors
                .then(|| format!("the anchors on that page are {}", diagnostics::list_all(prose.anchors())).into())
        }),
    }
}

/// The number of files that a hint names.
const MOST_FILES: usize = 5;

/// The files in the folder of a file that does not exist.
fn files_beside(names: &Names<'_>, path: &str) -> String {
    let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
    let in_folder = |asset: &&Asset| asset.path.strip_prefix(folder).is_some_and(|name| !name.contains('/'));
    let first = names.assets.partition_point(|asset| &*asset.path < folder);
    let beside = || names.assets[first..].iter().take_while(|asset| asset.path.starts_with(folder)).filter(in_folder);
    let files: Vec<&str> = beside().take(MOST_FILES).map(|asset| &asset.path[folder.len()..]).collect();
    match (files.is_empty(), beside().nth(MOST_FILES)) {
        (true, _) => format!("put the file into content/{folder}"),
        (_, None) => format!("the files in content/{folder} are {}", diagnostics::list_all(files)),
        (_, Some(_)) => format!("the first files in content/{folder} are {}", diagnostics::list_all(files)),
    }
}

/// The entity whose title or alias was written in place of its id.
fn by_title(names: &Names<'_>, types: &[TypeId], written: &str) -> Option<Hint> {
    let name = folded(written);
    let is_named = |entity: &&Arc<Entity>| {
        let titles = entity.title.iter().map(|(_, title)| title);
        let aliases = entity.aliases.iter().flat_map(|(_, aliases)| aliases);
        titles.chain(aliases).any(|other| folded(other) == name)
    };
    let mut entities = types.iter().flat_map(|entity_type| names.of_type(*entity_type));
    entities.find(is_named).map(|entity| diagnostics::meant(written, &entity.id))
}
