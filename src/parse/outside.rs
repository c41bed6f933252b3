//! The addresses of other sites in a text of Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::writer::options;

/// The links and pictures of a text that lead to other sites: each address, and where it is. If the address is written
/// elsewhere, as in `[words][label]`, its place is that of the link.
pub fn outside(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event else { continue };
        if is_outside(&dest_url) {
            let start = text[range.clone()].rfind(&*dest_url).map(|at| range.start + at);
            let place = start.map_or(range, |start| start..start + dest_url.len());
            found.push((dest_url.into_string(), place));
        }
    }
    found
}

fn is_outside(address: &str) -> bool {
    let scheme = address.split_once("://").map_or("", |(scheme, _)| scheme);
    ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_all_forms_are_found() {
        let text = "<https://a.example> [b](https://b.example/x \"t\") ![](HTTP://c.example/c.png) [d][e] `<https://no.example>` \
                    [f](../f.md) [g](mailto:g@example.org)\n\n[e]: https://e.example\n";
        let places: Vec<&str> = outside(text).into_iter().map(|(_, place)| &text[place]).collect();
        assert_eq!(places, ["https://a.example", "https://b.example/x", "HTTP://c.example/c.png", "[d][e]"]);
    }
}
