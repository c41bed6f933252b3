//! Compiles a change before anybody applies it.

use std::collections::HashMap;

use super::change::{Change, FileChange, edited};
use crate::compile::{Checked, Compiler};
use crate::diagnostics::{self, Code, Diagnostic};
use crate::site::Site;
use crate::stop::{Failure, Stop};

/// The site as it would be after a change.
pub struct Trial {
    /// The result of checking it.
    pub after: Checked,
    /// The diagnostics of the change itself, then those of the site that were not there before.
    pub problems: Vec<Diagnostic>,
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
    let mut problems = change.diagnostics.clone();
    problems.extend(added(&before.diagnostics, &after.diagnostics));
    problems.extend(broken_addresses(&before.site, &after.site, change));
    Ok(Trial { after, problems })
}

/// The maximum number of addresses in a diagnostic.
const MOST: usize = 5;

/// Reports addresses that nobody would answer any more.
fn broken_addresses(before: &Site, after: &Site, change: &Change) -> Option<Diagnostic> {
    // Only the theme's own scripts read the listings of indexes.
    let is_public = |path: &str| !path.starts_with("/data/index/");
    let gone: Vec<&str> = before
        .routes
        .iter()
        .map(|route| &*route.path)
        .filter(|path| is_public(path) && after.find(path).is_none())
        .collect();
    let first = gone.first()?;
    let (path, _) = change.files.iter().next()?;
    let message = match gone.len() {
        1 => format!("the address {first} is gone after this"),
        count => format!("{count} addresses are gone after this"),
    };
    let listed = gone.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    let more = if gone.len() > MOST { format!(" and {} more", gone.len() - MOST) } else { String::new() };
    Some(
        Diagnostic::about_file(Code::BrokenAddress, path, message)
            .hint(format!("nothing redirects from {listed}{more}")),
    )
}

/// The diagnostics that were not there before. Names in their messages may have changed, so a diagnostic is new only if its
/// code has become more frequent.
fn added(before: &[Diagnostic], after: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut more: HashMap<Code, isize> = HashMap::new();
    before.iter().for_each(|diagnostic| *more.entry(diagnostic.code).or_default() -= 1);
    after.iter().for_each(|diagnostic| *more.entry(diagnostic.code).or_default() += 1);
    let mut added = diagnostics::only_in(after, before);
    added.retain(|diagnostic| more.get(&diagnostic.code).is_some_and(|more| *more > 0));
    added
}
