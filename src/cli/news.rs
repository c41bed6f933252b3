//! Messages about changed files.

use std::collections::BTreeSet;

use super::report::plural;
use crate::diagnostics;

/// A word in yellow. The output stream removes the colour if it is not a terminal.
pub(super) fn yellow(word: &str) -> String {
    format!("\u{1b}[1;33m{word}\u{1b}[0m")
}

/// `content/a.md changed: ` or `3 files changed: `; empty if no file has changed.
pub(super) fn changed(paths: &BTreeSet<Box<str>>) -> String {
    match paths.iter().map(|path| diagnostics::visible(path)).collect::<Vec<_>>().as_slice() {
        [] => String::new(),
        [one] => format!("{one} changed: "),
        [one, other] => format!("{one} and {other} changed: "),
        several => format!("{} changed: ", plural(several.len(), "file")),
    }
}

/// A warning that files are polled, with the reason.
pub(super) fn polling(reason: &str) -> String {
    let (warning, reason) = (yellow("warning"), diagnostics::visible(reason));
    format!("{warning}: there are no file events here ({reason}), so the files are checked at regular intervals\n")
}
