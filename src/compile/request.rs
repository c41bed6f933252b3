//! The options of a compilation.

use crate::config::BaseUrl;
use crate::model::Today;

/// The options of a compilation.
#[derive(Debug, Clone)]
pub struct Request {
    /// The base URL, in place of that in `site.toml`.
    pub base_url: Option<BaseUrl>,
    /// Whether drafts are published.
    pub drafts: bool,
    /// Whether there is a full-text search, if the theme has one and the feature `search` is on.
    pub search: bool,
    /// The day of the compilation, for the age of verifications.
    pub today: Today,
}
