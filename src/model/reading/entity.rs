//! Reads entities: facts, relations and translations.

use super::assemble::{EntityGroup, Part};
use super::attributes::field_values;
use super::common::common;
use super::context::Context;
use super::extra::{extra, is_extra};
use super::members::{member, unknown_key};
use super::misplaced::misplaced;
use super::required::check_required;
use super::statements::{Statement, statements};
use super::translation::translation;
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Lang, LocalText, Localised};
use crate::model::body::Body;
use crate::model::entity::Entity;
use crate::parse::Role;
use crate::reader::Reader;
use crate::schema::{COMMON_KEYS, Member, Type};
use crate::values::Frame;

/// An entity as it is read from its files, before the targets of its relations are looked up.
pub(in crate::model) struct Reading {
    pub entity: Entity,
    pub statements: Vec<Statement>,
    pub problems: Vec<Diagnostic>,
}

/// Reads an entity.
pub(in crate::model) fn read(context: &Context<'_>, group: &EntityGroup<'_>) -> Reading {
    let entity_type = context.schema.get(group.entity_type);
    let mut reading = Reading {
        entity: Entity {
            entity_type: group.entity_type,
            id: group.id.into(),
            place: group.parts[0].place.clone(),
            title: LocalText::default(),
            summary: LocalText::default(),
            aliases: Localised::default(),
            keywords: Localised::default(),
            image: None,
            frame: Frame::default(),
            draft: false,
            updated: None,
            verified: None,
            redirects: Vec::new(),
            values: Vec::new(),
            extra: Vec::new(),
            body: Localised::default(),
            files: Localised::default(),
            translated_on: Localised::default(),
            translated: 0,
        },
        statements: Vec::new(),
        problems: Vec::new(),
    };
    for part in &group.parts {
        let mut reader = Reader::new(&part.document.source, &context.config.languages);
        if part.lang == Lang::DEFAULT {
            original(context, &mut reader, &mut reading, entity_type, part);
        } else {
            translation(context, &mut reader, &mut reading.entity, entity_type, part);
        }
        if !entity_type.pages {
            page_needed(&mut reader, entity_type, part);
        }
        if let Some(prose) = part.prose {
            reading.entity.body.set(part.lang, Body::unresolved(&part.document.source.path, prose.clone()));
        }
        reading.entity.files.set(part.lang, part.document.source.path.clone());
        if !matches!(part.document.role, Role::List(_)) {
            reading.problems.extend(part.document.problems.iter().cloned());
        }
        reading.problems.extend(reader.problems.into_iter().filter(|problem| !follows_from_syntax(part, problem)));
    }
    reading.entity.values.sort_by_key(|values| values.field);
    reading.entity.translated = translated(context, &reading.entity);
    reading
}

/// Whether a key seems to be missing only because the front matter has a syntax error.
fn follows_from_syntax(part: &Part<'_>, problem: &Diagnostic) -> bool {
    let hides_content = |problem: &Diagnostic| problem.code.hides_content();
    problem.code == Code::MissingField && part.document.problems.iter().any(hides_content)
}

/// Reports what a profile of a type without pages can't have.
fn page_needed(reader: &mut Reader<'_>, entity_type: &Type, part: &Part<'_>) {
    let redirects = part.front.entry("redirects").map(|entry| (entry.key_span, "redirects", "delete them"));
    let hint = "move it into \"summary\" or into a field of the kind markdown";
    let prose = part.prose.map(|_| (part.place.span, "prose", hint));
    for (span, what, hint) in redirects.into_iter().chain(prose) {
        let message = format!("a profile of \"{}\" has no page that could have {what}", entity_type.id);
        let hint = format!("{hint}, or delete pages = false in _type.toml");
        reader.report(reader.problem(Code::PageNeeded, span, message).hint(hint));
    }
}

fn original(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    reading: &mut Reading,
    entity_type: &Type,
    part: &Part<'_>,
) {
    let what = format!("in the folder of \"{}\"", entity_type.id);
    let is_own = |key: &str| member(context, entity_type, key).is_some();
    if let Some(problem) = misplaced(context, part.front, &part.place, &what, is_own) {
        reader.report(problem);
        return;
    }
    for entry in &part.front.entries {
        if COMMON_KEYS.contains(&&*entry.key) {
            common(context, reader, &mut reading.entity, entry);
        } else {
            match member(context, entity_type, &entry.key) {
                Some(Member::Field(index)) => {
                    let values = field_values(context, reader, index, &entity_type.fields[index], &entry.value);
                    reading.entity.values.extend(values);
                }
                Some(Member::Relation(id)) => statements(context, reader, &mut reading.statements, id, entry),
                None if is_extra(context, entity_type, entry) => {
                    reading.entity.extra.push(extra(context, reader, entity_type, entry));
                }
                None => unknown_key(context, reader, entity_type, entry),
            }
        }
    }
    check_required(context, reader, &reading.entity, entity_type, part);
}

/// The languages that have every text of the default language, as a bit set.
fn translated(context: &Context<'_>, entity: &Entity) -> u64 {
    let mut bits = 1;
    for lang in context.config.languages.all().skip(1) {
        if entity.untranslated(lang).is_empty() {
            bits |= 1 << lang.0;
        }
    }
    bits
}
