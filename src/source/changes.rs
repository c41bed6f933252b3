//! What has changed since the last look.
//!
//! In: a file and what was read of it before, or two readings of a site. Out: the file's text, read again only if the file bears another
//! [`Stamp`]; the paths of what differs.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{Asset, CONTENT, Reading, Sources, THEMES, ThemeFiles, text_file};
use crate::text::SourceText;

/// What changes when a file is written to: its size, its times and, where the system has one, its number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stamp {
    pub(super) size: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    changed: (i64, i64, u64),
}

impl Stamp {
    pub(super) fn new(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Self {
            size: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            changed: (metadata.ctime(), metadata.ctime_nsec(), metadata.ino()),
        }
    }

    /// Whether the file has rested for so long that a later change can't bear the same times.
    pub(super) fn is_settled(&self) -> bool {
        const COARSEST_CLOCK: Duration = Duration::from_millis(100);
        #[cfg(unix)]
        let last = self.changed().max(self.modified);
        #[cfg(not(unix))]
        let last = self.modified;
        last.and_then(|last| SystemTime::now().duration_since(last).ok()).is_some_and(|age| age > COARSEST_CLOCK)
    }

    #[cfg(unix)]
    fn changed(&self) -> Option<SystemTime> {
        let (seconds, nanoseconds, _) = self.changed;
        let since = Duration::new(u64::try_from(seconds).ok()?, u32::try_from(nanoseconds).ok()?);
        SystemTime::UNIX_EPOCH.checked_add(since)
    }
}

/// The text of a file: what it was before where the file has not changed.
pub(super) fn text_again(path: String, disk: &Path, before: &Sources) -> io::Result<Reading> {
    let Ok(at) = before.texts.binary_search_by(|text| (*text.path).cmp(&path)) else { return text_file(path, disk) };
    let text = &before.texts[at];
    // What was not UTF-8 has to be reported again.
    let sound = !text.text.contains(char::REPLACEMENT_CHARACTER);
    if let (true, Some(stamp)) = (sound, &before.stamps[at])
        && *stamp == Stamp::new(&fs::symlink_metadata(disk)?)
    {
        return Ok(Reading { text: text.clone(), stamp: Some(stamp.clone()), problems: Vec::new() });
    }
    let mut reading = text_file(path, disk)?;
    if reading.text.text == text.text {
        reading.text = text.clone();
    }
    Ok(reading)
}

/// Adds the paths of what differs between two readings of a site: what is new, gone, or other than it was.
pub fn differences(before: &Sources, after: &Sources, paths: &mut BTreeSet<Box<str>>) {
    let same_text =
        |one: &SourceText, other: &SourceText| Arc::ptr_eq(&one.text, &other.text) && one.path == other.path;
    let text_path = |text: &SourceText| text.path.to_string();
    let asset_path = |asset: &Asset| format!("{CONTENT}/{}", asset.path);
    differing(before.config.as_slice(), after.config.as_slice(), text_path, same_text, paths);
    differing(&before.texts, &after.texts, text_path, same_text, paths);
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
