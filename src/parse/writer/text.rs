//! Text, code and raw HTML.

use super::state::{Writer, escape};
use crate::config::RawHtml;
use crate::diagnostics::Code;
use crate::text::Span;

impl Writer<'_, '_> {
    pub(super) fn text(&mut self, text: &str) {
        self.plain.push(text);
        if !self.images.is_empty() {
            return;
        }
        if let Some((raw, _)) = &mut self.raw {
            raw.push_str(text);
            return;
        }
        if text.trim().is_empty() && self.in_paragraph && self.out().ends_with("<p>") {
            return;
        }
        match &mut self.typographer {
            Some(typographer) if !self.in_code => {
                let mut words = String::with_capacity(text.len() + 8);
                typographer.push(text, &mut words);
                escape(&words, &mut self.out().html);
            }
            _ => escape(text, &mut self.out().html),
        }
    }

    pub(super) fn code(&mut self, code: &str) {
        self.plain.push(code);
        if self.images.is_empty() {
            self.html("<code>");
            escape(code, &mut self.out().html);
            self.html("</code>");
            if let Some(typographer) = &mut self.typographer {
                typographer.skip();
            }
        }
    }

    pub(super) fn raw_html(&mut self, html: &str, span: Span) {
        if let Some((raw, _)) = &mut self.raw {
            raw.push_str(html);
        } else {
            self.put_raw(html, span);
        }
    }

    pub(super) fn end_raw_block(&mut self) {
        if let Some((html, span)) = self.raw.take() {
            if self.markdown.html == RawHtml::Escape {
                self.html("<p>");
                self.put_raw(html.trim_end(), span);
                self.html("</p>\n");
            } else {
                self.put_raw(&html, span);
            }
        }
    }

    pub(super) fn put_raw(&mut self, html: &str, span: Span) {
        match self.markdown.html {
            RawHtml::Escape => {
                let message = "raw HTML is shown as text: readers see the tags";
                let hint = "write Markdown, or allow harmless HTML with html = \"sanitize\" in site.toml";
                self.report(Code::RawHtml, span, message, hint);
                escape(html, &mut self.out().html);
            }
            RawHtml::Sanitize => match self.nesting.as_mut().map(|nesting| nesting.read(html)) {
                Some(Ok(())) => self.html(html),
                Some(Err(message)) => {
                    self.report(Code::TooDeep, span, message, "simplify the HTML, or write Markdown");
                    self.nesting = None;
                }
                None => {}
            },
        }
    }
}
