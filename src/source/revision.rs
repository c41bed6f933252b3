//! The files of a site at a revision of its git repository.
//!
//! In: the root of a site, and the name of a revision. Out: its files in memory. Nothing is checked out: two calls of
//! `git` list and read what the site consists of.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

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
    read(root, &files)
}

/// Reads objects in one call.
fn read(root: &Path, files: &[(String, String)]) -> io::Result<Memory> {
    let mut child = command(root, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (Some(mut input), Some(out)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("git can't be talked to"));
    };
    let names: String = files.iter().map(|(object, _)| format!("{object}\n")).collect();
    // Writing and reading at the same time: the pipes hold little.
    let writer = std::thread::spawn(move || input.write_all(names.as_bytes()));
    let memory = Memory::new();
    let mut out = BufReader::new(out);
    for (_, path) in files {
        let mut header = String::new();
        out.read_line(&mut header)?;
        let size = header.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other(format!("git can't read {path}")))?;
        let mut bytes = Vec::new();
        out.by_ref().take(size).read_to_end(&mut bytes)?;
        out.read_exact(&mut [0])?;
        memory.insert(path, bytes);
    }
    let written = writer.join().unwrap_or_else(|_| Err(io::Error::other("git can't be talked to")));
    child.wait()?;
    written.map(|()| memory)
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(arguments).stdin(Stdio::null());
    // Nothing outside this repository is fetched, and its hooks are not asked.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    command
}

fn output(root: &Path, arguments: &[&str]) -> io::Result<Vec<u8>> {
    let output = command(root, arguments).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(error.kind(), "there is no program git: install it"),
        _ => error,
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(message.trim().trim_start_matches("fatal: ").to_owned()))
}

/// One line of output.
fn git(root: &Path, arguments: &[&str]) -> io::Result<String> {
    output(root, arguments).map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned())
}
