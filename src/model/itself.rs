//! What is wrong or incomplete in one entity, whatever the others say: missing translations and image texts, verifications that are old
//! or in the future, ends before their starts, and exchanged coordinates.
//!
//! In: an entity and its links. Out: diagnostics.

use super::entity::Entity;
use super::link::Link;
use super::today::Today;
use super::value::FieldValue;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Hint};
use crate::locale::Lang;
use crate::parse::outline::{Outline, Position};
use crate::schema::{Field, Schema};
use crate::text::Place;
use crate::values::{Date, Point, Rank};

/// What an entity is measured by.
pub(in crate::model) struct Rules<'a> {
    pub config: &'a Config,
    pub schema: &'a Schema,
    pub outline: &'a Outline,
    /// The day of the compilation.
    pub today: Today,
}

/// All that is wrong or incomplete in a published entity.
pub(in crate::model) fn problems(rules: &Rules<'_>, entity: &Entity, links: &[Link]) -> Vec<Diagnostic> {
    let mut problems = untranslated(rules, entity);
    problems.extend(stale(rules, entity));
    problems.extend(verified_in_future(rules, entity));
    problems.extend(images_without_text(entity));
    problems.extend(backward(rules, entity));
    let with_several = links.iter().filter(|link| link.attributes.len() > 1);
    problems.extend(with_several.flat_map(|link| backward_link(rules, entity, link)));
    problems.extend(exchanged(rules, entity));
    problems
}

fn untranslated(rules: &Rules<'_>, entity: &Entity) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for lang in rules.config.languages.all().skip(1) {
        let missing = entity.untranslated(lang);
        if !missing.is_empty() {
            let tag = rules.config.languages.tag(lang);
            let message = format!("\"{}\" has no {} in \"{tag}\"", entity.id, missing.join(" and no "));
            let hint = translation_hint(entity, tag, &missing);
            advice.push(
                Diagnostic::new(Code::MissingTranslation, entity.place.clone(), message).hint(hint).language(tag),
            );
        }
    }
    advice
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

fn stale(rules: &Rules<'_>, entity: &Entity) -> Option<Diagnostic> {
    let (verified, place) = entity.verified.as_ref()?;
    let limit = rules.schema.get(entity.entity_type).stale_after.or(rules.config.stale_after)?;
    let oldest = rules.today.date().checked_sub(limit).ok()?;
    (verified.first_day() < oldest).then(|| {
        let message = format!("\"{}\" was last verified on {verified}", entity.id);
        Diagnostic::new(Code::Stale, place.clone(), message)
            .hint(format!("check its facts, then set verified = {}", rules.today))
    })
}

/// A warning about a verification after the day of the compilation. The day after it is allowed, because of time zones.
fn verified_in_future(rules: &Rules<'_>, entity: &Entity) -> Option<Diagnostic> {
    let (verified, place) = entity.verified.as_ref()?;
    let tomorrow = rules.today.date().tomorrow().ok()?;
    (verified.first_day() > tomorrow).then(|| {
        let message = format!("\"{}\" was verified on {verified}, which is in the future", entity.id);
        Diagnostic::new(Code::FutureDate, place.clone(), message).hint("write the day on which its facts were checked")
    })
}

fn images_without_text(entity: &Entity) -> impl Iterator<Item = Diagnostic> {
    let values = entity.values.iter().flat_map(|values| &values.values).flat_map(FieldValue::images);
    entity.image.iter().chain(values).filter(|image| image.alt.is_empty()).map(|image| {
        let message = format!("the image \"{}\" has no alternative text for readers who can't see it", image.src);
        let hint = format!("write {} = {{ src = \"…\", alt = \"what it shows\" }}", image.key);
        Diagnostic::new(Code::MissingAlt, image.place.clone(), message).hint(hint)
    })
}

/// The fields of an entity that are before the fields which they have to be after.
fn backward(rules: &Rules<'_>, entity: &Entity) -> Vec<Diagnostic> {
    let fields = &rules.schema.get(entity.entity_type).fields;
    let value = |at: usize| entity.placed_values(at).next();
    check_order(fields, value)
}

/// The same among the attributes of a link.
fn backward_link(rules: &Rules<'_>, entity: &Entity, link: &Link) -> Vec<Diagnostic> {
    let value = |at: usize| {
        let attribute = link.attributes.iter().find(|attribute| attribute.index == at)?;
        Some((&attribute.value, entity.place_of(attribute.span)))
    };
    check_order(&rules.schema.relation(link.relation).attributes, value)
}

fn check_order<'a>(fields: &[Field], value: impl Fn(usize) -> Option<(&'a FieldValue, Place)>) -> Vec<Diagnostic> {
    let check = |(at, field): (usize, &Field)| {
        let first = field.predecessor(fields)?;
        let ((start, start_place), (end, end_place)) = (value(first)?, value(at)?);
        is_before(end.rank(Lang::DEFAULT), start.rank(Lang::DEFAULT)).then(|| {
            let message = format!("\"{}\" is before \"{}\"", field.id, fields[first].id);
            Diagnostic::new(Code::OutOfRange, end_place, message)
                .note(start_place, format!("\"{}\" is here", fields[first].id))
                .hint("exchange the two, or correct one of them")
        })
    };
    fields.iter().enumerate().filter_map(check).collect()
}

/// Whether a value is certainly less than another. A year is not before a day of the same year.
fn is_before(one: Rank<'_>, other: Rank<'_>) -> bool {
    let year = |year: i64| i16::try_from(year).map(|year| Date { year, month: None, day: None });
    match (one, other) {
        (Rank::Date(one), Rank::Date(other)) => one.is_before(other),
        (Rank::Integer(one), Rank::Date(other)) => year(one).is_ok_and(|one| one.is_before(other)),
        (Rank::Date(one), Rank::Integer(other)) => year(other).is_ok_and(|other| one.is_before(other)),
        (Rank::Integer(one), Rank::Integer(other)) => one < other,
        (Rank::Number(one), Rank::Number(other)) => one < other,
        (Rank::Integer(one), Rank::Number(other)) => (one as f64) < other,
        (Rank::Number(one), Rank::Integer(other)) => one < other as f64,
        _ => false,
    }
}

/// The positions of an entity that are outside the outline of maps, and inside it with latitude and longitude
/// exchanged.
fn exchanged(rules: &Rules<'_>, entity: &Entity) -> Vec<Diagnostic> {
    if rules.outline.areas.is_empty() {
        return Vec::new();
    }
    let is_inside = |latitude: f64, longitude: f64| rules.outline.area_at(Position { longitude, latitude }).is_some();
    let positions = entity.values.iter().flat_map(|values| entity.placed_values(values.field));
    let found = positions.filter_map(|(value, place)| {
        let FieldValue::Point(Point { latitude, longitude }) = value else { return None };
        let is_exchanged = !is_inside(*latitude, *longitude) && is_inside(*longitude, *latitude);
        let message =
            "the position is outside the outline of maps, and inside it if latitude and longitude are exchanged";
        let exchanged = Hint::write(place.span, &format!("[{longitude}, {latitude}]"));
        let hint = Hint { text: format!("write [{longitude}, {latitude}]: the latitude comes first"), ..exchanged };
        is_exchanged.then(|| Diagnostic::new(Code::SwappedCoordinates, place, message).hint(hint))
    });
    found.collect()
}
