//! What somebody asks for.

use crate::config::BaseUrl;
use crate::model::Today;

/// How to compile.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where the site is to be published, if not where `site.toml` says.
    pub base_url: Option<BaseUrl>,
    /// Whether drafts are published.
    pub drafts: bool,
    /// Whether there is a full-text search, if the theme has one and the feature `search` is on.
    pub search: bool,
    /// The day on which this happens, for the age of verifications.
    pub today: Today,
}
