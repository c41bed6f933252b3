//! Reads the sheet of links: what belongs to a relation, such as a role or an amount.

use std::collections::HashMap;

use super::head;
use super::plan::{Piece, Target};
use super::read::{RawRow, RawSheet};
use super::reading::{Compared, Reading, Todo};
use super::remarks::Remarks;
use super::values;
use crate::diagnostics::{self, Code};
use crate::locale::{Lang, folded};
use crate::model::{EntityId, FieldValue};
use crate::schema::{Field, Relation, RelationId, TypeId};
use crate::sheets::cells;
use crate::sheets::sheet::LINKS;
use crate::values::SheetCell;

/// Whether a sheet is that of links.
pub(super) fn is_links(sheet: &RawSheet) -> bool {
    head::marked(sheet).as_deref() == Some(LINKS) || sheet.name == LINKS
}

/// The positions of the columns: `from`, `relation`, `to`, then attributes by their ids.
struct Columns {
    ends: [usize; 3],
    attributes: Vec<(usize, String)>,
    first: usize,
}

fn columns(sheet: &RawSheet) -> Option<Columns> {
    let (at, row) = sheet.rows.iter().take(12).enumerate().find(|(_, row)| {
        ["from", "relation", "to"].iter().all(|id| row.cells.iter().any(|(_, cell)| cell.text() == *id))
    })?;
    let position = |id: &str| row.cells.iter().find(|(_, cell)| cell.text() == id).map(|(at, _)| *at);
    let ends = [position("from")?, position("relation")?, position("to")?];
    let others = row.cells.iter().filter(|(at, _)| !ends.contains(at));
    let attributes = others.map(|(at, cell)| (*at, cell.text())).filter(|(_, id)| !id.starts_with("type="));
    Some(Columns { ends, attributes: attributes.collect(), first: at + 1 })
}

/// A row, and the link that it is.
struct Row<'r> {
    row: &'r RawRow,
    from: EntityId,
    relation: RelationId,
    to: EntityId,
}

/// Reads the sheet of links.
pub(super) fn read(reading: &mut Reading<'_>, sheet: &RawSheet, lang: Lang, remarks: &mut Remarks<'_>) {
    let Some(columns) = columns(sheet) else {
        let hint = "keep the hidden row with \"from\", \"relation\" and \"to\"";
        remarks.report(Code::UnknownSheet, (None, None), "the columns of this sheet are not known", hint);
        return;
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for row in &sheet.rows[columns.first.min(sheet.rows.len())..] {
        let Some(link) = link(reading, &columns, row, remarks) else { continue };
        let key = columns.ends.map(|at| row.get(at).text()).join(" | ");
        let nth = counts.entry(key.clone()).or_default();
        let (number, key) = (*nth, key);
        *nth += 1;
        attributes(reading, &columns, &link, (&key, number), lang, remarks);
    }
}

/// The link that a row is about; a row that names nobody is reported.
fn link<'r>(reading: &Reading<'_>, columns: &Columns, row: &'r RawRow, remarks: &mut Remarks<'_>) -> Option<Row<'r>> {
    let ecosystem = reading.ecosystem;
    let text = |end: usize| row.get(columns.ends[end]).text().trim().to_owned();
    let mut bad = |end: usize, message: String, hint: String| {
        remarks.report(Code::BadCell, (Some(row.number), Some(columns.ends[end])), message, hint);
        None
    };
    let all: Vec<TypeId> = ecosystem.schema.types().map(|(id, _)| id).collect();
    let one = |name: &str, types: &[TypeId]| match &*reading.titles.find(name, types) {
        [one] => Some(*one),
        _ => None,
    };
    let Some(from) = one(&text(0), &all) else {
        return bad(0, format!("\"{}\" is not one profile", text(0)), String::from("write its type/id"));
    };
    let owner = ecosystem.entity(from).entity_type;
    let relations: Vec<(RelationId, &Relation)> =
        ecosystem.schema.relations_of(owner).filter(|(_, relation)| !relation.attributes.is_empty()).collect();
    let wanted = folded(&text(1));
    let is_called = |relation: &Relation| {
        *relation.id == *text(1) || relation.label.iter().any(|(_, label)| folded(label) == wanted)
    };
    let Some((relation, info)) = relations.iter().find(|(_, relation)| is_called(relation)) else {
        let ids = diagnostics::list_all(relations.iter().map(|(_, relation)| &*relation.id));
        return bad(
            1,
            format!("\"{}\" is no relation with attributes of this profile", text(1)),
            format!("they are {ids}"),
        );
    };
    let Some(to) = one(&text(2), &info.to) else {
        return bad(
            2,
            format!("\"{}\" is not one profile that \"{}\" can lead to", text(2), info.id),
            String::from("write its type/id"),
        );
    };
    Some(Row { row, from, relation: *relation, to })
}

fn attributes(
    reading: &mut Reading<'_>,
    columns: &Columns,
    link: &Row<'_>,
    (key, nth): (&str, usize),
    lang: Lang,
    remarks: &mut Remarks<'_>,
) {
    let ecosystem = reading.ecosystem;
    let declared = &ecosystem.schema.relation(link.relation).attributes;
    let statements: Vec<_> = ecosystem.statements(link.from, link.relation).collect();
    let same = statements.iter().enumerate().filter(|(_, own)| own.to == link.to);
    let present = same.map(|(at, own)| (at, *own)).nth(nth);
    let mut new: Vec<(Box<str>, String)> = Vec::new();
    for (column, id) in &columns.attributes {
        let Some(at) = declared.iter().position(|field| *field.id == **id) else { continue };
        let (field, cell, place) = (&declared[at], link.row.get(*column), (link.row.number, *column));
        let own = present.map(|(_, own)| &*own.attributes).unwrap_or_default();
        let said = cells::attribute(ecosystem, field, own, at, lang);
        let compared = Compared { row: (LINKS, key, nth), column: id, cell, present: &said };
        let todo = reading.todo(&compared, place, remarks);
        let values: Vec<FieldValue> =
            own.iter().filter(|attribute| attribute.index == at).map(|attribute| attribute.value.clone()).collect();
        let value = match todo {
            Todo::Nothing => continue,
            Todo::Clear => None,
            Todo::Set => match written(field, cell, &values) {
                Ok(value) if written(field, &said, &values).as_ref() == Ok(&value) => continue,
                Ok(value) => Some(value),
                Err(part) => {
                    let message = format!("\"{part}\" is no value of \"{id}\" (kind \"{}\")", field.kind.name());
                    remarks.report(Code::BadCell, (Some(place.0), Some(place.1)), message, "correct the cell");
                    continue;
                }
            },
        };
        match (present, value) {
            (Some((item, _)), value) => {
                reading.plan.set_attribute(ecosystem, (link.from, link.relation, item), id, value);
            }
            (None, Some(value)) => new.push((id.as_str().into(), value)),
            (None, None) => {}
        }
    }
    if present.is_none() {
        add(reading, link, new);
    }
}

fn written(field: &Field, cell: &SheetCell, present: &[FieldValue]) -> Result<String, String> {
    let values = values::values(field, cell, present)?;
    Ok(if field.many { format!("[{}]", values.join(", ")) } else { values.concat() })
}

/// Adds a link, or gives its attributes to the one that the sheet of the type adds.
fn add(reading: &mut Reading<'_>, link: &Row<'_>, attributes: Vec<(Box<str>, String)>) {
    let target = Target::Entity(link.to);
    let items = reading.plan.items(reading.ecosystem, link.from, link.relation);
    let own = items.iter_mut().find_map(|piece| match piece {
        Piece::New(other, own) if *other == target && own.is_empty() => Some(own),
        _ => None,
    });
    match own {
        Some(own) => *own = attributes,
        None => items.push(Piece::New(target, attributes)),
    }
}
