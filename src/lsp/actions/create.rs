//! New files: the profile that a broken reference names, and the translation that is missing.

use super::action::Action;
use crate::diagnostics::Diagnostic;
use crate::edit::{self, FileChange, Wish};
use crate::locale::folded;
use crate::lsp::context::Context;
use crate::lsp::edits;
use crate::model::{Meaning, Target};
use crate::schema::{TypeId, is_id};

/// The number of types of which a new profile is offered.
const MOST_TYPES: usize = 5;

/// The actions that make the profile that a broken reference names.
pub(super) fn profiles(context: &Context<'_>, problem: &Diagnostic) -> Vec<Action> {
    let Some(file) = context.file(&problem.place.path) else { return Vec::new() };
    let text = file.text().get(problem.place.span.range()).unwrap_or_default();
    let here = context.ecosystem.at(&problem.place.path, problem.place.span.start as usize + 1);
    let schema = &context.ecosystem.schema;
    let name = text.trim_matches(['"', '\'', '[', ']', '!']).split(['|', '#']).next().unwrap_or_default().trim();
    let (of, name) = match name.split_once('/') {
        Some((of, name)) => (schema.find(of), name),
        None => (None, name),
    };
    let types: Vec<TypeId> = match (here.map(|here| here.meaning), of) {
        (Some(Meaning::Target(..) | Meaning::Link(..)), Some(of)) => vec![of],
        (Some(Meaning::Target(relation, _)), None) => schema.relation(relation).to.clone(),
        (Some(Meaning::Link(_, Target::Nothing)), None) => by_size(context),
        _ => Vec::new(),
    };
    let id = folded(name).split_whitespace().collect::<Vec<_>>().join("-");
    if !is_id(&id, false) {
        return Vec::new();
    }
    types.into_iter().take(MOST_TYPES).filter_map(|of| profile(context, of, &id, name)).collect()
}

/// The types that have pages, those with the most entities first; sources last.
fn by_size(context: &Context<'_>) -> Vec<TypeId> {
    let types = context.ecosystem.schema.types().filter(|(_, entity_type)| entity_type.pages);
    let mut types: Vec<_> =
        types.map(|(id, info)| (info.citation, usize::MAX - context.ecosystem.count(id), id)).collect();
    types.sort();
    types.into_iter().map(|(.., id)| id).collect()
}

/// The action that makes a profile, as `filiere add` does.
fn profile(context: &Context<'_>, of: TypeId, id: &str, title: &str) -> Option<Action> {
    let info = context.ecosystem.schema.get(of);
    let wish = Wish { entity_type: &info.id, title, id: Some(id), ..Wish::default() };
    let change = edit::add(context.checked, &wish).ok()?;
    let list = change.files.iter().find(|(_, file)| matches!(file, FileChange::Edit(_))).map(|(path, _)| path);
    let list = list.map(|path| format!(" in {path}")).unwrap_or_default();
    let name = info.name.text(context.lang).to_lowercase();
    let title = format!("Create \"{id}\" ({name}){list}");
    Some(Action { title, edits: edits::of_change(&change, &[]), is_preferred: false })
}

/// The action that adds what a translation lacks.
pub(super) fn translation(context: &Context<'_>, problem: &Diagnostic) -> Option<Action> {
    let lang = context.ecosystem.config.languages.find(problem.language.as_deref()?)?;
    let change = edit::translation(context.checked, &problem.place, lang)?;
    let path = change.files.keys().next()?;
    let title = format!("Create the translation {path}");
    Some(Action { title, edits: edits::of_change(&change, &[]), is_preferred: false })
}
