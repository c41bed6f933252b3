//! New files: the profile that a broken reference names, and the translation that is missing.

use super::action::Action;
use crate::diagnostics::Diagnostic;
use crate::locale::{Lang, folded};
use crate::lsp::context::Context;
use crate::lsp::edits::Edit;
use crate::model::{Meaning, Target};
use crate::schema::{Member, TypeId, is_id};
use crate::source::CONTENT;

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

/// The action that makes a profile: with its title and every required field, to be filled in.
fn profile(context: &Context<'_>, of: TypeId, id: &str, title: &str) -> Option<Action> {
    let schema = &context.ecosystem.schema;
    let info = schema.get(of);
    let mut facts = format!("title = \"{}\"\n", title.replace(['"', '\\'], ""));
    for member in &info.members {
        match member {
            Member::Field(at) if info.fields[*at].required => {
                facts += &format!("{} = {}\n", info.fields[*at].id, info.fields[*at].blank());
            }
            Member::Relation(id) if schema.relation(*id).required => {
                let blank = if schema.relation(*id).one { "\"\"" } else { "[]" };
                facts += &format!("{} = {blank}\n", schema.relation(*id).id);
            }
            _ => {}
        }
    }
    let list = format!("{CONTENT}/{}/_list.toml", info.id);
    let is_listed = context.checked.text(&list).filter(|_| only_lists(context, of, &list));
    let name = info.name.text(context.lang).to_lowercase();
    let (title, edit) = match is_listed {
        Some(source) => {
            let end = source.text.len();
            let gap = if source.text.is_empty() || source.text.ends_with("\n\n") { "" } else { "\n" };
            let gap = if source.text.ends_with('\n') { gap.to_owned() } else { format!("\n{gap}") };
            let span = crate::text::Span::new(end..end);
            (
                format!("Create \"{id}\" ({name}) in {list}"),
                Edit::Text { path: list, span, text: format!("{gap}[{id}]\n{facts}") },
            )
        }
        None => {
            let path = format!("{CONTENT}/{}/{id}.md", info.id);
            if context.checked.text(&path).is_some() {
                return None;
            }
            (format!("Create \"{id}\" ({name})"), Edit::Create { path, text: format!("+++\n{facts}+++\n") })
        }
    };
    Some(Action { title, edits: vec![edit], is_preferred: false })
}

/// Whether all entities of a type are in its list.
fn only_lists(context: &Context<'_>, of: TypeId, list: &str) -> bool {
    context.ecosystem.every(of).all(|(_, entity)| *entity.place.path == *list)
}

/// The action that adds what a translation lacks.
pub(super) fn translation(context: &Context<'_>, problem: &Diagnostic) -> Option<Action> {
    let lang = context.ecosystem.config.languages.find(problem.language.as_deref()?)?;
    let tag = context.ecosystem.config.languages.tag(lang);
    let file = context.file(&problem.place.path)?;
    let here = context.entities_in(&file).into_iter().find(|id| {
        let place = &context.ecosystem.entity(*id).place;
        place.span == problem.place.span && place.path == problem.place.path
    });
    let pages = || context.ecosystem.published_pages().map(|(_, page)| page);
    let (title, summary, body, files) = match here {
        Some(id) => {
            let entity = context.ecosystem.entity(id);
            (&entity.title, &entity.summary, &entity.body, &entity.files)
        }
        None => {
            let page = pages().find(|page| page.place == problem.place)?;
            (&page.title, &page.summary, &page.body, &page.files)
        }
    };
    // With a file or a list of the language, or texts by language in the original, it is clear where to write.
    let is_list = problem.place.path.ends_with("/_list.toml");
    if files.exactly(lang).is_some() || is_list {
        return None;
    }
    let lacks = |text: &crate::locale::LocalText| text.exactly(lang).is_none() && text.exactly(Lang::DEFAULT).is_some();
    let mut facts = String::new();
    if lacks(title) {
        facts += &format!("title = \"{}\"\n", quoted(title.text(Lang::DEFAULT)));
    }
    if lacks(summary) {
        facts += "summary = \"\"\n";
    }
    let prose = if body.exactly(Lang::DEFAULT).is_some() { "\n" } else { "" };
    let path = problem.place.path.strip_suffix(".md").or_else(|| problem.place.path.strip_suffix(".toml"))?;
    let path = format!("{path}.{tag}.md");
    if context.checked.text(&path).is_some() {
        return None;
    }
    let title = format!("Create the translation {path}");
    let edits = vec![Edit::Create { path, text: format!("+++\n{facts}+++\n{prose}") }];
    Some(Action { title, edits, is_preferred: false })
}

/// A text between quotation marks of TOML.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ")
}
