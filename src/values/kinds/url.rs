//! The kind `url`: an address on the web (RFC 3987).

use std::borrow::Cow;

use serde::Serializer;
use serde_json::json;

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

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        json!({ "type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://" })
    }

    fn is_same<B: HasMarkdown>(a: &Box<str>, b: &Box<str>) -> bool {
        a == b
    }

    fn rank<B>(url: &Box<str>, _lang: Lang) -> Rank<'_> {
        Rank::Text(url)
    }

    /// Readers see an address without its scheme and without `www.`, and a long one without its middle.
    fn item<B>(&self, url: &Box<str>, format: &mut dyn Format<B>) -> Item {
        Item::new(shortened(without_scheme(url)), format.lang(), &**url).link(&**url)
    }

    fn plain<B>(&self, url: &Box<str>, _format: &mut dyn Format<B>) -> String {
        without_scheme(url).to_owned()
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

fn without_scheme(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.trim_end_matches('/').trim_start_matches("www.")
}

/// The number of characters of an address that readers see: at its start and, of a longer one, at its end.
const SHOWN: (usize, usize) = (32, 15);

/// A long address without its middle.
fn shortened(address: &str) -> Cow<'_, str> {
    let starts: Vec<usize> = address.char_indices().map(|(at, _)| at).collect();
    if starts.len() <= SHOWN.0 + SHOWN.1 + 1 {
        return address.into();
    }
    let (start, end) = (&address[..starts[SHOWN.0]], &address[starts[starts.len() - SHOWN.1]..]);
    format!("{start}…{end}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_address_loses_its_middle() {
        let short = "example.org/éé";
        assert_eq!(shortened(short), short);
        let long = format!("example.org/{}", "é".repeat(60));
        let expected = format!("example.org/{}…{}", "é".repeat(20), "é".repeat(15));
        assert_eq!(shortened(&long), expected);
        assert_eq!(shortened(&long[..long.len() - 2 * 24]).chars().count(), 48);
    }
}
