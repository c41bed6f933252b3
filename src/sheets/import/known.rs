//! Finds out which profile each row of a type's sheet is, and registers new ones.

use std::collections::HashMap;

use super::decisions::Decision;
use super::head::Head;
use super::read::RawRow;
use super::reading::Reading;
use super::remarks::Remarks;
use super::rows::{Match, Rows};
use crate::diagnostics::{self, Code};
use crate::locale::Lang;
use crate::model::EntityId;
use crate::schema::{TypeId, is_id};
use crate::sheets::column::Part;

/// A row, and the profile that it is.
pub(super) struct Known<'r> {
    pub row: &'r RawRow,
    pub is: Is,
}

/// What a row is.
pub(super) enum Is {
    Entity(EntityId),
    /// An entity that was found by its name: the row's spelling of it does not become its title.
    Named(EntityId),
    New(Box<str>),
}

/// Finds out which profile each row is, and registers new ones, so that other rows can name them.
pub(super) fn know<'r>(
    reading: &mut Reading<'_>,
    (owner, head): (TypeId, &Head),
    rows: &'r [RawRow],
    remarks: &mut Remarks<'_>,
) -> Vec<Known<'r>> {
    let finder = Rows::new(reading.ecosystem, reading.titles, owner);
    let mut seen: HashMap<EntityId, usize> = HashMap::new();
    let mut known = Vec::new();
    for row in rows {
        let found = decided(reading, (owner, head), row, finder.find(row, &head.columns), remarks);
        match found {
            Some(is @ (Is::Entity(id) | Is::Named(id))) => match seen.insert(id, row.number) {
                None => known.push(Known { row, is }),
                Some(first) => {
                    let message = format!("this is the same profile as in row {first}");
                    remarks.report(Code::BadCell, (Some(row.number), None), message, "make one row of them");
                }
            },
            Some(is) => known.push(Known { row, is }),
            None => {}
        }
    }
    known
}

/// What a row is, after what people have decided. `None` if it is left out.
fn decided(
    reading: &mut Reading<'_>,
    (owner, head): (TypeId, &Head),
    row: &RawRow,
    found: Match,
    remarks: &mut Remarks<'_>,
) -> Option<Is> {
    let of = reading.ecosystem.schema.get(owner).id.to_string();
    let title = title(row, head);
    match found {
        Match::Entity(id) => Some(Is::Entity(id)),
        Match::Named(id) => Some(Is::Named(id)),
        Match::Nothing if row.cells.iter().any(|(at, _)| head.columns.iter().any(|(column, _)| column == at)) => {
            remarks.report(
                Code::BadCell,
                (Some(row.number), None),
                "this row has neither an id nor a title",
                "write a title, or delete the row",
            );
            None
        }
        Match::Nothing => None,
        Match::New(given) => new(reading, owner, (given, &title), row, remarks),
        Match::Unclear(candidates) => match reading.decisions.get(&of, &title).cloned() {
            Some(Decision::Is(id)) => match &*reading.titles.find(&id, &[owner]) {
                [one] => Some(Is::Named(*one)),
                _ => {
                    let message = format!("the decision \"{id}\" for \"{title}\" is no profile of \"{of}\"");
                    remarks.report(
                        Code::BadCell,
                        (Some(row.number), None),
                        message,
                        "write an id, \"new\" or \"skip\"",
                    );
                    None
                }
            },
            Some(Decision::New(_)) => new(reading, owner, (None, &title), row, remarks),
            Some(Decision::Skip) => None,
            None => {
                let names: Vec<String> = candidates
                    .iter()
                    .map(|(id, reason)| format!("{}: {reason}", reading.titles.with_id(*id, Lang::DEFAULT)))
                    .collect();
                let hint =
                    format!("it may be {}: write its id into the row, or decide with --review", names.join("; "));
                remarks.report(
                    Code::UnclearRow,
                    (Some(row.number), None),
                    format!("\"{title}\" may be there already"),
                    hint,
                );
                let lines: Vec<String> = candidates
                    .iter()
                    .map(|(id, reason)| format!("{of}/{}  {reason}", reading.ecosystem.entity(*id).id))
                    .collect();
                reading.add(&of, &title, row.number, &lines.join("\n"), remarks);
                None
            }
        },
    }
}

/// The title of a row, in the first language that has one.
pub(super) fn title(row: &RawRow, head: &Head) -> String {
    let titles = head.columns.iter().filter(|(_, column)| column.part == Part::Title);
    titles.map(|(at, _)| row.get(*at).text().trim().to_owned()).find(|title| !title.is_empty()).unwrap_or_default()
}

/// A new profile. An id that a row gives has to be one, and is not to be a slip in another one.
fn new(
    reading: &mut Reading<'_>,
    owner: TypeId,
    (given, title): (Option<String>, &str),
    row: &RawRow,
    remarks: &mut Remarks<'_>,
) -> Option<Is> {
    let may_guess = title.is_empty() && reading.may_guess();
    let mut bad = |message: String, hint: &str| {
        remarks.report(Code::BadCell, (Some(row.number), None), message, hint);
        None
    };
    if title.is_empty() {
        let given = given.unwrap_or_default();
        let ids = reading.ecosystem.of_type(owner).filter(|_| may_guess).map(|id| &*reading.ecosystem.entity(id).id);
        let hint = match diagnostics::closest(&given, ids) {
            Some(near) => format!("did you mean \"{near}\"? A new profile needs a title"),
            None => String::from("a new profile needs a title"),
        };
        return bad(format!("no profile has the id \"{given}\""), &hint);
    }
    let id: Box<str> = match given {
        Some(id) if !is_id(&id, false) => {
            return bad(
                format!("\"{id}\" can't be an id"),
                "write small letters without accents, digits and hyphens, or leave it empty",
            );
        }
        Some(id) => id.into(),
        None => match reading.free_id(owner, title) {
            Some(id) => id,
            None => return bad(format!("no id can be made from \"{title}\""), "write one into the column of ids"),
        },
    };
    reading.add_name(owner, title, &id);
    Some(Is::New(id))
}
