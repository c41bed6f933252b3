//! Files on disk that are copied later, and stamps that tell whether a file has changed.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A file on disk, with its stamp when its folder was listed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DiskFile {
    root: Arc<Path>,
    /// The path below the root, with `/` as separator.
    path: Arc<str>,
    /// The length, in bytes, of the listed folder at the start of the path. That folder may be a symbolic link.
    listed: usize,
    stamp: FileStamp,
}

impl DiskFile {
    pub(super) fn new(root: Arc<Path>, folder: &str, path: &str, stamp: FileStamp) -> Self {
        let listed = if path.starts_with(folder) { folder.len() } else { 0 };
        Self { root, path: path.into(), listed, stamp }
    }

    /// The path of the file on disk.
    ///
    /// # Errors
    /// The file no longer exists, or a part of its path is now a symbolic link.
    pub fn path(&self) -> io::Result<PathBuf> {
        let (folder, inner) = self.path.split_at(self.listed);
        let mut path = self.root.join(folder);
        for part in inner.split('/').filter(|part| !part.is_empty()) {
            path.push(part);
            if fs::symlink_metadata(&path)?.is_symlink() {
                let message = format!("{} is a symbolic link, which is not followed", path.display());
                return Err(io::Error::new(io::ErrorKind::NotFound, message));
            }
        }
        Ok(path)
    }

    pub(super) fn size(&self) -> u64 {
        self.stamp.size
    }
}

/// The metadata that change when a file is written: size, mtime and, on Unix, ctime and inode.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct FileStamp {
    pub size: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    changed: (i64, i64, u64),
}

impl FileStamp {
    pub(super) fn new(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Self {
            size: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            changed: (metadata.ctime(), metadata.ctime_nsec(), metadata.ino()),
        }
    }

    /// Whether the last change is more than 100 ms ago. If it is not, a second write could get the same mtime and
    /// ctime, because the clocks of file systems are coarse.
    pub(super) fn is_settled(&self) -> bool {
        const COARSEST_CLOCK: Duration = Duration::from_millis(100);
        #[cfg(unix)]
        let last = self.changed().max(self.modified);
        #[cfg(not(unix))]
        let last = self.modified;
        last.and_then(|last| SystemTime::now().duration_since(last).ok()).is_some_and(|age| age > COARSEST_CLOCK)
    }

    #[cfg(unix)]
    fn changed(&self) -> Option<SystemTime> {
        let (seconds, nanoseconds, _) = self.changed;
        let since = Duration::new(u64::try_from(seconds).ok()?, u32::try_from(nanoseconds).ok()?);
        SystemTime::UNIX_EPOCH.checked_add(since)
    }
}
