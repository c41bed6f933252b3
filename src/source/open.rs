//! Opens the files of a site.
//!
//! In: the root folder of a site, and a path below it. Out: an open regular file. Every file of a site is opened here,
//! so that none can be outside: a file or folder that is replaced by a symbolic link after it was listed is not followed.

use std::error::Error;
use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// The folder of the content, in the root of a site.
pub const CONTENT: &str = "content";
/// The folder of the themes, in the root of a site.
pub const THEMES: &str = "themes";
/// The maximum size of a text, in bytes.
pub(super) const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

/// Why a file is not read although it exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// It is a folder, a pipe, a socket or a device.
    NotAFile,
    /// It is a text of more than [`LARGEST_TEXT`] bytes.
    TooLarge,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAFile => "this is not a regular file",
            Self::TooLarge => "this text has more than 16 MiB",
        })
    }
}

impl Error for Unusable {}

impl Unusable {
    /// The reason behind an error, if the error is about a file that can't be used.
    pub(super) fn behind(error: &io::Error) -> Option<Self> {
        error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()).copied()
    }

    pub(super) fn error(self) -> io::Error {
        let kind = match self {
            Self::NotAFile => io::ErrorKind::InvalidInput,
            Self::TooLarge => io::ErrorKind::FileTooLarge,
        };
        io::Error::new(kind, self)
    }
}

/// Opens a regular file for reading. `path` is relative to the root, with `/` between its parts. `site.toml`, `content`,
/// `themes` and the folder of a theme may be symbolic links; nothing below them may.
///
/// # Errors
/// The file can't be opened, is not a regular file ([`Unusable::NotAFile`]), or can be reached through a symbolic link
/// only; then the error has the kind [`NotFound`](io::ErrorKind::NotFound).
pub(super) fn open(root: &Path, path: &str) -> io::Result<(File, Metadata)> {
    let (entry, inner) = entry(path);
    let file = match inner {
        "" => system::follow(&root.join(entry)),
        inner => system::beneath(&root.join(entry), inner),
    }
    .map_err(explain)?;
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(Unusable::NotAFile.error()) }
}

/// Splits a path after the part that may be a symbolic link.
fn entry(path: &str) -> (&str, &str) {
    let Some((first, rest)) = path.split_once('/') else { return (path, "") };
    match rest.split_once('/') {
        Some((theme, inner)) if first == THEMES => (&path[..first.len() + 1 + theme.len()], inner),
        _ => (first, rest),
    }
}

/// All bytes of an open file. `size` is the size that its metadata have.
///
/// # Errors
/// There are more than `most` bytes ([`Unusable::TooLarge`]), or they can't be read.
pub(super) fn contents(file: File, size: u64, most: u64) -> io::Result<Vec<u8>> {
    if size > most {
        return Err(Unusable::TooLarge.error());
    }
    // One byte more than the size shows the end without another system call that grows the buffer.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(Unusable::TooLarge.error()) } else { Ok(bytes) }
}

/// The meaning of an error of the system. A file that can't be reached without following a symbolic link counts as one
/// that no longer exists.
#[cfg(unix)]
fn explain(error: io::Error) -> io::Error {
    use rustix::io::Errno;
    match Errno::from_io_error(&error) {
        Some(Errno::LOOP | Errno::NOTDIR) => {
            io::Error::new(io::ErrorKind::NotFound, "a part of its path is a symbolic link or is not a folder")
        }
        // A socket can't be opened.
        Some(Errno::NXIO | Errno::NODEV | Errno::OPNOTSUPP) => Unusable::NotAFile.error(),
        _ => error,
    }
}

#[cfg(not(unix))]
fn explain(error: io::Error) -> io::Error {
    error
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io;
    use std::os::fd::OwnedFd;
    use std::path::Path;

    use rustix::fs::{CWD, Mode, OFlags, openat};
    use rustix::io::Errno;

    /// A pipe that nobody writes to must not block, and a terminal must not become the terminal of this process.
    const FLAGS: OFlags = OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK).union(OFlags::NOCTTY);
    const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::DIRECTORY);

    /// Opens a file, through symbolic links.
    pub(super) fn follow(path: &Path) -> io::Result<File> {
        Ok(openat(CWD, path, FLAGS, Mode::empty())?.into())
    }

    /// Opens a file below a folder. The folder itself may be a symbolic link.
    pub(super) fn beneath(folder: &Path, inner: &str) -> io::Result<File> {
        let folder = openat(CWD, folder, FOLDER, Mode::empty())?;
        #[cfg(target_os = "linux")]
        if let Some(result) = at_once(&folder, inner) {
            return Ok(result?.into());
        }
        Ok(part_by_part(folder, inner)?.into())
    }

    /// Opens a file with one system call. `None` if the system does not have it (Linux before 5.6, and some sandboxes).
    #[cfg(target_os = "linux")]
    fn at_once(folder: &OwnedFd, inner: &str) -> Option<Result<OwnedFd, Errno>> {
        use rustix::fs::{ResolveFlags, openat2};
        /// A rename elsewhere can disturb the system call, which then asks for another try.
        const MOST_TRIES: usize = 100;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        for _ in 0..MOST_TRIES {
            match openat2(folder, inner, FLAGS, Mode::empty(), resolve) {
                Err(Errno::AGAIN | Errno::INTR) => {}
                Err(Errno::NOSYS | Errno::PERM) => return None,
                result => return Some(result),
            }
        }
        Some(Err(Errno::AGAIN))
    }

    /// Opens each folder on the way, and then the file, without following a symbolic link.
    pub(super) fn part_by_part(folder: OwnedFd, inner: &str) -> Result<OwnedFd, Errno> {
        let mut folder = folder;
        let mut parts = inner.split('/').peekable();
        while let Some(part) = parts.next() {
            if matches!(part, "" | "." | "..") {
                return Err(Errno::NOENT);
            }
            let flags = if parts.peek().is_some() { FOLDER } else { FLAGS };
            folder = openat(&folder, part, flags | OFlags::NOFOLLOW, Mode::empty())?;
        }
        Ok(folder)
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{self, File};
    use std::io;
    use std::path::Path;

    pub(super) fn follow(path: &Path) -> io::Result<File> {
        File::open(path)
    }

    /// Opens a file below a folder. The folder itself may be a symbolic link. A link that is made between the check and
    /// the opening is followed: this system has no call that prevents it.
    pub(super) fn beneath(folder: &Path, inner: &str) -> io::Result<File> {
        let mut path = folder.to_owned();
        for part in inner.split('/') {
            path.push(part);
            if fs::symlink_metadata(&path)?.is_symlink() {
                return Err(io::Error::new(io::ErrorKind::NotFound, "a part of its path is a symbolic link"));
            }
        }
        File::open(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_allowed_where_a_site_begins_and_nowhere_below() {
        assert_eq!(entry("site.toml"), ("site.toml", ""));
        assert_eq!(entry("content/actors/a.md"), ("content", "actors/a.md"));
        assert_eq!(entry("themes/own/static/a.css"), ("themes/own", "static/a.css"));
        assert_eq!(entry("themes/readme.txt"), ("themes", "readme.txt"));
    }

    #[cfg(unix)]
    mod links {
        use std::fs;
        use std::io::Read;
        use std::os::unix::fs::symlink;

        use super::*;

        /// A site whose content is behind a symbolic link, with links in it to a folder and to a file outside.
        fn site() -> tempfile::TempDir {
            let site = tempfile::tempdir().unwrap();
            let path = |path: &str| site.path().join(path);
            fs::create_dir_all(path("real/actors")).unwrap();
            fs::create_dir_all(path("outside")).unwrap();
            fs::write(path("real/actors/a.md"), "inside").unwrap();
            fs::write(path("outside/a.md"), "secret").unwrap();
            symlink(path("real"), path("content")).unwrap();
            symlink(path("outside"), path("real/link")).unwrap();
            symlink(path("outside/a.md"), path("real/actors/link.md")).unwrap();
            symlink(path("real/actors/a.md"), path("site.toml")).unwrap();
            site
        }

        fn text(mut file: File) -> String {
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            text
        }

        #[test]
        fn only_the_entry_is_followed() {
            let site = site();
            for path in ["content/actors/a.md", "site.toml"] {
                assert_eq!(text(open(site.path(), path).unwrap().0), "inside", "{path}");
            }
            for path in
                ["content/link/a.md", "content/actors/link.md", "content/../outside/a.md", "content/actors/b.md"]
            {
                let error = open(site.path(), path).unwrap_err();
                assert!(
                    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::CrossesDevices),
                    "{path}: {error}"
                );
            }
        }

        /// The way of systems without `openat2`.
        #[test]
        fn part_by_part_gives_the_same() {
            let site = site();
            let open = |inner| {
                let folder = File::open(site.path().join("content")).unwrap();
                system::part_by_part(folder.into(), inner).map(File::from)
            };
            assert_eq!(text(open("actors/a.md").unwrap()), "inside");
            for inner in ["link/a.md", "actors/link.md", "../outside/a.md", "actors/./a.md", "/actors/a.md", ""] {
                assert!(open(inner).is_err(), "{inner}");
            }
        }

        #[test]
        fn a_pipe_or_a_folder_is_no_file_and_does_not_block() {
            let site = site();
            let fifo = site.path().join("real/actors/fifo.md");
            assert!(std::process::Command::new("mkfifo").arg(fifo).status().unwrap().success());
            let _socket = std::os::unix::net::UnixListener::bind(site.path().join("real/actors/socket.md")).unwrap();
            for path in ["content/actors/fifo.md", "content/actors/socket.md", "content/actors"] {
                let error = open(site.path(), path).unwrap_err();
                assert_eq!(Unusable::behind(&error), Some(Unusable::NotAFile), "{path}: {error}");
            }
        }
    }
}
