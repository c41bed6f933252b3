//! Names that can't be written, or not on every system.
//!
//! In: a path. Out: the reason why a file with this path can't be written.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::paths::{MARKER, SEARCH};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::Ecosystem;
use crate::source::CONTENT;
use crate::text::{forbidden, is_hidden};

/// The maximum length of a name in bytes, on nearly all file systems.
const LONGEST_NAME: usize = 255;
/// The maximum length of the path of a published file, in bytes. Linux allows 4,096 together with the path of the output
/// folder.
const LONGEST_PATH: usize = 2048;

/// A path for comparisons: in the form NFC of Unicode, in which `é` is one character, and in lower case.
pub(super) fn folded(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.nfc().collect::<String>().to_lowercase() }
}

/// Why a path below the output folder is reserved for the program. The folder of the search is reserved even without a
/// search, so that the theme does not decide which names content may have.
pub(super) fn reserved(file: &str) -> Option<String> {
    let first = file.split('/').next().unwrap_or_default();
    if first.eq_ignore_ascii_case(SEARCH.trim_matches('/')) {
        return Some(format!("\"{SEARCH}\" is reserved for the index of the search"));
    }
    first.eq_ignore_ascii_case(MARKER).then(|| format!("\"/{MARKER}\" is the file that marks the output folder"))
}

/// Why no disk takes a file with this path below the output folder. `portable` asks for names that all systems allow.
pub(super) fn obstacle(file: &str, portable: bool) -> Option<String> {
    if file.len() > LONGEST_PATH {
        return Some(format!("its path has {} bytes, and can have at most {LONGEST_PATH}", file.len()));
    }
    let long = file.split('/').find(|name| name.len() > LONGEST_NAME);
    if let Some(name) = long {
        return Some(format!("a name in its path has {} bytes, and can have at most {LONGEST_NAME}", name.len()));
    }
    portable.then(|| file.split('/').find_map(not_portable)).flatten()
}

/// Why Windows can't have a file or folder with this name (Microsoft, "Naming Files, Paths, and Namespaces").
fn not_portable(name: &str) -> Option<String> {
    // With a file extension, the names of devices are reserved too.
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = if stem.len() <= "com³".len() { stem.to_ascii_lowercase() } else { String::new() };
    let is_numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|number| {
            let mut chars = number.chars();
            matches!((chars.next(), chars.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || is_numbered("com") || is_numbered("lpt") {
        return Some(format!("\"{stem}\" is the name of a device on Windows"));
    }
    if let Some(sign) = name.chars().find(|char| "<>:\"\\|?*".contains(*char)) {
        return Some(format!("Windows allows no \"{sign}\" in a name"));
    }
    name.ends_with([' ', '.']).then(|| String::from("Windows allows no space and no dot at the end of a name"))
}

/// Names in the content folder that can't be checked out on every system, and names that only some systems tell apart.
pub(super) fn unportable(ecosystem: &Ecosystem) -> Vec<Diagnostic> {
    let portable = ecosystem.config.portable_names;
    let mut problems = Vec::new();
    let mut folder = "";
    for path in ecosystem.files() {
        // Files of one folder are adjacent, and the names of the folder are checked once.
        let mut start = if is_below(path, folder) { folder.len() + 1 } else { 0 };
        for name in path[start..].split('/') {
            problems.extend(problem_with_name(name, &path[..start + name.len()], portable));
            start += name.len() + 1;
        }
        folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    }
    // Most sites have plain names only, which are all different.
    let is_plain = |path: &str| path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if !ecosystem.files().all(is_plain) {
        problems.extend(clashes(ecosystem, portable));
    }
    problems
}

/// Whether a path is below a folder that is not the root.
fn is_below(path: &str, folder: &str) -> bool {
    !folder.is_empty() && path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Files and folders whose paths differ only in capitals, or in the form of Unicode.
fn clashes(ecosystem: &Ecosystem, portable: bool) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut spellings: HashMap<String, &str> = HashMap::new();
    let mut reported: HashSet<&str> = HashSet::new();
    for path in ecosystem.files() {
        for end in path.match_indices('/').map(|(at, _)| at).chain([path.len()]) {
            let prefix = &path[..end];
            let key = if portable { folded(prefix) } else { prefix.nfc().collect() };
            let first = *spellings.entry(key).or_insert(prefix);
            // Of a folder, the first file in it is enough.
            if first != prefix {
                if reported.insert(prefix) {
                    problems.push(clash(path, prefix, first));
                }
                break;
            }
        }
    }
    problems
}

fn problem_with_name(name: &str, path: &str, portable: bool) -> Option<Diagnostic> {
    let file = format!("{CONTENT}/{path}");
    if let Some(char) = name.chars().find(|char| is_hidden(*char)).or_else(|| forbidden(name)) {
        let message = format!("the name has the invisible character U+{:04X}", u32::from(char));
        return Some(
            Diagnostic::about_file(Code::BadFileName, &file, message).hint("rename it without this character"),
        );
    }
    let reason = not_portable(name).filter(|_| portable)?;
    let message = format!("\"{name}\" can't be the name of a file or folder on every system: {reason}");
    let hint = "rename it, or write portable_names = false in site.toml";
    Some(Diagnostic::about_file(Code::UnportableName, &file, message).hint(hint))
}

fn clash(path: &str, prefix: &str, other: &str) -> Diagnostic {
    let is_accent = prefix.nfc().eq(other.nfc());
    let how = if is_accent { "in how their accents are stored (Unicode NFC or NFD)" } else { "in capitals" };
    let message = format!("the names \"{other}\" and \"{prefix}\" differ only {how}");
    let diagnostic = Diagnostic::about_file(Code::UnportableName, &format!("{CONTENT}/{path}"), message);
    let hint = if is_accent {
        "rename or delete one of them: some systems have one file with both names"
    } else {
        "rename one of them, or write portable_names = false in site.toml"
    };
    diagnostic.hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_windows() {
        for name in ["con", "NUL.txt", "aux.", "com1", "LPT³.md", "a:b", "x.png.", "x ", "a?b", "con .txt"] {
            assert!(not_portable(name).is_some(), "{name}");
        }
        for name in ["console", "com", "com10", "a.con", ".well-known", "été.png", "lpt"] {
            assert_eq!(not_portable(name), None, "{name}");
        }
    }

    #[test]
    fn paths_that_no_disk_takes() {
        assert_eq!(obstacle("a/b.html", true), None);
        assert_eq!(obstacle("a:b/c.html", false), None);
        for file in ["é".repeat(128), "a/".repeat(1025)] {
            assert!(obstacle(&file, false).is_some(), "{file}");
        }
        for file in [".filiere", ".Filiere/index.html", "search-index/x"] {
            assert!(reserved(file).is_some(), "{file}");
        }
    }
}
