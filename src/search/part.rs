//! Parts of an index, before and after they are made.

#[cfg(not(feature = "search"))]
use std::io;

use crate::render::Searchable;

/// One part of an index, before it is made.
#[derive(Debug, Hash)]
pub struct Part {
    /// Its folder in the published site, with a slash at both ends.
    pub(super) path: Box<str>,
    /// The tag of its language, after which words are reduced to their stems.
    pub(super) language: String,
    pub(super) pages: Vec<Searchable>,
}

/// A file of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFile {
    /// Where it is published, starting with `/`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl IndexFile {
    /// The file that it is written to, below the output folder.
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
