//! Assets: files that are published without changes.

use std::io;
use std::sync::Arc;

use super::files::{Bytes, Files, present};
use super::open::{CONTENT, LARGEST_TEXT};
use super::texts::decode;
use crate::diagnostics::Diagnostic;
use crate::text::SourceText;

/// A file that is published without changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The path relative to the content folder or the theme's `static` folder, with `/` as separator.
    pub path: Arc<str>,
    /// The location of the bytes, which are not read yet.
    pub bytes: Bytes,
}

/// Reads an asset of the content as text. `None` if the file no longer exists. Bytes that are not UTF-8 are reported.
///
/// # Errors
/// The file can't be read.
pub fn text_of(asset: &Asset, problems: &mut Vec<Diagnostic>) -> io::Result<Option<SourceText>> {
    let bytes = present(asset.bytes.read_at_most(LARGEST_TEXT))?;
    Ok(bytes.map(|bytes| decode(format!("{CONTENT}/{}", asset.path).into(), bytes, problems)))
}

/// The asset at a path below a folder. `None` if the file no longer exists.
pub(super) fn asset(files: &dyn Files, folder: &str, path: &str) -> io::Result<Option<Asset>> {
    let bytes = present(files.bytes(path))?;
    Ok(bytes.map(|bytes| Asset { path: path[folder.len() + 1..].into(), bytes }))
}
