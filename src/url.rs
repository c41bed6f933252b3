//! Addresses: that of a site, those of other sites, and percent-encoded paths.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::diagnostics::{Code, Hint};
use crate::reader::Reader;
use crate::table::Value;

/// The ASCII characters that must be percent-encoded in the path of an address (RFC 3986).
const NOT_IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b']')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// A percent-encoded path.
pub(crate) fn encoded(path: &str) -> String {
    utf8_percent_encode(path, NOT_IN_PATHS).to_string()
}

/// All characters but those that never mean anything in an address (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as a part of an address, such as a value in its query.
pub(crate) fn component(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Reads an address on the web. `None` if it is invalid, which is reported.
pub(crate) fn read(reader: &mut Reader<'_>, value: &Value) -> Option<Box<str>> {
    let text = reader.text(value)?;
    let Some(problem) = problem(&text) else { return Some(text) };
    let hint = if text.contains(':') || !text.contains('.') {
        "write a complete address: https://example.org/page".into()
    } else {
        Hint::write(value.span, &format!("\"https://{text}\""))
    };
    reader.report(reader.problem(Code::BadUrl, value.span, problem).hint(hint));
    None
}

/// The reason why a text is not an address on the web.
pub(crate) fn problem(text: &str) -> Option<String> {
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

/// The address at which a site is published. It starts with `https://` or `http://`, and has no query, no fragment and
/// no slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// The address of a site without one: the root of this machine.
    pub(crate) fn local() -> Self {
        Self(String::from("http://localhost"))
    }

    /// Checks an address, and removes the slash at its end.
    ///
    /// # Errors
    /// A site can't be published at this address. The error is the message of a diagnostic.
    pub fn parse(text: &str) -> Result<Self, String> {
        check_base_url(text).map(Self)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path, without a slash at the end: empty for the root of a host.
    pub fn path(&self) -> &str {
        let after_scheme = self.0.find("://").map_or(0, |at| at + 3);
        self.0[after_scheme..].find('/').map_or("", |at| &self.0[after_scheme + at..])
    }
}

fn check_base_url(text: &str) -> Result<String, String> {
    let incomplete = |_| format!("\"{text}\" is not a complete address such as https://example.org");
    let url = fluent_uri::Uri::parse(text).map_err(incomplete)?;
    let scheme = url.scheme().as_str();
    if !matches!(scheme, "http" | "https") {
        return Err(format!("base_url must start with https:// or http://, not with {scheme}:"));
    }
    if url.authority().is_none_or(|authority| authority.host().is_empty()) {
        return Err(format!("\"{text}\" has no host name"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(String::from("base_url can't have a query (?…) or a fragment (#…)"));
    }
    // Browsers take `%2e` in a path for a dot (WHATWG URL, "double-dot URL path segment").
    let path = url.path().as_str().to_ascii_lowercase().replace("%2e", ".");
    if path.split('/').any(|part| part == "." || part == "..") {
        return Err(String::from("the path of base_url can't contain \".\" or \"..\", nor \"%2e\" in their place"));
    }
    // The path is at the start of every line of `_redirects`, where these signs make a rule for many paths.
    if path.contains(['*', ':']) {
        return Err(String::from("the path of base_url can't contain \"*\" or \":\""));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_leads_to_one_folder() {
        for refused in [
            "https://e.org/%2e%2e/x",
            "https://e.org/x/.%2E",
            "https://e.org/../x",
            "https://e.org/*",
            "https://e.org/:a",
        ] {
            assert!(BaseUrl::parse(refused).is_err(), "{refused}");
        }
        for accepted in ["https://e.org:8080/a.b", "https://e.org/a%2eb/", "https://e.org/~u"] {
            assert!(BaseUrl::parse(accepted).is_ok(), "{accepted}");
        }
    }
}
