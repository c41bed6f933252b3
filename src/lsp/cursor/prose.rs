//! Links in prose, as far as they are typed.

use std::ops::Range;

/// The kind of a link, by what it starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lsp) enum LinkStart {
    /// `[[`
    Wiki,
    /// `![[`
    Embed,
    /// `](`
    Path,
    /// `](` of an image
    Image,
}

/// The target of a link in which the cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lsp) struct Link {
    pub start: LinkStart,
    /// The part that a completion replaces: the target, or the anchor after `#`.
    pub span: Range<usize>,
    /// What is typed of it, up to the cursor.
    pub typed: String,
    /// What is before `#`, if the cursor is after it.
    pub page: Option<String>,
    /// Whether the link is closed.
    pub is_closed: bool,
}

/// The link around an offset, if the cursor is in its target.
pub(super) fn link(text: &str, offset: usize) -> Option<Link> {
    let line_start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[line_start..offset];
    let wiki = before.rfind("[[").filter(|at| !before[*at..].contains(']')).map(|at| (at, 2));
    let path = before.rfind("](").filter(|at| !before[*at..].contains([')', ' '])).map(|at| (at, 2));
    let (at, length) = wiki.max(path)?;
    let start = match (wiki.is_some_and(|(wiki, _)| wiki == at), before[..at].ends_with('!')) {
        (true, true) => LinkStart::Embed,
        (true, false) => LinkStart::Wiki,
        (false, _) if is_image(&before[..at]) => LinkStart::Image,
        (false, _) => LinkStart::Path,
    };
    let target = &before[at + length..];
    let is_wiki = matches!(start, LinkStart::Wiki | LinkStart::Embed);
    // Words follow, which are the author's.
    if is_wiki && target.contains('|') {
        return None;
    }
    let ends: &[char] = if is_wiki { &[']', '|', '\n', '\r', '"'] } else { &[')', ' ', '\n', '\r', '"'] };
    let after = &text[offset..];
    let end = after.find(ends).filter(|end| !after[..*end].contains(['[', '('])).map_or(offset, |end| offset + end);
    let end = if end > offset && !is_wiki && after.starts_with(char::is_whitespace) { offset } else { end };
    let is_closed = text[end..].starts_with(if is_wiki { &[']', '|'][..] } else { &[')'][..] });
    // What follows a link that is not closed is the rest of the sentence.
    let end = if is_closed { end } else { offset };
    let (page, typed) = match target.split_once('#') {
        Some((page, anchor)) => (Some(page.to_owned()), anchor),
        None => (None, target),
    };
    // The anchor that follows the cursor stays.
    let end = text[offset..end].find('#').map_or(end, |hash| offset + hash);
    Some(Link { start, span: offset - typed.len()..end, typed: typed.to_owned(), page, is_closed })
}

/// Whether the `[` that belongs to the `]` after a text is that of an image.
fn is_image(before: &str) -> bool {
    before.rfind('[').is_some_and(|open| before[..open].ends_with('!'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The link at `|`, as its start, what it replaces, what is typed, and the page.
    fn at(marked: &str) -> Option<(LinkStart, String, String, Option<String>)> {
        let offset = marked.find('^').unwrap();
        let text = marked.replace('^', "");
        let link = link(&text, offset)?;
        Some((link.start, text[link.span].to_owned(), link.typed, link.page))
    }

    #[test]
    fn the_target_of_a_link_is_found_while_it_is_typed() {
        let found = |start, span: &str, typed: &str, page: Option<&str>| {
            Some((start, span.to_owned(), typed.to_owned(), page.map(str::to_owned)))
        };
        assert_eq!(at("avec [[nova^"), found(LinkStart::Wiki, "nova", "nova", None));
        assert_eq!(at("avec [[^ et la suite"), found(LinkStart::Wiki, "", "", None));
        assert_eq!(at("avec [[no^vadip]] et"), found(LinkStart::Wiki, "novadip", "no", None));
        assert_eq!(at("![[ther^|x]]"), found(LinkStart::Embed, "ther", "ther", None));
        assert_eq!(at("[[theramir#bu^]]"), found(LinkStart::Wiki, "bu", "bu", Some("theramir")));
        assert_eq!(at("[[#^"), found(LinkStart::Wiki, "", "", Some("")));
        assert_eq!(at("[x](../a^.md)"), found(LinkStart::Path, "../a.md", "../a", None));
        assert_eq!(at("![x](lo^"), found(LinkStart::Image, "lo", "lo", None));
        assert_eq!(at("[[novadip|des mots^]]"), None);
        assert_eq!(at("[[novadip]] puis^"), None);
        assert_eq!(at("rien^"), None);
    }
}
