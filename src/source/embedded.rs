//! Files embedded in the program: the themes, and the site that `filiere new` writes.

use std::io;

use include_dir::{Dir, include_dir};

use super::files::{self, Bytes, Contents, Files, Listing, Stamp};
use super::open::THEMES;

static EMBEDDED_THEMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// The embedded themes, with paths below `themes/`.
#[derive(Debug, Clone, Copy)]
pub struct Embedded;

impl Embedded {
    fn get(path: &str) -> io::Result<&'static [u8]> {
        let inner = path.strip_prefix(THEMES).and_then(|rest| rest.strip_prefix('/'));
        let file = inner.and_then(|inner| EMBEDDED_THEMES.get_file(inner));
        file.map(|file| file.contents()).ok_or_else(|| files::not_found(path))
    }
}

impl Files for Embedded {
    fn list(&self, folder: &str) -> io::Result<Option<Listing>> {
        let mut all = Vec::new();
        collect(&EMBEDDED_THEMES, &mut all);
        let paths: Vec<String> = all.into_iter().map(|(path, _)| format!("{THEMES}/{path}")).collect();
        Ok(Listing::of(folder, paths.iter().map(String::as_str)))
    }

    fn stamp(&self, path: &str) -> io::Result<Stamp> {
        Self::get(path).map(|_| Stamp::EMBEDDED)
    }

    fn read(&self, path: &str) -> io::Result<Contents> {
        Self::get(path).map(|bytes| Contents { bytes: bytes.to_vec(), stamp: Some(Stamp::EMBEDDED) })
    }

    fn bytes(&self, path: &str) -> io::Result<Bytes> {
        Self::get(path).map(Bytes::Embedded)
    }
}

/// The names of the embedded themes, sorted.
pub fn built_in_themes() -> Vec<String> {
    let mut names: Vec<String> = EMBEDDED_THEMES.dirs().map(|dir| dir.path().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    names
}

/// The files of an embedded theme: path within the theme, and bytes. `None` if there is no such theme.
pub fn built_in_theme(name: &str) -> Option<Vec<(String, &'static [u8])>> {
    let dir = EMBEDDED_THEMES.dirs().find(|dir| dir.path().to_str() == Some(name))?;
    let mut files = Vec::new();
    collect(dir, &mut files);
    files.iter_mut().for_each(|(path, _)| drop(path.drain(..=name.len())));
    Some(files)
}

/// The files of a new site: path and bytes.
pub fn starter() -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    collect(&STARTER, &mut files);
    files
}

/// The workflow that checks and builds a new site, and tells what proposals change: its path in the site, and its text.
pub fn workflow(host: Host) -> (&'static str, String) {
    let (path, text) = match host {
        Host::Github => (".github/workflows/site.yml", include_str!("../../workflows/github.yml")),
        Host::Gitlab => (".gitlab-ci.yml", include_str!("../../workflows/gitlab.yml")),
        Host::Forgejo => (".forgejo/workflows/site.yml", include_str!("../../workflows/forgejo.yml")),
    };
    (path, text.replace("{version}", env!("CARGO_PKG_VERSION")))
}

/// A host of git repositories that runs workflows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// GitHub Actions.
    Github,
    /// GitLab CI.
    Gitlab,
    /// Forgejo Actions, as on Codeberg.
    Forgejo,
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
    for file in dir.files() {
        files.push((file.path().to_string_lossy().replace('\\', "/"), file.contents()));
    }
    for inner in dir.dirs() {
        collect(inner, files);
    }
}
