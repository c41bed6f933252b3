//! Reads the translations of entities, which may hold texts only.

use super::assemble::Part;
use super::attributes::{VALUE, table_of};
use super::common::text_list;
use super::context::Context;
use super::members::{member, unknown_key};
use super::values;
use crate::diagnostics::{Code, Hint};
use crate::locale::{Lang, Localised};
use crate::model::entity::Entity;
use crate::reader::Reader;
use crate::schema::{COMMON_KEYS, Field, Member, Type};
use crate::table::{Data, Table, Value};
use crate::values::Date;

/// Reads a translation. It may hold texts only; facts belong in the original.
pub(super) fn translation(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    entity: &mut Entity,
    entity_type: &Type,
    part: &Part<'_>,
) {
    for entry in &part.front.entries {
        let value = &entry.value;
        match (&*entry.key, member(context, entity_type, &entry.key)) {
            ("title", _) => put(&mut entity.title, part.lang, reader.words(value)),
            ("summary", _) => put(&mut entity.summary, part.lang, reader.words(value)),
            ("aliases", _) => {
                let names = text_list(reader, value);
                entity.aliases.set(part.lang, names);
            }
            ("keywords", _) => {
                let words = text_list(reader, value);
                entity.keywords.set(part.lang, words);
            }
            ("translated", None) => put(&mut entity.translated_on, part.lang, Date::read(reader, value)),
            ("image", _) => image_alt(reader, entity, part.lang, value),
            (_, Some(Member::Field(index))) if entity_type.fields[index].kind.is_text() => {
                translated_field(context, reader, entity, (index, &entity_type.fields[index]), part.lang, value);
            }
            (key, member) if member.is_some() || COMMON_KEYS.contains(&key) => {
                let message = format!("\"{key}\" is a fact, which can't be in a translation");
                let problem = reader.problem(Code::FactsInTranslation, entry.key_span, message);
                let original = entity.files.exactly(Lang::DEFAULT).map_or("the original", |path| path);
                let hint =
                    format!("facts are in the original, once for all languages: move it to {original}, or delete it");
                reader.report(problem.hint(Hint::mend(hint, format!("Delete \"{key}\""), reader.deletion(entry))));
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
            let alt = reader.words(&entry.value);
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
        let text = table_of(field, item).map_or(Some(item), |table| text_of(reader, table));
        if let Some(text) = text {
            value.translate(&mut values::source(context, reader, field), lang, text);
        }
    }
}

/// The text of a value that a translation writes as `{ value = "…" }`. The attributes are in the original.
fn text_of<'v>(reader: &mut Reader<'_>, table: &'v Table) -> Option<&'v Value> {
    for entry in table.entries.iter().filter(|entry| *entry.key != *VALUE) {
        let message = format!("\"{}\" is an attribute, which can't be in a translation", entry.key);
        let problem = reader.problem(Code::FactsInTranslation, entry.key_span, message);
        let hint = "attributes are in the original, once for all languages: delete it";
        reader.report(problem.hint(Hint::mend(hint, format!("Delete \"{}\"", entry.key), reader.deletion(entry))));
    }
    table.get(VALUE)
}
