//! An entity in full: its values, its relations in both directions, and what follows from them.

use std::collections::HashSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tera::Value;

use super::facets::{self, choice};
use super::pages::Pages;
use super::prose::{Filling, encoded};
use super::strings::Number;
use super::views::{self, html, text};
use crate::locale::{Lang, LocalText};
use crate::model::{EntityId, FieldValue, Image, Link};
use crate::parse::typographic;
use crate::schema::{Field, Kind, Member};
use crate::site;

/// The view of an entity. Citations in its values and attributes are counted where the filling counts them.
pub(super) fn entity(pages: &Pages, id: EntityId, filling: &mut Filling<'_>) -> Value {
    let ecosystem = &pages.ecosystem;
    let entity = ecosystem.entity(id);
    let lang = filling.lang;
    let aliases = entity.aliases.best(lang).map(|(found, names)| {
        let tag = pages.tag(found);
        names.iter().map(|name| text(&typographic(name, tag))).collect()
    });
    let facts = facts(pages, id, filling);
    let relations = ecosystem.groups(id, lang).into_iter().map(|group| {
        let relation = ecosystem.schema.relation(group.relation);
        let (name, label) =
            if group.inverse { (&relation.inverse, &relation.inverse_label) } else { (&relation.id, &relation.label) };
        let links = group
            .links
            .iter()
            .map(|(other, at)| link(pages, filling, *other, &ecosystem.links[*at as usize]))
            .collect();
        views::Relation {
            id: name.to_string(),
            label: pages.local(label, lang),
            inverse: group.inverse,
            citation: relation.citation && !group.inverse,
            filter: (group.inverse && relation.facet && pages.settings.listings == Some(true))
                .then(|| facets::filtered(pages, relation, id, lang)),
            links,
        }
        .into()
    });
    let relations = relations.collect();
    // What a relation says need not be said again.
    let related = ecosystem.groups(id, lang).into_iter().flat_map(|group| group.links);
    let mut seen: HashSet<EntityId> = related.map(|(other, _)| other).collect();
    let mut mentions: Vec<EntityId> = ecosystem.mentions(id).filter(|mention| seen.insert(*mention)).collect();
    ecosystem.sort(&mut mentions, lang);
    views::Entity {
        card: pages.card(id, lang),
        aliases: aliases.unwrap_or_default(),
        image: entity.image.as_ref().map(|image| picture(pages, image, lang)),
        verified: entity.verified.as_ref().map(|(date, _)| date.to_string()),
        facts,
        relations,
        derived: derived(pages, id, lang),
        mentions: mentions.into_iter().map(|id| pages.card(id, lang)).collect(),
        json: (pages.settings.records == Some(true)).then(|| pages.address(&site::record_path(ecosystem, id))),
    }
    .into()
}

/// The values of an entity's fields, but for those that are hidden.
pub(super) fn facts(pages: &Pages, id: EntityId, filling: &mut Filling<'_>) -> Vec<Value> {
    let entity = pages.ecosystem.entity(id);
    let entity_type = pages.ecosystem.schema.get(entity.entity_type);
    let fields = entity.values.iter().map(|known| (&entity_type.fields[usize::from(known.field)], &known.values));
    let shown = fields.filter(|(field, _)| !field.hidden);
    shown.map(|(field, values)| fact(pages, filling, field, values.iter())).collect()
}

/// What an e-mail address can't hold as it is in a link (RFC 6068).
const NOT_IN_ADDRESSES: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'@').remove(b'.').remove(b'-').remove(b'_').remove(b'~').remove(b'+');

/// How many targets of a relation a list names beside a title.
const NAMED: usize = 3;

/// What lists say of an entity beside its title, in the order of its type.
pub(super) fn brief(pages: &Pages, id: EntityId, lang: Lang) -> Value {
    let (ecosystem, entity) = (&pages.ecosystem, pages.ecosystem.entity(id));
    let entity_type = ecosystem.schema.get(entity.entity_type);
    let said = entity_type.members.iter().filter_map(|member| match member {
        Member::Field(at) => entity_type.fields[*at].brief.then(|| {
            let words =
                entity.values(*at).iter().filter_map(|value| words(pages, &entity_type.fields[*at], value, lang));
            words.collect::<Vec<_>>()
        }),
        Member::Relation(relation) => ecosystem.schema.relation(*relation).brief.then(|| {
            let mut targets = ecosystem.targets(id, *relation);
            ecosystem.sort(&mut targets, lang);
            let others = targets.len() > NAMED;
            let names = targets.into_iter().take(NAMED).map(|target| pages.title(target, lang));
            names.chain(others.then(|| String::from("…"))).collect()
        }),
    });
    let said = said.filter(|words| !words.is_empty()).map(|words| text(&words.join(", ")));
    Value::from(said.collect::<Vec<_>>())
}

/// The words for a value that is neither Markdown nor a picture, a place or an address; none for these. A number that measures nothing stands
/// behind its label, and a boolean is its label, or nothing.
fn words(pages: &Pages, field: &Field, value: &FieldValue, lang: Lang) -> Option<String> {
    let strings = &pages.strings[lang.index()];
    let label = || pages.local(&field.label, lang).as_str().unwrap_or_default().to_owned();
    let behind_label = |number| format!("{}\u{a0}{}", label(), strings.number(number));
    match (value, &field.kind) {
        (FieldValue::Date(date), _) => Some(strings.date(&date.to_string())),
        (FieldValue::Boolean(yes), _) => yes.then(label),
        (FieldValue::Integer(integer), Kind::Integer { unit: None, .. }) => {
            Some(behind_label(Number::Integer(*integer)))
        }
        (FieldValue::Number(number), Kind::Number { unit: None, .. }) => Some(behind_label(Number::Float(*number))),
        _ => choice(pages, field, value, lang).map(|(_, _, words)| words),
    }
}

fn derived(pages: &Pages, id: EntityId, lang: Lang) -> Vec<Value> {
    let ecosystem = &pages.ecosystem;
    let entity_type = ecosystem.schema.get(ecosystem.entity(id).entity_type);
    let derived = entity_type.derived.iter().filter_map(|derived| {
        let reached = ecosystem.derived(id, derived, lang);
        let links = reached.into_iter().map(|reached| {
            let through = reached.through.into_iter().map(|id| pages.card(id, lang)).collect();
            views::Reached { card: pages.card(reached.entity, lang), through }.into()
        });
        let links: Vec<Value> = links.collect();
        (!links.is_empty()).then(|| {
            views::Derived { id: derived.id.to_string(), label: pages.local(&derived.label, lang), links }.into()
        })
    });
    derived.collect()
}

fn link(pages: &Pages, filling: &mut Filling<'_>, other: EntityId, link: &Link) -> Value {
    if link.attributes.is_empty() {
        return pages.link(other, filling.lang);
    }
    let relation = pages.ecosystem.schema.relation(link.relation);
    let attributes = link.attributes.chunk_by(|a, b| a.index == b.index).filter_map(|values| {
        let field = &relation.attributes[usize::from(values[0].index)];
        (!field.hidden).then(|| fact(pages, filling, field, values.iter().map(|said| &said.value)))
    });
    let attributes = Value::from(attributes.collect::<Vec<_>>());
    views::Link { attributes, card: pages.card(other, filling.lang) }.into()
}

fn fact<'v>(
    pages: &Pages,
    filling: &mut Filling<'_>,
    field: &Field,
    values: impl Iterator<Item = &'v FieldValue>,
) -> Value {
    let lang = filling.lang;
    let unit = match &field.kind {
        Kind::Integer { unit: Some(unit), .. } | Kind::Number { unit: Some(unit), .. } => pages.local(unit, lang),
        _ => text(""),
    };
    let values = values.map(|value| item(pages, filling, field, value)).collect();
    views::Fact {
        id: field.id.to_string(),
        label: pages.local(&field.label, lang),
        kind: field.kind.name(),
        unit,
        values,
    }
    .into()
}

pub(super) fn item(pages: &Pages, filling: &mut Filling<'_>, field: &Field, value: &FieldValue) -> Value {
    let lang = filling.lang;
    let strings = &pages.strings[lang.index()];
    let plain = |shown: &str, value: Value| item_of(shown, value, pages.tag(lang));
    match value {
        FieldValue::Text(texts) => in_its_language(pages, texts, lang),
        FieldValue::Markdown(bodies) => {
            let (found, body) = match bodies.best(lang) {
                Some(found) => found,
                None => return plain("", Value::none()).into(),
            };
            let tag = pages.tag(found).to_owned();
            views::Item {
                text: text(""),
                value: Value::none(),
                html: Some(html(&filling.fill(body))),
                url: None,
                lang: tag,
            }
        }
        FieldValue::Integer(integer) => plain(&strings.number(Number::Integer(*integer)), Value::from(*integer)),
        FieldValue::Number(number) => plain(&strings.number(Number::Float(*number)), Value::from(*number)),
        FieldValue::Boolean(boolean) => plain(
            strings.get(if *boolean { "yes" } else { "no" }).unwrap_or(if *boolean { "✓" } else { "–" }),
            Value::from(*boolean),
        ),
        FieldValue::Year(year) => plain(&year.to_string(), Value::from(*year)),
        FieldValue::Date(date) => plain(&strings.date(&date.to_string()), text(&date.to_string())),
        FieldValue::Url(url) => {
            let shown = url.split_once("://").map_or(&**url, |(_, rest)| rest).trim_end_matches('/');
            views::Item { url: Some(url.to_string()), ..plain(shown.trim_start_matches("www."), text(url)) }
        }
        FieldValue::Email(email) => views::Item {
            url: Some(format!("mailto:{}", utf8_percent_encode(email, NOT_IN_ADDRESSES))),
            ..plain(email, text(email))
        },
        FieldValue::Point(latitude, longitude) => {
            let shown = format!("{latitude}, {longitude}");
            plain(&shown, Value::from(vec![Value::from(*latitude), Value::from(*longitude)]))
        }
        FieldValue::Choice(at) => match &field.kind {
            Kind::Choice(choices) => {
                let choice = &choices[usize::from(*at)];
                views::Item { value: text(&choice.id), ..in_its_language(pages, &choice.label, lang) }
            }
            _ => plain("", Value::none()),
        },
        FieldValue::Image(image) => return picture(pages, image, lang),
    }
    .into()
}

fn item_of(shown: &str, value: Value, tag: &str) -> views::Item {
    views::Item { text: text(shown), value, html: None, url: None, lang: tag.to_owned() }
}

pub(super) fn in_its_language(pages: &Pages, texts: &LocalText, lang: Lang) -> views::Item {
    let (found, words) = texts.best(lang).map_or((lang, ""), |(lang, words)| (lang, words));
    item_of(&typographic(words, pages.tag(found)), text(words), pages.tag(found))
}

fn picture(pages: &Pages, image: &Image, lang: Lang) -> Value {
    let url = pages.address(&encoded(&format!("/{}", image.src)));
    views::Item { url: Some(url), ..item_of(image.alt.text(lang), text(&image.src), pages.tag(lang)) }.into()
}
