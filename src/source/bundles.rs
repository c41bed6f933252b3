//! Bundles of a theme: files that are published in place of several others.
//!
//! In: the files of a theme and of the themes that it extends, and the bundles that each `theme.toml` declares. Out:
//! the assets to publish. The parts of a bundle are read when the bundle is written or served, not here. A bundle that is
//! a style sheet ends with the custom properties that the program adds.

use std::collections::BTreeMap;

use super::asset::Asset;
use super::files::Bytes;
use super::themes::ThemeFiles;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::reader::Reader;
use crate::table::Table;
use crate::text::Place;

/// A published file that is the concatenation of several files of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The path below `/assets/`.
    path: Box<str>,
    /// The position of the path in `theme.toml`.
    place: Place,
    /// The paths of the parts below `static/`, in order, each with its position in `theme.toml`.
    parts: Vec<(Box<str>, Place)>,
}

/// Reads the table `[bundles]` of a `theme.toml`.
pub fn bundles(reader: &mut Reader<'_>, table: &Table) -> Vec<Bundle> {
    let mut bundles = Vec::new();
    for entry in &table.entries {
        let parts = reader.texts(&entry.value);
        if is_file_path(&entry.key) {
            let place = |span| reader.source.place(span);
            let parts = parts.into_iter().map(|(part, span)| (part, place(span))).collect();
            bundles.push(Bundle { path: entry.key.clone(), place: place(entry.key_span), parts });
        } else {
            let message = format!("\"{}\" can't be the path of a published file", entry.key);
            let diagnostic = reader.problem(Code::BadFileName, entry.key_span, message);
            reader.report(diagnostic.hint("write its path below /assets/, such as \"site.css\""));
        }
    }
    bundles
}

/// The assets of a theme. `themes` has the theme and then the themes that it extends, each with its bundles. A file or
/// bundle replaces a file or bundle of an extended theme at the same path. `css` is added to all bundles that are style
/// sheets: at their end, because `@import` and `@charset` must come first.
pub fn assets<'a>(
    themes: impl DoubleEndedIterator<Item = (&'a ThemeFiles, &'a [Bundle])>,
    css: &str,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Asset> {
    let mut files: BTreeMap<&str, &Asset> = BTreeMap::new();
    let mut bundles: BTreeMap<&str, &Bundle> = BTreeMap::new();
    for (theme, own) in themes.rev() {
        for asset in &theme.assets {
            files.insert(&asset.path, asset);
            bundles.remove(&*asset.path);
        }
        for bundle in own {
            if theme.assets.iter().any(|asset| *asset.path == *bundle.path) {
                problems.push(bundle.conflict());
            }
            bundles.insert(&bundle.path, bundle);
        }
    }
    let mut assets: Vec<Asset> = bundles.values().map(|bundle| bundle.join(&files, css, problems)).collect();
    for bundle in bundles.values() {
        files.remove(&*bundle.path);
        for (part, _) in &bundle.parts {
            files.remove(&**part);
        }
    }
    assets.extend(files.into_values().cloned());
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    assets
}

impl Bundle {
    /// The asset with the bytes of all parts, and with `css` if it is a style sheet.
    fn join(&self, files: &BTreeMap<&str, &Asset>, css: &str, problems: &mut Vec<Diagnostic>) -> Asset {
        let mut parts: Vec<Bytes> = Vec::new();
        for (part, place) in &self.parts {
            match files.get(&**part) {
                Some(asset) => parts.push(asset.bytes.clone()),
                None => {
                    let message = format!("there is no file \"{part}\" in static/");
                    let near = diagnostics::did_you_mean(part, files.keys().copied());
                    problems.push(Diagnostic::new(Code::MissingFile, place.clone(), message).maybe_hint(near));
                }
            }
        }
        if self.path.ends_with(".css") {
            parts.push(Bytes::Memory(css.as_bytes().into()));
        }
        Asset { path: self.path.as_ref().into(), bytes: Bytes::Joined(parts.into()) }
    }

    fn conflict(&self) -> Diagnostic {
        let message = format!("the bundle \"{0}\" and the file \"static/{0}\" have the same address", self.path);
        let diagnostic = Diagnostic::new(Code::UrlConflict, self.place.clone(), message);
        diagnostic.hint("rename the file or the bundle")
    }
}

/// Whether a relative path has neither empty parts, `.`, `..`, backslashes nor control characters.
fn is_file_path(path: &str) -> bool {
    let is_name =
        |name: &str| !matches!(name, "" | "." | "..") && !name.contains('\\') && !name.contains(char::is_control);
    path.split('/').all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_stays_in_its_folder() {
        for path in ["", "/x.css", "../x.css", "a/../x.css", "a//x.css", "./x.css", "a\\x.css", "x\n.css", "css/"] {
            assert!(!is_file_path(path), "{path:?}");
        }
        assert!(is_file_path("css/site.css"));
    }
}
