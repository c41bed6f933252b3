//! The parts of links in prose.

use std::ops::Range;

use super::draft::Draft;
use super::toml;
use crate::table;
use crate::text::{SourceText, Span};

/// Replaces the name in a wikilink or a card, such as `[[novadip#history|this actor]]`. `None` if it has no name.
pub(super) fn with_name(link: &str, new: &str) -> Option<String> {
    let range = name(link)?;
    Some([&link[..range.start], new, &link[range.end..]].concat())
}

/// The words that readers see of a wikilink: those after the bar, as Markdown; `None` if it has none.
pub(super) fn words(link: &str) -> Option<&str> {
    let inner = link.strip_prefix('!').unwrap_or(link).strip_prefix("[[")?.strip_suffix("]]")?;
    inner.split_once('|').map(|(_, words)| words.trim())
}

/// A title as Markdown.
pub(super) fn escaped(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for char in title.chars() {
        if matches!(char, '\\' | '*' | '_' | '[' | ']' | '<' | '`') {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

/// The words of a Markdown link, such as `[words](destination)` or `[words][label]`.
pub(super) fn text(link: &str) -> Option<&str> {
    let inner = link.strip_prefix('[')?;
    let end = inner.rfind("](").or_else(|| inner.rfind("][")).or_else(|| inner.rfind(']'))?;
    Some(&inner[..end])
}

/// The name in a wikilink.
pub(super) fn name(link: &str) -> Option<Range<usize>> {
    let start = link.find("[[")? + 2;
    let inner = &link[start..];
    let end = inner.find(['#', '|', ']', '\\']).unwrap_or(inner.len());
    let inner = &inner[..end];
    let start = start + inner.len() - inner.trim_start().len();
    (!inner.trim().is_empty()).then(|| start..start + inner.trim().len())
}

/// Replaces wikilinks in a TOML string with escapes. `change` gets each link, and gives what replaces it.
pub(super) fn in_string(token: &str, change: impl Fn(&str) -> Option<String>) -> Option<String> {
    let (table, _) = table::parse(&format!("x = {token}"), 0);
    let text = table.get("x")?.as_text()?.to_owned();
    let mut out = String::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("[[").map(|start| at + start) {
        let Some(end) = text[start..].find("]]").map(|end| start + end + 2) else { break };
        // The mark of a card.
        let start = if text[at..start].ends_with('!') { start - 1 } else { start };
        out.push_str(&text[at..start]);
        let link = &text[start..end];
        out.push_str(&change(link).unwrap_or_else(|| link.to_owned()));
        at = end;
    }
    out.push_str(&text[at..]);
    (out != text).then(|| toml::quoted(&out, token))
}

/// The destinations in a text that may be that of the Markdown link at a span: its own, as in `[words](destination)`, or
/// those of all definitions, as in `[label]: destination`.
pub(super) fn destinations(text: &str, span: Span) -> Vec<Span> {
    let link = &text[span.range()];
    match link.rfind("](") {
        Some(at) if link.ends_with(')') => {
            destination(text, span.start as usize + at + 2, span.end as usize - 1).into_iter().collect()
        }
        _ => definitions(text),
    }
}

/// Replaces the destinations that a Markdown link may have, where `change` gives another one.
pub(super) fn redirect(draft: &mut Draft, source: &SourceText, link: Span, change: impl Fn(&str) -> Option<String>) {
    for span in destinations(&source.text, link) {
        if let Some(new) = change(&source.text[span.range()]) {
            draft.replace(&source.place(span), new);
        }
    }
}

/// The destination that starts at an offset or after white space, up to a space, a closing angle bracket or `end`.
fn destination(text: &str, start: usize, end: usize) -> Option<Span> {
    let inner = text.get(start..end)?;
    let start = start + inner.len() - inner.trim_start().len();
    let inner = inner.trim_start();
    let (start, length) = match inner.strip_prefix('<') {
        Some(rest) => (start + 1, rest.find('>')?),
        None => (start, inner.find(char::is_whitespace).unwrap_or(inner.len())),
    };
    (length > 0).then(|| Span::new(start..start + length))
}

/// The destinations of all definitions of a text.
fn definitions(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if let Some(colon) = line.find("]:").filter(|_| trimmed.starts_with('[')) {
            found.extend(destination(text, at + colon + 2, at + line.trim_end().len()));
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_link_is_replaced_and_nothing_else() {
        let renamed = |link| with_name(link, "b").unwrap();
        assert_eq!(renamed("[[a]]"), "[[b]]");
        assert_eq!(renamed("![[ a#x ]]"), "![[ b#x ]]");
        assert_eq!(renamed("[[a\\|the words]]"), "[[b\\|the words]]");
        assert_eq!(renamed("[[actors/a|a]]"), "[[b|a]]");
        assert_eq!(with_name("[[]]", "b"), None);
    }

    #[test]
    fn links_in_strings_with_escapes_are_replaced() {
        let change = |link: &str| (link == "[[a]]").then(|| String::from("[[b]]"));
        assert_eq!(in_string(r#""x \"y\" [[a]] z ![[c]]""#, change).as_deref(), Some(r#""x \"y\" [[b]] z ![[c]]""#));
        assert_eq!(in_string(r#""[[c]]""#, change), None);
    }

    #[test]
    fn destinations_are_found_in_links_and_definitions() {
        let found = |text: &str, link: &str| {
            let start = text.find(link).unwrap();
            let spans = destinations(text, Span::new(start..start + link.len()));
            spans.into_iter().map(|span| text[span.range()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("see [a](x.md#y \"t\") b", "[a](x.md#y \"t\")"), ["x.md#y"]);
        assert_eq!(found("see [a](<x y.md>)", "[a](<x y.md>)"), ["x y.md"]);
        assert_eq!(found("see [a][l]\n\n[l]: x.md\n [m]: <y.md> \"t\"\n", "[a][l]"), ["x.md", "y.md"]);
    }
}
