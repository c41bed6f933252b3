//! Reads entities: facts, relations and translations.

use super::assemble::{EntityGroup, Part};
use super::context::Context;
use super::statements::{Statement, statements};
use super::values;
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Lang, LocalText, Localised};
use crate::model::body::Body;
use crate::model::entity::Entity;
use crate::model::value::FieldValues;
use crate::parse::Role;
use crate::reader::Reader;
use crate::schema::{COMMON_KEYS, Field, Member, Relation, Type};
use crate::table::{Data, Entry, Value};
use crate::text::{Place, Span, is_hidden};
use crate::values::{Date, Image, ImageKind, Source, ValueKind};

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
            image: None,
            draft: false,
            updated: None,
            verified: None,
            redirects: Vec::new(),
            values: Vec::new(),
            body: Localised::default(),
            files: Localised::default(),
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
    let is_syntax = |problem: &Diagnostic| {
        matches!(problem.code, Code::TomlSyntax | Code::NoFrontMatter | Code::UnclosedFrontMatter)
    };
    problem.code == Code::MissingField && part.document.problems.iter().any(is_syntax)
}

fn original(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    reading: &mut Reading,
    entity_type: &Type,
    part: &Part<'_>,
) {
    for entry in &part.front.entries {
        if COMMON_KEYS.contains(&&*entry.key) {
            common(context, reader, &mut reading.entity, entry);
        } else {
            match member(context, entity_type, &entry.key) {
                Some(Member::Field(index)) => {
                    let (values, spans) = values::read(context, reader, &entity_type.fields[index], &entry.value);
                    if !values.is_empty() {
                        reading.entity.values.push(FieldValues { field: index, values, spans: spans.into() });
                    }
                }
                Some(Member::Relation(id)) => statements(context, reader, &mut reading.statements, id, entry),
                None => unknown_key(context, reader, entity_type, entry),
            }
        }
    }
    check_required(context, reader, &reading.entity, entity_type, part);
}

/// Reports required keys that are missing or empty.
fn check_required(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    entity: &Entity,
    entity_type: &Type,
    part: &Part<'_>,
) {
    let here = Span { end: part.place.span.end.max(part.place.span.start), ..part.place.span };
    if part.front.get("title").is_none() {
        let problem = reader.problem(Code::MissingField, here, format!("\"{}\" needs \"title\"", entity.id));
        reader.report(problem.hint("add: title = \"The name as readers know it\""));
    }
    for (at, field) in entity_type.fields.iter().enumerate().filter(|(_, field)| field.required) {
        match part.front.get(&field.id) {
            None => missing(context, reader, here, entity, &field.id, &field.help),
            Some(value) if is_empty(value) => missing(context, reader, value.span, entity, &field.id, &field.help),
            Some(value) => {
                // A field without values was given an invalid one, which has been reported already.
                let values = entity.values.iter().find(|values| values.field == at);
                if values.is_some_and(|values| !values.values.iter().any(|value| !value.is_blank())) {
                    missing(context, reader, value.span, entity, &field.id, &field.help);
                }
            }
        }
    }
    for relation in entity_type.members.iter().filter_map(|member| relation_of(context, member)) {
        let value = part.front.get(&relation.id);
        if relation.required && value.is_none_or(is_empty) {
            let span = value.map_or(here, |value| value.span);
            missing(context, reader, span, entity, &relation.id, &relation.help);
        }
    }
}

fn is_empty(value: &Value) -> bool {
    matches!(&value.data, Data::Array(items) if items.is_empty())
}

fn missing(context: &Context<'_>, reader: &mut Reader<'_>, span: Span, entity: &Entity, key: &str, help: &LocalText) {
    let name = context.schema.name_in_messages(entity.entity_type, &context.config.languages);
    let message = format!("\"{}\" needs \"{key}\", which is required for every {name}", entity.id);
    let help = help.text(Lang::DEFAULT);
    let hint = if help.is_empty() { format!("add: {key} = …") } else { help.to_owned() };
    reader.report(reader.problem(Code::MissingField, span, message).hint(hint));
}

fn member(context: &Context<'_>, entity_type: &Type, key: &str) -> Option<Member> {
    entity_type.members.iter().copied().find(|member| match member {
        Member::Field(index) => &*entity_type.fields[*index].id == key,
        Member::Relation(id) => &*context.schema.relation(*id).id == key,
    })
}

fn relation_of<'a>(context: &Context<'a>, member: &Member) -> Option<&'a Relation> {
    match member {
        Member::Relation(id) => Some(context.schema.relation(*id)),
        Member::Field(_) => None,
    }
}

fn unknown_key(context: &Context<'_>, reader: &mut Reader<'_>, entity_type: &Type, entry: &Entry) {
    let inverse = entity_type
        .inverses
        .iter()
        .map(|id| context.schema.relation(*id))
        .find(|relation| relation.inverse == entry.key);
    if let Some(relation) = inverse {
        let owner = &context.schema.get(relation.owner).id;
        let message = format!("\"{}\" is an inverse, which is filled in from the other entity", entry.key);
        let problem = reader.problem(Code::UnknownKey, entry.key_span, message);
        reader.report(problem.hint(format!(
            "name this entity in \"{}\" of one of the {owner} instead: the pages of both show the relation",
            relation.id
        )));
        return;
    }
    let ids = entity_type.members.iter().map(|member| match member {
        Member::Field(index) => &*entity_type.fields[*index].id,
        Member::Relation(id) => &*context.schema.relation(*id).id,
    });
    let keys: Vec<&str> = COMMON_KEYS.iter().copied().chain(ids).collect();
    reader.unknown_key(entry, &format!("the type \"{}\"", entity_type.id), keys.iter().copied());
}

/// Reads a key that every entity may have.
fn common(context: &Context<'_>, reader: &mut Reader<'_>, entity: &mut Entity, entry: &Entry) {
    let value = &entry.value;
    match &*entry.key {
        "title" => entity.title = title(reader, value),
        "summary" => entity.summary = reader.localised(value).unwrap_or_default(),
        "aliases" => entity.aliases = aliases(reader, value),
        "image" => entity.image = image(context, reader, value),
        "draft" => entity.draft = reader.boolean(value).unwrap_or_default(),
        "updated" => entity.updated = Date::read(reader, value),
        "verified" => entity.verified = Date::read(reader, value).map(|date| (date, reader.source.place(value.span))),
        "redirects" => entity.redirects = redirects(reader, value),
        _ => {}
    }
}

/// The picture of an entity.
fn image(context: &Context<'_>, reader: &mut Reader<'_>, value: &Value) -> Option<Image> {
    let help = LocalText::default();
    ImageKind.read(&mut Source { reader, host: context, id: "image", help: &help }, value)
}

/// A title: a text that is not empty.
pub(in crate::model) fn title(reader: &mut Reader<'_>, value: &Value) -> LocalText {
    let title = reader.localised(value).unwrap_or_default();
    if title.iter().any(|(_, text)| text.trim().is_empty()) {
        reader.report(reader.problem(Code::MissingField, value.span, "the title is empty"));
    }
    for (_, text) in title.iter() {
        hidden(reader, text, value);
    }
    title
}

/// The title in a translation.
pub(in crate::model) fn translated_title(reader: &mut Reader<'_>, value: &Value) -> Option<Box<str>> {
    let title = reader.text(value)?;
    hidden(reader, &title, value);
    Some(title)
}

/// Reports a character that nobody sees in a name.
fn hidden(reader: &mut Reader<'_>, text: &str, value: &Value) {
    if let Some(char) = text.chars().find(|char| is_hidden(*char)) {
        let message = format!("the name contains the invisible character U+{:04X}", u32::from(char));
        let problem = reader.problem(Code::HiddenCharacter, value.span, message);
        reader.report(problem.hint("delete the name and write it again"));
    }
}

/// Other names: a list, or lists by language.
fn aliases(reader: &mut Reader<'_>, value: &Value) -> Localised<Vec<Box<str>>> {
    let names = |value: &Value, reader: &mut Reader<'_>| alias_list(reader, value);
    let Data::Table(table) = &value.data else { return Localised::only_default(names(value, reader)) };
    let mut aliases = Localised::default();
    for entry in &table.entries {
        if let Some(lang) = reader.language(entry) {
            aliases.set(lang, names(&entry.value, reader));
        }
    }
    aliases
}

fn alias_list(reader: &mut Reader<'_>, value: &Value) -> Vec<Box<str>> {
    let names: Vec<Box<str>> = reader.texts(value).into_iter().map(|(text, _)| text).collect();
    for name in &names {
        hidden(reader, name, value);
    }
    names
}

/// Former paths of an entity or page on this site.
pub(in crate::model) fn redirects(reader: &mut Reader<'_>, value: &Value) -> Vec<(Box<str>, Place)> {
    let mut redirects = Vec::new();
    for (text, span) in reader.texts(value) {
        let problem = |message: String| reader.problem(Code::BadRedirect, span, message);
        if !is_old_path(&text) {
            let problem = problem(format!("\"{text}\" is not a path of this site"));
            reader.report(problem.hint("write an old path such as \"/entreprises/novadip/\""));
        } else if let Some(sign) = text.chars().find(|char| RULE_SIGNS.contains(char)) {
            let problem = problem(format!("\"{text}\" would be a rule for many paths, because it contains \"{sign}\""));
            reader.report(problem.hint("write each old path in full"));
        } else {
            redirects.push((text, reader.source.place(span)));
        }
    }
    redirects
}

/// The signs that make a line of `_redirects` a rule for many paths: `*` matches anything, and `:name` a part of a
/// path. Sources: the documentation of redirects of Netlify and of Cloudflare Pages.
const RULE_SIGNS: [char; 2] = ['*', ':'];

/// Whether a text is a path of this site, other than its root, that can be written into a line of `_redirects`.
fn is_old_path(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('/') else { return false };
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let is_forbidden = |char: char| char.is_control() || char.is_whitespace() || "?#%<>\"'\\".contains(char);
    inner.split('/').all(|part| !matches!(part, "" | "." | "..")) && !inner.contains(is_forbidden)
}

/// Reads a translation. It may hold texts only; facts belong in the original.
fn translation(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    entity: &mut Entity,
    entity_type: &Type,
    part: &Part<'_>,
) {
    for entry in &part.front.entries {
        let value = &entry.value;
        match (&*entry.key, member(context, entity_type, &entry.key)) {
            ("title", _) => put(&mut entity.title, part.lang, translated_title(reader, value)),
            ("summary", _) => put(&mut entity.summary, part.lang, reader.text(value)),
            ("aliases", _) => {
                let names = alias_list(reader, value);
                entity.aliases.set(part.lang, names);
            }
            ("image", _) => image_alt(reader, entity, part.lang, value),
            (_, Some(Member::Field(index))) if entity_type.fields[index].kind.is_text() => {
                translated_field(context, reader, entity, (index, &entity_type.fields[index]), part.lang, value);
            }
            (key, member) if member.is_some() || COMMON_KEYS.contains(&key) => {
                let message = format!("\"{key}\" is a fact, which can't be in a translation");
                let problem = reader.problem(Code::FactsInTranslation, entry.key_span, message);
                let original = entity.files.exactly(Lang::DEFAULT).map_or("the original", |path| path);
                reader.report(problem.hint(format!(
                    "facts are in the original, once for all languages: move it to {original}, or delete it"
                )));
            }
            _ => unknown_key(context, reader, entity_type, entry),
        }
    }
}

fn put<T>(values: &mut Localised<T>, lang: Lang, value: Option<T>) {
    if let Some(value) = value {
        values.set(lang, value);
    }
}

fn image_alt(reader: &mut Reader<'_>, entity: &mut Entity, lang: Lang, value: &Value) {
    let Some(table) = reader.table(value) else { return };
    for entry in &table.entries {
        if &*entry.key == "alt" {
            let alt = reader.text(&entry.value);
            if let (Some(image), Some(alt)) = (&mut entity.image, alt) {
                image.alt.set(lang, alt);
            }
        } else {
            let problem = reader.problem(
                Code::FactsInTranslation,
                entry.key_span,
                "a translation can only change the image's \"alt\"",
            );
            reader.report(problem);
        }
    }
}

fn translated_field(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    entity: &mut Entity,
    (index, field): (usize, &Field),
    lang: Lang,
    value: &Value,
) {
    let items: Vec<&Value> = match &value.data {
        Data::Array(items) if field.many => items.iter().collect(),
        _ => vec![value],
    };
    let values = entity.values.iter_mut().find(|values| values.field == index);
    let values = values.map(|values| &mut values.values);
    let Some(values) = values.filter(|values| values.len() == items.len()) else {
        let message = format!("\"{}\" has another number of values in the original", field.id);
        reader.report(
            reader
                .problem(Code::WrongType, value.span, message)
                .hint("translate the values one by one, in their order"),
        );
        return;
    };
    for (value, item) in values.iter_mut().zip(items) {
        value.translate(&mut values::source(context, reader, field), lang, item);
    }
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
