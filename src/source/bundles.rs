//! Bundles of a theme: files that are published in place of several others.
//!
//! In: the files of a theme and of those that it extends, and the bundles that each `theme.toml` declares. Out: the files to publish.
//! The parts of a bundle are read when it is written or served, not here.

use std::collections::BTreeMap;

use super::asset::Asset;
use super::files::Bytes;
use super::themes::ThemeFiles;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::reader::Reader;
use crate::table::Table;
use crate::text::Place;

/// A file that a theme puts together from several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Its path below `/assets/`.
    path: Box<str>,
    /// Where its name is in `theme.toml`.
    place: Place,
    /// The paths of its parts below `static/`, in order, each with its place in `theme.toml`.
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
            reader.report(diagnostic.hint("name it as it is to stand below /assets/, as in \"site.css\""));
        }
    }
    bundles
}

/// The files that a theme publishes. `themes` are the theme and those that it extends, in that order, each with its bundles. A file or a
/// bundle hides what a theme further down the chain has at the same path.
pub fn assets<'a>(
    themes: impl DoubleEndedIterator<Item = (&'a ThemeFiles, &'a [Bundle])>,
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
    let mut assets: Vec<Asset> = bundles.values().map(|bundle| bundle.join(&files, problems)).collect();
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
    fn join(&self, files: &BTreeMap<&str, &Asset>, problems: &mut Vec<Diagnostic>) -> Asset {
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
        Asset { path: self.path.as_ref().into(), bytes: Bytes::Joined(parts.into()) }
    }

    fn conflict(&self) -> Diagnostic {
        let message = format!("there is a bundle and a file \"static/{}\"", self.path);
        let diagnostic = Diagnostic::new(Code::UrlConflict, self.place.clone(), message);
        diagnostic.hint("both would be published at one address: rename the file or the bundle")
    }
}

/// Whether this is a path that leads to a file below the folder where it starts.
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
