//! A folder that is written whole or not at all.
//!
//! In: files and their bytes. Out: a folder on disk. The only module that writes. Files go to a staging folder beside the output; when all
//! are there, the two change places in one step, so that neither a reader nor a crash ever sees half a site.

use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use crate::source::Bytes;

/// The file that says that a folder was made by this program and may be replaced by it.
pub const MARKER: &str = ".filiere";
const MARKER_TEXT: &str = "This folder is made by Filière. It is replaced as a whole at the next build.\n";

/// A folder that is being written.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    folder: PathBuf,
    /// Keeps others from writing to the same folder; let go of when it closes.
    _lock: Option<File>,
}

/// Why a folder can't be written.
#[derive(Debug)]
pub enum Refusal {
    /// The folder is not one that this program made. The sentence says what to do.
    NotOurs(String),
    /// Writing failed.
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Prepares to write a folder. `root` is the site that must not be written over.
///
/// # Errors
/// The folder holds something that this program did not make and `force` is not set, it holds the site's own sources, somebody else
/// is writing to it, or the staging folder can't be made.
pub fn stage(target: &Path, root: &Path, force: bool) -> Result<Staging, Refusal> {
    let target = absolute(target)?;
    let root = absolute(root)?;
    let sources = [root.join(crate::source::CONTENT), root.join(crate::source::THEMES)];
    if root.starts_with(&target) || sources.iter().any(|source| target.starts_with(source)) {
        let what = format!("{} holds the site's own sources", target.display());
        return Err(Refusal::NotOurs(format!("{what}; name another folder with --output")));
    }
    if !force && !is_free(&target)? {
        let what = format!("{} was not made by Filière, and would be replaced as a whole", target.display());
        return Err(Refusal::NotOurs(format!("{what}; name another folder with --output, or say --force")));
    }
    let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
        return Err(Refusal::NotOurs(format!(
            "{} can't be replaced; name another folder with --output",
            target.display()
        )));
    };
    fs::create_dir_all(parent)?;
    let folder = parent.join(format!(".{}.filiere-staging", name.to_string_lossy()));
    if let Ok(left_over) = File::open(&folder)
        && matches!(left_over.try_lock(), Err(fs::TryLockError::WouldBlock))
    {
        return Err(Refusal::NotOurs(format!("another build is writing to {}; wait for it to end", target.display())));
    }
    remove(&folder)?;
    fs::create_dir(&folder)?;
    // Not every system can lock a folder; there the last build wins.
    let lock = File::open(&folder).ok().filter(|lock| lock.try_lock().is_ok());
    fs::write(folder.join(MARKER), MARKER_TEXT)?;
    Ok(Staging { target, folder, _lock: lock })
}

/// Whether a folder was made by this program.
pub fn is_ours(target: &Path) -> bool {
    target.join(MARKER).is_file()
}

/// Whether a folder may be replaced: it is not there, is empty, or was made by this program.
fn is_free(target: &Path) -> io::Result<bool> {
    match fs::read_dir(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(error),
        Ok(mut entries) => Ok(is_ours(target) || entries.next().is_none()),
    }
}

/// A path without `.`, `..` and symbolic links, as far as it exists.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
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
        with_parent(&path, |path| fs::write(path, bytes))
    }

    /// Copies a file into the folder.
    ///
    /// # Errors
    /// The path would leave the folder, the file can't be read, or the disk refuses.
    pub fn copy(&self, file: &str, bytes: &Bytes) -> io::Result<()> {
        let path = self.path(file)?;
        match bytes {
            Bytes::Disk(file) => with_parent(&path, |path| fs::copy(file.path()?, path).map(drop)),
            Bytes::Embedded(bytes) => with_parent(&path, |path| fs::write(path, bytes)),
        }
    }

    fn path(&self, file: &str) -> io::Result<PathBuf> {
        let inside =
            !file.is_empty() && Path::new(file).components().all(|component| matches!(component, Component::Normal(_)));
        if !inside || file.contains(['\\', '\0']) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("\"{file}\" would leave the output folder"),
            ));
        }
        Ok(self.folder.join(file))
    }

    /// Puts the folder in its place. What was there before is gone.
    ///
    /// # Errors
    /// The disk refuses; then the old folder is where it was.
    pub fn publish(self) -> io::Result<()> {
        if self.target.exists() {
            exchange(&self.folder, &self.target)?;
            remove(&self.folder)
        } else {
            fs::rename(&self.folder, &self.target)
        }
    }
}

impl Staging {
    /// Puts these of its files into the folder that is there, each in one step, and deletes those that are gone.
    ///
    /// # Errors
    /// The disk refuses; then some files are new and some old.
    pub fn merge(self, different: &[String], gone: &[String]) -> io::Result<()> {
        for file in gone {
            let path = self.target.join(file);
            remove(&path)?;
            // Folders that are empty now go too; the first that is not ends it.
            let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.target);
            for folder in folders {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
        for file in different {
            with_parent(&self.target.join(file), |path| fs::rename(self.folder.join(file), path))?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    /// What was not published goes away.
    fn drop(&mut self) {
        let _ = remove(&self.folder);
    }
}

/// Writes the files of a new site into a folder that is empty or not there.
///
/// # Errors
/// The folder holds something, or the disk refuses.
pub fn write_new(folder: &Path, files: &[(String, &[u8])]) -> Result<(), Refusal> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        return Err(Refusal::NotOurs(format!("{} is not empty; name a new folder", folder.display())));
    }
    for (file, bytes) in files {
        with_parent(&folder.join(file), |path| fs::write(path, bytes))?;
    }
    Ok(())
}

/// Does something with a path whose folder may have to be made first.
fn with_parent(path: &Path, action: impl Fn(&Path) -> io::Result<()>) -> io::Result<()> {
    // A page has a folder of its own, so making it first is right nearly always.
    if let Some(parent) = path.parent() {
        match fs::create_dir(parent) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(_) => fs::create_dir_all(parent)?,
        }
    }
    action(path)
}

/// Lets two folders change places.
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // Where the system can't do it in one step, there is a moment without the folder, but never with half of it.
    let aside = new.with_extension("filiere-old");
    remove(&aside)?;
    fs::rename(old, &aside)?;
    match fs::rename(new, old) {
        Ok(()) => fs::rename(&aside, new),
        Err(error) => {
            fs::rename(&aside, old)?;
            Err(error)
        }
    }
}

/// Removes a folder or file, if it is there; the folders in it on all cores.
fn remove(path: &Path) -> io::Result<()> {
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if !meta.is_dir() {
        return fs::remove_file(path);
    }
    let below: Vec<PathBuf> = fs::read_dir(path)?
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect();
    let deeper: Vec<PathBuf> = below
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten())
        .map(|entry| entry.path())
        .collect();
    deeper.into_par_iter().try_for_each(|path| {
        if path.is_dir() && !path.is_symlink() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
    })?;
    fs::remove_dir_all(path)
}
