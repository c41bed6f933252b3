//! A folder that is written whole or not at all.
//!
//! In: files and their bytes. Out: a folder on disk. The only module that writes. Files go to a staging folder beside the output; when all
//! are there, the two change places in one step, so that neither a reader nor a crash ever sees half a site.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use crate::config;
use crate::source::{self, Bytes};

/// The file that says that a folder was made by this program and may be replaced by it.
pub const MARKER: &str = ".filiere";
const MARKER_TEXT: &str = "This folder is made by Filière. It is replaced as a whole at the next build.\n";

/// A folder that is being written.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    /// The staging directory. No other process uses its name.
    folder: PathBuf,
    force: bool,
    /// Held until the staging directory is gone.
    _lock: Lock,
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
/// The folder holds something that this program did not make and `force` is not set, it holds the site's own sources or is inside them,
/// another build is writing to it, or the staging directory can't be made.
pub fn stage(target: &Path, root: &Path, force: bool) -> Result<Staging, Refusal> {
    let target = absolute(target)?;
    for source in [config::FILE, source::CONTENT, source::THEMES] {
        // Resolved one by one: each of them may be a symbolic link.
        let source = absolute(&root.join(source))?;
        if source.starts_with(&target) || target.starts_with(&source) {
            let what = format!("{} holds the site's own sources", target.display());
            return Err(Refusal::NotOurs(format!("{what}; name another folder with --output")));
        }
    }
    refuse_foreign(&target, force)?;
    let (Some(parent), Some(name)) = (target.parent(), target.file_name().map(|name| name.to_string_lossy())) else {
        let what = format!("{} can't be replaced", target.display());
        return Err(Refusal::NotOurs(format!("{what}; name another folder with --output")));
    };
    fs::create_dir_all(parent)?;
    let Some(lock) = Lock::take(parent.join(format!(".{name}.filiere-lock")))? else {
        let what = format!("another build is writing to {}", target.display());
        return Err(Refusal::NotOurs(format!("{what}; wait for it to end")));
    };
    let staging = format!(".{name}.filiere-staging-");
    recover(parent, &target, &staging)?;
    let folder = parent.join(format!("{staging}{}", std::process::id()));
    fs::create_dir(&folder)?;
    fs::write(folder.join(MARKER), MARKER_TEXT)?;
    Ok(Staging { target, folder, force, _lock: lock })
}

/// Refuses a folder that holds something that this program did not make, unless `force` is set.
fn refuse_foreign(target: &Path, force: bool) -> Result<(), Refusal> {
    if force || is_free(target)? {
        return Ok(());
    }
    let what = format!("{} was not made by Filière, and would be replaced as a whole", target.display());
    Err(Refusal::NotOurs(format!("{what}; name another folder with --output, or say --force")))
}

/// Puts right what a build that was killed has left beside the target. Only for the one who holds the lock.
fn recover(parent: &Path, target: &Path, staging: &str) -> io::Result<()> {
    let aside = set_aside(target);
    if fs::symlink_metadata(&aside).is_ok() {
        if fs::symlink_metadata(target).is_err() {
            fs::rename(&aside, target)?;
        } else if is_ours(&aside) {
            remove(&aside)?;
        }
    }
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(staging));
        if process.is_some_and(|process| !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit())) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// The right to write to a folder, which one process has at a time: a locked file beside it.
#[derive(Debug)]
struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock; `None` if another process has it.
    fn take(path: PathBuf) -> io::Result<Option<Self>> {
        loop {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(false);
            #[cfg(target_os = "linux")]
            {
                use std::os::unix::fs::OpenOptionsExt;
                // A symbolic link or a FIFO with this name is neither followed nor waited for.
                let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
                options.custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
            }
            let file = options.open(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // Who had it before has deleted the file, perhaps after this process opened it; then another process may lock a new file.
            if is_at(&file, &path)? {
                return Ok(Some(Self { path, file }));
            }
        }
    }
}

impl Drop for Lock {
    /// The file goes before the lock does, so that nobody locks a file that is about to go.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// Whether an open file is still the one that the path leads to.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    match fs::symlink_metadata(path) {
        Ok(there) => {
            let here = file.metadata()?;
            Ok((here.dev(), here.ino()) == (there.dev(), there.ino()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether an open file is still the one that the path leads to; here an open file can't be deleted.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
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
        with_parent(&self.folder, &path, |path| fs::write(path, bytes))
    }

    /// Copies a file into the folder.
    ///
    /// # Errors
    /// The path would leave the folder, the file can't be read, or the disk refuses.
    pub fn copy(&self, file: &str, bytes: &Bytes) -> io::Result<()> {
        let path = self.path(file)?;
        match bytes {
            Bytes::Disk(file) => with_parent(&self.folder, &path, |path| fs::copy(file.path()?, path).map(drop)),
            Bytes::Memory(bytes) => with_parent(&self.folder, &path, |path| fs::write(path, bytes)),
            Bytes::Embedded(bytes) => with_parent(&self.folder, &path, |path| fs::write(path, bytes)),
            Bytes::Joined(_) => {
                let joined = bytes.read()?;
                with_parent(&self.folder, &path, |path| fs::write(path, &joined))
            }
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
    /// Somebody else has put something there, or the disk refuses; then the old folder is where it was.
    pub fn publish(self) -> Result<(), Refusal> {
        refuse_foreign(&self.target, self.force)?;
        if self.target.exists() {
            exchange(&self.folder, &self.target)?;
            remove(&self.folder)?;
        } else {
            fs::rename(&self.folder, &self.target)?;
        }
        Ok(())
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
            with_parent(&self.target, &self.target.join(file), |path| fs::rename(self.folder.join(file), path))?;
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
    fs::create_dir_all(folder)?;
    for (file, bytes) in files {
        with_parent(folder, &folder.join(file), |path| fs::write(path, bytes))?;
    }
    Ok(())
}

/// Does something with a path below `root` whose folder may have to be made first. The root itself is never made: where it has gone,
/// what was written to it before has gone too.
fn with_parent(root: &Path, path: &Path, action: impl Fn(&Path) -> io::Result<()>) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        make(root, parent)?;
    }
    action(path)
}

/// Makes a folder below `root`, and those on the way to it.
fn make(root: &Path, folder: &Path) -> io::Result<()> {
    if folder == root {
        return Ok(());
    }
    // Nearly every page has a folder of its own in one that is there, so this is right at once.
    match (fs::create_dir(folder), folder.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound && folder.starts_with(root) => {
            if parent == root {
                return Err(error);
            }
            make(root, parent)?;
            make(root, folder)
        }
        (Err(error), _) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        (result, _) => result,
    }
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
    let aside = set_aside(old);
    fs::rename(old, &aside)?;
    match fs::rename(new, old) {
        Ok(()) => fs::rename(&aside, new),
        Err(error) => {
            fs::rename(&aside, old)?;
            Err(error)
        }
    }
}

/// Where the old folder waits while two folders change places in more than one step.
fn set_aside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.filiere-old"))
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
