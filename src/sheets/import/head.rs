//! Finds out which type a sheet is of, and what its columns are.

use std::collections::HashMap;

use super::map::Map;
use super::read::{RawRow, RawSheet};
use super::remarks::Remarks;
use crate::diagnostics::{self, Code};
use crate::locale::{Lang, folded};
use crate::model::Ecosystem;
use crate::schema::TypeId;
use crate::sheets::column::{Column, columns};
use crate::sheets::words::Words;

/// The rows in which labels are looked for: titles and notes may stand above them.
const ROWS: usize = 12;
/// What stands in the hidden row of an exported sheet, before the id of its type.
const MARK: &str = "type=";

/// What the columns of a sheet are.
pub(super) struct Head {
    /// The columns that are imported, with their positions.
    pub columns: Vec<(usize, Column)>,
    /// The positions and labels of those that are not.
    pub unknown: Vec<(usize, String)>,
    /// The position of the first row of data in the rows of the sheet.
    pub first: usize,
}

/// The id that an exported sheet says its type has.
pub(super) fn marked(sheet: &RawSheet) -> Option<String> {
    let cells = sheet.rows.iter().take(ROWS).flat_map(|row| &row.cells);
    cells.map(|(_, cell)| cell.text()).find_map(|text| text.strip_prefix(MARK).map(str::to_owned))
}

/// The type that a sheet is of, by its mark or by its name.
pub(super) fn owner(ecosystem: &Ecosystem, sheet: &RawSheet) -> Option<TypeId> {
    let schema = &ecosystem.schema;
    if let Some(id) = marked(sheet) {
        return schema.find(&id);
    }
    let name = sheet.name.trim().to_lowercase();
    let mut named = schema.types().filter(|(_, owner)| *owner.id == *name || owner.is_called(&name));
    named.next().map(|(id, _)| id)
}

/// A label without the language behind it, `Titre (en)` or `title@en`, and the language.
pub(super) fn language_of<'l>(ecosystem: &Ecosystem, label: &'l str) -> (&'l str, Option<Lang>) {
    let tagged = label.split_once('@').or_else(|| label.strip_suffix(')').and_then(|label| label.rsplit_once('(')));
    let lang = tagged.and_then(|(_, tag)| ecosystem.config.languages.find(tag.trim()));
    match (tagged, lang) {
        (Some((bare, _)), Some(lang)) => (bare.trim(), Some(lang)),
        _ => (label, None),
    }
}

/// Every name of every column of a type, folded: ids, and labels in all languages.
fn names(ecosystem: &Ecosystem, owner: TypeId) -> HashMap<String, Column> {
    let mut names = HashMap::new();
    let plain = columns(ecosystem, owner, Lang::DEFAULT);
    for column in &plain {
        names.entry(folded(&column.id)).or_insert_with(|| column.clone());
    }
    for lang in ecosystem.config.languages.all() {
        for column in columns(ecosystem, owner, lang) {
            let label = folded(&column.label);
            // A label without its language is the default one's.
            let bare = column.label.rsplit_once(" (").map(|(bare, _)| folded(bare));
            let is_default = column.lang == Lang::DEFAULT;
            names.entry(label).or_insert_with(|| column.clone());
            if let Some(bare) = bare.filter(|_| is_default) {
                names.entry(bare).or_insert(column);
            }
        }
    }
    for words in Words::all() {
        for column in plain.iter().filter(|column| !column.id.contains('@')) {
            let word = words.get(&column.id);
            if word != column.id {
                names.entry(folded(word)).or_insert_with(|| column.clone());
            }
        }
    }
    // What many tables call a title.
    if let Some(title) = plain.iter().find(|column| column.id == "title") {
        for word in ["name", "nom", "naam", "intitule", "organisation", "organization", "company", "societe"] {
            names.entry(word.to_owned()).or_insert_with(|| title.clone());
        }
    }
    names
}

/// Finds the row of labels and what each column is. `None` if no column is known, which is reported.
pub(super) fn head(
    ecosystem: &Ecosystem,
    owner: TypeId,
    sheet: &RawSheet,
    map: &Map,
    remarks: &mut Remarks<'_>,
) -> Option<Head> {
    let names = names(ecosystem, owner);
    let all = columns(ecosystem, owner, Lang::DEFAULT);
    let find = |label: &str| match map.get(&sheet.name, label) {
        Some(decided) => all.iter().find(|column| column.id == decided).cloned(),
        None => {
            let label = label.trim();
            let bare = label.split(['(', '[']).next().unwrap_or_default();
            names.get(&folded(label)).or_else(|| names.get(folded(bare).trim())).cloned()
        }
    };
    let found = |row: &RawRow| row.cells.iter().filter(|(_, cell)| find(&cell.text()).is_some()).count();
    let is_marked = |row: &RawRow| row.cells.iter().any(|(_, cell)| cell.text().starts_with(MARK));
    let rows = &sheet.rows[..sheet.rows.len().min(ROWS)];
    let best = rows.iter().enumerate().rev().max_by_key(|(_, row)| found(row)).filter(|(_, row)| found(row) > 0);
    let Some((at, row)) = rows.iter().enumerate().find(|(_, row)| is_marked(row)).or(best) else {
        let labels = all.iter().filter(|column| !column.id.contains('@')).map(|column| &*column.id);
        let hint = format!(
            "write a row of labels first; the columns of \"{}\" are {}",
            ecosystem.schema.get(owner).id,
            diagnostics::list_all(labels)
        );
        remarks.report(Code::UnknownSheet, (None, None), "no column of this sheet is known", hint);
        return None;
    };
    let mut head = Head { columns: Vec::new(), unknown: Vec::new(), first: at + 1 };
    for (position, cell) in &row.cells {
        let label = cell.text();
        match find(&label) {
            Some(column) if head.columns.iter().all(|(_, other)| other.id != column.id) => {
                head.columns.push((*position, column));
            }
            _ if label.starts_with(MARK) => {}
            _ => head.unknown.push((*position, label)),
        }
    }
    // An exported sheet of which the mark is gone still has its row of ids.
    if rows.get(head.first).is_some_and(|next| is_of_ids(next, &head)) {
        head.first += 1;
    }
    for (position, label) in &head.unknown {
        report(&all, map, &sheet.name, (*position, label), remarks);
    }
    Some(head)
}

fn is_of_ids(row: &RawRow, head: &Head) -> bool {
    head.columns.len() > 1 && head.columns.iter().all(|(at, column)| row.get(*at).text() == column.id)
}

/// Reports a column that is not imported, unless somebody decided so.
fn report(all: &[Column], map: &Map, sheet: &str, (position, label): (usize, &str), remarks: &mut Remarks<'_>) {
    if map.is_left_out(sheet, label) {
        return;
    }
    let message = format!("the column \"{}\" is none of the type's, and is not imported", label.trim());
    let hint = match nearest(all, label) {
        Some(near) => format!("if it is \"{near}\", write so in a file that you name with --map"),
        None => String::from("say what it is, or that it is left out, in a file that you name with --map"),
    };
    remarks.report(Code::UnknownColumn, (None, Some(position)), message, hint);
}

/// The id of the column whose id or label is nearest to a label.
pub(super) fn nearest<'a>(all: &'a [Column], label: &str) -> Option<&'a str> {
    let names: Vec<(String, &str)> = all
        .iter()
        .flat_map(|column| [(folded(&column.id), &*column.id), (folded(&column.label), &*column.id)])
        .collect();
    let near = diagnostics::closest(&folded(label.trim()), names.iter().map(|(name, _)| &**name))?.to_owned();
    names.iter().find(|(name, _)| *name == near).map(|(_, id)| *id)
}
