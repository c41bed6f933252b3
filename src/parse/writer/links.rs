//! Links, images and embedded cards.

use pulldown_cmark::LinkType;
use pulldown_cmark_escape::escape_href;

use super::state::{OpenImage, OpenLink, Writer, attribute};
use crate::diagnostics::Code;
use crate::parse::fragment::Fragment;
use crate::parse::prose::{SlotKind, Words};
use crate::text::Span;

impl Writer<'_, '_> {
    pub(super) fn link(&mut self, link_type: LinkType, target: &str, title: &str, span: Span) {
        self.inline_only += 1;
        let address = if link_type == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
        let scheme =
            address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).filter(|scheme| is_scheme(scheme));
        match scheme.as_deref() {
            Some("http" | "https" | "mailto" | "tel") => {
                self.links.push(OpenLink::Outside);
                self.html("<a href=\"");
                let _ = escape_href(&mut self.out().html, &address);
                self.title(title);
                self.html("\">");
            }
            None if !address.starts_with("//") => {
                self.links.push(OpenLink::Inside(span));
                self.out().slot(span, SlotKind::LinkOpen { target: target.into(), title: title.into() });
            }
            _ => {
                self.links.push(OpenLink::Refused);
                let hint = "write a complete address that starts with https://, http://, mailto: or tel:";
                self.report(Code::BadUrl, span, format!("a link to \"{target}\" is not allowed"), hint);
            }
        }
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.html("\" title=\"");
            attribute(title, &mut self.out().html);
        }
    }

    pub(super) fn wikilink(&mut self, target: &str, has_words: bool, span: Span) {
        // In a table authors write `\|` for the bar, and the backslash is not part of the target.
        let target = if has_words { target.trim_end_matches('\\') } else { target };
        self.links.push(OpenLink::Wiki { target: target.into(), has_words, span });
        self.fragments.push(Fragment::default());
        self.plain.open();
    }

    pub(super) fn image(&mut self, link_type: LinkType, src: &str, title: &str, span: Span) {
        let embed = matches!(link_type, LinkType::WikiLink { .. });
        self.images.push(OpenImage { embed, src: src.into(), title: title.into(), span });
        self.plain.open();
    }

    pub(super) fn end_link(&mut self) {
        match self.links.pop() {
            Some(OpenLink::Wiki { target, has_words, span }) => {
                let inner = self.pop_clean(None);
                let text = self.plain.close();
                let words = has_words.then(|| Words { html: inner.html.into(), text: text.trim().into() });
                self.out().slot(span, SlotKind::Wiki { target, words });
                if let Some(typographer) = &mut self.typographer {
                    typographer.skip();
                }
            }
            Some(OpenLink::Inside(span)) => {
                self.inline_only -= 1;
                self.out().slot(span, SlotKind::LinkClose);
            }
            Some(OpenLink::Outside) => {
                self.inline_only -= 1;
                self.html("</a>");
            }
            Some(OpenLink::Refused) => self.inline_only -= 1,
            None => {}
        }
        if self.links.is_empty() {
            let references = std::mem::take(&mut self.references.waiting);
            self.html(&references);
        }
    }

    pub(super) fn end_image(&mut self) {
        let Some(OpenImage { embed, src, title, span }) = self.images.pop() else { return };
        let alt = self.plain.close();
        if !self.images.is_empty() {
            return;
        }
        if let Some(typographer) = &mut self.typographer {
            typographer.skip();
        }
        if embed {
            self.embed(src, span);
            return;
        }
        if alt.trim().is_empty() {
            let message = "the image has no alternative text for readers who can't see it";
            self.report(Code::MissingAlt, span, message, "write what the image shows: ![a bioreactor](file.jpg)");
        }
        self.out().slot(span, SlotKind::Image { src, alt: alt.trim().into(), title });
    }

    /// The card of an entity is a block element: it ends the paragraph around it, and a new paragraph starts after it.
    fn embed(&mut self, target: Box<str>, span: Span) {
        let block = self.inline_only == 0;
        if block && self.in_paragraph {
            let out = self.out();
            if out.ends_with("<p>") {
                out.html.truncate(out.html.len() - "<p>".len());
            } else {
                out.html.push_str("</p>\n");
            }
        }
        self.out().slot(span, SlotKind::Embed { target, block });
        if block && self.in_paragraph {
            self.html("<p>");
        }
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
}
