//! The files of a site.
//!
//! In: the root folder. Out: [`Sources`]: the texts, and the paths of all other files, in the order of their paths. The only
//! module that reads content from disk; what the files mean is for the others.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::config;
use crate::diagnostics::{Code, Diagnostic};
use crate::text::{self, Place, SourceText, Span};

/// The folder of the content, in the root of a site.
pub const CONTENT: &str = "content";
/// The folder of the themes, in the root of a site.
pub const THEMES: &str = "themes";

static EMBEDDED_THEMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// A file that is published as it is.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its path relative to the content folder or the theme's `static` folder, with `/` between its parts.
    pub path: Arc<str>,
    /// Where its bytes are.
    pub bytes: Bytes,
}

/// Where the bytes of a file are.
#[derive(Debug, Clone)]
pub enum Bytes {
    /// On disk; they are copied when the site is written.
    Disk(PathBuf),
    /// In the program.
    Embedded(&'static [u8]),
}

impl Bytes {
    /// The bytes themselves.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Disk(path) => fs::read(path),
            Self::Embedded(bytes) => Ok(bytes.to_vec()),
        }
    }
}

/// The files of a site's content.
#[derive(Debug, Default)]
pub struct Sources {
    /// `site.toml`.
    pub config: Option<SourceText>,
    /// Every `.md` and `.toml` file of the content, by path.
    pub texts: Vec<SourceText>,
    /// Every other file of the content, by path.
    pub assets: Vec<Asset>,
    /// What could not be read.
    pub problems: Vec<Diagnostic>,
}

/// The files of one theme.
#[derive(Debug, Clone)]
pub struct ThemeFiles {
    /// The theme's name.
    pub name: Box<str>,
    /// `theme.toml`, `strings/*.toml` and `templates/**`, by their path within the theme.
    pub texts: BTreeMap<Box<str>, SourceText>,
    /// The files of `static/`.
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
}

/// Reads the site in this folder, except its themes.
///
/// # Errors
/// The root is not a folder, or a folder in it can't be listed.
pub fn read(root: &Path) -> io::Result<Sources> {
    let mut sources = Sources::default();
    if !root.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("{} is not a folder", root.display())));
    }
    match fs::read(root.join(config::FILE)) {
        Ok(bytes) => sources.config = Some(decode(config::FILE.into(), bytes, &mut sources.problems)),
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
    sources.assets = assets
        .into_iter()
        .map(|(path, disk)| Asset { path: path[CONTENT.len() + 1..].into(), bytes: Bytes::Disk(disk) })
        .collect();
    let read: Vec<io::Result<(SourceText, Vec<Diagnostic>)>> =
        texts.into_par_iter().map(|(path, disk)| text_file(path, &disk)).collect();
    for result in read {
        let (source, problems) = result?;
        sources.texts.push(source);
        sources.problems.extend(problems);
    }
    Ok(sources)
}

/// Reads a theme: from the folder `themes/NAME` of the site, or else from the program.
///
/// # Errors
/// The theme's folder is there and can't be read. `Ok(None)` says that there is no such theme.
pub fn theme(root: &Path, name: &str) -> io::Result<Option<ThemeFiles>> {
    let mut theme = ThemeFiles { name: name.into(), texts: BTreeMap::new(), assets: Vec::new(), problems: Vec::new() };
    let prefix = format!("{THEMES}/{name}");
    let folder = root.join(THEMES).join(name);
    if is_plain_name(name) && folder.is_dir() {
        for (path, disk) in list(&folder, &prefix, &mut theme.problems)? {
            let inner: Box<str> = path[prefix.len() + 1..].into();
            if let Some(inner) = inner.strip_prefix("static/") {
                theme.assets.push(Asset { path: inner.into(), bytes: Bytes::Disk(disk) });
            } else if is_theme_text(&inner) {
                let (source, problems) = text_file(path, &disk)?;
                theme.texts.insert(inner, source);
                theme.problems.extend(problems);
            }
        }
        return Ok(Some(theme));
    }
    let Some(folder) = EMBEDDED_THEMES.get_dir(name) else { return Ok(None) };
    let mut files = Vec::new();
    collect(folder, &mut files);
    for (path, bytes) in files {
        let inner = &path[name.len() + 1..];
        if let Some(inner) = inner.strip_prefix("static/") {
            theme.assets.push(Asset { path: inner.into(), bytes: Bytes::Embedded(bytes) });
        } else if is_theme_text(inner) {
            let path = format!("{prefix}/{inner}");
            theme.texts.insert(inner.into(), decode(path.into(), bytes.to_vec(), &mut theme.problems));
        }
    }
    theme.assets.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Some(theme))
}

/// The names of all themes that a site in this folder can use.
pub fn theme_names(root: &Path) -> Vec<String> {
    let on_disk = fs::read_dir(root.join(THEMES)).into_iter().flatten().flatten();
    let on_disk =
        on_disk.filter(|entry| entry.path().is_dir()).filter_map(|entry| entry.file_name().into_string().ok());
    let embedded = EMBEDDED_THEMES.dirs().filter_map(|dir| Some(dir.path().to_str()?.to_owned()));
    let mut names: Vec<String> = on_disk.chain(embedded).collect();
    names.sort();
    names.dedup();
    names
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

fn is_plain_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0'])
}

fn is_text(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".toml")
}

fn is_theme_text(path: &str) -> bool {
    path == "theme.toml" || path.starts_with("templates/") || (path.starts_with("strings/") && path.ends_with(".toml"))
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
    files.sort();
    Ok(files)
}

/// Hidden files, and what editors leave beside the file that they save.
fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.starts_with('#')
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
}

fn text_file(path: String, disk: &Path) -> io::Result<(SourceText, Vec<Diagnostic>)> {
    let bytes = fs::read(disk).map_err(|error| io::Error::new(error.kind(), format!("{path}: {error}")))?;
    let mut problems = Vec::new();
    Ok((decode(path.into(), bytes, &mut problems), problems))
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
