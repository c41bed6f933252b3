//! The lock beside the output folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::disk::named;

/// A lock file beside the output folder. One process at a time may write to the folder.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock; `None` if another process holds it.
    pub(super) fn take(path: PathBuf) -> io::Result<Option<Self>> {
        Self::attempt(&path).map_err(|error| named(&path, error)).map(|file| Some(Self { path, file: file? }))
    }

    fn attempt(path: &Path) -> io::Result<Option<File>> {
        loop {
            if fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
                return Err(not_a_file());
            }
            let file = open(path)?;
            if !file.metadata()?.is_file() {
                return Err(not_a_file());
            }
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // The last holder may have deleted the file after this process opened it. Then the lock is on a deleted
            // file, so try again.
            if is_at(&file, path)? {
                return Ok(Some(file));
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

/// Opens the lock file, or makes it.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Do not follow a symbolic link with this name, and do not wait for a pipe.
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
    }
    options.open(path)
}

fn not_a_file() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        "this is not a regular file, so it can't be the lock of a build; remove it",
    )
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
