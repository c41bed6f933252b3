//! Files in memory, and overlays of files in memory over other files.
//!
//! In: bytes and their paths. Out: [`Files`] that need no disk: for tests, for forms in a browser, and for the unsaved
//! texts of an editor.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, PoisonError, RwLock};

use super::files::{self, Bytes, Contents, Files, Listing, Stamp};

/// Files in memory. They can be changed while other threads read them.
#[derive(Debug, Default)]
pub struct Memory {
    files: RwLock<BTreeMap<Box<str>, File>>,
}

#[derive(Debug, Clone)]
struct File {
    bytes: Arc<[u8]>,
    stamp: Stamp,
}

impl File {
    fn contents(self) -> Contents {
        Contents { bytes: self.bytes.to_vec(), stamp: Some(self.stamp) }
    }
}

impl Memory {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces the file at the same path.
    pub fn insert(&self, path: &str, bytes: impl Into<Arc<[u8]>>) {
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.into(), File { bytes: bytes.into(), stamp: Stamp::unique() });
    }

    /// Removes a file. Returns whether there was one.
    pub fn remove(&self, path: &str) -> bool {
        self.files.write().unwrap_or_else(PoisonError::into_inner).remove(path).is_some()
    }

    /// The bytes of a file, if there is one.
    pub fn bytes_of(&self, path: &str) -> Option<Vec<u8>> {
        self.find(path).map(|file| file.bytes.to_vec())
    }

    fn find(&self, path: &str) -> Option<File> {
        self.files.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    fn get(&self, path: &str) -> io::Result<File> {
        self.find(path).ok_or_else(|| files::not_found(path))
    }
}

impl<Path: AsRef<str>, Data: Into<Arc<[u8]>>> FromIterator<(Path, Data)> for Memory {
    fn from_iter<Items: IntoIterator<Item = (Path, Data)>>(items: Items) -> Self {
        let memory = Self::new();
        for (path, bytes) in items {
            memory.insert(path.as_ref(), bytes);
        }
        memory
    }
}

impl Files for Memory {
    fn list(&self, folder: &str) -> io::Result<Option<Listing>> {
        let files = self.files.read().unwrap_or_else(PoisonError::into_inner);
        Ok(Listing::of(folder, files.keys().map(|path| &**path)))
    }

    fn stamp(&self, path: &str) -> io::Result<Stamp> {
        self.get(path).map(|file| file.stamp)
    }

    fn read(&self, path: &str) -> io::Result<Contents> {
        self.get(path).map(File::contents)
    }

    fn bytes(&self, path: &str) -> io::Result<Bytes> {
        self.get(path).map(|file| Bytes::Memory(file.bytes))
    }
}

/// Files in memory in place of other files at the same paths. Other files can also be hidden, as if they were removed, and
/// have other paths, as if they were moved.
#[derive(Debug, Clone)]
pub struct Overlay {
    above: Arc<Memory>,
    below: Arc<dyn Files>,
    hidden: Arc<RwLock<BTreeSet<Box<str>>>>,
    /// The paths of files below by the paths that they have here.
    moved: Arc<RwLock<BTreeMap<Box<str>, Box<str>>>>,
}

impl Overlay {
    /// An overlay of `above` over `below`. The files in memory can still be changed.
    pub fn new(above: Arc<Memory>, below: Arc<dyn Files>) -> Self {
        Self { above, below, hidden: Arc::default(), moved: Arc::default() }
    }

    /// Hides the file below at a path, or shows it again.
    pub fn hide(&self, path: &str, is_hidden: bool) {
        let mut hidden = self.hidden.write().unwrap_or_else(PoisonError::into_inner);
        if is_hidden {
            hidden.insert(path.into());
        } else {
            hidden.remove(path);
        }
    }

    /// Shows the file below at the path `from` at the path `to` as well; with `None`, no longer.
    pub fn show_at(&self, to: &str, from: Option<&str>) {
        let mut moved = self.moved.write().unwrap_or_else(PoisonError::into_inner);
        match from {
            Some(from) => drop(moved.insert(to.into(), from.into())),
            None => drop(moved.remove(to)),
        }
    }

    fn hides(&self, path: &str) -> bool {
        self.hidden.read().unwrap_or_else(PoisonError::into_inner).contains(path)
    }

    /// Does something with a file below, at the path that it has there, unless it is hidden.
    fn below<Result>(&self, path: &str, act: impl Fn(&dyn Files, &str) -> io::Result<Result>) -> io::Result<Result> {
        let from = self.moved.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        match from {
            Some(from) => act(&*self.below, &from),
            None if self.hides(path) => Err(files::not_found(path)),
            None => act(&*self.below, path),
        }
    }
}

impl Files for Overlay {
    fn reachable(&self) -> io::Result<()> {
        self.below.reachable()
    }

    fn list(&self, folder: &str) -> io::Result<Option<Listing>> {
        let mut below = self.below.list(folder)?;
        if let Some(below) = &mut below {
            below.paths.retain(|path| !self.hides(path));
            below.problems.retain(|problem| !self.hides(&problem.place.path));
        }
        let above = {
            let moved = self.moved.read().unwrap_or_else(PoisonError::into_inner);
            let files = self.above.files.read().unwrap_or_else(PoisonError::into_inner);
            Listing::of(folder, files.keys().chain(moved.keys()).map(|path| &**path))
        };
        let (mut above, mut below) = match (above, below) {
            (Some(above), Some(below)) => (above, below),
            (only, None) | (None, only) => return Ok(only),
        };
        below.paths.append(&mut above.paths);
        below.paths.sort_unstable();
        below.paths.dedup();
        below.problems.append(&mut above.problems);
        Ok(Some(below))
    }

    fn stamp(&self, path: &str) -> io::Result<Stamp> {
        self.above.find(path).map_or_else(|| self.below(path, |files, path| files.stamp(path)), |file| Ok(file.stamp))
    }

    fn read(&self, path: &str) -> io::Result<Contents> {
        self.above
            .find(path)
            .map_or_else(|| self.below(path, |files, path| files.read(path)), |file| Ok(file.contents()))
    }

    fn bytes(&self, path: &str) -> io::Result<Bytes> {
        self.above
            .find(path)
            .map_or_else(|| self.below(path, |files, path| files.bytes(path)), |file| Ok(Bytes::Memory(file.bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(files: &dyn Files, folder: &str) -> Vec<String> {
        files
            .list(folder)
            .unwrap()
            .map_or(Vec::new(), |listing| listing.paths.iter().map(|path| path.to_string()).collect())
    }

    #[test]
    fn hidden_files_and_other_folders_are_not_listed() {
        let memory = Memory::from_iter([
            ("content/b.md", *b"b"),
            ("content/a/x.md", *b"x"),
            ("content/.git/y", *b"y"),
            ("content/../z.md", *b"z"),
            ("contents/c.md", *b"c"),
            ("site.toml", *b"s"),
        ]);
        assert_eq!(paths(&memory, "content"), ["content/a/x.md", "content/b.md"]);
        assert_eq!(memory.list("themes").unwrap(), None);
        memory.insert("content/a\\b.md", *b"n");
        assert_eq!(memory.list("content").unwrap().unwrap().problems.len(), 1);
    }

    #[test]
    fn what_is_above_hides_what_is_below_until_it_goes() {
        let below = Arc::new(Memory::from_iter([("content/a.md", *b"disk"), ("content/c.md", *b"disk")]));
        let above = Arc::new(Memory::new());
        let overlay = Overlay::new(above.clone(), below);
        let text = |path: &str| overlay.read(path).map(|contents| String::from_utf8(contents.bytes).unwrap());
        let stamp = overlay.stamp("content/a.md").unwrap();
        above.insert("content/a.md", *b"unsaved");
        above.insert("content/b.md", *b"unsaved");
        assert_eq!(paths(&overlay, "content"), ["content/a.md", "content/b.md", "content/c.md"]);
        assert_eq!(text("content/a.md").unwrap(), "unsaved");
        assert_ne!(overlay.stamp("content/a.md").unwrap(), stamp);
        assert!(above.remove("content/a.md") && above.remove("content/b.md"));
        assert_eq!(text("content/a.md").unwrap(), "disk");
        assert_eq!(overlay.stamp("content/a.md").unwrap(), stamp);
        assert_eq!(text("content/b.md").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(paths(&overlay, "content"), ["content/a.md", "content/c.md"]);
    }
}
