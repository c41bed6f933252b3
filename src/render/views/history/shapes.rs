//! What templates see of a history.

use tera::Value;

use crate::render::engine::shapes::shapes;

shapes! {
    /// What happened to the profiles, for a page with `view = { kind = "history" }`.
    History {
        /// `history`.
        kind: &'static str,
        /// The days with changes, the latest first, a list of [HistoryDay](#historyday); empty where the history is not read, as by `check`.
        days: Vec<Value>,
    }

    /// A day with changes.
    HistoryDay {
        /// The day, for the filter `date`.
        date: String,
        /// What happened: what is new, what changed, what is gone; a list of at most 100 of [Change](#change).
        changes: Vec<Value>,
        /// How many more there are.
        more: usize,
    }
}
