//! What the cells of an entity say.
//!
//! In: an entity and a column, or a link and its attributes. Out: a cell. Several values are lines of a text.

use super::column::{Column, Part};
use super::titles::Titles;
use crate::locale::{Lang, Localised};
use crate::model::{Attribute, Ecosystem, EntityId, FieldValue};
use crate::schema::{Field, TypeId};
use crate::values::SheetCell;

/// The cell of an entity in a column; `lang` is the language of titles and labels.
pub(super) fn cell(titles: &Titles<'_>, ecosystem: &Ecosystem, id: EntityId, column: &Column, lang: Lang) -> SheetCell {
    let entity = ecosystem.entity(id);
    let list = |texts: &Localised<Vec<Box<str>>>, lang| {
        let texts = texts.exactly(lang).map(Vec::as_slice).unwrap_or_default();
        lines(texts.iter().map(ToString::to_string))
    };
    let text = |text: Option<&Box<str>>| text.map_or(SheetCell::Empty, |text| SheetCell::Text(text.to_string()));
    match column.part {
        Part::Id => SheetCell::Text(entity.id.to_string()),
        Part::Title => text(entity.title.exactly(column.lang)),
        Part::Summary => text(entity.summary.exactly(column.lang)),
        Part::Aliases => list(&entity.aliases, column.lang),
        Part::Keywords => list(&entity.keywords, column.lang),
        Part::Updated => entity.updated.map_or(SheetCell::Empty, SheetCell::Date),
        Part::Verified => entity.verified.as_ref().map_or(SheetCell::Empty, |(date, _)| SheetCell::Date(*date)),
        Part::Draft => {
            if entity.draft {
                SheetCell::Boolean(true)
            } else {
                SheetCell::Empty
            }
        }
        Part::Field(at) => {
            let field = field(ecosystem, entity.entity_type, at);
            values(ecosystem, field, entity.values(at).iter(), label_lang(field, column, lang))
        }
        Part::Relation(relation) => lines(ecosystem.statements(id, relation).map(|link| titles.of(link.to, lang))),
    }
}

pub(super) fn field(ecosystem: &Ecosystem, owner: TypeId, at: usize) -> &Field {
    &ecosystem.schema.get(owner).fields[at]
}

/// Texts are in the language of their column, all else in that of the labels.
fn label_lang(field: &Field, column: &Column, lang: Lang) -> Lang {
    if field.kind.is_text() { column.lang } else { lang }
}

/// The values of a field as a cell.
pub(super) fn values<'v>(
    ecosystem: &Ecosystem,
    field: &Field,
    mut values: impl Iterator<Item = &'v FieldValue>,
    lang: Lang,
) -> SheetCell {
    let one = |value: &FieldValue| field.kind.sheet(value, &ecosystem.config, lang);
    if !field.many {
        return values.next().map_or(SheetCell::Empty, one);
    }
    if field.kind.is_json() {
        let texts: Vec<String> = values.map(|value| one(value).text()).collect();
        return if texts.is_empty() { SheetCell::Empty } else { SheetCell::Text(format!("[{}]", texts.join(",\n"))) };
    }
    lines(values.map(|value| one(value).text()))
}

/// The values of an attribute as a cell.
pub(super) fn attribute(ecosystem: &Ecosystem, field: &Field, own: &[Attribute], at: usize, lang: Lang) -> SheetCell {
    let lang = if field.kind.is_text() { Lang::DEFAULT } else { lang };
    values(
        ecosystem,
        field,
        own.iter().filter(|attribute| attribute.index == at).map(|attribute| &attribute.value),
        lang,
    )
}

fn lines(texts: impl Iterator<Item = String>) -> SheetCell {
    let texts: Vec<String> = texts.collect();
    if texts.iter().all(String::is_empty) { SheetCell::Empty } else { SheetCell::Text(texts.join("\n")) }
}
