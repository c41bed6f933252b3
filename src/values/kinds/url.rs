//! The kind `url`: an address on the web (RFC 3987).

use serde::Serializer;

use crate::config::Config;
use crate::locale::Lang;
use crate::table::Value;
use crate::url;
use crate::values::kind::{Declaration, Format, HasMarkdown, Host, Item, Rank, Source, ValueKind};

/// An address on the web.
#[derive(Debug, Clone)]
pub struct UrlKind;

impl ValueKind for UrlKind {
    type Value<B> = Box<str>;

    const NAME: &'static str = "url";

    fn declare(_declaration: &mut Declaration<'_, '_>) -> Self {
        Self
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Box<str>> {
        url::read(source.reader, value)
    }

    fn is_same<B: HasMarkdown>(a: &Box<str>, b: &Box<str>) -> bool {
        a == b
    }

    fn rank<B>(url: &Box<str>, _lang: Lang) -> Rank<'_> {
        Rank::Text(url)
    }

    /// Readers see an address without its scheme and without `www.`.
    fn item<B>(&self, url: &Box<str>, format: &mut dyn Format<B>) -> Item {
        let short = url.split_once("://").map_or(&**url, |(_, rest)| rest).trim_end_matches('/');
        Item::new(short.trim_start_matches("www."), format.lang(), &**url).link(&**url)
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        url: &Box<str>,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(url)
    }

    fn cell<B: HasMarkdown>(&self, url: &Box<str>, _config: &Config, _lang: Lang) -> String {
        url.to_string()
    }

    fn schema_org<B>(&self, url: &Box<str>, _lang: Lang) -> Option<serde_json::Value> {
        Some((**url).into())
    }
}
