//! Characters that no published file can contain.
//!
//! In: the events of Markdown, in which character references are resolved. Out: diagnostics.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::state::Writer;
use crate::config::RawHtml;
use crate::diagnostics::Code;
use crate::text::{Span, forbidden};

/// Reports a character that HTML does not allow.
pub(super) fn check(writer: &mut Writer<'_, '_>, event: &Event<'_>, span: Span) {
    let found = match event {
        Event::Html(html) | Event::InlineHtml(html) => {
            let is_html = writer.markdown.html == RawHtml::Sanitize;
            forbidden(html).or_else(|| reference(html).filter(|_| is_html))
        }
        Event::Text(text) | Event::Code(text) | Event::FootnoteReference(text) => forbidden(text),
        Event::Start(tag) => in_tag(tag),
        _ => None,
    };
    if let Some(char) = found {
        let message = format!("the text contains the character U+{:04X}, which can't be published", u32::from(char));
        writer.report(Code::ForbiddenCharacter, span, message, "delete the character");
    }
}

/// Such a character in the attributes of an element.
fn in_tag(tag: &Tag<'_>) -> Option<char> {
    match tag {
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => forbidden(info),
        Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. } => {
            forbidden(dest_url).or_else(|| forbidden(title))
        }
        Tag::Heading { id: Some(id), .. } => forbidden(id),
        Tag::FootnoteDefinition(name) => forbidden(name),
        _ => None,
    }
}

/// Such a character that raw HTML writes as a reference, such as `&#1;` or `&#x1;`. HTML reads references with and
/// without a semicolon.
fn reference(html: &str) -> Option<char> {
    html.split("&#").skip(1).find_map(|rest| {
        let (digits, radix) = match rest.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (rest, 10),
        };
        let end = digits.find(|char: char| !char.is_digit(radix)).unwrap_or(digits.len());
        let char = char::from_u32(u32::from_str_radix(&digits[..end], radix).ok()?)?;
        forbidden(char.encode_utf8(&mut [0; 4]))
    })
}
