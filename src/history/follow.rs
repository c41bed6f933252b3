//! The history of a site that gets commits while the program runs.

use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use super::change::History;
use super::read::read;
use crate::source::{self, Head};

/// How often, and after which time, the newest commit is asked for: git notes a move of `HEAD` a moment before it moves.
const TRIES: usize = 20;
const PAUSE: Duration = Duration::from_millis(10);

/// Reads the history of a site, and reads it again after each commit.
#[derive(Debug)]
pub struct Follower {
    root: PathBuf,
    is_read: bool,
    head: Option<Head>,
    stamp: Option<(u64, SystemTime)>,
    commit: Option<String>,
}

impl Follower {
    /// Follows the repository that a site is in.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), is_read: false, head: None, stamp: None, commit: None }
    }

    /// The history, if it has not been read or if there is another newest commit since. Asking costs a look at one file.
    pub fn news(&mut self) -> Option<io::Result<History>> {
        if !self.is_read {
            self.is_read = true;
            self.head = Head::find(&self.root).ok();
            self.stamp = self.head.as_ref().and_then(Head::stamp);
            self.commit = source::newest_commit(&self.root).ok();
            return Some(read(&self.root));
        }
        let stamp = self.head.as_ref()?.stamp();
        if stamp == self.stamp {
            return None;
        }
        self.stamp = stamp;
        for _ in 0..TRIES {
            let commit = source::newest_commit(&self.root).ok();
            if commit != self.commit {
                self.commit = commit;
                return Some(read(&self.root));
            }
            thread::sleep(PAUSE);
        }
        None
    }

    /// The folder whose files change with each commit, once the history was read.
    pub fn folder(&self) -> Option<&Path> {
        self.head.as_ref()?.folder()
    }
}
