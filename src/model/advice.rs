//! Warnings about content that is valid but incomplete, where this depends on more than one entity: missing relations and sources,
//! types without verifications, and pages without translations.

use rayon::prelude::*;

use super::ecosystem::Ecosystem;
use super::ids::EntityId;
use super::page::Page;
use super::today::Today;
use crate::config;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::Lang;
use crate::schema::{Type, TypeId};

/// The number of entities that a warning about a type names.
const MOST_NAMES: usize = 5;

/// All warnings that need the whole model.
pub(super) fn advice(ecosystem: &Ecosystem, today: Today) -> Vec<Diagnostic> {
    let ids: Vec<EntityId> = ecosystem.published().collect();
    let mut advice: Vec<Diagnostic> = ids.into_par_iter().flat_map_iter(|id| about_entity(ecosystem, id)).collect();
    advice.extend(never_verified(ecosystem, today));
    advice.extend(ecosystem.published_pages().flat_map(|(_, page)| about_page(ecosystem, page)));
    advice
}

fn about_entity(ecosystem: &Ecosystem, id: EntityId) -> Vec<Diagnostic> {
    let of = ecosystem.type_of(id);
    // Without a relation in the schema, an editor could not relate the entity to anything.
    let can_relate =
        ecosystem.schema.relations_of(of).next().is_some() || !ecosystem.schema.get(of).inverses.is_empty();
    let mut advice = Vec::new();
    if can_relate && ecosystem.outgoing.of(id).is_empty() && ecosystem.incoming.of(id).is_empty() {
        let entity = ecosystem.entity(id);
        let message = format!("\"{}\" is not related to any other entity", entity.id);
        advice.push(
            Diagnostic::new(Code::NoRelations, entity.place.clone(), message)
                .hint("name another entity in one of its relations, or name it in a relation of another entity"),
        );
    }
    advice.extend(unsourced(ecosystem, id));
    advice
}

/// A warning if the schema has a relation to sources and the entity cites none. Sources themselves need no source.
fn unsourced(ecosystem: &Ecosystem, id: EntityId) -> Option<Diagnostic> {
    let of = ecosystem.type_of(id);
    if ecosystem.schema.get(of).citation {
        return None;
    }
    let relation = ecosystem.schema.source_relation(of)?;
    let is_citation = |at: &u32| ecosystem.schema.relation(ecosystem.links[*at as usize].relation).citation;
    if ecosystem.outgoing.of(id).iter().any(is_citation) {
        return None;
    }
    let entity = ecosystem.entity(id);
    let message = format!("\"{}\" has no source for its facts", entity.id);
    let hint = format!("add: {} = [{{ to = \"id-of-the-source\", at = \"page\" }}]", relation.id);
    Some(Diagnostic::new(Code::NoSource, entity.place.clone(), message).hint(hint))
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
