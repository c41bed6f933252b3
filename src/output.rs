//! Writes the output folder atomically.
//!
//! In: files and their bytes. Out: a folder on disk. This is the only module that writes. Files go to a staging
//! directory beside the output folder. When all files are written, the two are exchanged in one step, so that neither
//! readers nor a crash ever see half a site.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use crate::config;
use crate::source::{self, Bytes, DiskFile};

/// The file that marks a folder as made by this program, so that a build may replace it.
pub const MARKER: &str = ".filiere";
const MARKER_TEXT: &str = "This folder is made by Filière. It is replaced as a whole at the next build.\n";

/// An output folder that is being written.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    /// The staging directory. No other process uses its name.
    folder: PathBuf,
    force: bool,
    /// Held until the staging directory is gone.
    _lock: Lock,
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
/// is inside them, another build is writing to it, or the staging directory can't be made.
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
    fs::create_dir_all(parent).map_err(|error| named(parent, error))?;
    let Some(lock) = Lock::take(parent.join(format!(".{name}.filiere-lock")))? else {
        let what = format!("another build is writing to {}", target.display());
        return Err(Refusal::NotOurs(format!("{what}; wait for it to end")));
    };
    let staging = format!(".{name}.filiere-staging-");
    recover(parent, &target, &staging)?;
    let folder = parent.join(format!("{staging}{}", std::process::id()));
    fs::create_dir(&folder).map_err(|error| named(&folder, error))?;
    with_parent(&folder, &folder.join(MARKER), |path| fs::write(path, MARKER_TEXT))?;
    Ok(Staging { target, folder, force, _lock: lock })
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

/// A lock file beside the output folder. One process at a time may write to the folder.
#[derive(Debug)]
struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock; `None` if another process holds it.
    fn take(path: PathBuf) -> io::Result<Option<Self>> {
        loop {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(false);
            #[cfg(target_os = "linux")]
            {
                use std::os::unix::fs::OpenOptionsExt;
                // Do not follow a symbolic link with this name, and do not wait for a FIFO.
                let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
                options.custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
            }
            let file = options.open(&path).map_err(|error| named(&path, error))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // The last holder may have deleted the file after this process opened it. Then the lock is on a deleted
            // file, so try again.
            if is_at(&file, &path)? {
                return Ok(Some(Self { path, file }));
            }
        }
    }
}

impl Drop for Lock {
    /// Removes the file before it releases the lock, so that no other process locks a file that is about to be removed.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// Whether an open file is still the file at the path, by device and inode.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    match fs::symlink_metadata(path) {
        Ok(at_path) => {
            let open = file.metadata()?;
            Ok((open.dev(), open.ino()) == (at_path.dev(), at_path.ino()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether an open file is still the file at the path. Always true, because this system does not delete open files.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// Whether a folder was made by this program.
pub fn is_ours(target: &Path) -> bool {
    target.join(MARKER).is_file()
}

/// Whether a folder may be replaced: it does not exist, is empty, or was made by this program.
fn is_free(target: &Path) -> io::Result<bool> {
    match fs::read_dir(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(error),
        Ok(mut entries) => Ok(is_ours(target) || entries.next().is_none()),
    }
}

/// An absolute path without `.` and `..`. Symbolic links are resolved in the part of the path that exists.
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
            Bytes::Disk(file) => with_parent(&self.folder, &path, |path| copy(file, path)),
            Bytes::Memory(bytes) => with_parent(&self.folder, &path, |path| fs::write(path, bytes)),
            Bytes::Embedded(bytes) => with_parent(&self.folder, &path, |path| fs::write(path, bytes)),
            Bytes::Joined(_) => {
                let joined = bytes.read()?;
                with_parent(&self.folder, &path, |path| fs::write(path, &joined))
            }
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
    /// A foreign folder has appeared in its place, or the disk refuses. Then the old folder is unchanged.
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

    /// Moves the files in `different` from the staging directory to the existing output folder, each in one step, and
    /// deletes those in `gone`.
    ///
    /// # Errors
    /// The disk refuses. Then some files are new and some are old.
    pub fn merge(self, different: &[String], gone: &[String]) -> io::Result<()> {
        for file in gone {
            let path = self.target.join(file);
            remove(&path)?;
            // Remove the folders that are empty now, from the innermost to the first that is not empty.
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
    /// Removes the staging directory. After [`Staging::publish`] it no longer exists.
    fn drop(&mut self) {
        let _ = remove(&self.folder);
    }
}

/// Writes the files of a new site into a folder that is empty or does not exist.
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

/// Makes the parent folder of a path below `root`, then does something with the path. The root itself is not made: if
/// it has been removed, the files that were written to it are gone too, and the caller must fail.
fn with_parent(root: &Path, path: &Path, action: impl Fn(&Path) -> io::Result<()>) -> io::Result<()> {
    let made = path.parent().map_or(Ok(()), |parent| make(root, parent));
    made.and_then(|()| action(path)).map_err(|error| named(path, error))
}

/// Copies a file and its permissions. A failure names both files.
fn copy(from: &DiskFile, to: &Path) -> io::Result<()> {
    let (mut source, metadata) = from.open()?;
    let copied = File::create(to).and_then(|mut copy| {
        io::copy(&mut source, &mut copy)?;
        copy.set_permissions(metadata.permissions())
    });
    copied.map_err(|error| io::Error::new(error.kind(), format!("can't copy {}: {error}", from.path().display())))
}

/// A failure that names the path that it is about.
fn named(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Makes a folder below `root`, and its missing ancestors.
fn make(root: &Path, folder: &Path) -> io::Result<()> {
    if folder == root {
        return Ok(());
    }
    // The parent nearly always exists, because each page has a folder of its own. So try without making the parent
    // first.
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

/// Exchanges two folders.
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // Without support for an exchange in one step, the folder is absent for a moment, but never incomplete.
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

/// The name of the old folder during an exchange that takes more than one step.
fn set_aside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.filiere-old"))
}

/// Removes a folder or file, if it exists. The entries two levels below a folder are removed in parallel.
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
