//! Changes of the content on disk: all of a change, or nothing of it.
//!
//! In: the files to write, to move and to delete. First all new texts and a journal go into a folder beside `site.toml`;
//! once the journal is there, the change counts as made, and its steps are done. If the program is killed before that,
//! the next command takes the change back; if it is killed after that, the next command finishes it.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk;
use super::lock::Lock;
use super::staging::Refusal;

/// The folder of the journal, in the root of a site. It is hidden, so no command reads it as content.
const FOLDER: &str = ".filiere-change";
const JOURNAL: &str = "journal.json";
const LOCK: &str = ".filiere-change-lock";

/// A step of a change. Paths are relative to the root of the site, with `/` between their parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Writes a file, in place of one that may be there. `is_new` says that there is none.
    Write {
        /// The path.
        path: String,
        /// The bytes.
        bytes: Vec<u8>,
        /// Whether there is no file at the path.
        is_new: bool,
    },
    /// Moves a file to a path at which there is none.
    Move {
        /// The present path.
        from: String,
        /// The new path.
        to: String,
    },
    /// Deletes a file.
    Delete {
        /// The path.
        path: String,
    },
}

/// A step in the journal. The bytes of a file to write are in the folder, under their number.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Entry {
    Write(String, usize),
    Move(String, String),
    Delete(String),
}

impl Entry {
    fn paths(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self {
            Self::Write(path, _) | Self::Delete(path) => (path, None),
            Self::Move(from, to) => (from, Some(to)),
        };
        std::iter::once(first).chain(second).map(String::as_str)
    }
}

/// What became of a change that another process did not finish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovered {
    /// It is finished now.
    Finished,
    /// Nothing of it had been done, and nothing was.
    TakenBack,
}

/// Applies a change.
///
/// # Errors
/// A new path is taken or leads out of the site, another change is being applied, or the disk refuses. If the journal had
/// been written, the next command finishes the change.
pub fn apply(root: &Path, steps: &[Step]) -> Result<(), Refusal> {
    let _lock = lock(root)?;
    recover_locked(root)?;
    for step in steps {
        check(root, step)?;
    }
    let folder = root.join(FOLDER);
    disk::make_new(&folder)?;
    let mut entries = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        entries.push(match step {
            Step::Write { path, bytes, .. } => {
                let staged = folder.join(number.to_string());
                disk::write(&staged, bytes)?;
                if let Some(metadata) = disk::look(&root.join(path))? {
                    fs::set_permissions(&staged, metadata.permissions())
                        .map_err(|error| disk::named(&staged, error))?;
                }
                Entry::Write(path.clone(), number)
            }
            Step::Move { from, to } => Entry::Move(from.clone(), to.clone()),
            Step::Delete { path } => Entry::Delete(path.clone()),
        });
    }
    let journal = serde_json::to_vec(&entries).map_err(io::Error::from)?;
    let unfinished = folder.join("journal.part");
    disk::write(&unfinished, &journal)?;
    disk::sync_all(&folder)?;
    disk::rename(&unfinished, &folder.join(JOURNAL))?;
    disk::sync_folder(&folder)?;
    finish(root, &entries)?;
    Ok(())
}

/// Finishes or takes back a change that another process left half done. `None` if there is none.
///
/// # Errors
/// Another process is applying it, or the disk refuses.
pub fn recover(root: &Path) -> Result<Option<Recovered>, Refusal> {
    if !disk::exists(&root.join(FOLDER))? {
        return Ok(None);
    }
    let _lock = lock(root)?;
    recover_locked(root)
}

fn lock(root: &Path) -> Result<Lock, Refusal> {
    let what = format!("another command is changing the site in {}", root.display());
    Lock::take(root.join(LOCK))?.ok_or_else(|| Refusal::NotOurs(format!("{what}; wait for it to end")))
}

fn recover_locked(root: &Path) -> Result<Option<Recovered>, Refusal> {
    let folder = root.join(FOLDER);
    if disk::is_link(&folder)? {
        return Err(foreign(&format!("{} is a symbolic link", folder.display())));
    }
    match fs::read(folder.join(JOURNAL)) {
        Ok(journal) => {
            let entries: Vec<Entry> = serde_json::from_slice(&journal)
                .map_err(|error| foreign(&format!("{}: {error}", folder.join(JOURNAL).display())))?;
            // The journal may have come with the site, from somebody else.
            for path in entries.iter().flat_map(Entry::paths) {
                if let Some(why) = unsafe_path(root, path)? {
                    return Err(foreign(&why));
                }
            }
            finish(root, &entries)?;
            Ok(Some(Recovered::Finished))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let was_there = disk::exists(&folder)?;
            disk::remove(&folder)?;
            Ok(was_there.then_some(Recovered::TakenBack))
        }
        Err(error) => Err(disk::named(&folder, error).into()),
    }
}

/// The refusal of a journal that no command has written.
fn foreign(what: &str) -> Refusal {
    Refusal::NotOurs(format!("{what}: no command has written this journal of a change; remove {FOLDER}"))
}

/// Refuses a step that would leave the site, follow a symbolic link or replace a file that the change does not know.
fn check(root: &Path, step: &Step) -> Result<(), Refusal> {
    let (old, new) = match step {
        Step::Write { path, is_new: true, .. } => (None, Some(path)),
        Step::Write { path, is_new: false, .. } | Step::Delete { path } => (Some(path), None),
        Step::Move { from, to } => (Some(from), Some(to)),
    };
    for path in [old, new].into_iter().flatten() {
        if let Some(why) = unsafe_path(root, path)? {
            return Err(Refusal::NotOurs(why));
        }
    }
    if let Some(new) = new
        && disk::exists(&root.join(new))?
    {
        return Err(Refusal::NotOurs(format!("{new} exists already; move it away first")));
    }
    Ok(())
}

/// The hidden files and folders that `filiere schema` writes for editors.
const OURS: [&str; 2] = [".schemas", ".taplo.toml"];

/// Why a path must not be written, if so: it leads out of the site, by itself or by a symbolic link, or is hidden: what is hidden,
/// such as `.git`, is none of a site's content.
fn unsafe_path(root: &Path, path: &str) -> io::Result<Option<String>> {
    let is_ours =
        OURS.iter().any(|name| path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0']);
    if !path.split('/').skip(usize::from(is_ours)).all(is_plain) {
        return Ok(Some(format!("\"{path}\" would leave the site, or is hidden")));
    }
    let mut place = root.to_path_buf();
    for part in path.split('/') {
        place.push(part);
        if disk::is_link(&place)? {
            return Ok(Some(format!("{} is a symbolic link, and may lead anywhere", place.display())));
        }
    }
    Ok(None)
}

/// Does the steps of a journal that have not been done yet, and removes the journal.
fn finish(root: &Path, entries: &[Entry]) -> io::Result<()> {
    let folder = root.join(FOLDER);
    for entry in entries {
        match entry {
            Entry::Write(path, number) => {
                let (staged, path) = (folder.join(number.to_string()), root.join(path));
                if disk::exists(&staged)? {
                    disk::make_parent(root, &path)?;
                    disk::rename(&staged, &path)?;
                }
            }
            Entry::Move(from, to) => {
                let (from, to) = (root.join(from), root.join(to));
                if disk::exists(&from)? {
                    disk::make_parent(root, &to)?;
                    disk::rename(&from, &to)?;
                    remove_empty(root, &from);
                }
            }
            Entry::Delete(path) => {
                let path = root.join(path);
                disk::remove(&path)?;
                remove_empty(root, &path);
            }
        }
    }
    disk::sync_all(root)?;
    disk::remove(&folder.join(JOURNAL))?;
    disk::remove(&folder)
}

/// Removes the folders of a file that is gone, as far as they are empty.
fn remove_empty(root: &Path, path: &Path) {
    for folder in path.ancestors().skip(1).take_while(|folder| *folder != root) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}
