//! Reads the history from the log of git and the versions of files.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use super::change::{Change, Entry, History, What};
use super::version::{self, Version};
use crate::source::{self, Commit, Object, Touched};

/// The most versions of files that are read, those of the newest commits first. What older commits changed in a file is
/// not told.
const MOST_VERSIONS: usize = 20_000;
/// The most bytes of a version, as of any text of the content.
const MOST_BYTES: u64 = 16 << 20;

/// Reads the history of the site in a folder.
///
/// # Errors
/// There is no repository, no commit or no `git`, or the repository does not have its whole history.
pub fn read(root: &Path) -> io::Result<History> {
    let commits = source::log(root)?;
    let touched = || commits.iter().flat_map(|commit| &commit.files).filter(|file| is_text(&file.path));
    let mut names: Vec<(&Object, &str)> = Vec::new();
    let mut numbers: HashMap<(&Object, bool), usize> = HashMap::new();
    for file in touched() {
        let paths = [(&file.old, file.was.as_ref().unwrap_or(&file.path)), (&file.new, &file.path)];
        for (object, path) in paths {
            if let Some(object) = object.as_ref().filter(|_| names.len() < MOST_VERSIONS) {
                numbers.entry((object, version::is_list(path))).or_insert_with(|| {
                    names.push((object, path));
                    names.len() - 1
                });
            }
        }
    }
    let mut versions: Vec<Version> = Vec::with_capacity(names.len());
    let objects: Vec<&str> = names.iter().map(|(object, _)| object.as_str()).collect();
    source::objects(root, &objects, MOST_BYTES, &mut |number, bytes| {
        versions.push(Version::new(names[number].1, &String::from_utf8_lossy(bytes)));
    })?;
    let nothing = Version::default();
    let version = |object: &Option<Object>, path: &str| match object {
        None => Some(&nothing),
        Some(object) => numbers.get(&(object, version::is_list(path))).map(|number| &versions[*number]),
    };
    Ok(changes(&commits, &version))
}

/// Whether a file is a text of the content. The texts of index pages and what declares types have no history of their own.
fn is_text(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    (name.ends_with(".md") || name.ends_with(".toml")) && (!name.starts_with('_') || version::is_list(path))
}

/// The changes of all commits. `version` is what was in a file; `None` if that was not read.
fn changes<'v>(commits: &[Commit], version: &dyn Fn(&Option<Object>, &str) -> Option<&'v Version>) -> History {
    let mut changes = Vec::new();
    for (commit, Commit { day, files }) in commits.iter().enumerate() {
        for Touched { path, was, old, new } in files.iter().filter(|file| is_text(&file.path)) {
            let before = was.as_ref().unwrap_or(path);
            let entries = match (version(old, before), version(new, path)) {
                (Some(old), Some(new)) => old.changes(new),
                _ if version::is_list(path) => Vec::new(),
                _ => {
                    let what = match (old, new) {
                        (None, _) => What::New(Vec::new()),
                        (_, None) => What::Gone(path.as_str().into()),
                        _ => What::Changed(Vec::new()),
                    };
                    vec![Entry { id: "".into(), what }]
                }
            };
            let was = was.as_deref().map(Box::from);
            if !entries.is_empty() || was.is_some() {
                changes.push(Change { commit: commit as u32, day: *day, path: path.as_str().into(), was, entries });
            }
        }
    }
    History { changes }
}
