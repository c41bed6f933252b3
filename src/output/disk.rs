//! Changes to the disk. Each failure names the file or folder that it is about.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::source::DiskFile;

/// An error that names the path that it is about.
pub(super) fn named(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// What is at a path, without following a symbolic link; `None` if there is nothing. A disk that does not answer is an error:
/// to take it for nothing could lose a file.
pub(super) fn look(path: &Path) -> io::Result<Option<fs::Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(named(path, error)),
    }
}

/// Whether there is something at a path.
pub(super) fn exists(path: &Path) -> io::Result<bool> {
    Ok(look(path)?.is_some())
}

/// Whether there is a symbolic link at a path.
pub(super) fn is_link(path: &Path) -> io::Result<bool> {
    Ok(look(path)?.is_some_and(|metadata| metadata.is_symlink()))
}

/// Writes a file.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(path, bytes).map_err(|error| named(path, error))
}

/// Writes a file where nothing is, not even a symbolic link.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create_new(path).and_then(|mut file| file.write_all(bytes)).map_err(|error| named(path, error))
}

/// Writes a file. If an earlier file has the same bytes, the new one is a hard link to it, which needs no room on the disk
/// and no time to synchronise.
pub(super) fn write_or_link(path: &Path, bytes: &[u8], earlier: Option<&Path>) -> io::Result<()> {
    match earlier {
        Some(earlier) if holds(earlier, &mut &*bytes, bytes.len() as u64) && fs::hard_link(earlier, path).is_ok() => {
            Ok(())
        }
        _ => write(path, bytes),
    }
}

/// Copies a file and its permissions. If an earlier copy is the same, the new one is a hard link to it.
pub(super) fn copy_or_link(from: &DiskFile, to: &Path, earlier: Option<&Path>) -> io::Result<()> {
    let is_same = |earlier: &Path| {
        let Ok((mut source, metadata)) = from.open() else { return false };
        let is_alike = |other: fs::Metadata| other.permissions() == metadata.permissions();
        fs::symlink_metadata(earlier).is_ok_and(is_alike) && holds(earlier, &mut source, metadata.len())
    };
    match earlier {
        Some(earlier) if is_same(earlier) && fs::hard_link(earlier, to).is_ok() => Ok(()),
        _ => copy(from, to),
    }
}

/// Whether a path is a file with as many bytes as are read from `bytes`, and the same ones.
fn holds(path: &Path, bytes: &mut dyn Read, length: u64) -> bool {
    let is_file = |metadata: fs::Metadata| metadata.is_file() && metadata.len() == length;
    if !fs::symlink_metadata(path).is_ok_and(is_file) {
        return false;
    }
    let Ok(mut file) = File::open(path) else { return false };
    let (mut one, mut other) = ([0; 16 * 1024], [0; 16 * 1024]);
    let mut left = length;
    while left > 0 {
        let count = one.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let (one, other) = (&mut one[..count], &mut other[..count]);
        if file.read_exact(one).is_err() || bytes.read_exact(other).is_err() || one != other {
            return false;
        }
        left -= count as u64;
    }
    true
}

/// The files in a folder and in the folders in it. Anything else there, such as a symbolic link, is an error.
pub(super) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in entries(folder)? {
        match fs::symlink_metadata(&path).map_err(|error| named(&path, error))? {
            metadata if metadata.is_dir() => files.append(&mut self::files(&path)?),
            metadata if metadata.is_file() => files.push(path),
            _ => return Err(named(&path, io::Error::other("it is neither a file nor a folder"))),
        }
    }
    Ok(files)
}

/// Copies a file and its permissions.
fn copy(from: &DiskFile, to: &Path) -> io::Result<()> {
    let (mut source, metadata) = from.open()?;
    let copied = File::create(to).and_then(|mut copy| {
        io::copy(&mut source, &mut copy)?;
        copy.set_permissions(metadata.permissions())
    });
    copied.map_err(|error| {
        io::Error::new(error.kind(), format!("{}, a copy of {}: {error}", to.display(), from.path().display()))
    })
}

/// Moves a file or folder, and replaces a file or an empty folder at the new path.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to).map_err(|error| {
        io::Error::new(error.kind(), format!("can't rename {} to {}: {error}", from.display(), to.display()))
    })
}

/// Makes a folder, whose parent exists and which itself does not.
pub(super) fn make_new(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder).map_err(|error| named(folder, error))
}

/// Makes a folder and its missing ancestors.
pub(super) fn make_all(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder).map_err(|error| named(folder, error))
}

/// Makes the parent folder of a path below `root`. The root itself is not made: if it has been removed, the files that
/// were written to it are gone too, and the caller must fail.
pub(super) fn make_parent(root: &Path, path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |parent| make(root, parent))
}

/// Makes a folder below `root`, and its missing ancestors.
fn make(root: &Path, folder: &Path) -> io::Result<()> {
    if folder == root {
        return Ok(());
    }
    // The parent nearly always exists, because each page has a folder of its own. So try without making the parent
    // first.
    match (fs::create_dir(folder), folder.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound && folder.starts_with(root) => {
            if parent == root {
                return Err(named(root, error));
            }
            make(root, parent)?;
            make(root, folder)
        }
        (Err(error), _) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        (result, _) => result.map_err(|error| named(folder, error)),
    }
}

/// The paths in a folder.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    entries.map_err(|error| named(folder, error))
}

/// Removes a file or a folder with all that is in it, if it exists. The entries two levels below a folder are removed in
/// parallel.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match look(path)? {
        None => return Ok(()),
        Some(metadata) if !metadata.is_dir() => return fs::remove_file(path).map_err(|error| named(path, error)),
        Some(_) => {}
    }
    let is_folder = |path: &Path| path.is_dir() && !path.is_symlink();
    let below: Vec<PathBuf> = entries(path)?.into_iter().filter(|path| is_folder(path)).collect();
    let deeper: Vec<Vec<PathBuf>> = below.iter().map(|folder| entries(folder)).collect::<io::Result<_>>()?;
    deeper.into_par_iter().flatten().try_for_each(|path| {
        let removed = if is_folder(&path) { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(|error| named(&path, error))
    })?;
    fs::remove_dir_all(path).map_err(|error| named(path, error))
}

/// Exchanges two folders.
pub(super) fn exchange(new: &Path, old: &Path, aside: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // Without support for an exchange in one step, the folder is absent for a moment, but never incomplete.
    rename(old, aside)?;
    match rename(new, old) {
        Ok(()) => rename(aside, new),
        Err(error) => {
            rename(aside, old)?;
            Err(error)
        }
    }
}

/// Waits until everything that was written to the file system of a folder is on the storage device.
pub(super) fn sync_all(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    File::open(folder).and_then(|open| Ok(rustix::fs::syncfs(&open)?)).map_err(|error| named(folder, error))?;
    // This covers the files of all file systems. There is no call for one.
    #[cfg(all(unix, not(target_os = "linux")))]
    rustix::fs::sync();
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Waits until the names in a folder are on the storage device.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder).and_then(|open| open.sync_all()).map_err(|error| named(folder, error))?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Whether a file system or a folder is mounted at a path, so that the path can't be renamed.
pub(super) fn is_mount_point(path: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
        statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::TYPE)
            .is_ok_and(|status| status.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
    }
    #[cfg(all(unix, not(target_os = "linux")))]
    {
        use std::os::unix::fs::MetadataExt;
        let device = |path: &Path| fs::symlink_metadata(path).ok().map(|metadata| metadata.dev());
        path.parent().is_some_and(|parent| device(path).is_some_and(|own| device(parent) != Some(own)))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}
