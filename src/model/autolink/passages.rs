//! The passages of prose in which names may become links.

use super::words::Words;
use crate::parse::{Prose, SlotKind};

/// The elements in which names do not become links: what is a link or code, is quoted, or heads something.
const WITHOUT_LINKS: [&str; 16] =
    ["a", "code", "pre", "kbd", "samp", "var", "blockquote", "q", "cite", "th", "h1", "h2", "h3", "h4", "h5", "h6"];

/// The characters that HTML has references for in prose.
const REFERENCES: [(&str, char); 6] =
    [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&nbsp;", '\u{a0}')];

/// The words of prose that may become links. Their places are those in its HTML. Tags and slots are not parts of a name.
pub(super) fn words(prose: &Prose, french: bool) -> Words {
    let html = &prose.html;
    let mut words = Words::new(french);
    let mut slots = prose.slots.iter().peekable();
    // The number of open elements without links, and of open links of the author.
    let (mut closed, mut links) = (0_usize, 0_usize);
    let mut at = 0;
    while at < html.len() {
        while let Some(slot) = slots.next_if(|slot| slot.at <= at) {
            match slot.kind {
                SlotKind::LinkOpen { .. } => links += 1,
                SlotKind::LinkClose => links = links.saturating_sub(1),
                _ => {}
            }
            words.wall();
        }
        let rest = &html[at..];
        if rest.starts_with('<') {
            let tag = &rest[..end_of_tag(rest)];
            let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '\n']).next().unwrap_or_default();
            if WITHOUT_LINKS.contains(&name) {
                closed = if tag.starts_with("</") { closed.saturating_sub(1) } else { closed + 1 };
            }
            words.wall();
            at += tag.len();
            continue;
        }
        let reference = REFERENCES.iter().find(|(reference, _)| rest.starts_with(reference));
        let first = || rest.chars().next().map(|char| (char, char.len_utf8()));
        let Some((char, length)) = reference.map(|(text, char)| (*char, text.len())).or_else(first) else { break };
        if closed == 0 && links == 0 {
            words.push(char, at..at + length);
        }
        at += length;
    }
    words.end_word();
    words
}

/// The length of the tag at the start of HTML. The values of its attributes may contain `>`, but not `"`.
fn end_of_tag(html: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}
