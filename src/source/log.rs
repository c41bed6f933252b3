//! The log of a site's git repository.
//!
//! In: the root of a site. Out: the commits that changed its content. No program that the repository names is run.

use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::SystemTime;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::git::{Object, command, git};
use super::open::CONTENT;

/// The most commits that are read, the newest first.
const MOST_COMMITS: &str = "--max-count=100000";

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The day on which it was committed, in UTC.
    pub day: Date,
    /// The files below the content folder that it changed.
    pub files: Vec<Touched>,
}

/// A file that a commit changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// Its path, from the root of the site.
    pub path: String,
    /// Its earlier path, if it was moved.
    pub was: Option<String>,
    /// What was in it before; `None` if it is new.
    pub old: Option<Object>,
    /// What is in it; `None` if it is gone.
    pub new: Option<Object>,
}

/// The file in which git notes each move of a repository's `HEAD`, such as a commit.
#[derive(Debug, Clone)]
pub struct Head {
    file: PathBuf,
}

impl Head {
    /// Finds the file of the repository that a site is in.
    ///
    /// # Errors
    /// There is no repository or no `git`.
    pub fn find(root: &Path) -> io::Result<Self> {
        Ok(Self { file: root.join(git(root, &["rev-parse", "--git-path", "logs/HEAD"])?) })
    }

    /// The folder of the file.
    pub fn folder(&self) -> Option<&Path> {
        self.file.parent()
    }

    /// The size and the mtime of the file; `None` if it is not there.
    pub fn stamp(&self) -> Option<(u64, SystemTime)> {
        let metadata = self.file.metadata().ok()?;
        Some((metadata.len(), metadata.modified().ok()?))
    }
}

/// The name of the newest commit.
///
/// # Errors
/// There is no repository, no commit or no `git`.
pub fn newest_commit(root: &Path) -> io::Result<String> {
    git(root, &["rev-parse", "--verify", "HEAD"])
}

/// The commits that changed the content, the newest first. Merges are left out: what they bring has commits of its own.
///
/// # Errors
/// There is no repository, no commit or no `git`, or the repository does not have its whole history.
pub fn log(root: &Path) -> io::Result<Vec<Commit>> {
    if git(root, &["rev-parse", "--is-shallow-repository"])? == "true" {
        return Err(io::Error::other("the clone is shallow: it has only the last commits"));
    }
    // The settings of a repository can name programs that show differences and verify signatures.
    let arguments =
        ["-c", "log.showSignature=false", "-c", "core.fsmonitor=false", "log", MOST_COMMITS, "--no-ext-diff"];
    let forms = ["--no-textconv", "--no-color", "--no-notes", "--no-decorate", "--no-mailmap", "--diff-merges=off"];
    let what = ["--raw", "-z", "--no-abbrev", "-M", "-l400", "--relative", "--format=commit %ct", "--", CONTENT];
    let mut child = command(root, &[&arguments[..], &forms, &what].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let Some(out) = child.stdout.take() else { return Err(io::Error::other("git can't be talked to")) };
    let commits = commits(BufReader::new(out));
    if !child.wait()?.success() {
        return Err(io::Error::other("git can't read the log"));
    }
    commits
}

/// Reads the output of `git log --raw -z`.
fn commits(mut out: impl io::BufRead) -> io::Result<Vec<Commit>> {
    let mut commits: Vec<Commit> = Vec::new();
    let next = |out: &mut dyn io::BufRead| {
        let mut part = Vec::new();
        let size = out.read_until(0, &mut part)?;
        let text = String::from_utf8_lossy(&part).trim_end_matches('\0').to_owned();
        Ok::<_, io::Error>((size > 0).then_some(text))
    };
    while let Some(part) = next(&mut out)? {
        let part = part.trim_start_matches('\n');
        if let Some(seconds) = part.strip_prefix("commit ") {
            let moment = seconds.trim().parse().ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            let day = moment.map(|moment| moment.to_zoned(TimeZone::UTC).date()).unwrap_or_default();
            commits.push(Commit { day, files: Vec::new() });
        } else if let Some(entry) = part.strip_prefix(':') {
            let Some(path) = next(&mut out)? else { break };
            let is_moved = entry.rsplit(' ').next().is_some_and(|status| status.starts_with(['R', 'C']));
            let to = if is_moved { next(&mut out)? } else { None };
            let (path, was) = to.map_or((path.clone(), None), |to| (to, Some(path)));
            let mut parts = entry.split(' ');
            let (old_mode, new_mode) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let (old, new) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            // Symbolic links and submodules are no files of the site.
            let object = |mode: &str, name: &str| mode.starts_with("100").then(|| name.to_owned());
            let (old, new) = (object(old_mode, old), object(new_mode, new));
            if let Some(commit) = commits.last_mut() {
                commit.files.push(Touched { path, was, old, new });
            }
        }
    }
    Ok(commits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_of_git_is_read() {
        let (nothing, a, b) = ("0".repeat(40), "a".repeat(40), "b".repeat(40));
        let text = format!(
            "commit 1768521600\0\n:000000 100644 {nothing} {a} A\0content/a.md\0:100644 100644 {a} {b} R090\0content/b.md\0content/commit 1\0commit 86400\0\n:120000 000000 {a} {nothing} D\0content/l.md\0"
        );
        let commits = commits(text.as_bytes()).unwrap();
        let days: Vec<String> = commits.iter().map(|commit| commit.day.to_string()).collect();
        assert_eq!(days, ["2026-01-16", "1970-01-02"]);
        let [first, second] = commits[0].files.as_slice() else { panic!("{commits:?}") };
        assert_eq!((&*first.path, &first.old, &first.new), ("content/a.md", &None, &Some(a.clone())));
        assert_eq!((&*second.path, second.was.as_deref()), ("content/commit 1", Some("content/b.md")));
        assert_eq!((&commits[1].files[0].old, &commits[1].files[0].new), (&None, &None));
    }
}
