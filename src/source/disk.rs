//! Files on disk.
//!
//! In: the root folder of a site. Out: its files. Symbolic links below a listed folder are not followed, so that
//! nothing from outside the site is published by accident.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::disk_file::{DiskFile, FileStamp};
use super::files::{self, Bytes, Contents, Files, Listing, Stamp, is_ignored};
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
            let entry = entry?;
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
            }
        }
        listing.paths.par_sort_unstable();
        Ok(Some(listing))
    }

    fn stamp(&self, path: &str) -> io::Result<Stamp> {
        let metadata = fs::symlink_metadata(self.root.join(path))?;
        if metadata.is_file() { Ok(Stamp::of_disk(FileStamp::new(&metadata))) } else { Err(files::not_found(path)) }
    }

    fn read(&self, path: &str) -> io::Result<Contents> {
        let (bytes, stamp) = contents(&self.root.join(path))?;
        let stamp = stamp.is_settled().then(|| Stamp::of_disk(stamp));
        Ok(Contents { bytes, stamp })
    }

    fn bytes(&self, folder: &str, path: &str) -> io::Result<Bytes> {
        let metadata = fs::symlink_metadata(self.root.join(path))?;
        let (root, stamp) = (self.root.clone(), FileStamp::new(&metadata));
        Ok(Bytes::Disk(DiskFile::new(root, folder, path, stamp)))
    }
}

/// All bytes of a file, and the stamp of the file before they were read. A later write changes the stamp.
fn contents(disk: &Path) -> io::Result<(Vec<u8>, FileStamp)> {
    let mut file = File::open(disk)?;
    let stamp = FileStamp::new(&file.metadata()?);
    let mut bytes = vec![0; usize::try_from(stamp.size).unwrap_or(0)];
    let mut length = 0;
    while length < bytes.len() {
        match file.read(&mut bytes[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(length);
    // The size in the metadata is almost always right. One small read to find the end is cheaper than a buffer that
    // grows.
    let mut rest = [0; 64];
    if file.read(&mut rest).map_or(true, |count| count > 0) {
        bytes.clear();
        file.seek(SeekFrom::Start(0))?;
        file.read_to_end(&mut bytes)?;
    }
    Ok((bytes, stamp))
}
