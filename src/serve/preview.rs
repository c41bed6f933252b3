//! A state of the preview: the newest site without errors, and the problems of later changes.

use std::collections::BTreeMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;
use std::sync::Arc;

use anstream::adapter::strip_str;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use pulldown_cmark_escape::escape_html;
use serde_json::{Value, json};

use crate::compile::Compiled;
use crate::diagnostics::{self, Diagnostic};
use crate::render::Rendered;
use crate::site::{Route, RouteKind, SEARCH};
use crate::source::{Bytes, DiskFile};

use super::index::Indexes;

/// An immutable state of the preview.
#[derive(Clone)]
pub(super) struct Preview {
    /// Greater than the number of any earlier state, also of earlier servers.
    pub number: u64,
    /// The number of the server's first state.
    pub first: u64,
    /// The newest site without errors.
    pub newest: Option<Arc<Compiled>>,
    /// The newest site of which every page was rendered without errors.
    pub verified: Option<Arc<Compiled>>,
    /// The problems of the newest files.
    pub problems: Arc<Problems>,
    /// The published files that have changed since the server started, each with the number of the state of its last
    /// change.
    pub files: Arc<BTreeMap<Box<str>, u64>>,
    /// The search indexes.
    pub indexes: Arc<Indexes>,
}

/// Problems, as text for a terminal.
#[derive(PartialEq, Eq)]
pub(super) struct Problems {
    errors: usize,
    warnings: usize,
    /// The diagnostics, with the colours of a terminal.
    text: String,
}

/// The response to a request for a path.
pub(super) struct Answer {
    /// The HTTP status code.
    pub status: u16,
    /// The content type.
    pub kind: String,
    /// The target of a redirect.
    pub location: Option<String>,
    /// The bytes, the same as in the published site.
    pub body: Content,
}

/// The bytes of a response.
pub(super) enum Content {
    /// In memory.
    Memory(Vec<u8>),
    /// In an open file, which is read while the response is sent.
    Disk {
        /// The file.
        file: File,
        /// Its size in bytes when it was opened.
        length: u64,
        /// A number that differs between two states of the file.
        version: u64,
    },
}

impl Content {
    /// The number of bytes.
    pub(super) fn length(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::Disk { length, .. } => *length,
        }
    }

    /// A number that differs between two contents of the same address.
    pub(super) fn version(&self) -> u64 {
        match self {
            Self::Memory(bytes) => {
                let mut hasher = DefaultHasher::new();
                bytes.hash(&mut hasher);
                hasher.finish()
            }
            Self::Disk { version, .. } => *version,
        }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Memory(bytes)
    }
}

/// The content type of pages.
pub(super) const HTML: &str = "text/html";

/// The characters that must be percent-encoded in an address.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'?').add(b'#').add(b'%');

impl Problems {
    pub(super) fn new(diagnostics: &[Diagnostic], text: String) -> Self {
        let (errors, warnings) = diagnostics::count(diagnostics);
        Self { errors, warnings, text }
    }

    /// An error that prevents reading the site.
    pub(super) fn of_disk(error: &str) -> Self {
        Self { errors: 1, warnings: 0, text: format!("error: {error}\n") }
    }

    /// The message to tabs.
    pub(super) fn message(&self) -> Value {
        json!({ "errors": self.errors, "warnings": self.warnings, "text": self.text })
    }
}

impl Preview {
    /// A copy with other problems. Its number stays the same, because no page changes.
    pub(super) fn with(&self, problems: Arc<Problems>) -> Self {
        Self { problems, ..self.clone() }
    }

    /// The response for the path of a request: absolute, perhaps percent-encoded.
    pub(super) fn answer(&self, path: &str) -> Answer {
        let Some(compiled) = &self.newest else { return self.only_problems(503) };
        let base = compiled.ecosystem.config.base_path();
        let decoded = |text| percent_decode_str(text).decode_utf8();
        let (Ok(path), Ok(decoded_base)) = (decoded(path), decoded(base)) else { return self.not_found(compiled) };
        match path.strip_prefix(&*decoded_base) {
            Some(inner) if inner.starts_with('/') => self.inside(compiled, inner),
            _ if path == "/" || path == decoded_base => redirect(302, base, "/", Vec::new()),
            _ => self.not_found(compiled),
        }
    }

    /// The response for a path below the base path.
    fn inside(&self, compiled: &Arc<Compiled>, path: &str) -> Answer {
        let site = &compiled.site;
        if path.starts_with(SEARCH) && !site.search.is_empty() {
            return self.of_index(compiled, path);
        }
        let base = compiled.ecosystem.config.base_path();
        let folder = path.strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
        let route = site.find(path).or_else(|| site.find(folder?)).or_else(|| {
            // A redirect may be written with or without a final slash; the published site has a folder with a page for
            // both.
            let other = path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned);
            site.find(&other).filter(|route| matches!(route.kind, RouteKind::Redirect(_)))
        });
        let Some(route) = route else {
            let with_slash = format!("{path}/");
            return match site.find(&with_slash) {
                Some(_) => redirect(301, base, &with_slash, Vec::new()),
                None => self.not_found(compiled),
            };
        };
        match self.render(compiled, route) {
            Ok(body) => match &route.kind {
                RouteKind::Redirect(to) => redirect(301, base, to, body),
                kind => Answer {
                    status: if matches!(kind, RouteKind::NotFound) { 404 } else { 200 },
                    kind: content_type(&route.file()),
                    location: None,
                    body,
                },
            },
            Err(failure) => failure,
        }
    }

    /// A file of the search index.
    fn of_index(&self, compiled: &Arc<Compiled>, path: &str) -> Answer {
        match self.indexes.file(compiled, path) {
            Ok(Some(body)) => Answer { status: 200, kind: content_type(path), location: None, body: body.into() },
            Ok(None) => self.not_found(compiled),
            Err(_) => self.only_problems(500),
        }
    }

    fn not_found(&self, compiled: &Compiled) -> Answer {
        match compiled.site.routes.iter().find(|route| matches!(route.kind, RouteKind::NotFound)) {
            Some(route) => match self.render(compiled, route) {
                Ok(body) => Answer { status: 404, kind: content_type("404.html"), location: None, body },
                Err(failure) => failure,
            },
            None => self.only_problems(404),
        }
    }

    /// The bytes of a route. If the newest templates fail, the bytes come from the last verified site.
    fn render(&self, compiled: &Compiled, route: &Route) -> Result<Content, Answer> {
        let earlier = || {
            let verified = self.verified.as_ref()?;
            verified.renderer.render(verified.site.find(&route.path)?).ok()
        };
        match compiled.renderer.render(route).ok().or_else(earlier) {
            Some(Rendered::Bytes(bytes)) => Ok(bytes.into()),
            Some(Rendered::File(bytes)) => content(&bytes, &route.file()).map_err(|_| self.not_found(compiled)),
            None => Err(self.only_problems(500)),
        }
    }

    /// A page that lists the problems, if there is no other page to show.
    fn only_problems(&self, status: u16) -> Answer {
        let mut text = String::new();
        let _ = escape_html(&mut text, &strip_str(&self.problems.text).to_string());
        let body = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>Filière preview</title>\n</head>\n<body>\n<p>There is no page to show here yet. It appears by itself once these problems are solved:</p>\n<pre>{text}</pre>\n</body>\n</html>\n"
        );
        Answer { status, kind: content_type("x.html"), location: None, body: body.into_bytes().into() }
    }
}

impl Answer {
    /// A hash of the response.
    pub(super) fn version(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.status, &self.location, self.body.version()).hash(&mut hasher);
        hasher.finish()
    }
}

/// The content of a published file. HTML is read at once, because the script of the preview is inserted into it.
fn content(bytes: &Bytes, name: &str) -> io::Result<Content> {
    match bytes {
        Bytes::Disk(file) if !content_type(name).starts_with(HTML) => {
            let (file, metadata) = file.open()?;
            Ok(Content::Disk { file, length: metadata.len(), version: DiskFile::version(&metadata) })
        }
        bytes => Ok(bytes.read()?.into()),
    }
}

/// A redirect to a path below the base path. `base` is percent-encoded already, `path` is not.
fn redirect(status: u16, base: &str, path: &str, body: impl Into<Content>) -> Answer {
    let location = format!("{base}{}", utf8_percent_encode(path, UNSAFE));
    Answer { status, kind: content_type("x.html"), location: Some(location), body: body.into() }
}

/// The content type of a file, as hosts of static sites send it: texts with a charset.
fn content_type(file: &str) -> String {
    let kind = mime_guess::from_path(Path::new(file)).first_or_octet_stream();
    let is_text = kind.type_() == "text" || matches!(kind.subtype().as_str(), "javascript" | "json" | "xml");
    let is_text = is_text || kind.suffix().is_some_and(|suffix| suffix == "xml" || suffix == "json");
    if is_text && kind.get_param("charset").is_none() { format!("{kind}; charset=utf-8") } else { kind.to_string() }
}
