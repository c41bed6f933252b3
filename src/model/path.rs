//! Paths in documents. They are relative to the document's folder, or to the content folder if they start with `/`.

use percent_encoding::percent_decode_str;

use crate::diagnostics;
use crate::source::CONTENT;

/// Resolves a path that a document names. Out: a path below the content folder; `None` if it leads out of the folder.
///
/// `document` is the document's own path, including the content folder. `path` may be percent-encoded.
pub(crate) fn resolve(document: &str, path: &str) -> Option<String> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let mut parts: Vec<&str> = Vec::new();
    if !decoded.starts_with('/') {
        let inner = document.strip_prefix(CONTENT).unwrap_or(document).trim_start_matches('/');
        parts
            .extend(inner.rsplit_once('/').map_or("", |(folder, _)| folder).split('/').filter(|part| !part.is_empty()));
    }
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ if part.contains(['\\', '\0']) => return None,
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A suggestion for a path that does not exist: a file of the same name in another folder, or a similar path.
pub(crate) fn nearest<'a>(path: &str, candidates: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let name = |path: &'a str| path.rsplit('/').next().unwrap_or(path);
    let wanted = path.rsplit('/').next().unwrap_or(path);
    candidates.clone().find(|candidate| name(candidate) == wanted).or_else(|| diagnostics::closest(path, candidates))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_content_folder() {
        let resolve = |written| resolve("content/actors/novadip.md", written);
        assert_eq!(resolve("../projects/theramir.md").as_deref(), Some("projects/theramir.md"));
        assert_eq!(resolve("./logo.svg").as_deref(), Some("actors/logo.svg"));
        assert_eq!(resolve("/about.md").as_deref(), Some("about.md"));
        assert_eq!(resolve("a%20b.png").as_deref(), Some("actors/a b.png"));
        for hostile in ["../../site.toml", "/../site.toml", "..%2f..%2fsite.toml", "a\\..\\..\\x", "%00"] {
            assert_eq!(resolve(hostile), None, "{hostile}");
        }
    }
}
