//! Where the cursor is in a text that somebody is typing, and that need not be valid.
//!
//! In: a text and an offset. Out: a [`Spot`], with the part of the text that a completion replaces. This looks at the
//! text before the cursor only, so nothing that follows can mislead it.

mod prose;
mod toml;

use std::ops::Range;

pub(super) use prose::{Link, LinkStart};
pub(super) use toml::{Spot, Step, Word};

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// In TOML.
    Facts(Spot),
    /// In a link in prose, or in a text of TOML that can be prose.
    Link(Link),
    /// In prose, outside of links.
    Prose,
}

/// The TOML of a file: its front matter, or all of it; none in Markdown without front matter. A front matter that is
/// not closed ends with the file.
pub(super) fn facts(path: &str, text: &str) -> Option<Range<usize>> {
    if path.ends_with(".toml") {
        return Some(0..text.len());
    }
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "+++")?;
    let mut at = first.len();
    for line in lines {
        if line.trim_end() == "+++" {
            return Some(first.len()..at);
        }
        at += line.len();
    }
    Some(first.len()..text.len())
}

/// The place of an offset.
pub(super) fn place(path: &str, text: &str, offset: usize) -> Place {
    let facts = facts(path, text).filter(|facts| (facts.start..=facts.end).contains(&offset));
    let Some(facts) = facts else {
        return prose::link(text, offset).map_or(Place::Prose, Place::Link);
    };
    match toml::spot(text, facts, offset) {
        Some(Spot::Value { word, steps }) => {
            let link = word.quote.and_then(|_| prose::link(&text[..word.span.end], offset));
            match link.filter(|link| link.span.start > word.span.start) {
                Some(link) if link.start != LinkStart::Path => Place::Link(link),
                _ => Place::Facts(Spot::Value { word, steps }),
            }
        }
        Some(spot) => Place::Facts(spot),
        None => Place::Prose,
    }
}
