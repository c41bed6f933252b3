//! What a person has to decide, in a workbook, and what was decided.
//!
//! A case is a row of a sheet that may be several profiles, or a name in a cell that is nobody's. The workbook has a line
//! for each, with what it may be; people write into the column "decision" the id that it is, `new`, or `skip`.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::read;

/// What was decided about a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decision {
    /// It is the entity with this id, or `type/id`.
    Is(String),
    /// It is a new one, of a type for names that can be of several.
    New(Option<String>),
    /// It is left out.
    Skip,
}

/// A case that is not decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The type of the row, or the types that a name can be of, separated by commas.
    pub of: String,
    /// The title of the row, or the name.
    pub name: String,
    /// Where it is.
    pub place: String,
    /// What it may be: `type/id` and the reason, each on a line.
    pub candidates: String,
}

/// The decisions of a workbook, by type and name.
#[derive(Debug, Default)]
pub struct Decisions(HashMap<(String, String), Decision>);

const COLUMNS: [(&str, f64); 5] =
    [("type", 16.0), ("name", 40.0), ("where", 32.0), ("candidates", 56.0), ("decision", 32.0)];
const HELP: &str = "Write into the column \"decision\" what each line is: the id of a candidate, \"new\" for a new profile (\"new actors\" where the type has to be said), or \"skip\". Then import again with the same --review.";

impl Decisions {
    /// Reads a workbook.
    ///
    /// # Errors
    /// It can't be read. The error is a sentence.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, String> {
        let mut decisions = HashMap::new();
        for sheet in read::sheets(name, bytes)? {
            for row in &sheet.rows {
                let text = |at: usize| row.get(at).text().trim().to_owned();
                let (of, name, decision) = (text(0), text(1), text(4));
                let decision = match decision.split_whitespace().collect::<Vec<_>>().as_slice() {
                    [] => continue,
                    ["new"] => Decision::New(None),
                    ["new", owner] => Decision::New(Some((*owner).to_owned())),
                    ["skip"] => Decision::Skip,
                    [id, ..] => Decision::Is((*id).to_owned()),
                };
                decisions.insert((of, name), decision);
            }
        }
        Ok(Self(decisions))
    }

    pub(super) fn get(&self, of: &str, name: &str) -> Option<&Decision> {
        self.0.get(&(of.to_owned(), name.trim().to_owned()))
    }

    /// The workbook for cases, with the decisions that were made already.
    ///
    /// # Errors
    /// There are more lines than a sheet can have.
    pub fn workbook(&self, cases: &[Case]) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.set_name("review")?;
        let (head, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap());
        for (at, (name, width)) in COLUMNS.iter().enumerate() {
            page.write_string_with_format(1, at as u16, *name, &head)?.set_column_width(at as u16, *width)?;
        }
        page.merge_range(0, 0, 0, 4, HELP, &wrapped)?.set_row_height(0, 48)?.set_freeze_panes(2, 2)?;
        let made = self.0.iter().map(|((of, name), decision)| {
            let decision = match decision {
                Decision::Is(id) => id.clone(),
                Decision::New(None) => String::from("new"),
                Decision::New(Some(owner)) => format!("new {owner}"),
                Decision::Skip => String::from("skip"),
            };
            [of.clone(), name.clone(), String::new(), String::new(), decision]
        });
        let mut made: Vec<[String; 5]> = made.collect();
        made.sort_unstable();
        let open = cases.iter().map(|case| {
            [case.of.clone(), case.name.clone(), case.place.clone(), case.candidates.clone(), String::new()]
        });
        for (line, cells) in (2..).zip(open.chain(made)) {
            for (at, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                page.write_string_with_format(line, at as u16, text, &wrapped)?;
            }
        }
        book.save_to_buffer()
    }
}
