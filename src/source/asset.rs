//! Files that are published as they are.

use std::io;
use std::sync::Arc;

use super::files::{Bytes, CONTENT, Files, present};
use super::texts::decode;
use crate::diagnostics::Diagnostic;
use crate::text::SourceText;

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its path relative to the content folder or the theme's `static` folder, with `/` between its parts.
    pub path: Arc<str>,
    /// Where its bytes are.
    pub bytes: Bytes,
}

/// The text of a file of the content that is published as it is; none if it has gone since. What is not UTF-8 is reported.
///
/// # Errors
/// It can't be read.
pub fn text_of(asset: &Asset, problems: &mut Vec<Diagnostic>) -> io::Result<Option<SourceText>> {
    let bytes = present(asset.bytes.read())?;
    Ok(bytes.map(|bytes| decode(format!("{CONTENT}/{}", asset.path).into(), bytes, problems)))
}

/// A file of a listed folder that is published as it is; none if it has gone since its folder was listed.
pub(super) fn asset(files: &dyn Files, folder: &str, path: &str) -> io::Result<Option<Asset>> {
    let bytes = present(files.bytes(folder, path))?;
    Ok(bytes.map(|bytes| Asset { path: path[folder.len() + 1..].into(), bytes }))
}
