//! The interface through which files are read.
//!
//! In: paths. Out: lists of files, their bytes, and stamps that change when a file changes. [`Files`] is implemented
//! for the disk, for files embedded in the program, for memory, and for an overlay of unsaved texts. Everything else in
//! this folder reads through it.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::disk_file::{DiskFile, FileStamp};
use super::open::Unusable;
use crate::diagnostics::{Code, Diagnostic};

/// Files, by their path below the root of a site, with `/` as separator: `content/actors/novadip.md`.
///
/// Files are read from several threads at once. If a file is deleted after it was listed, reading it is an error of the
/// kind [`NotFound`](io::ErrorKind::NotFound), and the file is treated as if it had not been listed.
pub trait Files: fmt::Debug + Send + Sync {
    /// Checks that the files can be reached at all, for example that the root folder exists.
    ///
    /// # Errors
    /// They can't be reached.
    fn reachable(&self) -> io::Result<()> {
        Ok(())
    }

    /// The files in a folder and in all folders below it; `None` if there is no such folder. Implementations can use
    /// [`Listing::of`], which sorts the files and leaves out hidden ones.
    ///
    /// # Errors
    /// The folder can't be listed.
    fn list(&self, folder: &str) -> io::Result<Option<Listing>>;

    /// The current stamp of a file. As long as it equals the one that [`Files::read`] returned, the file is not read
    /// again.
    ///
    /// # Errors
    /// There is no such file, or its metadata can't be read.
    fn stamp(&self, path: &str) -> io::Result<Stamp>;

    /// The bytes of a text.
    ///
    /// # Errors
    /// There is no such file, it can't be read, or it has more than 16 MiB.
    fn read(&self, path: &str) -> io::Result<Contents>;

    /// The location of the bytes of an asset, which are read only when it is published.
    ///
    /// # Errors
    /// There is no such file, or its metadata can't be read.
    fn bytes(&self, path: &str) -> io::Result<Bytes>;
}

/// The files in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The paths of the files, below the root of the site, sorted.
    pub paths: Vec<Box<str>>,
    /// Diagnostics about files that can't be used.
    pub problems: Vec<Diagnostic>,
}

impl Listing {
    /// Selects the paths that are in a folder or below it, without hidden files. `None` if there are none.
    pub fn of<'a>(folder: &str, paths: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut listing = Self::default();
        for path in paths {
            let Some(inner) = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) else { continue };
            if inner.split('/').any(|name| name.is_empty() || is_ignored(name)) {
                continue;
            }
            if inner.split('/').all(is_addressable) {
                listing.paths.push(path.into());
            } else {
                listing.problems.push(bad_name(path));
            }
        }
        listing.paths.sort_unstable();
        listing.paths.dedup();
        (!listing.paths.is_empty() || !listing.problems.is_empty()).then_some(listing)
    }
}

/// The bytes of a file, with its stamp.
#[derive(Debug, Clone)]
pub struct Contents {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The stamp of the file before it was read; `None` if a later change could result in the same stamp.
    pub stamp: Option<Stamp>,
}

/// A value that identifies a state of a file: it stays the same while the file does, and is another one after a change.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stamp(Kind);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Kind {
    Disk(FileStamp),
    Embedded,
    Unique(u64),
    Version(u64),
}

impl Stamp {
    /// The stamp of embedded files, which never change.
    pub(super) const EMBEDDED: Self = Self(Kind::Embedded);

    /// A stamp that differs from all stamps of this process so far.
    pub fn unique() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(Kind::Unique(NEXT.fetch_add(1, Ordering::Relaxed)))
    }

    /// The stamp of a version of a file, for implementations of [`Files`] that count versions, such as a database.
    pub fn version(number: u64) -> Self {
        Self(Kind::Version(number))
    }

    pub(super) fn of_disk(stamp: FileStamp) -> Self {
        Self(Kind::Disk(stamp))
    }
}

/// The location of the bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Bytes {
    /// On disk. They are copied when the site is written.
    Disk(DiskFile),
    /// Embedded in the program.
    Embedded(&'static [u8]),
    /// In memory.
    Memory(Arc<[u8]>),
    /// In several places: the parts of a bundle, in order.
    Joined(Arc<[Self]>),
}

impl Bytes {
    /// Reads the bytes.
    ///
    /// # Errors
    /// A file on disk can't be read.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        self.read_at_most(u64::MAX)
    }

    /// Reads the bytes of a file. Of a file on disk, at most this many.
    pub(super) fn read_at_most(&self, most: u64) -> io::Result<Vec<u8>> {
        match self {
            Self::Disk(file) => file.read(most),
            Self::Embedded(bytes) => Ok(bytes.to_vec()),
            Self::Memory(bytes) => Ok(bytes.to_vec()),
            Self::Joined(parts) => Ok(joined(parts.iter().map(Self::read).collect::<io::Result<Vec<_>>>()?)),
        }
    }

    /// The first bytes of a file, at most this many. A bundle has none.
    pub(super) fn start(&self, most: u64) -> io::Result<Vec<u8>> {
        let first = |bytes: &[u8]| bytes[..bytes.len().min(usize::try_from(most).unwrap_or(usize::MAX))].to_vec();
        match self {
            Self::Disk(file) => file.start(most),
            Self::Embedded(bytes) => Ok(first(bytes)),
            Self::Memory(bytes) => Ok(first(bytes)),
            Self::Joined(_) => Ok(Vec::new()),
        }
    }

    /// The number of bytes; of a file on disk, the number when its folder was listed.
    pub fn size(&self) -> u64 {
        match self {
            Self::Disk(file) => file.size(),
            Self::Embedded(bytes) => bytes.len() as u64,
            Self::Memory(bytes) => bytes.len() as u64,
            Self::Joined(parts) => parts.iter().map(Self::size).sum(),
        }
    }
}

/// Concatenates files. Each starts on a new line. Byte order marks are removed, because they have no meaning inside a
/// file.
fn joined(parts: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut all = Vec::new();
    for part in parts {
        all.extend_from_slice(part.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&part));
        if !all.is_empty() && !all.ends_with(b"\n") {
            all.push(b'\n');
        }
    }
    all
}

/// Whether a file is hidden, or a temporary file that an editor writes beside the file that it saves.
pub fn is_ignored(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.starts_with('#')
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
}

/// Whether a path is that of a text, which is read as content.
pub(super) fn is_text(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".toml")
}

/// Whether the name of a file or folder can be part of an address.
pub(super) fn is_addressable(name: &str) -> bool {
    !name.contains('\\') && !name.chars().any(char::is_control)
}

pub(super) fn bad_name(path: &str) -> Diagnostic {
    let message = "the name of this file or folder can't be part of an address";
    Diagnostic::about_file(Code::BadFileName, &path.escape_debug().to_string(), message)
        .hint("rename it: use letters, digits and hyphens")
}

/// The diagnostic about a file that can't be used.
pub(super) fn unusable(reason: Unusable, path: &str) -> Diagnostic {
    let (code, hint) = match reason {
        Unusable::NotAFile => (Code::NotAFile, "replace it by a file"),
        Unusable::TooLarge => (Code::TooLarge, "split it into several files, or move what is not text out of it"),
    };
    Diagnostic::about_file(code, path, reason.to_string()).hint(hint)
}

pub(super) fn not_found(path: &str) -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, format!("there is no file {path}"))
}

/// `None` instead of an error if a file was deleted after it was listed.
pub(super) fn present<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_begin_on_a_line_of_their_own_and_lose_their_byte_order_marks() {
        let parts = [&b"\xef\xbb\xbfa {}"[..], b"\xef\xbb\xbfb {}\n", b"", b"c {}"];
        assert_eq!(joined(parts.map(<[u8]>::to_vec)), b"a {}\nb {}\nc {}\n");
    }
}
