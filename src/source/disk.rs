//! Files on disk.
//!
//! In: the root folder of a site. Out: its files. Symbolic links below a listed folder are not followed, so that
//! nothing from outside the site is published by accident.

use std::fs::{self, Metadata};
use std::io::{self, Read as _};
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
        fs::symlink_metadata(&disk).map_err(|error| named(&disk, &error))
    }
}

impl Files for Disk {
    fn reachable(&self) -> io::Result<()> {
        if is_folder(&self.root)? {
            return Ok(());
        }
        Err(io::Error::new(io::ErrorKind::NotFound, format!("{} is not a folder", self.root.display())))
    }

    fn list(&self, folder: &str) -> io::Result<Option<Listing>> {
        let disk = self.root.join(folder);
        if !is_folder(&disk)? {
            return Ok(None);
        }
        let mut listing = Listing::default();
        let walk = WalkDir::new(&disk).min_depth(1).into_iter();
        for entry in walk.filter_entry(|entry| !is_ignored(&entry.file_name().to_string_lossy())) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(&disk).to_owned();
                    // The other errors are about symbolic links that are followed, and none is.
                    let error = error.into_io_error().unwrap_or_else(|| io::Error::other("can't be listed"));
                    // A folder was deleted while its parent was listed.
                    if error.kind() == io::ErrorKind::NotFound {
                        continue;
                    }
                    return Err(named(&path, &error));
                }
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

/// Whether a path is that of a folder, or of a symbolic link to one.
fn is_folder(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.is_dir()),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(named(path, &error)),
    }
}

/// An error that names its file.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Reads a file that a person named, which may be anywhere.
///
/// # Errors
/// It is no regular file, has more than `most` bytes, or can't be read.
pub fn read_named(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    // A pipe would block when it is opened.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {} MiB", most >> 20)));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_goes_before_it_is_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("photo.jpg");
        fs::write(&path, "photo").unwrap();
        let bytes = Disk::new(folder.path()).bytes("photo.jpg").unwrap();
        assert_eq!(bytes.read().unwrap(), b"photo");
        fs::remove_file(&path).unwrap();
        let error = bytes.read().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
    }
}
