//! Files on disk that are copied later, and stamps that tell whether a file has changed.

use std::fs::{File, Metadata};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::open;

/// A file on disk, with its stamp when its folder was listed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DiskFile {
    root: Arc<Path>,
    /// The path below the root, with `/` as separator.
    path: Arc<str>,
    stamp: FileStamp,
}

impl DiskFile {
    pub(super) fn new(root: Arc<Path>, path: &str, stamp: FileStamp) -> Self {
        Self { root, path: path.into(), stamp }
    }

    /// The path of the file on disk, for messages.
    pub fn path(&self) -> PathBuf {
        self.root.join(&*self.path)
    }

    /// Opens the file for reading.
    ///
    /// # Errors
    /// The file no longer exists, can't be opened, is not a regular file, or a part of its path is now a symbolic link.
    /// The error names the file.
    pub fn open(&self) -> io::Result<(File, Metadata)> {
        open::open(&self.root, &self.path).map_err(|error| self.named(error))
    }

    /// A number that differs between two states of a file.
    pub fn version(metadata: &Metadata) -> u64 {
        let mut hasher = DefaultHasher::new();
        FileStamp::new(metadata).hash(&mut hasher);
        hasher.finish()
    }

    /// All bytes of the file, or an error if there are more than `most`.
    pub(super) fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let (file, metadata) = self.open()?;
        open::contents(file, metadata.len(), most).map_err(|error| self.named(error))
    }

    /// The first bytes of the file, at most this many.
    pub(super) fn start(&self, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open()?.0.take(most).read_to_end(&mut bytes).map_err(|error| self.named(error))?;
        Ok(bytes)
    }

    fn named(&self, error: io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", self.path().display()))
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
