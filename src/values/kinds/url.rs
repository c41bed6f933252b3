//! The kind `url`: an address on the web (RFC 3987).

use serde::Serializer;

use crate::config::Config;
use crate::diagnostics::Code;
use crate::locale::Lang;
use crate::table::Value;
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
        let text = source.reader.text(value)?;
        let Some(problem) = problem(&text) else { return Some(text) };
        let hint = if text.contains(':') || !text.contains('.') {
            "write a complete address: https://example.org/page".to_owned()
        } else {
            format!("write \"https://{text}\"")
        };
        source.reader.report(source.reader.problem(Code::BadUrl, value.span, problem).hint(hint));
        None
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

/// The reason why a text is not an address on the web.
pub(super) fn problem(text: &str) -> Option<String> {
    let is_web = |scheme: &str| ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    match fluent_uri::Iri::parse(text) {
        Err(_) => Some(format!("\"{text}\" is not a complete address")),
        Ok(iri) if !is_web(iri.scheme().as_str()) => {
            Some(format!("\"{text}\" does not start with https:// or http://"))
        }
        Ok(iri) if iri.authority().is_none_or(|authority| authority.host().is_empty()) => {
            Some(format!("\"{text}\" has no host name"))
        }
        Ok(_) => None,
    }
}
