//! The staging directory, and its way into the place of the output folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::disk;
use super::lock::Lock;
use super::notes;
use crate::config;
use crate::source::{self, Bytes};

/// The file that marks a folder as made by this program, so that a build may replace it.
pub const MARKER: &str = ".filiere";
const MARKER_TEXT: &str = "This folder is made by Filière. It is replaced as a whole at the next build.\n";

/// An output folder that is being written.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    /// The staging directory. No other process uses its name.
    folder: PathBuf,
    options: Options,
    /// The folder that an earlier build has written. Its files are taken over where they are the same.
    earlier: Option<PathBuf>,
    /// What is noted about folders in it, by their paths.
    notes: Mutex<BTreeMap<String, String>>,
    /// Held until the staging directory is gone.
    _lock: Lock,
}

/// How a folder is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether a folder that this program did not make is replaced.
    pub force: bool,
    /// Whether the new site is synchronised with the storage device before it replaces the old one, so that a power
    /// failure leaves one of the two whole.
    pub sync: bool,
}

/// The reason why a folder can't be written.
#[derive(Debug)]
pub enum Refusal {
    /// The folder must not be written. The text says why, and what to do.
    NotOurs(String),
    /// Writing failed.
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Creates the staging directory of an output folder. `root` is the folder of the site, whose sources must not be
/// overwritten.
///
/// # Errors
/// The folder holds something that this program did not make and `force` is not set, it holds the site's own sources or
/// is inside them, it is a mount point, another build is writing to it, or the staging directory can't be made.
pub fn stage(target: &Path, root: &Path, options: Options) -> Result<Staging, Refusal> {
    let target = absolute(target)?;
    for source in [config::FILE, source::CONTENT, source::THEMES] {
        // Resolved one by one: each of them may be a symbolic link.
        let source = absolute(&root.join(source))?;
        if source.starts_with(&target) || target.starts_with(&source) {
            let what = format!("{} holds the site's own sources", target.display());
            return Err(Refusal::NotOurs(format!("{what}; name another folder with --output")));
        }
    }
    refuse_foreign(&target, options.force)?;
    if disk::is_mount_point(&target) {
        let what = format!("{} is a mount point, which can't be replaced", target.display());
        return Err(Refusal::NotOurs(format!("{what}; name a folder inside it with --output")));
    }
    let (Some(parent), Some(name)) = (target.parent(), target.file_name().map(|name| name.to_string_lossy())) else {
        let what = format!("{} can't be replaced", target.display());
        return Err(Refusal::NotOurs(format!("{what}; name another folder with --output")));
    };
    disk::make_all(parent)?;
    let Some(lock) = Lock::take(parent.join(format!(".{name}.filiere-lock")))? else {
        let what = format!("another build is writing to {}", target.display());
        return Err(Refusal::NotOurs(format!("{what}; wait for it to end")));
    };
    let staging = format!(".{name}.filiere-staging-");
    recover(parent, &target, &staging)?;
    let folder = parent.join(format!("{staging}{}", std::process::id()));
    disk::make_new(&folder)?;
    let earlier = is_ours(&target).then(|| target.clone());
    let staging = Staging { target, folder, options, earlier, notes: Mutex::default(), _lock: lock };
    disk::write(&staging.folder.join(MARKER), MARKER_TEXT.as_bytes())?;
    Ok(staging)
}

/// Refuses a folder that holds something that this program did not make, unless `force` is set.
fn refuse_foreign(target: &Path, force: bool) -> Result<(), Refusal> {
    if force || is_free(target)? {
        return Ok(());
    }
    let what = format!("{} was not made by Filière, and would be replaced as a whole", target.display());
    Err(Refusal::NotOurs(format!("{what}; name another folder with --output, or replace it with --force")))
}

/// Cleans up after builds that were killed: restores the old folder if it was set aside, and removes staging
/// directories. The caller must hold the lock.
fn recover(parent: &Path, target: &Path, staging: &str) -> io::Result<()> {
    let aside = set_aside(target);
    if disk::exists(&aside)? {
        if disk::exists(target)? {
            disk::remove(&aside)?;
        } else {
            disk::rename(&aside, target)?;
        }
    }
    for path in disk::entries(parent)? {
        let name = path.file_name().unwrap_or_default();
        let process = name.to_str().and_then(|name| name.strip_prefix(staging));
        if process.is_some_and(|process| !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit())) {
            disk::remove(&path)?;
        }
    }
    Ok(())
}

/// Whether a folder was made by this program.
pub fn is_ours(target: &Path) -> bool {
    fs::symlink_metadata(target.join(MARKER)).is_ok_and(|metadata| metadata.is_file())
}

/// Whether a folder may be replaced: it does not exist, is empty, or was made by this program.
fn is_free(target: &Path) -> io::Result<bool> {
    match fs::read_dir(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(disk::named(target, error)),
        Ok(mut entries) => Ok(is_ours(target) || entries.next().is_none()),
    }
}

/// An absolute path without `.` and `..`. Symbolic links are resolved in the part of the path that exists.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path).map_err(|error| disk::named(path, error))?;
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
        if let Ok(real) = fs::canonicalize(&plain) {
            plain = real;
        }
    }
    Ok(plain)
}

impl Staging {
    /// Writes a file; its path is relative to the folder, with `/` between its parts.
    ///
    /// # Errors
    /// The path would leave the folder, or the disk refuses.
    pub fn write(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(file)?;
        disk::make_parent(&self.folder, &path)?;
        disk::write_or_link(&path, bytes, self.earlier(file).as_deref())
    }

    /// Where the earlier build has a file, if it has it.
    fn earlier(&self, file: &str) -> Option<PathBuf> {
        self.earlier.as_ref().map(|folder| folder.join(file))
    }

    /// Takes a folder over from the earlier build, if [`Staging::note`] was called about it with the same words, and its files
    /// are still those that were there. `folder` is relative to the output folder. Out: whether it was taken over.
    ///
    /// # Errors
    /// The path would leave the folder, or the disk refuses.
    pub fn take_over(&self, folder: &str, words: &str) -> io::Result<bool> {
        let Some(earlier) = &self.earlier else { return Ok(false) };
        let from = earlier.join(folder);
        let Ok(Some(note)) = notes::about(&from, words) else { return Ok(false) };
        if !notes::read(&self.target).lines().any(|line| line == format!("{folder} {note}")) {
            return Ok(false);
        }
        for file in disk::files(&from)? {
            let to = self.path(&[folder, "/", &notes::relative(&from, &file)].concat())?;
            disk::make_parent(&self.folder, &to)?;
            if fs::hard_link(&file, &to).is_err() {
                let bytes = fs::read(&file).map_err(|error| disk::named(&file, error))?;
                disk::write(&to, &bytes)?;
            }
        }
        self.note(folder, words)?;
        Ok(true)
    }

    /// Notes what a folder was made from, for [`Staging::take_over`]. All its files have been written.
    ///
    /// # Errors
    /// The files can't be looked at.
    pub fn note(&self, folder: &str, words: &str) -> io::Result<()> {
        // A file system that does not know when files were made has no notes.
        if let Some(note) = notes::about(&self.folder.join(folder), words)? {
            self.notes.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned(), note);
        }
        Ok(())
    }

    /// Copies a file into the folder.
    ///
    /// # Errors
    /// The path would leave the folder, the file can't be read, or the disk refuses.
    pub fn copy(&self, file: &str, bytes: &Bytes) -> io::Result<()> {
        let path = self.path(file)?;
        disk::make_parent(&self.folder, &path)?;
        let earlier = self.earlier(file);
        match bytes {
            Bytes::Disk(file) => disk::copy_or_link(file, &path, earlier.as_deref()),
            Bytes::Memory(bytes) => disk::write_or_link(&path, bytes, earlier.as_deref()),
            Bytes::Embedded(bytes) => disk::write_or_link(&path, bytes, earlier.as_deref()),
            Bytes::Joined(_) => disk::write_or_link(&path, &bytes.read()?, earlier.as_deref()),
        }
    }

    fn path(&self, file: &str) -> io::Result<PathBuf> {
        let is_inside =
            !file.is_empty() && Path::new(file).components().all(|component| matches!(component, Component::Normal(_)));
        if !is_inside || file.contains(['\\', '\0']) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("\"{file}\" would leave the output folder"),
            ));
        }
        Ok(self.folder.join(file))
    }

    /// Puts the staging directory in place of the output folder, and removes the old folder.
    ///
    /// # Errors
    /// A foreign folder has appeared in its place, or the disk refuses. Unless the error says that the new site is in
    /// place, the old folder is unchanged.
    pub fn publish(self) -> Result<(), Refusal> {
        refuse_foreign(&self.target, self.options.force)?;
        if self.options.sync {
            disk::sync_all(&self.folder)?;
        }
        if disk::exists(&self.target)? {
            disk::exchange(&self.folder, &self.target, &set_aside(&self.target))?;
        } else {
            disk::rename(&self.folder, &self.target)?;
        }
        let in_place =
            |error: io::Error| io::Error::new(error.kind(), format!("the new site is in place, but {error}"));
        if let (true, Some(parent)) = (self.options.sync, self.target.parent()) {
            disk::sync_folder(parent).map_err(in_place)?;
        }
        disk::remove(&self.folder).map_err(in_place)?;
        notes::write(&self.target, &self.notes.lock().unwrap_or_else(PoisonError::into_inner)).map_err(in_place)?;
        Ok(())
    }

    /// Moves the files in `different` from the staging directory to the existing output folder, each in one step, and
    /// deletes those in `gone`.
    ///
    /// # Errors
    /// The disk refuses. Then some files are new and some are old.
    pub fn merge(self, different: &[String], gone: &[String]) -> io::Result<()> {
        for file in gone {
            let path = self.target.join(file);
            disk::remove(&path)?;
            // Remove the folders that are empty now, from the innermost to the first that is not empty.
            let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.target);
            for folder in folders {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
        for file in different {
            let path = self.target.join(file);
            disk::make_parent(&self.target, &path)?;
            disk::rename(&self.folder.join(file), &path)?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    /// Removes the staging directory. After [`Staging::publish`] it no longer exists.
    fn drop(&mut self) {
        let _ = disk::remove(&self.folder);
    }
}

/// Writes the files of a new site into a folder that is empty or does not exist.
///
/// # Errors
/// The folder holds something, or the disk refuses.
pub fn write_new(folder: &Path, files: &[(String, &[u8])]) -> Result<(), Refusal> {
    let is_free = match disk::look(folder)? {
        None => true,
        Some(metadata) if metadata.is_file() => false,
        Some(_) => disk::entries(folder)?.is_empty(),
    };
    if !is_free {
        return Err(Refusal::NotOurs(format!("{} is not empty; name a new folder", folder.display())));
    }
    write_all(folder, files)
}

/// Adds files to a folder, which is made if it is missing.
///
/// # Errors
/// One of the files exists, in which case nothing is written; or the disk fails.
pub fn add_new(folder: &Path, files: &[(String, &[u8])]) -> Result<(), Refusal> {
    for (file, _) in files {
        let path = folder.join(file);
        for part in path.ancestors().take(file.split('/').count() + 2) {
            if disk::is_link(part)? {
                return Err(Refusal::NotOurs(format!("{} is a symbolic link, and may lead anywhere", part.display())));
            }
        }
        if disk::exists(&path)? {
            return Err(Refusal::NotOurs(format!("{} exists already; move it away first", path.display())));
        }
    }
    write_all(folder, files)
}

/// Writes a file, beside it first, so that it is there whole or not at all.
///
/// # Errors
/// There is something at the path and `force` is not set, or the disk refuses.
pub fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<(), Refusal> {
    if !force && disk::exists(path)? {
        let what = format!("{} is there already", path.display());
        return Err(Refusal::NotOurs(format!("{what}; write another name, or replace it with --force")));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let part = path.with_file_name(format!(".{name}.part-{}", std::process::id()));
    let written = disk::write(&part, bytes).and_then(|()| disk::rename(&part, path));
    if written.is_err() {
        let _ = disk::remove(&part);
    }
    Ok(written?)
}

fn write_all(folder: &Path, files: &[(String, &[u8])]) -> Result<(), Refusal> {
    disk::make_all(folder)?;
    for (file, bytes) in files {
        let path = folder.join(file);
        disk::make_parent(folder, &path)?;
        disk::write(&path, bytes)?;
    }
    Ok(())
}

/// The name of the old folder during an exchange that takes more than one step.
fn set_aside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.filiere-old"))
}
