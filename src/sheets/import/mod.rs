//! Makes a change of a site from sheets.
//!
//! In: a checked site, and files of any program. Out: an [`Imported`]: the change, what was noticed about cells, what a
//! person has to decide, and what each column was taken for. Only what differs from the site changes, and of an exported
//! workbook only what a person has changed.

mod read;
mod remarks;
mod map;
mod decisions;
mod memory;
mod values;
mod head;
mod infer;
mod rows;
mod plan;
mod reading;
mod known;
mod typed;
mod updating;
mod adding;
mod profiles;
mod links;

pub use decisions::{Case, Decisions};
pub use map::Map;

use super::column::{columns, own_label};
use super::fingerprint::SHEET;
use super::titles::Titles;
use crate::compile::Checked;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::edit::{self, Change, FileChange, Refusal};
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId};
use crate::schema::{TypeId, is_id};
use crate::source::CONTENT;
use crate::values::toml_text;
use head::Head;
use known::Known;
use plan::{Piece, Target};
use read::RawSheet;
use reading::Reading;
use remarks::Remarks;

/// What is imported, and how.
pub struct Import<'a> {
    /// The files: their names and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// The type of all sheets; `None` for what their names say.
    pub owner: Option<TypeId>,
    /// What people have decided about columns.
    pub map: Map,
    /// What people have decided about rows and names.
    pub decisions: Decisions,
    /// Whether an empty cell empties its field.
    pub clear: bool,
    /// The source of what is imported, and the place in it.
    pub source: Option<(EntityId, Option<&'a str>)>,
}

/// What came out of it.
pub struct Imported {
    /// The change of the content.
    pub change: Change,
    /// What was noticed about cells, columns and rows.
    pub diagnostics: Vec<Diagnostic>,
    /// What a person has to decide.
    pub cases: Vec<Case>,
    /// What each column was taken for, as a file for `--map`.
    pub map: String,
}

/// Makes a change of a site from sheets.
///
/// # Errors
/// A value of the site is written in a form that can't be changed in place.
pub fn import(checked: &Checked, import: &Import<'_>) -> Result<Imported, Refusal> {
    let ecosystem = &checked.ecosystem;
    let titles = Titles::new(ecosystem);
    let mut reading = Reading::new(ecosystem, &titles, &import.decisions, import.clear);
    let mut found = Vec::new();
    let mut map = map::Written::default();
    for (name, bytes) in &import.files {
        let sheets = match read::sheets(name, bytes) {
            Ok(sheets) => sheets,
            Err(reason) => {
                let problem = Diagnostic::about_file(Code::UnreadableSheet, name, reason);
                found.push(problem.hint("open it in a spreadsheet program, and save it as XLSX or CSV"));
                continue;
            }
        };
        reading.memory = memory::Memory::new(&sheets);
        let lang = language(ecosystem, &sheets);
        one_file(&mut reading, (name, &sheets), (import, lang), &mut map, &mut found);
    }
    if let Some(source) = import.source {
        add_source(&mut reading, source);
    }
    let cases = std::mem::take(&mut reading.cases);
    let (settings, new) = reading.plan.finish(ecosystem);
    let change = edit::set(checked, &settings, &new)?;
    diagnostics::sort(&mut found);
    Ok(Imported { change, diagnostics: found, cases, map: map.text() })
}

/// Proposes the declarations of types for sheets that are of none. `id` is that of the type of a sheet that is alone; otherwise the
/// names of the sheets give the ids.
///
/// # Errors
/// A file can't be read, every sheet is of a type already, or the type exists.
pub fn infer(checked: &Checked, files: &[(String, Vec<u8>)], id: Option<&str>) -> Result<Change, Refusal> {
    let ecosystem = &checked.ecosystem;
    let mut sheets = Vec::new();
    for (name, bytes) in files {
        sheets.extend(read::sheets(name, bytes).map_err(|reason| Refusal::Wish(format!("{name}: {reason}")))?);
    }
    let is_new = |sheet: &&RawSheet| !sheet.is_hidden && head::owner(ecosystem, sheet).is_none();
    let new: Vec<&RawSheet> = sheets.iter().filter(is_new).collect();
    let mut change = Change::default();
    let mut declarations = infer::declarations(ecosystem, &new);
    if let (Some(id), [only]) = (id, declarations.as_mut_slice()) {
        if ecosystem.schema.find(id).is_some() || !is_id(id, false) {
            return Err(Refusal::Wish(format!("a new type can't have the id \"{id}\"")));
        }
        id.clone_into(&mut only.0);
    }
    for (id, text) in declarations {
        change.files.insert(format!("{CONTENT}/{id}/_type.toml").into(), FileChange::Create(text));
    }
    if change.is_empty() {
        let reason = "no sheet has a column of titles (\"title\", \"name\", \"nom\" …) and is not of a type already";
        return Err(Refusal::Wish(String::from(reason)));
    }
    Ok(change)
}

/// The language in which a workbook was exported: that of the labels of its sheets.
fn language(ecosystem: &Ecosystem, sheets: &[RawSheet]) -> Lang {
    let score = |lang: &Lang| {
        let is_labelled = |sheet: &&RawSheet| {
            let Some(owner) = head::owner(ecosystem, sheet) else { return false };
            let info = ecosystem.schema.get(owner);
            sheet.name == own_label(&info.plural, &info.id, *lang)
        };
        sheets.iter().filter(is_labelled).count()
    };
    let all: Vec<Lang> = ecosystem.config.languages.all().collect();
    // The first of several that fit equally well.
    all.into_iter().rev().max_by_key(score).unwrap_or(Lang::DEFAULT)
}

/// A sheet of a type, with what its columns and rows are.
struct Sheet<'s> {
    owner: TypeId,
    head: Head,
    known: Vec<Known<'s>>,
    remarks: Remarks<'s>,
}

fn one_file<'s>(
    reading: &mut Reading<'_>,
    (name, sheets): (&'s str, &'s [RawSheet]),
    (import, lang): (&Import<'_>, Lang),
    map: &mut map::Written,
    found: &mut Vec<Diagnostic>,
) {
    let ecosystem = reading.ecosystem;
    let is_exported = sheets.iter().any(|sheet| sheet.name == SHEET);
    let shown: Vec<&RawSheet> = sheets.iter().filter(|sheet| !sheet.is_hidden && !sheet.rows.is_empty()).collect();
    let remarks = |sheet: &RawSheet| Remarks {
        file: name,
        sheet: if sheets.len() > 1 { sheet.name.clone() } else { String::new() },
        found: Vec::new(),
    };
    // All rows are known before any cell is read, because cells name the profiles of other sheets.
    let mut of_types: Vec<Sheet<'_>> = Vec::new();
    for sheet in shown.iter().filter(|sheet| !links::is_links(sheet)) {
        let mut remarks = remarks(sheet);
        let Some(owner) = head::owner(ecosystem, sheet).or(import.owner) else {
            // An exported workbook has a first sheet that explains it.
            if !is_exported {
                let ids = ecosystem.schema.types.iter().map(|owner| &*owner.id);
                let hint = format!(
                    "name its type with --type, or give the sheet the name of a type: {}",
                    diagnostics::list_all(ids)
                );
                remarks.report(
                    Code::UnknownSheet,
                    (None, None),
                    format!("\"{}\" is no type of the site", sheet.name),
                    hint,
                );
            }
            found.append(&mut remarks.found);
            continue;
        };
        if import.owner.is_some_and(|only| only != owner) {
            continue;
        }
        let Some(head) = head::head(ecosystem, owner, sheet, &import.map, &mut remarks) else {
            found.append(&mut remarks.found);
            continue;
        };
        note_columns(ecosystem, owner, sheet, &head, map);
        let rows = &sheet.rows[head.first.min(sheet.rows.len())..];
        let known = known::know(reading, (owner, &head), rows, &mut remarks);
        of_types.push(Sheet { owner, head, known, remarks });
    }
    for Sheet { owner, head, known, mut remarks } in of_types {
        profiles::read(reading, (owner, &head), &known, lang, &mut remarks);
        found.append(&mut remarks.found);
    }
    for sheet in shown.into_iter().filter(|sheet| links::is_links(sheet)) {
        let mut remarks = remarks(sheet);
        links::read(reading, sheet, lang, &mut remarks);
        found.append(&mut remarks.found);
    }
}

fn note_columns(ecosystem: &Ecosystem, owner: TypeId, sheet: &RawSheet, head: &Head, map: &mut map::Written) {
    let all = columns(ecosystem, owner, Lang::DEFAULT);
    let row = &sheet.rows[head.first - 1];
    let label = |at: usize| row.get(at).text();
    let known: Vec<(String, &str)> = head.columns.iter().map(|(at, column)| (label(*at), &*column.id)).collect();
    let unknown = head.unknown.iter().map(|(_, label)| (&**label, head::nearest(&all, label)));
    map.add(&sheet.name, known.iter().map(|(label, id)| (&**label, *id)), unknown);
}

/// Gives everything that changes a source, where its type has sources.
fn add_source(reading: &mut Reading<'_>, (source, at): (EntityId, Option<&str>)) {
    let ecosystem = reading.ecosystem;
    let attributes: Vec<(Box<str>, String)> = at.map(|at| ("at".into(), toml_text(at))).into_iter().collect();
    for id in reading.plan.entities() {
        let Some(relation) = ecosystem.schema.get(ecosystem.entity(id).entity_type).sources else { continue };
        let is_there = ecosystem.statements(id, relation).any(|link| link.to == source);
        if !is_there {
            let piece = Piece::New(Target::Entity(source), attributes.clone());
            reading.plan.items(ecosystem, id, relation).push(piece);
        }
    }
    let mut new = std::mem::take(&mut reading.plan.new);
    for entity in &mut new {
        let Some(relation) = ecosystem.schema.get(entity.owner).sources else { continue };
        let key = ecosystem.schema.relation(relation).id.clone();
        if entity.facts.iter().all(|(other, _)| *other != key) {
            let written = plan::reference(ecosystem, relation, &Target::Entity(source), &attributes);
            entity.facts.push((key, format!("[{written}]")));
        }
    }
    reading.plan.new = new;
}
