//! Pictures.

use std::sync::Arc;

use crate::locale::LocalText;
use crate::text::Place;

/// An image in the content folder.
#[derive(Debug, Clone)]
pub struct Image {
    /// Its path below the content folder.
    pub src: Arc<str>,
    /// What it shows.
    pub alt: LocalText,
    /// The place of the value.
    pub place: Place,
    /// The key of the value: `image`, or a field's id.
    pub key: Box<str>,
}
