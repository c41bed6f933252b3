//! Themes.
//!
//! In: the files of a site and the name of a theme. Out: the theme's [`ThemeFiles`], from the site's folder `themes` or
//! from the embedded themes.

use std::collections::BTreeMap;
use std::io;

use super::asset::{Asset, asset};
use super::embedded::Embedded;
use super::files::{Files, Stamp};
use super::open::THEMES;
use super::texts;
use crate::diagnostics::Diagnostic;
use crate::text::SourceText;

/// The files of one theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFiles {
    /// The theme's name.
    pub name: Box<str>,
    /// `theme.toml`, `widths.toml`, `strings/*.toml` and `templates/**`, by their path within the theme.
    pub texts: BTreeMap<Box<str>, SourceText>,
    /// Whether the theme is built into the program.
    pub is_built_in: bool,
    /// The files of `static/`.
    pub assets: Vec<Asset>,
    /// Diagnostics about files that could not be read.
    pub problems: Vec<Diagnostic>,
    /// The stamps of the texts, by path. A text is certain to be current as long as its file has the same stamp.
    stamps: BTreeMap<Box<str>, Stamp>,
}

/// Reads a theme from the folder `themes/NAME` of the site, or else from the embedded themes. `None` if there is no
/// such theme. `before` is the result of an earlier read: texts that have not changed share their memory with it.
///
/// # Errors
/// The folder of the theme exists and can't be read.
pub fn theme(files: &dyn Files, name: &str, before: Option<&ThemeFiles>) -> io::Result<Option<ThemeFiles>> {
    if !is_plain_name(name) {
        return Ok(None);
    }
    let folder = format!("{THEMES}/{name}");
    let (files, listing, is_built_in) = match files.list(&folder)? {
        Some(listing) => (files, listing, false),
        None => match Embedded.list(&folder)? {
            Some(listing) => (&Embedded as &dyn Files, listing, true),
            None => return Ok(None),
        },
    };
    let mut theme = ThemeFiles {
        name: name.into(),
        texts: BTreeMap::new(),
        is_built_in,
        assets: Vec::new(),
        problems: listing.problems,
        stamps: BTreeMap::new(),
    };
    for path in listing.paths {
        let inner = &path[folder.len() + 1..];
        if inner.starts_with("static/") {
            theme.assets.extend(asset(files, &format!("{folder}/static"), &path)?);
        } else if is_theme_text(inner) {
            theme.read(files, &path, inner, before)?;
        }
    }
    Ok(Some(theme))
}

impl ThemeFiles {
    /// Reads a text of the theme; `inner` is its path within the theme.
    fn read(&mut self, files: &dyn Files, path: &str, inner: &str, before: Option<&Self>) -> io::Result<()> {
        let before = before.and_then(|before| Some((before.texts.get(inner)?, before.stamps.get(inner))));
        let Some(text) = texts::text(files, path, before, &mut self.problems)? else { return Ok(()) };
        self.texts.insert(inner.into(), text.source);
        self.stamps.extend(text.stamp.map(|stamp| (inner.into(), stamp)));
        Ok(())
    }
}

/// The names of all themes that a site can use, sorted.
pub fn theme_names(files: &dyn Files) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for files in [files, &Embedded] {
        let listing = files.list(THEMES).ok().flatten().unwrap_or_default();
        let folders = listing.paths.iter().filter_map(|path| path[THEMES.len() + 1..].split_once('/'));
        names.extend(folders.map(|(name, _)| name.to_owned()));
    }
    names.sort();
    names.dedup();
    names
}

/// Checks the name of a new theme, for a command line.
///
/// # Errors
/// The text is no name of a single folder, or not portable between systems.
pub fn theme_name(name: &str) -> Result<String, String> {
    let is_portable = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    match !name.is_empty() && name.chars().all(is_portable) {
        true => Ok(name.to_owned()),
        false => Err("use lower-case letters, digits and hyphens".to_owned()),
    }
}

fn is_plain_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0'])
}

fn is_theme_text(path: &str) -> bool {
    matches!(path, "theme.toml" | "widths.toml")
        || path.starts_with("templates/")
        || (path.starts_with("strings/") && path.ends_with(".toml"))
}
