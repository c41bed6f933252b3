//! The files of a site at a revision of its git repository.
//!
//! In: the root of a site, and the name of a revision. Out: its files in memory. Nothing is checked out: two calls of
//! `git` list and read what the site consists of.

use std::io;
use std::path::Path;

use super::git::{git, objects, output};
use super::memory::Memory;
use super::open::{CONTENT, THEMES};
use crate::config;

/// The revision with which a site is compared where nobody says another one: the merge base with the default branch; on
/// that branch the last commit.
///
/// # Errors
/// There is no repository, no commit, or no `git`.
pub fn usual_revision(root: &Path) -> io::Result<String> {
    let head = git(root, &["rev-parse", "--verify", "HEAD"])?;
    for branch in ["refs/remotes/origin/HEAD", "refs/heads/main", "refs/heads/master"] {
        if let Ok(base) = git(root, &["merge-base", "HEAD", branch]) {
            return Ok(base);
        }
    }
    Ok(head)
}

/// The files of a site at a revision.
///
/// # Errors
/// There is no such revision, or no `git`.
pub fn at_revision(root: &Path, revision: &str) -> io::Result<Memory> {
    let commit = format!("{revision}^{{commit}}");
    let commit = git(root, &["rev-parse", "--verify", "--end-of-options", &commit])
        .map_err(|error| io::Error::new(error.kind(), format!("there is no revision \"{revision}\" ({error})")))?;
    let listing = output(root, &["ls-tree", "-r", "-z", &commit, "--", config::FILE, CONTENT, THEMES])?;
    let mut files: Vec<(String, String)> = Vec::new();
    for line in String::from_utf8_lossy(&listing).split('\0').filter(|line| !line.is_empty()) {
        let Some((entry, path)) = line.split_once('\t') else { continue };
        let mut parts = entry.split(' ');
        let (mode, kind, object) = (parts.next(), parts.next(), parts.next());
        // Symbolic links and submodules are no files of the site.
        if let (Some("100644" | "100755"), Some("blob"), Some(object)) = (mode, kind, object) {
            files.push((object.to_owned(), path.to_owned()));
        }
    }
    let names: Vec<&str> = files.iter().map(|(object, _)| &**object).collect();
    let memory = Memory::new();
    objects(root, &names, u64::MAX, &mut |number, bytes| memory.insert(&files[number].1, bytes.to_vec()))?;
    Ok(memory)
}
