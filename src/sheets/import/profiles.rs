//! Reads the rows of a type's sheet.

use super::adding::Adding;
use super::head::Head;
use super::known::{Is, Known};
use super::reading::{Reading, with_draft};
use super::remarks::Remarks;
use super::updating::Updating;
use crate::diagnostics::Code;
use crate::edit::NewEntity;
use crate::locale::Lang;
use crate::schema::TypeId;
use crate::sheets::column::Part;

/// Reads the cells of the rows.
pub(super) fn read(
    reading: &mut Reading<'_>,
    (owner, head): (TypeId, &Head),
    known: &[Known<'_>],
    lang: Lang,
    remarks: &mut Remarks<'_>,
) {
    for Known { row, is } in known {
        for (column, error) in &row.faults {
            if head.columns.iter().any(|(at, _)| at == column) {
                remarks.report(
                    Code::BadCell,
                    (Some(row.number), Some(*column)),
                    format!("the formula of this cell has failed: {error}"),
                    "mend the formula, or write the value itself",
                );
            }
        }
        match is {
            Is::Entity(id) => Updating { reading, id: *id, owner, lang, row, remarks }.all(head, |_| true),
            Is::Named(id) => {
                Updating { reading, id: *id, owner, lang, row, remarks }.all(head, |part| part != Part::Title);
            }
            Is::New(id) => {
                let facts = Adding { reading, owner, row, remarks }.facts(head);
                let facts = with_draft(reading.ecosystem, owner, facts);
                reading.plan.new.push(NewEntity { owner, id: id.clone(), facts });
            }
        }
    }
}
