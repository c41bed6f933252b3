//! The parts of an index, and its files.

#[cfg(not(feature = "search"))]
use std::io;

use crate::render::Searchable;

/// The pages that one part of an index is made from.
#[derive(Debug, Hash)]
pub struct Part {
    /// Its folder in the published site, with a slash at both ends.
    pub(super) path: Box<str>,
    /// The tag of its language, which decides how words are stemmed.
    pub(super) language: String,
    pub(super) pages: Vec<Searchable>,
}

/// A file of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFile {
    /// Its path in the published site, starting with `/`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl IndexFile {
    /// Its path below the output folder.
    pub fn file(&self) -> &str {
        self.path.trim_start_matches('/')
    }
}

#[cfg(not(feature = "search"))]
impl Part {
    pub(super) fn index(&self) -> io::Result<Vec<IndexFile>> {
        Err(io::Error::other("this program was built without the feature \"search\""))
    }
}
