//! Compiles a change before anybody applies it.

use std::collections::HashMap;

use super::change::{Change, FileChange, edited};
use crate::compile::{Checked, Compiler};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::stop::{Failure, Stop};

/// The site as it would be after a change.
pub struct Trial {
    /// The result of checking it.
    pub after: Checked,
    /// The errors that were not there before the change.
    pub errors: Vec<Diagnostic>,
    /// The warnings that were not there before the change.
    pub warnings: Vec<Diagnostic>,
}

/// Checks a site with a change. The compiler's files are as before when it returns.
///
/// # Errors
/// A file can't be read, or the work was stopped.
pub fn trial(compiler: &mut Compiler, before: &Checked, change: &Change, stop: &Stop) -> Result<Trial, Failure> {
    let mut touched: Vec<(&str, Option<String>)> = Vec::new();
    let mut touch = |compiler: &Compiler, path| touched.push((path, compiler.unsaved(path)));
    for (path, file) in &change.files {
        touch(compiler, path);
        let text = || before.text(path).map(|source| edited(&source.text, file.edits()));
        match file {
            FileChange::Create(text) => compiler.set_text(path, Some(text.clone())),
            FileChange::Edit(_) => compiler.set_text(path, text()),
            FileChange::Delete => compiler.hide(path),
            FileChange::Move { to, .. } => {
                touch(compiler, to);
                match text() {
                    Some(text) => {
                        compiler.hide(path);
                        compiler.set_text(to, Some(text));
                    }
                    None => compiler.move_file(path, to),
                }
            }
        }
    }
    let after = compiler.check(stop);
    for (path, text) in touched {
        compiler.set_text(path, text);
    }
    let after = after?;
    let (errors, warnings) =
        added(&before.diagnostics, &after.diagnostics).into_iter().partition(|it| it.severity() == Severity::Error);
    Ok(Trial { after, errors, warnings })
}

/// The diagnostics that were not there before. Their places may have moved and names in their messages may have changed,
/// so a diagnostic counts as there if it has the same message, or if its code has not become more frequent.
fn added(before: &[Diagnostic], after: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut messages: HashMap<(Code, &str), usize> = HashMap::new();
    let mut codes: HashMap<Code, isize> = HashMap::new();
    for diagnostic in before {
        *messages.entry((diagnostic.code, &diagnostic.message)).or_default() += 1;
        *codes.entry(diagnostic.code).or_default() -= 1;
    }
    for diagnostic in after {
        *codes.entry(diagnostic.code).or_default() += 1;
    }
    let mut added = Vec::new();
    for diagnostic in after {
        match messages.get_mut(&(diagnostic.code, &*diagnostic.message)).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None if codes.get(&diagnostic.code).is_some_and(|more| *more > 0) => added.push(diagnostic.clone()),
            None => {}
        }
    }
    added
}
