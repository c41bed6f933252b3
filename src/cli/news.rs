//! What is printed about files that change.

use std::collections::BTreeSet;

use super::report::plural;

/// A word in yellow, where colours are wanted.
pub(super) fn yellow(word: &str) -> String {
    format!("\u{1b}[1;33m{word}\u{1b}[0m")
}

/// `content/a.md changed: `, `3 files changed: `; nothing where nothing did.
pub(super) fn changed(paths: &BTreeSet<Box<str>>) -> String {
    match paths.iter().collect::<Vec<_>>().as_slice() {
        [] => String::new(),
        [one] => format!("{one} changed: "),
        [one, other] => format!("{one} and {other} changed: "),
        several => format!("{} changed: ", plural(several.len(), "file")),
    }
}

/// Why changes are looked for and not waited for.
pub(super) fn polling(reason: &str) -> String {
    let warning = yellow("warning");
    format!(
        "{warning}: the system does not tell of changes here ({reason}), so the files are looked at from time to time\n"
    )
}
