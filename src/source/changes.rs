//! What has changed since the last look.
//!
//! In: two readings of a site. Out: the paths of what differs.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::asset::Asset;
use super::files::{CONTENT, THEMES};
use super::sources::Sources;
use super::texts::TextFile;
use super::themes::ThemeFiles;
use crate::text::SourceText;

/// Adds the paths of what differs between two readings of a site: what is new, gone, or other than it was.
pub fn differences(before: &Sources, after: &Sources, paths: &mut BTreeSet<Box<str>>) {
    let same_text =
        |one: &SourceText, other: &SourceText| Arc::ptr_eq(&one.text, &other.text) && one.path == other.path;
    let text_path = |text: &SourceText| text.path.to_string();
    let asset_path = |asset: &Asset| format!("{CONTENT}/{}", asset.path);
    differing(before.config.as_slice(), after.config.as_slice(), text_path, same_text, paths);
    let (file_path, same_file) = (
        |file: &TextFile| text_path(&file.source),
        |one: &TextFile, other: &TextFile| same_text(&one.source, &other.source),
    );
    differing(&before.texts, &after.texts, file_path, same_file, paths);
    differing(&before.assets, &after.assets, asset_path, Asset::eq, paths);
    if before.problems != after.problems {
        let problems = before.problems.iter().chain(&after.problems);
        paths.extend(problems.map(|problem| problem.place.path.as_ref().into()));
    }
}

/// The same, for two readings of a theme and all that it extends. Where it is another theme, what made it so has been said already.
pub fn theme_differences(before: &[ThemeFiles], after: &[ThemeFiles], paths: &mut BTreeSet<Box<str>>) {
    let is_first = paths.is_empty();
    for (one, other) in [(before, after), (after, before)] {
        for theme in one {
            let root = || Box::<str>::from(format!("{THEMES}/{}", theme.name));
            let Some(same) = other.iter().find(|other| other.name == theme.name) else {
                paths.extend(is_first.then(root));
                continue;
            };
            let texts = theme.texts.iter().filter(|(path, text)| same.texts.get(*path) != Some(*text));
            paths.extend(texts.map(|(_, text)| text.path.as_ref().into()));
            let assets = theme.assets.iter().filter(|asset| !same.assets.contains(*asset));
            paths.extend(assets.map(|asset| format!("{}/static/{}", root(), asset.path).into()));
            paths.extend((same.problems != theme.problems).then(root));
        }
    }
}

/// Goes through two lists side by side, each in the order of its paths.
fn differing<T>(
    before: &[T],
    after: &[T],
    path: impl Fn(&T) -> String,
    same: impl Fn(&T, &T) -> bool,
    paths: &mut BTreeSet<Box<str>>,
) {
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    loop {
        match (old.peek(), new.peek()) {
            (None, None) => return,
            (Some(one), Some(other)) if same(one, other) => {
                old.next();
                new.next();
            }
            (Some(one), Some(other)) => {
                let (one_path, other_path) = (path(one), path(other));
                if one_path <= other_path {
                    old.next();
                }
                if other_path <= one_path {
                    new.next();
                }
                paths.insert(one_path.min(other_path).into());
            }
            (Some(gone), None) => {
                paths.insert(path(gone).into());
                old.next();
            }
            (None, Some(fresh)) => {
                paths.insert(path(fresh).into());
                new.next();
            }
        }
    }
}
