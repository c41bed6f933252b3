//! The kind `email`: an e-mail address.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serializer;
use serde_json::json;

use crate::config::Config;
use crate::diagnostics::Code;
use crate::locale::Lang;
use crate::table::Value;
use crate::values::kind::{Declaration, Format, HasMarkdown, Host, Item, Rank, Source, ValueKind};

/// The characters of an e-mail address that must be percent-encoded in a link (RFC 6068).
const NOT_IN_ADDRESSES: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'@').remove(b'.').remove(b'-').remove(b'_').remove(b'~').remove(b'+');

/// An e-mail address.
#[derive(Debug, Clone)]
pub struct EmailKind;

impl ValueKind for EmailKind {
    type Value<B> = Box<str>;

    const NAME: &'static str = "email";

    fn declare(_declaration: &mut Declaration<'_, '_>) -> Self {
        Self
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Box<str>> {
        let text = source.reader.text(value)?;
        if email_address::EmailAddress::is_valid(&text) {
            return Some(text);
        }
        let message = format!("\"{text}\" is not an e-mail address");
        let problem = source.reader.problem(Code::BadEmail, value.span, message);
        source.reader.report(problem.hint("write it as name@example.org"));
        None
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        json!({ "type": "string", "format": "email" })
    }

    fn is_same<B: HasMarkdown>(a: &Box<str>, b: &Box<str>) -> bool {
        a == b
    }

    fn rank<B>(email: &Box<str>, _lang: Lang) -> Rank<'_> {
        Rank::Text(email)
    }

    fn item<B>(&self, email: &Box<str>, format: &mut dyn Format<B>) -> Item {
        let link = format!("mailto:{}", utf8_percent_encode(email, NOT_IN_ADDRESSES));
        Item::new(&**email, format.lang(), &**email).link(link)
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        email: &Box<str>,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(email)
    }

    fn cell<B: HasMarkdown>(&self, email: &Box<str>, _config: &Config, _lang: Lang) -> String {
        email.to_string()
    }

    fn schema_org<B>(&self, email: &Box<str>, _lang: Lang) -> Option<serde_json::Value> {
        Some((**email).into())
    }
}
