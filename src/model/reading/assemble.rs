//! Groups documents by the entity or page that they describe, and sorts the entities.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::Context;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::Lang;
use crate::parse::{Document, Prose, Role};
use crate::schema::{TypeId, is_id};
use crate::table::Table;
use crate::text::{Place, Span};

/// A document, or a table of a list, that describes an entity or a page in one language.
#[derive(Clone)]
pub(in crate::model) struct Part<'a> {
    pub document: &'a Document,
    pub lang: Lang,
    pub front: &'a Table,
    pub prose: Option<&'a Arc<Prose>>,
    /// The file's start, or the table's name in a list.
    pub place: Place,
}

/// All parts that describe an entity: the original first, then the translations.
pub(in crate::model) struct EntityGroup<'a> {
    pub entity_type: TypeId,
    pub id: &'a str,
    pub parts: Vec<Part<'a>>,
}

/// All parts that describe a page: the default language first.
pub(in crate::model) struct PageGroup<'a> {
    pub role: Role,
    pub parts: Vec<Part<'a>>,
}

pub(in crate::model) struct Groups<'a> {
    pub entities: Vec<EntityGroup<'a>>,
    pub pages: Vec<PageGroup<'a>>,
}

/// Groups documents by the entity or page that they describe. Duplicates and translations without an original are
/// reported and left out.
pub(in crate::model) fn groups<'a>(
    context: &Context<'_>,
    documents: &'a [Document],
    problems: &mut Vec<Diagnostic>,
) -> Groups<'a> {
    let mut entities: Vec<(TypeId, &'a str, Part<'a>)> = Vec::with_capacity(documents.len());
    let mut pages: BTreeMap<Role, Vec<Part<'a>>> = BTreeMap::new();
    for document in documents {
        // Problems in the file of a single entity or page are reported only if it is published, so they are kept for
        // later.
        if matches!(document.role, Role::List(_) | Role::Nothing) {
            problems.extend(document.problems.iter().cloned());
        }
        let start = document.source.place(Span::default());
        let whole = || Part {
            document,
            lang: document.lang,
            front: &document.front,
            prose: document.prose.as_ref(),
            place: start.clone(),
        };
        match &document.role {
            Role::Entity(entity_type, id) => entities.push((*entity_type, id, whole())),
            Role::List(entity_type) => {
                entities.extend(list(document, problems).map(|(id, part)| (*entity_type, id, part)))
            }
            role @ (Role::Index(_) | Role::Page(_)) => pages.entry(role.clone()).or_default().push(whole()),
            Role::Nothing => {}
        }
    }
    // The sort is stable: of two originals, the one whose path comes first is kept.
    entities.sort_by(|a, b| (a.0, a.1, a.2.lang).cmp(&(b.0, b.1, b.2.lang)));
    let mut grouped: Vec<EntityGroup<'a>> = Vec::with_capacity(entities.len());
    for (entity_type, id, part) in entities {
        match grouped.last_mut().filter(|group| group.entity_type == entity_type && group.id == id) {
            Some(group) => group.parts.push(part),
            None => grouped.push(EntityGroup { entity_type, id, parts: vec![part] }),
        }
    }
    keep_originals(context, &mut grouped, problems);
    let pages = pages
        .into_iter()
        .filter_map(|(role, mut parts)| {
            parts.sort_by_key(|part| part.lang);
            // Home and indexes exist without a file, so their texts may be in any single language.
            let optional = !matches!(&role, Role::Page(path) if !path.is_empty());
            let what = match &role {
                Role::Page(path) => format!("the page \"{path}\""),
                _ => String::from("this page"),
            };
            (one_per_language(context, &mut parts, &what, None, problems) || optional)
                .then_some(PageGroup { role, parts })
        })
        .collect();
    Groups { entities: grouped, pages }
}

fn list<'a>(document: &'a Document, problems: &mut Vec<Diagnostic>) -> impl Iterator<Item = (&'a str, Part<'a>)> {
    let mut parts = Vec::new();
    for entry in &document.front.entries {
        let place = document.source.place(entry.key_span);
        match entry.value.as_table() {
            None => {
                let message = format!(
                    "\"{}\" is {}, but in _list.toml each entity has a table of its own",
                    entry.key,
                    entry.value.data.name()
                );
                problems.push(
                    Diagnostic::new(Code::WrongType, place, message).hint("write [id-of-the-entity] above its facts"),
                );
            }
            Some(_) if !is_id(&entry.key, false) => {
                let message = format!("\"{}\" can't be an id", entry.key);
                problems.push(
                    Diagnostic::new(Code::BadId, place, message)
                        .hint("use only small letters without accents, digits and hyphens"),
                );
            }
            Some(front) => parts.push((&*entry.key, Part { document, lang: document.lang, front, prose: None, place })),
        }
    }
    parts.into_iter()
}

/// Drops entities without an original, and all parts of an entity but the first of each language.
fn keep_originals(context: &Context<'_>, groups: &mut Vec<EntityGroup<'_>>, problems: &mut Vec<Diagnostic>) {
    let is_original = |group: &EntityGroup<'_>| group.parts[0].lang == Lang::DEFAULT;
    let has_orphans = groups.iter().any(|group| !is_original(group));
    let originals = groups.iter().filter(|group| has_orphans && is_original(group));
    let originals: Vec<(TypeId, &str)> = originals.map(|group| (group.entity_type, group.id)).collect();
    let mut searches = 0;
    groups.retain_mut(|group| {
        // Nearly all of them.
        if is_original(group) && group.parts.iter().map(|part| part.lang).is_sorted_by(|one, other| one < other) {
            return true;
        }
        let what = format!("\"{}\" of \"{}\"", group.id, context.schema.get(group.entity_type).id);
        searches += usize::from(!is_original(group));
        let ids = originals.iter().filter(|(entity_type, _)| *entity_type == group.entity_type).map(|(_, id)| *id);
        let near =
            if is_original(group) || searches > MOST_SEARCHES { None } else { diagnostics::closest(group.id, ids) };
        one_per_language(context, &mut group.parts, &what, near, problems)
    });
}

/// The number of translations without an original for which a similar original is looked for. Each search looks at all
/// ids of the type.
const MOST_SEARCHES: usize = 100;

/// Drops all parts but the first of each language. `near` is the id of an original that resembles this one, if there is
/// none. Out: whether there is an original.
fn one_per_language(
    context: &Context<'_>,
    parts: &mut Vec<Part<'_>>,
    what: &str,
    near: Option<&str>,
    problems: &mut Vec<Diagnostic>,
) -> bool {
    let mut first: Vec<(Lang, Place)> = Vec::new();
    parts.retain(|part| match first.iter().find(|(lang, _)| *lang == part.lang) {
        Some((_, place)) => {
            let diagnostic = Diagnostic::new(Code::DuplicateId, part.place.clone(), format!("{what} exists twice"));
            problems.push(
                diagnostic
                    .note(place.clone(), "first declared here")
                    .hint("give one of them another id, or merge them"),
            );
            problems.extend(part.document.problems.iter().cloned());
            false
        }
        None => {
            first.push((part.lang, part.place.clone()));
            true
        }
    });
    let has_original = parts.first().is_some_and(|part| part.lang == Lang::DEFAULT);
    if !has_original && !what.starts_with("this") {
        for part in parts {
            problems.extend(part.document.problems.iter().cloned());
            let default = context.config.languages.tag(Lang::DEFAULT);
            let message = format!("{what} exists only as a translation, not in the default language, \"{default}\"");
            let original = part.place.path.replace(&format!(".{}.", context.config.languages.tag(part.lang)), ".");
            let diagnostic = Diagnostic::new(Code::OrphanTranslation, part.place.clone(), message);
            let hint = match near {
                Some(near) => format!("did you mean \"{near}\"? Then correct the name of this file"),
                None => format!("write {original}, or correct the name of this file"),
            };
            problems.push(diagnostic.hint(hint));
        }
    }
    has_original
}
