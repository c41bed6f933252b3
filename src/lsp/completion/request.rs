//! A completion that is asked for, and what its parts have in common.

use super::names::Names;
use crate::lsp::context::Context;
use crate::lsp::cursor::{Step, Word};
use crate::table::Table;

/// A completion that is asked for.
pub(super) struct Request<'a> {
    pub context: &'a Context<'a>,
    pub names: &'a Names,
    pub path: &'a str,
    /// The facts of the file, as far as they can be read.
    pub facts: Table,
}

/// The names of the steps to a spot, without the indexes of lists.
pub(super) fn names_of(steps: &[Step]) -> Vec<&str> {
    steps.iter().filter_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None }).collect()
}

/// The table at the end of these keys. Tables in lists are not found: which of the items it is, is not known.
pub(super) fn table_at<'t>(table: &'t Table, names: &[&str]) -> Option<&'t Table> {
    names.iter().try_fold(table, |table, name| table.get(name)?.as_table())
}

/// Whether a key of a table is there, other than as the word at the cursor.
pub(super) fn has(table: Option<&Table>, key: &str, word: &Word) -> bool {
    let is_at_cursor = |at: usize| word.span.start <= at && at <= word.span.end;
    table.is_some_and(|table| {
        table.entries.iter().any(|entry| &*entry.key == key && !is_at_cursor(entry.key_span.start as usize))
    })
}
