//! The form of an address in which it is asked for.

use url::Url;

/// The address that a program asks for: with its name and its path in ASCII, and without its fragment, which only
/// browsers use. `None` if it is no address of the web.
pub(super) fn normal(text: &str) -> Option<Url> {
    let mut url = Url::parse(text).ok().filter(is_web)?;
    url.set_fragment(None);
    Some(url)
}

/// Where a redirect leads.
#[cfg(feature = "links")]
pub(super) fn redirected(from: &Url, location: &str) -> Option<Url> {
    let mut url = from.join(location).ok().filter(is_web)?;
    url.set_fragment(None);
    Some(url)
}

/// The name of the host that answers, without its port.
#[cfg(feature = "links")]
pub(super) fn host(url: &Url) -> String {
    url.host().map(|host| host.to_string()).unwrap_or_default()
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_document_have_one_form() {
        let form = |text: &str| normal(text).map(String::from);
        assert_eq!(
            form("HTTPS://Exämple.org:443/é?q=é#part").as_deref(),
            Some("https://xn--exmple-cua.org/%C3%A9?q=%C3%A9")
        );
        assert_eq!(form("https://example.org").as_deref(), Some("https://example.org/"));
        assert_eq!(form("mailto:a@example.org"), None);
        assert_eq!(form("https://"), None);
    }

    #[cfg(feature = "links")]
    #[test]
    fn redirects_are_relative_to_where_they_are() {
        let from = normal("https://example.org/a/b").unwrap();
        let to = |location: &str| redirected(&from, location).map(String::from);
        assert_eq!(to("c#d").as_deref(), Some("https://example.org/a/c"));
        assert_eq!(to("//example.com/é").as_deref(), Some("https://example.com/%C3%A9"));
        assert_eq!(to("file:///etc/passwd"), None);
    }
}
