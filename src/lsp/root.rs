//! The folder of the site, and the addresses (URIs) that clients give to its files.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;
use percent_encoding::percent_decode_str;

use crate::config;
use crate::source::{CONTENT, THEMES, is_ignored};
use crate::url;

/// The folder of the site.
pub(super) struct Root {
    /// The folder, as the client names it if it does: what addresses start with.
    path: String,
    /// Other names of the folder, for example without symbolic links.
    others: Vec<String>,
}

impl Root {
    /// `client` is the folder that the client has opened.
    pub(super) fn new(folder: &Path, client: Option<&str>) -> Self {
        let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        let real = |path: &Path| path.canonicalize().ok().map(|path| text(&path));
        let own = text(&absolute);
        let canonical = real(&absolute);
        let same = |client: &&str| real(Path::new(client)).is_some_and(|path| Some(path) == canonical);
        let path = client.filter(same).map_or_else(|| own.clone(), |client| client.trim_end_matches('/').to_owned());
        let others = [Some(own), canonical].into_iter().flatten().filter(|other| *other != path).collect();
        Self { path, others }
    }

    /// The address of a file of the site.
    pub(super) fn uri(&self, path: &str) -> Option<Uri> {
        let slash = if self.path.starts_with('/') { "" } else { "/" };
        Uri::from_str(&format!("file://{slash}{}", url::encoded(&format!("{}/{path}", self.path)))).ok()
    }

    /// The path of a file of the site, relative to the root; none for files that are not part of it.
    pub(super) fn path(&self, uri: &Uri) -> Option<String> {
        let file = file_of(uri.as_str())?;
        let inner = [&self.path].into_iter().chain(&self.others).find_map(|root| file.strip_prefix(root.as_str()))?;
        let inner = inner.strip_prefix('/')?;
        let mut parts = inner.split('/');
        let is_plain = |part: &str| !part.is_empty() && !is_ignored(part) && !part.contains(['\\', '\0']);
        let is_ours = match parts.next()? {
            first @ (CONTENT | THEMES) => first.len() < inner.len(),
            first => first == config::FILE && first == inner,
        };
        (is_ours && inner.split('/').all(is_plain)).then(|| inner.to_owned())
    }
}

/// The path of a file in its address; on Windows, from the letter of the drive.
pub(super) fn file_of(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("file://")?;
    let path = rest.get(rest.find('/')?..)?;
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    let bytes = path.as_bytes();
    let has_drive = bytes.len() > 2 && bytes[1].is_ascii_alphabetic() && bytes[2] == b':';
    Some(if has_drive { path[1..].to_owned() } else { path })
}

fn text(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.trim_end_matches('/').to_owned() }
}

/// The folder in which to look for the site: the one that was named, or the client's if it has a `site.toml`, or the
/// current one.
pub(super) fn folder(named: Option<&Path>, client: Option<&str>) -> PathBuf {
    let has_site = |folder: &&str| Path::new(folder).join(config::FILE).exists();
    match (named, client.filter(has_site)) {
        (Some(named), _) => named.to_path_buf(),
        (None, Some(client)) => PathBuf::from(client),
        (None, None) => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_site_have_a_path() {
        let root = Root { path: String::from("/site é"), others: vec![String::from("/real")] };
        let path = |uri: &str| Uri::from_str(uri).ok().and_then(|uri| root.path(&uri));
        assert_eq!(path("file:///site%20%C3%A9/content/a.md").as_deref(), Some("content/a.md"));
        assert_eq!(path("file:///real/site.toml").as_deref(), Some("site.toml"));
        for other in [
            "file:///site%20%C3%A9/content/../../etc/passwd",
            "file:///site%20%C3%A9/content/%2e%2e/x",
            "file:///site%20%C3%A9/content",
            "file:///site%20%C3%A9/README.md",
            "file:///site%20%C3%A9/site.toml/x",
            "file:///site%20%C3%A9/content/.git/config",
            "file:///elsewhere/content/a.md",
            "untitled:Untitled-1",
            "file:///site%20%C3%A9/content/%ff.md",
        ] {
            assert_eq!(path(other), None, "{other}");
        }
        assert_eq!(root.path(&root.uri("content/œ x.md").unwrap()).as_deref(), Some("content/œ x.md"));
        assert_eq!(file_of("file:///c%3A/site/x").as_deref(), Some("c:/site/x"));
    }
}
