//! Themes.
//!
//! In: the root folder and the name of a theme. Out: its [`ThemeFiles`], from the site's folder of themes or from the program.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::{Asset, Bytes, THEMES, asset, collect, decode, list, present, text_file};
use crate::diagnostics::Diagnostic;
use crate::text::SourceText;

static EMBEDDED_THEMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The files of one theme.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Reads a theme: from the folder `themes/NAME` of the site, or else from the program.
///
/// # Errors
/// The theme's folder is there and can't be read. `Ok(None)` says that there is no such theme.
pub fn theme(root: &Path, name: &str) -> io::Result<Option<ThemeFiles>> {
    let mut theme = ThemeFiles { name: name.into(), texts: BTreeMap::new(), assets: Vec::new(), problems: Vec::new() };
    let prefix = format!("{THEMES}/{name}");
    let folder = root.join(THEMES).join(name);
    if is_plain_name(name) && folder.is_dir() {
        let files: Arc<Path> = folder.join("static").into();
        for (path, disk) in list(&folder, &prefix, &mut theme.problems)? {
            let inner: Box<str> = path[prefix.len() + 1..].into();
            if let Some(inner) = inner.strip_prefix("static/") {
                theme.assets.extend(asset(&files, inner)?);
            } else if is_theme_text(&inner)
                && let Some(reading) = present(text_file(path, &disk))?
            {
                theme.texts.insert(inner, reading.text);
                theme.problems.extend(reading.problems);
            }
        }
        return Ok(Some(theme));
    }
    let Some(folder) = EMBEDDED_THEMES.get_dir(name).filter(|_| is_plain_name(name)) else { return Ok(None) };
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
    names.retain(|name| is_plain_name(name));
    names.sort();
    names.dedup();
    names
}

fn is_plain_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0'])
}

fn is_theme_text(path: &str) -> bool {
    path == "theme.toml" || path.starts_with("templates/") || (path.starts_with("strings/") && path.ends_with(".toml"))
}
