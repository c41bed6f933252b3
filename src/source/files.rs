//! Where files come from.
//!
//! In: paths. Out: lists of files, their bytes, and stamps that change when a file does. [`Files`] is implemented by the disk, by what is in the
//! program, by memory, and by texts laid over any of these; everything else in this folder reads through it.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::disk_file::{DiskFile, FileStamp};
use crate::diagnostics::{Code, Diagnostic};

/// The folder of the content, in the root of a site.
pub const CONTENT: &str = "content";
/// The folder of the themes, in the root of a site.
pub const THEMES: &str = "themes";

/// Files by their path below the root of a site, with `/` between its parts: `content/actors/novadip.md`.
///
/// Files are read from several threads at once. A file that goes away between being listed and being read is an error of the kind
/// [`NotFound`](io::ErrorKind::NotFound), and counts as one that was never there.
pub trait Files: fmt::Debug + Send + Sync {
    /// Whether there is anything to read from at all, such as the root folder.
    ///
    /// # Errors
    /// There is not; the error says so.
    fn reachable(&self) -> io::Result<()> {
        Ok(())
    }

    /// The files in a folder and in all folders below it; none if there is no such folder. [`Listing::of`] sorts them, and leaves out what is
    /// to be left out.
    ///
    /// # Errors
    /// The folder can't be listed.
    fn list(&self, folder: &str) -> io::Result<Option<Listing>>;

    /// The stamp that the file bears now. As long as it bears the one that [`Files::read`] gave, it is not read again.
    ///
    /// # Errors
    /// There is no such file, or it can't be looked at.
    fn stamp(&self, path: &str) -> io::Result<Stamp>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// There is no such file, or it can't be read.
    fn read(&self, path: &str) -> io::Result<Contents>;

    /// A file that is published as it is, and read only then. `folder` is the listed folder that the file is in.
    ///
    /// # Errors
    /// There is no such file, or it can't be looked at.
    fn bytes(&self, folder: &str, path: &str) -> io::Result<Bytes>;
}

/// What is in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The paths of the files, below the root of the site, sorted.
    pub paths: Vec<Box<str>>,
    /// What is there and can't be used.
    pub problems: Vec<Diagnostic>,
}

impl Listing {
    /// Those of these files that are in a folder, without hidden ones; none if there are none.
    pub fn of<'a>(folder: &str, paths: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut listing = Self::default();
        for path in paths {
            let Some(inner) = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) else { continue };
            if inner.split('/').any(|name| name.is_empty() || is_passed_over(name)) {
                continue;
            }
            match inner.split('/').all(is_addressable) {
                true => listing.paths.push(path.into()),
                false => listing.problems.push(bad_name(path)),
            }
        }
        listing.paths.sort_unstable();
        listing.paths.dedup();
        (!listing.paths.is_empty() || !listing.problems.is_empty()).then_some(listing)
    }
}

/// The bytes of a file, and what they can be recognised by.
#[derive(Debug, Clone)]
pub struct Contents {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The stamp of the file before it was read; none if a later change could bear the same one.
    pub stamp: Option<Stamp>,
}

/// What a file bears as long as it does not change, and not after a change.
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

    /// A stamp that no file of this process has borne yet.
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

/// Where the bytes of a file are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Bytes {
    /// On disk; they are copied when the site is written.
    Disk(DiskFile),
    /// In the program.
    Embedded(&'static [u8]),
    /// In memory.
    Memory(Arc<[u8]>),
    /// In several places, one after another, as the parts of a bundle.
    Joined(Arc<[Self]>),
}

impl Bytes {
    /// The bytes themselves.
    ///
    /// # Errors
    /// The file on disk can't be read.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Disk(file) => std::fs::read(file.path()?),
            Self::Embedded(bytes) => Ok(bytes.to_vec()),
            Self::Memory(bytes) => Ok(bytes.to_vec()),
            Self::Joined(parts) => Ok(joined(parts.iter().map(Self::read).collect::<io::Result<Vec<_>>>()?)),
        }
    }

    /// How many bytes there are; of a file on disk, how many there were when its folder was listed.
    pub fn size(&self) -> u64 {
        match self {
            Self::Disk(file) => file.size(),
            Self::Embedded(bytes) => bytes.len() as u64,
            Self::Memory(bytes) => bytes.len() as u64,
            Self::Joined(parts) => parts.iter().map(Self::size).sum(),
        }
    }
}

/// The bytes of several files as one. Each begins on a line of its own; byte order marks go, since they have no meaning inside a file.
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

/// Hidden files, and what editors leave beside the file that they save.
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.starts_with('#')
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
}

/// Whether the name of a file or folder can be part of an address.
pub(super) fn is_addressable(name: &str) -> bool {
    !name.contains('\\') && !name.chars().any(char::is_control)
}

pub(super) fn bad_name(path: &str) -> Diagnostic {
    Diagnostic::about_file(Code::BadFileName, &path.escape_debug().to_string(), "the name can't be part of an address")
}

pub(super) fn not_found(path: &str) -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, format!("there is no file {path}"))
}

/// A file that goes away between being listed and being read was never there.
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
