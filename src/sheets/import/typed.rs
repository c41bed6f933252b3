//! What the cells of all profiles can say: values, dates, yes and no, texts, and the names of others.

use super::plan::Target;
use super::reading::Reading;
use super::remarks::Remarks;
use super::values;
use crate::diagnostics::{self, Code};
use crate::locale::Lang;
use crate::model::Body;
use crate::schema::{Field, RelationId};
use crate::values::{BooleanKind, Date, SheetCell, ValueKind as _, toml_text};

/// Reports a cell that is no value of a field.
pub(super) fn no_value(field: &Field, part: &str, place: (usize, usize), remarks: &mut Remarks<'_>) {
    let name = field.kind.name();
    let message = format!("\"{part}\" is no value of \"{}\" (kind \"{name}\")", field.id);
    let labels = field.kind.choices().iter().map(|choice| choice.label.text(Lang::DEFAULT));
    let help = field.help.text(Lang::DEFAULT);
    let hint = match field.kind.choices() {
        [] if help.is_empty() => {
            String::from("correct the cell; the first sheet of an exported workbook says how values are written")
        }
        [] => help.to_owned(),
        _ => format!("write {}", diagnostics::list(labels)),
    };
    remarks.report(Code::BadCell, (Some(place.0), Some(place.1)), message, hint);
}

/// A date as TOML; a cell that is none is reported.
pub(super) fn date(cell: &SheetCell, place: (usize, usize), remarks: &mut Remarks<'_>) -> Option<String> {
    let date = cell.as_date().map(Date::toml);
    if date.is_none() {
        let message = format!("\"{}\" is no date", cell.text());
        let hint = "write 2024-01-17, 2024-01 or 2024";
        remarks.report(Code::BadCell, (Some(place.0), Some(place.1)), message, hint);
    }
    date
}

/// Whether a cell says yes; a cell that says neither yes nor no is reported.
pub(super) fn truth(cell: &SheetCell, place: (usize, usize), remarks: &mut Remarks<'_>) -> Option<bool> {
    let written = BooleanKind.entered::<Body>(cell, None);
    if written.is_none() {
        let message = format!("\"{}\" is neither yes nor no", cell.text());
        remarks.report(Code::BadCell, (Some(place.0), Some(place.1)), message, "write true or false");
    }
    written.map(|written| written == "true")
}

/// The lines of a cell as a list of texts in TOML.
pub(super) fn texts(cell: &SheetCell) -> String {
    let parts: Vec<String> = values::parts(cell, |_| false).iter().map(|part| toml_text(&part.text())).collect();
    format!("[{}]", parts.join(", "))
}

/// The targets that a cell names. `None` if one of them is not known, so that nothing is set in part.
pub(super) fn targets(
    reading: &mut Reading<'_>,
    relation: RelationId,
    cell: &SheetCell,
    place: (usize, usize),
    remarks: &mut Remarks<'_>,
) -> Option<Vec<Target>> {
    let types = reading.ecosystem.schema.relation(relation).to.clone();
    let named = values::targets(reading.titles, &types, cell);
    let mut all = Vec::new();
    let mut is_complete = true;
    for (name, named) in &named {
        match reading.target(&types, (name, named), place, remarks) {
            Some(target) => all.push(target),
            None => is_complete &= reading.is_skipped(&types, name),
        }
    }
    is_complete.then_some(all)
}
