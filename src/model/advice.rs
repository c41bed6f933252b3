//! Warnings about content that is valid but incomplete: missing translations, relations, sources or image texts, and
//! verifications that are old, missing or in the future.

use rayon::prelude::*;

use super::ecosystem::Ecosystem;
use super::entity::Entity;
use super::ids::EntityId;
use super::page::Page;
use super::today::Today;
use super::value::FieldValue;
use crate::config;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::Lang;
use crate::schema::{Type, TypeId};

/// The number of entities that a warning about a type names.
const MOST_NAMES: usize = 5;

/// All warnings that need the whole model.
pub(super) fn advice(ecosystem: &Ecosystem, today: Today) -> Vec<Diagnostic> {
    let ids: Vec<EntityId> = ecosystem.published().collect();
    let mut advice: Vec<Diagnostic> =
        ids.into_par_iter().flat_map_iter(|id| about_entity(ecosystem, id, today)).collect();
    advice.extend(never_verified(ecosystem, today));
    advice.extend(ecosystem.published_pages().flat_map(|(_, page)| about_page(ecosystem, page)));
    advice
}

fn about_entity(ecosystem: &Ecosystem, id: EntityId, today: Today) -> Vec<Diagnostic> {
    let entity = ecosystem.entity(id);
    let entity_type = ecosystem.schema.get(entity.entity_type);
    let mut advice = untranslated(ecosystem, entity);
    // Without a relation in the schema, an editor could not relate the entity to anything.
    let can_relate =
        ecosystem.schema.relations_of(entity.entity_type).next().is_some() || !entity_type.inverses.is_empty();
    if can_relate && ecosystem.outgoing.of(id).is_empty() && ecosystem.incoming.of(id).is_empty() {
        let message = format!("\"{}\" is not related to any other entity", entity.id);
        advice.push(
            Diagnostic::new(Code::NoRelations, entity.place.clone(), message)
                .hint("name another entity in one of its relations, or name it in a relation of another entity"),
        );
    }
    advice.extend(unsourced(ecosystem, id));
    advice.extend(stale(ecosystem, entity, today));
    advice.extend(verified_in_future(entity, today));
    advice.extend(images_without_text(entity));
    advice
}

fn untranslated(ecosystem: &Ecosystem, entity: &Entity) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for lang in ecosystem.config.languages.all().skip(1) {
        let missing = entity.untranslated(lang);
        if !missing.is_empty() {
            let tag = ecosystem.config.languages.tag(lang);
            let message = format!("\"{}\" has no {} in \"{tag}\"", entity.id, missing.join(" and no "));
            let hint = translation_hint(entity, tag, &missing);
            advice.push(
                Diagnostic::new(Code::MissingTranslation, entity.place.clone(), message).hint(hint).language(tag),
            );
        }
    }
    advice
}

/// A warning if the schema has a relation to sources and the entity cites none. Sources themselves need no source.
fn unsourced(ecosystem: &Ecosystem, id: EntityId) -> Option<Diagnostic> {
    let entity = ecosystem.entity(id);
    if ecosystem.schema.get(entity.entity_type).citation {
        return None;
    }
    let relation = ecosystem.schema.source_relation(entity.entity_type)?;
    let is_citation = |at: &u32| ecosystem.schema.relation(ecosystem.links[*at as usize].relation).citation;
    if ecosystem.outgoing.of(id).iter().any(is_citation) {
        return None;
    }
    let message = format!("\"{}\" has no source for its facts", entity.id);
    let hint = format!("add: {} = [{{ to = \"id-of-the-source\", at = \"page\" }}]", relation.id);
    Some(Diagnostic::new(Code::NoSource, entity.place.clone(), message).hint(hint))
}

fn translation_hint(entity: &Entity, tag: &str, missing: &[&str]) -> String {
    let original = entity.files.exactly(Lang::DEFAULT).map_or("", |path| path);
    let inline = !missing.contains(&"prose") && (original.ends_with(".toml") || missing == ["title"]);
    if inline {
        return format!("add the translation: {} = {{ …, {tag} = \"…\" }}", missing[0]);
    }
    let folder = original.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("write it in {folder}/{}.{tag}.md", entity.id)
}

fn stale(ecosystem: &Ecosystem, entity: &Entity, today: Today) -> Option<Diagnostic> {
    let (verified, place) = entity.verified.as_ref()?;
    let limit = ecosystem.schema.get(entity.entity_type).stale_after.or(ecosystem.config.stale_after)?;
    let oldest = today.date().checked_sub(limit).ok()?;
    (verified.first_day() < oldest).then(|| {
        let message = format!("\"{}\" was last verified on {verified}", entity.id);
        Diagnostic::new(Code::Stale, place.clone(), message)
            .hint(format!("check its facts, then set verified = {today}"))
    })
}

/// A warning about a verification after the day of the compilation. The day after it is allowed, because of time zones.
fn verified_in_future(entity: &Entity, today: Today) -> Option<Diagnostic> {
    let (verified, place) = entity.verified.as_ref()?;
    let tomorrow = today.date().tomorrow().ok()?;
    (verified.first_day() > tomorrow).then(|| {
        let message = format!("\"{}\" was verified on {verified}, which is in the future", entity.id);
        Diagnostic::new(Code::FutureDate, place.clone(), message).hint("write the day on which its facts were checked")
    })
}

/// Warnings about entities that were never verified although `stale_after` applies to them. There is one for each type
/// that has an age of its own or some verified entities. A site without any verified entity gets one warning in all.
fn never_verified(ecosystem: &Ecosystem, today: Today) -> Vec<Diagnostic> {
    let is_verified = |id: EntityId| ecosystem.entity(id).verified.is_some();
    let is_used = |id: TypeId, entity_type: &Type| {
        entity_type.stale_after.is_some()
            || (ecosystem.config.stale_after.is_some() && ecosystem.of_type(id).any(is_verified))
    };
    let used: Vec<TypeId> =
        ecosystem.schema.types().filter(|(id, entity_type)| is_used(*id, entity_type)).map(|(id, _)| id).collect();
    let has_entities = ecosystem.published().next().is_some();
    if used.is_empty() && has_entities && ecosystem.config.stale_after.is_some() {
        let message = "\"stale_after\" has no effect, because no entity has a date of verification";
        let problem = Diagnostic::about_file(Code::NeverVerified, config::FILE, message);
        return vec![problem.hint(format!("check the facts of an entity, and add verified = {today}"))];
    }
    used.into_iter().filter_map(|id| never_verified_of_type(ecosystem, id, today)).collect()
}

fn never_verified_of_type(ecosystem: &Ecosystem, id: TypeId, today: Today) -> Option<Diagnostic> {
    let entity_type = ecosystem.schema.get(id);
    let unverified = || ecosystem.of_type(id).map(|id| ecosystem.entity(id)).filter(|entity| entity.verified.is_none());
    let (count, all) = (unverified().count(), ecosystem.count(id));
    if count == 0 {
        return None;
    }
    let first: Vec<&str> = unverified().take(MOST_NAMES).map(|entity| &*entity.id).collect();
    let which = if count > first.len() { "; the first ones are" } else { ":" };
    let message = format!("{count} of {all} entities of \"{}\" have no date of verification", entity_type.id);
    let hint = format!("check their facts, and add verified = {today} to each{which} {}", diagnostics::list_all(first));
    Some(Diagnostic::new(Code::NeverVerified, entity_type.place.clone(), message).hint(hint))
}

fn images_without_text(entity: &Entity) -> impl Iterator<Item = Diagnostic> {
    let values = entity.values.iter().flat_map(|values| &values.values).flat_map(FieldValue::images);
    entity.image.iter().chain(values).filter(|image| image.alt.is_empty()).map(|image| {
        let message = format!("the image \"{}\" has no alternative text for readers who can't see it", image.src);
        let hint = format!("write {} = {{ src = \"…\", alt = \"what it shows\" }}", image.key);
        Diagnostic::new(Code::MissingAlt, image.place.clone(), message).hint(hint)
    })
}

fn about_page(ecosystem: &Ecosystem, page: &Page) -> Vec<Diagnostic> {
    let langs = ecosystem.config.languages.all().skip(1).filter(|lang| !page.is_translated(*lang));
    langs
        .map(|lang| {
            let tag = ecosystem.config.languages.tag(lang);
            let message = format!("the page has no {} in \"{tag}\"", page.untranslated(lang).join(" and no "));
            let original = page
                .files
                .exactly(Lang::DEFAULT)
                .map_or("", |path| path)
                .trim_end_matches(".md")
                .trim_end_matches(".toml");
            Diagnostic::new(Code::MissingTranslation, page.place.clone(), message)
                .hint(format!("write it in {original}.{tag}.md"))
                .language(tag)
        })
        .collect()
}
