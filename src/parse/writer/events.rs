//! The HTML of each Markdown event.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::state::{Writer, attribute};
use crate::text::Span;

impl Writer<'_, '_> {
    pub(super) fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.code(&code),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html, span),
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::SoftBreak if self.images.is_empty() => {
                self.text("\n");
            }
            Event::HardBreak if self.images.is_empty() => {
                self.html("<br>\n");
                self.block();
            }
            Event::Rule => self.html("<hr>\n"),
            Event::TaskListMarker(done) => {
                self.html(if done { "<span class=\"task\">☑</span> " } else { "<span class=\"task\">☐</span> " })
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => {
                self.block();
                self.in_paragraph = true;
                self.html("<p>");
            }
            Tag::Heading { level, id, .. } => self.heading(level, id.as_deref(), span),
            Tag::BlockQuote(_) => self.html("<blockquote>\n"),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::HtmlBlock => self.raw = Some((String::new(), span)),
            Tag::List(None) => self.html("<ul>\n"),
            Tag::List(Some(1)) => self.html("<ol>\n"),
            Tag::List(Some(start)) => self.html(&format!("<ol start=\"{start}\">\n")),
            Tag::Item => {
                self.block();
                self.html("<li>");
            }
            Tag::Table(alignments) => {
                self.inline_only += 1;
                self.alignments = alignments;
                self.html("<div class=\"table-scroll\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.html("<tr>");
            }
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.mark("<em>"),
            Tag::Strong => self.mark("<strong>"),
            Tag::Strikethrough => self.mark("<del>"),
            Tag::Superscript => self.mark("<sup>"),
            Tag::Subscript => self.mark("<sub>"),
            Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. } => {
                self.wikilink(&dest_url, has_pothole, span);
            }
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title, span),
            Tag::Image { link_type, dest_url, title, .. } => self.image(link_type, &dest_url, &title, span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) => self.html("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.html("</code></pre>\n");
            }
            TagEnd::HtmlBlock => self.end_raw_block(),
            TagEnd::List(ordered) => self.html(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.html("</li>\n"),
            TagEnd::Table => {
                self.inline_only -= 1;
                self.html("</tbody></table></div>\n");
            }
            TagEnd::TableHead => {
                self.in_head = false;
                self.html("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => self.html(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.end_mark("</em>"),
            TagEnd::Strong => self.end_mark("</strong>"),
            TagEnd::Strikethrough => self.end_mark("</del>"),
            TagEnd::Superscript => self.end_mark("</sup>"),
            TagEnd::Subscript => self.end_mark("</sub>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }

    fn mark(&mut self, html: &str) {
        self.inline_only += 1;
        self.html(html);
    }

    fn end_mark(&mut self, html: &str) {
        self.inline_only -= 1;
        self.html(html);
    }

    fn table_cell(&mut self) {
        self.block();
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"centre\"",
            _ => "",
        };
        self.cell += 1;
        let open = if self.in_head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") };
        self.html(&open);
    }

    fn end_paragraph(&mut self) {
        self.in_paragraph = false;
        if self.out().ends_with("<p>") {
            let length = self.out().html.len() - "<p>".len();
            self.out().html.truncate(length);
        } else {
            self.html("</p>\n");
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        self.html("<pre tabindex=\"0\"><code");
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        if !language.is_empty() {
            self.html(" class=\"language-");
            attribute(language, &mut self.out().html);
            self.html("\"");
        }
        self.html(">");
    }
}
