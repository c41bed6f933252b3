//! The files of a site.
//!
//! In: the root folder. Out: [`Sources`]: the texts, and the paths of all other files, in the order of their paths. The only
//! module that reads content from disk; what the files mean is for the others.

mod bundles;
mod changes;
mod themes;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::config;
use crate::diagnostics::{Code, Diagnostic};
use crate::text::{self, Place, SourceText, Span};
use changes::text_again;

pub use bundles::{Bundle, assets, bundles};
pub use changes::{Stamp, differences, theme_differences};
pub use themes::{ThemeFiles, theme, theme_names};

/// The folder of the content, in the root of a site.
pub const CONTENT: &str = "content";
/// The folder of the themes, in the root of a site.
pub const THEMES: &str = "themes";

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its path relative to the content folder or the theme's `static` folder, with `/` between its parts.
    pub path: Arc<str>,
    /// Where its bytes are.
    pub bytes: Bytes,
}

/// Where the bytes of a file are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Bytes {
    /// On disk; they are copied when the site is written.
    Disk(DiskFile),
    /// In the program.
    Embedded(&'static [u8]),
    /// In several places, one after another: see [`Bundle`].
    Joined(Arc<[Self]>),
}

impl Bytes {
    /// The bytes themselves.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Disk(file) => fs::read(file.path()?),
            Self::Embedded(bytes) => Ok(bytes.to_vec()),
            Self::Joined(parts) => {
                let parts: Vec<_> = parts.iter().map(Self::read).collect::<io::Result<_>>()?;
                Ok(bundles::joined(parts))
            }
        }
    }

    /// How many there are, as far as is known without reading them.
    pub fn size(&self) -> u64 {
        match self {
            Self::Disk(file) => file.stamp.size,
            Self::Embedded(bytes) => bytes.len() as u64,
            Self::Joined(parts) => parts.iter().map(Self::size).sum(),
        }
    }
}

/// A file on disk, as it was when its folder was listed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DiskFile {
    folder: Arc<Path>,
    /// Below that folder, with `/` between its parts.
    path: Arc<str>,
    stamp: Stamp,
}

impl DiskFile {
    /// Where it is.
    ///
    /// # Errors
    /// By now it is not there, or a symbolic link leads to it.
    pub fn path(&self) -> io::Result<PathBuf> {
        let mut path = self.folder.to_path_buf();
        for part in self.path.split('/') {
            path.push(part);
            if fs::symlink_metadata(&path)?.is_symlink() {
                let message = format!("{} is a symbolic link, which is not followed", path.display());
                return Err(io::Error::new(io::ErrorKind::NotFound, message));
            }
        }
        Ok(path)
    }
}

/// The files of a site's content.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    /// `site.toml`.
    pub config: Option<SourceText>,
    /// Every `.md` and `.toml` file of the content, by path.
    pub texts: Vec<SourceText>,
    /// The stamp of each text, in the same order, if the text is sure to be the file's as long as the file bears it.
    stamps: Vec<Option<Stamp>>,
    /// Every other file of the content, by path.
    pub assets: Vec<Asset>,
    /// What could not be read.
    pub problems: Vec<Diagnostic>,
}

impl Sources {
    /// The text of a path, to show a line of it.
    pub fn text(&self, path: &str) -> Option<SourceText> {
        let of_config = self.config.iter().find(|source| &*source.path == path);
        of_config
            .or_else(|| self.texts.binary_search_by(|text| (*text.path).cmp(path)).ok().map(|at| &self.texts[at]))
            .cloned()
    }

    /// The file of this path below the content folder that is published as it is.
    pub fn asset(&self, path: &str) -> Option<&Asset> {
        self.assets.binary_search_by(|asset| (*asset.path).cmp(path)).ok().map(|at| &self.assets[at])
    }
}

/// The text of a file of the content that is published as it is; none if it has gone since. What is not UTF-8 is reported.
///
/// # Errors
/// It can't be read.
pub fn text_of(asset: &Asset, problems: &mut Vec<Diagnostic>) -> io::Result<Option<SourceText>> {
    let bytes = present(asset.bytes.read())?;
    Ok(bytes.map(|bytes| decode(format!("{CONTENT}/{}", asset.path).into(), bytes, problems)))
}

/// Reads the site in this folder, except its themes. Of `before`, what was read earlier, the texts of files that have not changed since
/// are used again: they are the same in memory too.
///
/// # Errors
/// The root is not a folder, or a folder in it can't be listed.
pub fn read(root: &Path, before: &Sources) -> io::Result<Sources> {
    let mut sources = Sources::default();
    if !root.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("{} is not a folder", root.display())));
    }
    match fs::read(root.join(config::FILE)) {
        Ok(bytes) => {
            let text = decode(config::FILE.into(), bytes, &mut sources.problems);
            sources.config = Some(before.config.clone().filter(|before| before.text == text.text).unwrap_or(text));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let diagnostic =
                Diagnostic::about_file(Code::MissingFile, config::FILE, "there is no site.toml in this folder");
            sources.problems.push(
                diagnostic.hint("go to the site's folder, name it with --root, or make a site with `filiere new`"),
            );
        }
        Err(error) => return Err(error),
    }
    let content = root.join(CONTENT);
    if !content.is_dir() {
        let diagnostic = Diagnostic::about_file(Code::MissingFile, CONTENT, "there is no content folder");
        sources.problems.push(diagnostic.hint("profiles and pages go into the folder \"content\", beside site.toml"));
        return Ok(sources);
    }
    let files = list(&content, CONTENT, &mut sources.problems)?;
    let (texts, assets): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| is_text(path));
    let content: Arc<Path> = content.into();
    for (path, _) in assets {
        sources.assets.extend(asset(&content, &path[CONTENT.len() + 1..])?);
    }
    let read: Vec<io::Result<Option<Reading>>> =
        texts.into_par_iter().map(|(path, disk)| present(text_again(path, &disk, before))).collect();
    for reading in read {
        let Some(reading) = reading? else { continue };
        sources.texts.push(reading.text);
        sources.stamps.push(reading.stamp);
        sources.problems.extend(reading.problems);
    }
    Ok(sources)
}

/// Reads only these files again, by their paths relative to the root, and takes all others as they were. Out: nothing if that is not
/// enough, because one of them is no text of the content that was there before.
///
/// # Errors
/// A file can't be read.
pub fn read_some(root: &Path, before: &Sources, paths: &BTreeSet<Box<str>>) -> io::Result<Option<Sources>> {
    let mut sources = before.clone();
    for path in paths {
        let disk = root.join(&**path);
        let Ok(at) = before.texts.binary_search_by(|text| (*text.path).cmp(path)) else { return Ok(None) };
        let is_file = present(fs::symlink_metadata(&disk))?.is_some_and(|metadata| metadata.is_file());
        let sound = !before.problems.iter().any(|problem| *problem.place.path == **path);
        let Some(reading) =
            (if is_file && sound { present(text_again(path.to_string(), &disk, before))? } else { None })
        else {
            return Ok(None);
        };
        sources.texts[at] = reading.text;
        sources.stamps[at] = reading.stamp;
        sources.problems.extend(reading.problems);
    }
    Ok(Some(sources))
}

/// The files of a new site, by their path.
pub fn starter() -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    collect(&STARTER, &mut files);
    files
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
    for file in dir.files() {
        files.push((file.path().to_string_lossy().replace('\\', "/"), file.contents()));
    }
    for inner in dir.dirs() {
        collect(inner, files);
    }
}

fn is_text(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".toml")
}

/// All files below a folder, with `prefix` before their paths, in the order of the paths. Hidden files and editors' backups are left out.
fn list(folder: &Path, prefix: &str, problems: &mut Vec<Diagnostic>) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    let walk = WalkDir::new(folder).min_depth(1).into_iter();
    for entry in walk.filter_entry(|entry| !is_passed_over(&entry.file_name().to_string_lossy())) {
        let entry = entry?;
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        let shown = format!("{prefix}/{}", parts.join("/"));
        let kind = entry.file_type();
        if kind.is_symlink() {
            problems.push(Diagnostic::about_file(Code::SymbolicLink, &shown, "a symbolic link is not followed"));
        } else if entry
            .file_name()
            .to_str()
            .is_none_or(|name| name.contains(['\\', '\u{7f}']) || name.chars().any(char::is_control))
        {
            problems.push(Diagnostic::about_file(
                Code::BadFileName,
                &shown.escape_debug().to_string(),
                "the name can't be part of an address",
            ));
        } else if kind.is_file() {
            files.push((shown, entry.into_path()));
        }
    }
    files.par_sort_unstable();
    Ok(files)
}

/// Hidden files, and what editors leave beside the file that they save.
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.starts_with('#')
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
}

/// A file that is published as it is; none if it has gone since its folder was listed.
fn asset(folder: &Arc<Path>, path: &str) -> io::Result<Option<Asset>> {
    let metadata = present(fs::symlink_metadata(folder.join(path)))?;
    let path: Arc<str> = path.into();
    Ok(metadata.map(|metadata| {
        let file = DiskFile { folder: folder.clone(), path: path.clone(), stamp: Stamp::new(&metadata) };
        Asset { path, bytes: Bytes::Disk(file) }
    }))
}

/// A file that goes away between being listed and being read was never there.
fn present<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A text that was read, and what was wrong with it.
struct Reading {
    text: SourceText,
    stamp: Option<Stamp>,
    problems: Vec<Diagnostic>,
}

fn text_file(path: String, disk: &Path) -> io::Result<Reading> {
    let (bytes, stamp) = contents(disk).map_err(|error| io::Error::new(error.kind(), format!("{path}: {error}")))?;
    let mut problems = Vec::new();
    let text = decode(path.into(), bytes, &mut problems);
    Ok(Reading { text, stamp: stamp.is_settled().then_some(stamp), problems })
}

/// All bytes of a file, and its stamp from before they were read: whatever is written after that changes it.
fn contents(disk: &Path) -> io::Result<(Vec<u8>, Stamp)> {
    let mut file = File::open(disk)?;
    let stamp = Stamp::new(&file.metadata()?);
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
    // Most files have the size that they say; asking for the end by one small read is cheaper than letting a buffer grow.
    let mut rest = [0; 64];
    if file.read(&mut rest).map_or(true, |count| count > 0) {
        bytes.clear();
        file.seek(SeekFrom::Start(0))?;
        file.read_to_end(&mut bytes)?;
    }
    Ok((bytes, stamp))
}

/// Text from bytes, without its byte order mark. What is not UTF-8 is reported and replaced.
fn decode(path: Arc<str>, mut bytes: Vec<u8>, problems: &mut Vec<Diagnostic>) -> SourceText {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => SourceText::new(path, text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let source = SourceText::new(path, String::from_utf8_lossy(error.as_bytes()).into_owned());
            let place = Place { path: source.path.clone(), span: Span::new(at..at + '\u{fffd}'.len_utf8()) };
            let (line, _) = text::line_and_column(&source.text, at);
            let diagnostic = Diagnostic::new(Code::NotUtf8, place, format!("line {line} is not UTF-8 text"));
            problems.push(diagnostic.hint("save the file as UTF-8"));
            source
        }
    }
}
