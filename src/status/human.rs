//! The list of work as text for a terminal.

use std::fmt::Write as _;

use super::item::Status;
use crate::diagnostics;

/// The number of pieces of work that are shown unless all are asked for.
const MOST: usize = 30;

/// The heaviest pieces of work, a line each, then how many there are of each kind.
pub fn human(status: &Status, all: bool) -> String {
    let shown = if all { status.items.len() } else { MOST.min(status.items.len()) };
    let width = status.items.iter().take(shown).map(|item| item.entity.chars().count()).max().unwrap_or(0).min(48);
    let mut out = String::new();
    for item in &status.items[..shown] {
        let (weight, kind) = (item.weight, item.kind.as_str());
        let entity = diagnostics::visible(&item.entity);
        let _ = writeln!(out, "{weight:>3.0}  {kind:<19}  {entity:<width$}  {}", diagnostics::visible(&item.message));
    }
    if status.items.is_empty() {
        return String::from("nothing is to be done\n");
    }
    if shown < status.items.len() {
        let _ = writeln!(out, "… and {} more (--all)", status.items.len() - shown);
    }
    out.push('\n');
    for (kind, count) in status.totals() {
        let _ = writeln!(out, "{count:>5}  {}", kind.as_str());
    }
    out
}
