//! A type as a sheet, and the links with attributes as another.

use super::cells;
use super::column::{Column, columns, is_in_sheets, own_label};
use super::titles::Titles;
use super::words::Words;
use crate::locale::Lang;
use crate::model::{Ecosystem, Link};
use crate::schema::{Field, Schema, TypeId};
use crate::values::SheetCell;

/// The id of the sheet of links.
pub(super) const LINKS: &str = "links";

/// A sheet.
pub(super) struct Sheet {
    /// The id of its type, or [`LINKS`].
    pub id: String,
    /// What people read on its tab.
    pub name: String,
    /// The ids and labels of its columns.
    pub columns: Vec<(String, String)>,
    pub rows: Vec<Vec<SheetCell>>,
}

/// The sheet of a type.
pub(super) fn of_type(ecosystem: &Ecosystem, titles: &Titles<'_>, owner: TypeId, lang: Lang, is_empty: bool) -> Sheet {
    let info = ecosystem.schema.get(owner);
    let columns = columns(ecosystem, owner, lang);
    let mut ids: Vec<_> = ecosystem.of_type(owner).filter(|_| !is_empty).collect();
    ecosystem.sort(&mut ids, lang);
    let row = |id| columns.iter().map(|column| cells::cell(titles, ecosystem, id, column, lang)).collect();
    Sheet {
        id: info.id.to_string(),
        name: own_label(&info.plural, &info.id, lang).to_owned(),
        rows: ids.into_iter().map(row).collect(),
        columns: columns.into_iter().map(|Column { id, label, .. }| (id, label)).collect(),
    }
}

/// The attributes that links of some types can have, each id once, with a field that declares it.
pub(super) fn attributes<'a>(schema: &'a Schema, types: &[TypeId]) -> Vec<&'a Field> {
    let mut attributes: Vec<&Field> = Vec::new();
    for owner in types {
        for (_, relation) in schema.relations_of(*owner) {
            for attribute in relation.attributes.iter().filter(|attribute| is_in_sheets(attribute)) {
                if !attributes.iter().any(|other| other.id == attribute.id) {
                    attributes.push(attribute);
                }
            }
        }
    }
    attributes
}

/// The sheet of links with attributes; none if no relation of these types has any.
pub(super) fn of_links(
    ecosystem: &Ecosystem,
    titles: &Titles<'_>,
    types: &[TypeId],
    lang: Lang,
    is_empty: bool,
) -> Option<Sheet> {
    let schema = &ecosystem.schema;
    let attributes = attributes(schema, types);
    let words = Words::new(ecosystem.config.languages.tag(lang));
    let own = [("from", "link_from"), ("relation", "link_relation"), ("to", "link_to")];
    let mut columns: Vec<(String, String)> =
        own.iter().map(|(id, word)| (String::from(*id), words.get(word).to_owned())).collect();
    columns.extend(attributes.iter().map(|it| (it.id.to_string(), own_label(&it.label, &it.id, lang).to_owned())));
    let row = |link: &Link| {
        let relation = schema.relation(link.relation);
        let text = |text: String| SheetCell::Text(text);
        let mut cells = vec![
            text(titles.with_id(link.from, lang)),
            text(own_label(&relation.label, &relation.id, lang).to_owned()),
            text(titles.with_id(link.to, lang)),
        ];
        cells.extend(attributes.iter().map(|attribute| {
            let at = relation.attributes.iter().position(|own| own.id == attribute.id);
            at.map_or(SheetCell::Empty, |at| {
                cells::attribute(ecosystem, &relation.attributes[at], &link.attributes, at, lang)
            })
        }));
        cells
    };
    let is_shown = |link: &&Link| {
        !schema.relation(link.relation).attributes.is_empty()
            && types.contains(&ecosystem.entity(link.from).entity_type)
    };
    let links = ecosystem.links.iter().filter(|_| !is_empty).filter(is_shown);
    let rows = links.map(row).collect();
    (!attributes.is_empty()).then(|| Sheet { id: LINKS.into(), name: words.get("links").to_owned(), columns, rows })
}

/// What tells a row from others: the id of its entity, or the ends of its link.
pub(super) fn key(sheet: &Sheet, row: &[SheetCell]) -> String {
    let columns = if sheet.id == LINKS { 3 } else { 1 };
    row.iter().take(columns).map(SheetCell::text).collect::<Vec<_>>().join(" | ")
}
