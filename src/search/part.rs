//! The parts of an index, and its files.

use std::hash::{DefaultHasher, Hash, Hasher};
#[cfg(not(feature = "search"))]
use std::io;

use crate::render::Searchable;

/// What makes an index from texts. It changes with the version of Pagefind and with the code in this folder, so that no index
/// of an earlier program is taken over.
const MAKER: &str = "pagefind 1.6.0, 1";

/// The pages that one part of an index is made from.
#[derive(Debug, Hash)]
pub struct Part {
    /// Its folder in the published site, with a slash at both ends.
    pub(super) path: Box<str>,
    /// The tag of its language, which decides how words are stemmed.
    pub(super) language: String,
    pub(super) pages: Vec<Searchable>,
}

impl Part {
    /// Its folder below the output folder.
    pub fn folder(&self) -> &str {
        self.path.trim_matches('/')
    }

    /// A hash of all that its files are made from: the texts, and the program.
    pub fn fingerprint(&self) -> String {
        // One hash of 64 bits would be the same for different texts once in a lifetime of builds; two are not.
        let hash = |salt: u8| {
            let mut hasher = DefaultHasher::new();
            (salt, MAKER, self).hash(&mut hasher);
            hasher.finish()
        };
        format!("{:016x}{:016x}", hash(0), hash(1))
    }
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

#[cfg(test)]
mod tests {
    use super::MAKER;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the lock file is one of the repository")]
    fn an_index_of_another_version_of_pagefind_is_not_taken_over() {
        let lock = std::fs::read_to_string("Cargo.lock").unwrap();
        let version = lock.split("name = \"pagefind\"\nversion = \"").nth(1).unwrap().split('"').next().unwrap();
        assert!(MAKER.starts_with(&format!("pagefind {version},")), "write the version {version} in MAKER");
    }
}
