//! What is different about entities.

use serde_json::Value as Json;

use super::matching::{Matching, name};
use super::shapes::{AddressChange, Changed, EntityChange, FieldChange, Kind, RelationChange, TextChange};
use super::values;
use crate::compile::Checked;
use crate::locale::{Lang, LocalText};
use crate::model::{Ecosystem, Entity, EntityId, FieldValue, Link};
use crate::parse;
use crate::schema::{Field, RelationId};
use crate::site::{self, RouteKind};

/// Both states of a site.
pub(super) struct Sides<'a> {
    pub before: &'a Checked,
    pub after: &'a Checked,
    pub matching: &'a Matching,
    pub lang: Lang,
}

/// The differences of all entities, by type and id.
pub(super) fn changes(sides: &Sides<'_>) -> Vec<EntityChange> {
    let (old, new) = (&sides.before.ecosystem, &sides.after.ecosystem);
    let mut changes = Vec::new();
    for id in new.published() {
        match sides.matching.before.get(&id) {
            None => changes.push(alone(sides, new, id, Kind::Added)),
            Some(before) => changes.extend(both(sides, *before, id)),
        }
    }
    let gone = old.published().filter(|id| !sides.matching.after.contains_key(id));
    changes.extend(gone.map(|id| alone(sides, old, id, Kind::Removed)));
    changes.sort_by(|a, b| a.entity.cmp(&b.entity));
    changes
}

fn empty(sides: &Sides<'_>, ecosystem: &Ecosystem, id: EntityId, change: Kind) -> EntityChange {
    let entity = ecosystem.entity(id);
    let title = values::by_language(ecosystem, &entity.title);
    EntityChange::new(change, name(ecosystem, id), title, entity.title.text(sides.lang))
}

/// An entity that only one state has.
fn alone(sides: &Sides<'_>, ecosystem: &Ecosystem, id: EntityId, kind: Kind) -> EntityChange {
    let mut change = empty(sides, ecosystem, id, kind);
    if kind == Kind::Removed && ecosystem.has_page(id) {
        let languages = &ecosystem.config.languages;
        change.addresses = languages
            .all()
            .map(|lang| {
                let old = site::entity_path(ecosystem, id, lang);
                AddressChange {
                    lang: languages.tag(lang).to_owned(),
                    redirected: redirects(sides, &old),
                    old,
                    new: None,
                }
            })
            .collect();
    }
    change
}

/// An entity that both states have; `None` if nothing is different.
fn both(sides: &Sides<'_>, before: EntityId, after: EntityId) -> Option<EntityChange> {
    let (old, new) = (&sides.before.ecosystem, &sides.after.ecosystem);
    let (was, is) = (name(old, before), name(new, after));
    let kind = if was == is { Kind::Changed } else { Kind::Renamed };
    let mut change = empty(sides, new, after, kind);
    change.was = (was != is).then_some(was);
    fields(sides, before, after, &mut change);
    let own_texts = change.texts.len();
    texts(sides, old.entity(before), new.entity(after), &mut change);
    change.texts.rotate_left(own_texts);
    change.relations = relations(sides, before, after);
    let (from, to) = (|lang| site::entity_path(old, before, lang), |lang| site::entity_path(new, after, lang));
    change.addresses = addresses(sides, from, to);
    change.behind = behind(sides, new.entity(after), &change.texts);
    let is_same = change.fields.is_empty() && change.texts.is_empty() && change.relations.is_empty();
    (kind == Kind::Renamed || !is_same || !change.addresses.is_empty()).then_some(change)
}

/// Whether an address redirects after the change.
fn redirects(sides: &Sides<'_>, path: &str) -> bool {
    let route = sides.after.site.find(path).or_else(|| sides.after.site.find(path.trim_end_matches('/')));
    route.is_some_and(|route| matches!(route.kind, RouteKind::Redirect(_)))
}

/// The addresses of something that are others after the change. `old` and `new` give its address in a language of each
/// state.
pub(super) fn addresses(
    sides: &Sides<'_>,
    old: impl Fn(Lang) -> String,
    new: impl Fn(Lang) -> String,
) -> Vec<AddressChange> {
    let (before, after) = (&sides.before.ecosystem.config.languages, &sides.after.ecosystem.config.languages);
    let changed = before.all().filter_map(|lang| {
        let tag = before.tag(lang);
        let (old, new) = (old(lang), after.find(tag).map(&new));
        let redirected = redirects(sides, &old);
        (new.as_ref() != Some(&old)).then(|| AddressChange { lang: tag.to_owned(), old, new, redirected })
    });
    changed.collect()
}

/// Languages whose translation has not followed a change of the original.
fn behind(sides: &Sides<'_>, entity: &Entity, texts: &[TextChange]) -> Vec<String> {
    let languages = &sides.after.ecosystem.config.languages;
    let original = languages.tag(Lang::DEFAULT);
    let of_original: Vec<&str> =
        texts.iter().filter(|text| text.lang == original && text.new.is_some()).map(|text| &*text.text).collect();
    let follows = |tag: &str, text: &str| texts.iter().any(|other| other.lang == tag && other.text == text);
    let translated = languages.all().skip(1).filter(|lang| entity.files.exactly(*lang).is_some());
    let tags = translated.map(|lang| languages.tag(lang));
    tags.filter(|tag| of_original.iter().any(|text| !follows(tag, text))).map(str::to_owned).collect()
}

/// Compares the titles, the summaries and the prose.
fn texts(sides: &Sides<'_>, before: &Entity, after: &Entity, change: &mut EntityChange) {
    compare_texts(sides, "title", &before.title, &after.title, &mut change.texts);
    compare_texts(sides, "summary", &before.summary, &after.summary, &mut change.texts);
    let (old, new) = (&sides.before.ecosystem, &sides.after.ecosystem);
    let prose = |ecosystem: &Ecosystem, entity: &Entity| {
        let mut all = LocalText::default();
        for (lang, path) in entity.files.iter().filter(|(_, path)| path.ends_with(".md")) {
            if let Some(text) = ecosystem.text(path).and_then(|source| parse::prose_of(&source.text)) {
                all.set(lang, text.into());
            }
        }
        all
    };
    compare_texts(sides, "body", &prose(old, before), &prose(new, after), &mut change.texts);
}

/// Compares a text in all languages.
pub(super) fn compare_texts(
    sides: &Sides<'_>,
    text: &str,
    before: &LocalText,
    after: &LocalText,
    changes: &mut Vec<TextChange>,
) {
    let (old, new) = (&sides.before.ecosystem.config.languages, &sides.after.ecosystem.config.languages);
    let mut tags: Vec<&str> = new.tags().collect();
    tags.extend(old.tags().filter(|tag| new.find(tag).is_none()));
    for tag in tags {
        let was = old.find(tag).and_then(|lang| before.exactly(lang)).map(|text| text.to_string());
        let is = new.find(tag).and_then(|lang| after.exactly(lang)).map(|text| text.to_string());
        let only_names = || was.as_ref().is_some_and(|was| Some(sides.matching.with_new_names(was)) == is);
        if was != is && !only_names() {
            let (text, lang) = (text.to_owned(), tag.to_owned());
            changes.push(TextChange { label: text.clone(), text, lang, old: was, new: is });
        }
    }
}

/// Compares the values of all fields, by their ids.
fn fields(sides: &Sides<'_>, before: EntityId, after: EntityId, change: &mut EntityChange) {
    let (old, new) = (&sides.before.ecosystem, &sides.after.ecosystem);
    let old_fields: &[Field] = &old.schema.get(old.entity(before).entity_type).fields;
    let new_fields: &[Field] = &new.schema.get(new.entity(after).entity_type).fields;
    let gone = old_fields.iter().filter(|field| new_fields.iter().all(|other| other.id != field.id));
    for field in new_fields.iter().chain(gone) {
        let values = |ecosystem: &'_ Ecosystem, fields: &[Field], id: EntityId| -> Option<Side> {
            let at = fields.iter().position(|other| other.id == field.id)?;
            Some(Side::new(ecosystem, &fields[at], ecosystem.entity(id).values(at), sides.lang))
        };
        let was = values(old, old_fields, before).unwrap_or_default();
        let is = values(new, new_fields, after).unwrap_or_default();
        if was.json == is.json {
            continue;
        }
        if field.kind.is_text() && !field.many {
            compare_texts(sides, &field.id, &was.texts, &is.texts, &mut change.texts);
            let label = field.label.text(sides.lang);
            change
                .texts
                .iter_mut()
                .filter(|text| *text.text == *field.id)
                .for_each(|text| text.label = label.to_owned());
            continue;
        }
        change.fields.push(FieldChange {
            field: field.id.to_string(),
            label: values::by_language(new, &field.label),
            words: [field.label.text(sides.lang).to_owned(), was.words, is.words],
            old: was.json,
            new: is.json,
        });
    }
}

/// The values of a field in one state.
#[derive(Default)]
struct Side {
    json: Json,
    words: String,
    texts: LocalText,
}

impl Side {
    fn new(ecosystem: &Ecosystem, field: &Field, values: &[FieldValue], lang: Lang) -> Self {
        let all: Vec<&FieldValue> = values.iter().collect();
        let mut texts = LocalText::default();
        if field.kind.is_text() {
            for lang in ecosystem.config.languages.all() {
                let cell = all.first().map(|value| field.kind.cell(value, &ecosystem.config, lang)).unwrap_or_default();
                if !cell.is_empty() {
                    texts.set(lang, cell.into());
                }
            }
        }
        let (json, words) = (values::json(ecosystem, field, &all), values::words(ecosystem, field, &all, lang));
        Self { json, words, texts }
    }
}

/// Compares the links that the entity states.
fn relations(sides: &Sides<'_>, before: EntityId, after: EntityId) -> Vec<RelationChange> {
    let (old, new) = (&sides.before.ecosystem, &sides.after.ecosystem);
    let of = |ecosystem: &'_ Ecosystem, id: EntityId| -> Vec<(RelationId, String)> {
        let relations = ecosystem.schema.relations_of(ecosystem.entity(id).entity_type);
        relations.map(|(id, relation)| (id, relation.id.to_string())).collect()
    };
    let (old_relations, new_relations) = (of(old, before), of(new, after));
    let mut changes = Vec::new();
    for (relation, id) in &new_relations {
        let was = old_relations.iter().find(|(_, other)| other == id);
        let mut rest: Vec<&Link> = was.map(|(id, _)| old.statements(before, *id).collect()).unwrap_or_default();
        let mut added: Vec<&Link> = Vec::new();
        let same_target = |a: &Link, b: &Link| sides.matching.after.get(&a.to) == Some(&b.to);
        let of_old =
            |link: &Link| values::attributes(old, &old.schema.relation(link.relation).attributes, &link.attributes);
        let of_new =
            |link: &Link| values::attributes(new, &new.schema.relation(link.relation).attributes, &link.attributes);
        for link in new.statements(after, *relation) {
            let same = rest.iter().position(|was| same_target(was, link) && of_old(was) == of_new(link));
            match same {
                Some(at) => drop(rest.remove(at)),
                None => added.push(link),
            }
        }
        for link in added {
            let was = rest.iter().position(|was| same_target(was, link)).map(|at| rest.remove(at));
            changes.extend(link_change(sides, was, Some(link)));
        }
        changes.extend(rest.into_iter().filter_map(|was| link_change(sides, Some(was), None)));
    }
    for (relation, id) in &old_relations {
        if new_relations.iter().all(|(_, other)| other != id) {
            changes.extend(old.statements(before, *relation).filter_map(|link| link_change(sides, Some(link), None)));
        }
    }
    changes
}

/// A link that one state has, or both with other attributes.
fn link_change(sides: &Sides<'_>, was: Option<&Link>, is: Option<&Link>) -> Option<RelationChange> {
    let (old, new) = (&sides.before.ecosystem, &sides.after.ecosystem);
    let (ecosystem, link) = is.map(|link| (new, link)).or_else(|| was.map(|link| (old, link)))?;
    let relation = ecosystem.schema.relation(link.relation);
    // What is still there has the name that it has now.
    let present = sides.matching.after.get(&link.to).filter(|_| is.is_none());
    let (home, to) = present.map_or((ecosystem, link.to), |to| (new, *to));
    let json = |ecosystem: &Ecosystem, link: &Link| {
        values::attributes(ecosystem, &ecosystem.schema.relation(link.relation).attributes, &link.attributes)
    };
    let words = |ecosystem: &Ecosystem, link: Option<&Link>| {
        link.map(|link| values::attribute_words(ecosystem, link, sides.lang)).unwrap_or_default()
    };
    Some(RelationChange {
        relation: relation.id.to_string(),
        label: values::by_language(ecosystem, &relation.label),
        to: name(home, to),
        change: match (was, is) {
            (None, _) => Changed::Added,
            (_, None) => Changed::Removed,
            _ => Changed::Changed,
        },
        old: was.map(|link| json(old, link)),
        new: is.map(|link| json(new, link)),
        words: [
            relation.label.text(sides.lang).to_owned(),
            home.entity(to).title.text(sides.lang).to_owned(),
            words(old, was),
            words(new, is),
        ],
    })
}
