//! Changed files.
//!
//! In: the files of a site at two times. Out: the paths of the files that differ.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::asset::Asset;
use super::open::{CONTENT, THEMES};
use super::sources::Sources;
use super::texts::TextFile;
use super::themes::ThemeFiles;
use crate::text::SourceText;

/// Adds the paths of all files of the content that are new, deleted or changed.
pub fn differences(before: &Sources, after: &Sources, paths: &mut BTreeSet<Box<str>>) {
    let same_text =
        |one: &SourceText, other: &SourceText| Arc::ptr_eq(&one.text, &other.text) && one.path == other.path;
    let text_path = |text: &SourceText| text.path.to_string();
    let asset_path = |asset: &Asset| format!("{CONTENT}/{}", asset.path);
    differing(before.config.as_slice(), after.config.as_slice(), text_path, same_text, paths);
    let file_path = |file: &TextFile| text_path(&file.source);
    let same_file = |one: &TextFile, other: &TextFile| same_text(&one.source, &other.source);
    differing(&before.texts, &after.texts, file_path, same_file, paths);
    differing(&before.assets, &after.assets, asset_path, Asset::eq, paths);
    if before.problems != after.problems {
        let problems = before.problems.iter().chain(&after.problems);
        paths.extend(problems.map(|problem| problem.place.path.as_ref().into()));
    }
}

/// Adds the paths of all files of a theme, and of the themes that it extends, that are new, deleted or changed. A theme
/// that is only in one of the lists is added by its folder, unless `paths` already holds the change that switched the
/// theme.
pub fn theme_differences(before: &[ThemeFiles], after: &[ThemeFiles], paths: &mut BTreeSet<Box<str>>) {
    let is_unexplained = paths.is_empty();
    for (one, other) in [(before, after), (after, before)] {
        for theme in one {
            let root = || Box::<str>::from(format!("{THEMES}/{}", theme.name));
            let Some(same) = other.iter().find(|other| other.name == theme.name) else {
                if is_unexplained {
                    paths.insert(root());
                }
                continue;
            };
            let texts = theme.texts.iter().filter(|(path, text)| same.texts.get(*path) != Some(*text));
            paths.extend(texts.map(|(_, text)| text.path.as_ref().into()));
            let assets = theme.assets.iter().filter(|asset| !same.assets.contains(*asset));
            paths.extend(assets.map(|asset| format!("{}/static/{}", root(), asset.path).into()));
            if same.problems != theme.problems {
                paths.insert(root());
            }
        }
    }
}

/// Adds the paths of the items that are only in one list, or differ. Both lists are sorted by path.
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
            (Some(deleted), None) => {
                paths.insert(path(deleted).into());
                old.next();
            }
            (None, Some(added)) => {
                paths.insert(path(added).into());
                new.next();
            }
        }
    }
}
