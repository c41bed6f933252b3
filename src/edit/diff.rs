//! A change as a unified diff, as `git diff` writes it.

use std::fmt::Write as _;

use similar::TextDiff;

use super::change::{Change, FileChange, edited};

/// A change as a unified diff that `git apply` accepts. `text` gives the present text of a file, with its byte order mark.
pub fn unified(change: &Change, text: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    for (path, file) in &change.files {
        let to = match file {
            FileChange::Move { to, .. } => to,
            _ => path,
        };
        let (from_name, to_name) = (name("a/", path), name("b/", to));
        let _ = writeln!(out, "diff --git {from_name} {to_name}");
        let before = text(path).unwrap_or_default();
        let bom = before.len() - before.trim_start_matches('\u{feff}').len();
        match file {
            FileChange::Create(text) => {
                out.push_str("new file mode 100644\n");
                hunks(&mut out, "", text, "/dev/null", &to_name);
            }
            FileChange::Delete => {
                out.push_str("deleted file mode 100644\n");
                hunks(&mut out, &before, "", &from_name, "/dev/null");
            }
            FileChange::Edit(edits) | FileChange::Move { edits, .. } => {
                if path != to {
                    let _ = writeln!(out, "rename from {}\nrename to {}", name("", path), name("", to));
                }
                let after = [&before[..bom], &edited(&before[bom..], edits)].concat();
                hunks(&mut out, &before, &after, &from_name, &to_name);
            }
        }
    }
    out
}

/// The differences between two texts, if there are any.
fn hunks(out: &mut String, before: &str, after: &str, from: &str, to: &str) {
    if before != after {
        let diff = TextDiff::from_lines(before, after);
        out.push_str(&diff.unified_diff().header(from, to).to_string());
    }
}

/// A path as git writes it: in quotation marks if it has special characters.
fn name(prefix: &str, path: &str) -> String {
    let path = format!("{prefix}{path}");
    if !path.contains(|char: char| char.is_control() || matches!(char, '"' | '\\')) {
        return path;
    }
    let mut quoted = String::from("\"");
    for char in path.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            char if char.is_control() => {
                let _ = write!(quoted, "\\{:03o}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted + "\""
}
