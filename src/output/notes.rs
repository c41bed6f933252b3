//! Notes about folders in the output folder: what they were made from. They let a build take a folder over from the last one.
//!
//! They are in a file beside the output folder, because they differ from machine to machine. Output folder and notes may have
//! come with the site, from somebody else, who could have put scripts into the folder. So a note has the numbers that this
//! machine's file system gave the files, and the times at which it made them, to the nanosecond. Nobody else knows these.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use super::disk;

/// Where the notes about the folders in an output folder are.
fn file(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.filiere-notes"))
}

/// The notes of the last build, a line each; empty if there are none.
pub(super) fn read(target: &Path) -> String {
    let file = file(target);
    match disk::look(&file) {
        Ok(Some(metadata)) if metadata.is_file() => fs::read_to_string(file).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Replaces the notes. A folder with their name is left alone.
pub(super) fn write(target: &Path, notes: &BTreeMap<String, String>) -> io::Result<()> {
    let file = file(target);
    if disk::look(&file)?.is_some_and(|metadata| metadata.is_dir()) {
        return Ok(());
    }
    disk::remove(&file)?;
    if notes.is_empty() {
        return Ok(());
    }
    disk::write_new(
        &file,
        notes.iter().map(|(folder, note)| format!("{folder} {note}\n")).collect::<String>().as_bytes(),
    )
}

/// A note about a folder: words about what it was made from, and a hash of the numbers, times and sizes of its files. `None` if
/// the file system does not know when its files were made.
pub(super) fn about(folder: &Path, words: &str) -> io::Result<Option<String>> {
    let mut files: Vec<(String, PathBuf)> =
        disk::files(folder)?.into_iter().map(|path| (relative(folder, &path), path)).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for (name, path) in files {
        let metadata = fs::symlink_metadata(&path).map_err(|error| disk::named(&path, error))?;
        let Ok(made) = metadata.created() else { return Ok(None) };
        let changed = metadata.modified().map_err(|error| disk::named(&path, error))?;
        (name, number(&metadata), made, changed, metadata.len()).hash(&mut hasher);
    }
    Ok(Some(format!("{words} {:016x}", hasher.finish())))
}

/// The path of a file in a folder, with `/` between its parts.
pub(super) fn relative(folder: &Path, file: &Path) -> String {
    let parts = file.strip_prefix(folder).unwrap_or(file).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The number of a file in its file system.
#[cfg(unix)]
fn number(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

/// The number of a file in its file system, where systems tell it.
#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}
