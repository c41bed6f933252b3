//! Files on disk.
//!
//! In: the root folder of a site. Out: its files. Symbolic links below a listed folder are not followed, so that
//! nothing from outside the site is published by accident.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::disk_file::{DiskFile, FileStamp};
use super::files::{self, Bytes, Contents, Files, Listing, Stamp, is_ignored, is_text};
use super::open::{self, Unusable};
use crate::diagnostics::{Code, Diagnostic};

/// The files below a folder of the disk.
#[derive(Debug, Clone)]
pub struct Disk {
    root: Arc<Path>,
}

impl Disk {
    /// The files of the site with this root folder.
    pub fn new(root: impl AsRef<Path>) -> Self {
        Self { root: root.as_ref().into() }
    }

    fn metadata(&self, path: &str) -> io::Result<Metadata> {
        let disk = self.root.join(path);
        let metadata = fs::symlink_metadata(&disk);
        metadata.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", disk.display())))
    }
}

impl Files for Disk {
    fn reachable(&self) -> io::Result<()> {
        if self.root.is_dir() {
            return Ok(());
        }
        Err(io::Error::new(io::ErrorKind::NotFound, format!("{} is not a folder", self.root.display())))
    }

    fn list(&self, folder: &str) -> io::Result<Option<Listing>> {
        let disk = self.root.join(folder);
        if !disk.is_dir() {
            return Ok(None);
        }
        let mut listing = Listing::default();
        let walk = WalkDir::new(&disk).min_depth(1).into_iter();
        for entry in walk.filter_entry(|entry| !is_ignored(&entry.file_name().to_string_lossy())) {
            let entry = match entry.map_err(io::Error::from) {
                Ok(entry) => entry,
                // A folder was deleted while its parent was listed.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            let relative = entry.path().strip_prefix(&disk).unwrap_or(entry.path());
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
            let path = format!("{folder}/{}", parts.join("/"));
            let kind = entry.file_type();
            if kind.is_symlink() {
                let problem =
                    Diagnostic::about_file(Code::SymbolicLink, &path, "this is a symbolic link, which is not followed");
                listing.problems.push(problem.hint("replace the link by the file or folder itself"));
            } else if !entry.file_name().to_str().is_some_and(files::is_addressable) {
                listing.problems.push(files::bad_name(&path));
            } else if kind.is_file() {
                listing.paths.push(path.into());
            } else if !kind.is_dir() || is_text(&path) {
                listing.problems.push(files::unusable(Unusable::NotAFile, &path));
            }
        }
        listing.paths.par_sort_unstable();
        Ok(Some(listing))
    }

    fn stamp(&self, path: &str) -> io::Result<Stamp> {
        let metadata = self.metadata(path)?;
        if metadata.is_file() { Ok(Stamp::of_disk(FileStamp::new(&metadata))) } else { Err(files::not_found(path)) }
    }

    fn read(&self, path: &str) -> io::Result<Contents> {
        let (file, metadata) = open::open(&self.root, path)?;
        // The stamp is from before the bytes are read: a later write changes it.
        let stamp = FileStamp::new(&metadata);
        let bytes = open::contents(file, stamp.size, open::LARGEST_TEXT)?;
        Ok(Contents { bytes, stamp: stamp.is_settled().then(|| Stamp::of_disk(stamp)) })
    }

    fn bytes(&self, path: &str) -> io::Result<Bytes> {
        let metadata = self.metadata(path)?;
        Ok(Bytes::Disk(DiskFile::new(self.root.clone(), path, FileStamp::new(&metadata))))
    }
}
