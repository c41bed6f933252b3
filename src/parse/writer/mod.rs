//! Writes HTML from the events of Markdown, and cuts slots into it.

mod footnotes;
mod links;

use std::collections::HashMap;

use pulldown_cmark::{
    Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::Markdown;
use super::fragment::{self, Fragment};
use super::prose::{Heading, Prose, slug};
use super::typography::Typographer;
use crate::config::RawHtml;
use crate::diagnostics::{Code, Diagnostic};
use crate::text::Span;
use footnotes::Footnotes;
use links::{OpenImage, OpenLink};

pub(super) fn compile(markdown: &Markdown<'_>, text: &str, offset: usize, problems: &mut Vec<Diagnostic>) -> Prose {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS;
    let mut writer = Writer::new(markdown, problems);
    for (event, range) in TextMergeWithOffset::new(Parser::new_ext(text, options).into_offset_iter()) {
        writer.event(event, Span::new(range).shifted(offset));
    }
    writer.finish()
}

struct Writer<'a, 'p> {
    markdown: &'a Markdown<'a>,
    problems: &'p mut Vec<Diagnostic>,
    typographer: Option<Typographer>,
    /// The innermost piece is last; footnotes, headings and the words of wikilinks are pieces of their own.
    fragments: Vec<Fragment>,
    /// The plain text of what is open: headings, pictures, wikilinks.
    plain: Vec<String>,
    /// The pictures that are open: their text is not shown.
    images: Vec<OpenImage>,
    in_code: bool,
    in_head: bool,
    in_paragraph: bool,
    /// How many things are open in which no block can stand.
    inline_only: usize,
    alignments: Vec<Alignment>,
    cell: usize,
    /// The links that are open.
    links: Vec<OpenLink>,
    headings: Vec<Heading>,
    anchors: HashMap<String, usize>,
    footnotes: Footnotes,
    raw: Option<(String, Span)>,
}

impl<'a, 'p> Writer<'a, 'p> {
    fn new(markdown: &'a Markdown<'a>, problems: &'p mut Vec<Diagnostic>) -> Self {
        Self {
            markdown,
            problems,
            typographer: Typographer::of(markdown.tag),
            fragments: vec![Fragment::default()],
            plain: Vec::new(),
            images: Vec::new(),
            in_code: false,
            in_head: false,
            in_paragraph: false,
            inline_only: 0,
            alignments: Vec::new(),
            cell: 0,
            links: Vec::new(),
            headings: Vec::new(),
            anchors: HashMap::new(),
            footnotes: Footnotes::default(),
            raw: None,
        }
    }

    fn out(&mut self) -> &mut Fragment {
        if self.fragments.is_empty() {
            self.fragments.push(Fragment::default());
        }
        let last = self.fragments.len() - 1;
        &mut self.fragments[last]
    }

    fn html(&mut self, html: &str) {
        self.out().html.push_str(html);
    }

    fn pop(&mut self) -> Fragment {
        self.fragments.pop().unwrap_or_default()
    }

    /// Takes the innermost piece, cleaned where authors may write raw HTML.
    fn pop_clean(&mut self) -> Fragment {
        let fragment = self.pop();
        if self.markdown.html == RawHtml::Sanitize { fragment::sanitized(fragment) } else { fragment }
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, hint: &str) {
        self.problems.push(Diagnostic::new(code, self.markdown.source.place(span), message).hint(hint));
    }

    fn block(&mut self) {
        if let Some(typographer) = &mut self.typographer {
            typographer.reset();
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
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

    fn text(&mut self, text: &str) {
        for plain in &mut self.plain {
            plain.push_str(text);
        }
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
                let mut set = String::with_capacity(text.len() + 8);
                typographer.push(text, &mut set);
                escaped(&set, &mut self.out().html);
            }
            _ => escaped(text, &mut self.out().html),
        }
    }

    fn code(&mut self, code: &str) {
        for plain in &mut self.plain {
            plain.push_str(code);
        }
        if self.images.is_empty() {
            self.html("<code>");
            escaped(code, &mut self.out().html);
            self.html("</code>");
            if let Some(typographer) = &mut self.typographer {
                typographer.skip();
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => {
                self.block();
                self.in_paragraph = true;
                self.html("<p>");
            }
            Tag::Heading { level, id, .. } => {
                self.block();
                self.inline_only += 1;
                self.heading_level(level, span);
                self.headings.push(Heading {
                    level: level as u8,
                    id: id.as_deref().unwrap_or_default().into(),
                    text: "".into(),
                });
                self.fragments.push(Fragment::default());
                self.plain.push(String::new());
            }
            Tag::BlockQuote(_) => self.html("<blockquote>\n"),
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                self.html("<pre tabindex=\"0\"><code");
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                if !language.is_empty() {
                    self.html(" class=\"language-");
                    attribute(&language, &mut self.out().html);
                    self.html("\"");
                }
                self.html(">");
            }
            Tag::HtmlBlock => self.raw = Some((String::new(), span)),
            Tag::List(None) => self.html("<ul>\n"),
            Tag::List(Some(1)) => self.html("<ol>\n"),
            Tag::List(Some(start)) => self.html(&format!("<ol start=\"{start}\">\n")),
            Tag::Item => {
                self.block();
                self.html("<li>");
            }
            Tag::FootnoteDefinition(name) => {
                self.footnotes.open.push(name.as_ref().into());
                self.fragments.push(Fragment::default());
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
                // In a table the bar is written `\\|`, and the backslash is not part of the name.
                let target = if has_pothole { dest_url.trim_end_matches('\\') } else { &dest_url };
                self.links.push(OpenLink::Wiki { target: target.into(), has_words: has_pothole, span });
                self.fragments.push(Fragment::default());
                self.plain.push(String::new());
            }
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title, span),
            Tag::Image { link_type, dest_url, title, .. } => {
                let embed = matches!(link_type, LinkType::WikiLink { .. });
                self.images.push(OpenImage {
                    embed,
                    src: dest_url.as_ref().into(),
                    title: title.as_ref().into(),
                    span,
                });
                self.plain.push(String::new());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.in_paragraph = false;
                if self.out().ends_with("<p>") {
                    let length = self.out().html.len() - "<p>".len();
                    self.out().html.truncate(length);
                } else {
                    self.html("</p>\n");
                }
            }
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) => self.html("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.html("</code></pre>\n");
            }
            TagEnd::HtmlBlock => self.end_raw_block(),
            TagEnd::List(ordered) => self.html(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.html("</li>\n"),
            TagEnd::FootnoteDefinition => {
                let body = self.pop();
                if let Some(name) = self.footnotes.open.pop() {
                    self.footnotes.bodies.entry(name).or_insert(body);
                }
            }
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

    fn heading_level(&mut self, level: HeadingLevel, span: Span) {
        let level = level as u8;
        let before = self.headings.last().map_or(1, |heading| heading.level);
        let line = Span::new(span.start as usize..span.start as usize + usize::from(level));
        if level == 1 {
            self.report(
                Code::SkippedHeading,
                line,
                "a heading of the first level is the page's title",
                "start at the second level: ##",
            );
        } else if level > before + 1 {
            let hint = format!("write it with {}", "#".repeat(usize::from(before) + 1));
            self.report(
                Code::SkippedHeading,
                line,
                format!("a heading of level {level} follows one of level {before}"),
                &hint,
            );
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        self.inline_only -= 1;
        let inner = self.pop();
        let text = self.plain.pop().unwrap_or_default();
        let asked = self.headings.last().map(|heading| heading.id.to_string()).unwrap_or_default();
        let wanted = if asked.is_empty() { slug(&text) } else { asked };
        let id = self.anchor(if wanted.is_empty() { String::from("section") } else { wanted });
        self.html(&format!("<h{} id=\"", level as u8));
        attribute(&id, &mut self.out().html);
        self.html("\">");
        self.out().append(inner);
        self.html(&format!("</h{}>\n", level as u8));
        if let Some(heading) = self.headings.last_mut() {
            heading.id = id.into();
            heading.text = text.into();
        }
    }

    /// An anchor that no heading of this text has yet.
    fn anchor(&mut self, wanted: String) -> String {
        let mut id = wanted.clone();
        while self.anchors.contains_key(&id) {
            let count = self.anchors.entry(wanted.clone()).or_default();
            *count += 1;
            id = format!("{wanted}-{count}");
        }
        self.anchors.insert(id.clone(), 0);
        id
    }

    fn raw_html(&mut self, html: &str, span: Span) {
        if let Some((raw, _)) = &mut self.raw {
            raw.push_str(html);
        } else {
            self.put_raw(html, span);
        }
    }

    fn end_raw_block(&mut self) {
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

    fn put_raw(&mut self, html: &str, span: Span) {
        match self.markdown.html {
            RawHtml::Escape => {
                self.report(
                    Code::RawHtml,
                    span,
                    "raw HTML is shown as text",
                    "write Markdown, or set html = \"sanitize\" in site.toml",
                );
                escaped(html, &mut self.out().html);
            }
            RawHtml::Sanitize => self.html(html),
        }
    }

    fn finish(mut self) -> Prose {
        while self.fragments.len() > 1 {
            let inner = self.pop();
            self.out().append(inner);
        }
        self.footnote_list();
        let fragment = self.pop_clean();
        Prose { html: fragment.html.into(), slots: fragment.slots.into(), headings: self.headings.into() }
    }
}

fn escaped(text: &str, html: &mut String) {
    // Writing to a string can't fail.
    let _ = escape_html_body_text(&mut *html, text);
}

fn attribute(text: &str, html: &mut String) {
    let _ = escape_html(&mut *html, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::prose::SlotKind;
    use crate::text::SourceText;

    fn compiled(text: &str, html: RawHtml) -> (Prose, Vec<Diagnostic>) {
        let source = SourceText::new("content/x.md", text);
        let mut problems = Vec::new();
        let prose = compile(&Markdown { source: &source, tag: "en", html, notes: "" }, text, 0, &mut problems);
        (prose, problems)
    }

    #[test]
    fn slots_are_where_links_go() {
        let (prose, _) = compiled("See [[theramir|this *project*]] and [text](../a.md).", RawHtml::Escape);
        assert_eq!(&*prose.html, "<p>See  and text.</p>\n");
        let ats: Vec<u32> = prose.slots.iter().map(|slot| slot.at).collect();
        assert_eq!(ats, [7, 12, 16]);
        assert!(matches!(&prose.slots[0].kind, SlotKind::Wiki { target, words: Some(words) }
            if &**target == "theramir" && &*words.html == "this <em>project</em>" && &*words.text == "this project"));
    }

    #[test]
    fn a_card_stands_between_paragraphs() {
        let (prose, _) = compiled("Before\n![[pit]]\nafter\n\n![[pit]]\n", RawHtml::Escape);
        assert_eq!(&*prose.html, "<p>Before\n</p>\n<p>after</p>\n");
        assert_eq!(prose.slots.iter().map(|slot| slot.at).collect::<Vec<_>>(), [15, 28]);
    }

    #[test]
    fn anchors_are_unique() {
        let (prose, _) = compiled("## Été\n\n## Été\n\n## été-1\n\n## X {#own}\n", RawHtml::Escape);
        let ids: Vec<&str> = prose.headings.iter().map(|heading| &*heading.id).collect();
        assert_eq!(ids, ["ete", "ete-1", "ete-1-1", "own"]);
    }

    #[test]
    fn raw_html_is_text_or_clean() {
        let hostile = "a <b>b</b> <script>alert(1)</script>\n\n<div onclick=\"x()\">[[y]]</div>\n\n[[z]] c";
        let (prose, problems) = compiled(hostile, RawHtml::Escape);
        assert!(!prose.html.contains("<script") && !prose.html.contains("<b>") && !prose.html.contains("<div"));
        assert!(problems.iter().all(|problem| problem.code == Code::RawHtml) && !problems.is_empty());
        let (prose, problems) = compiled(hostile, RawHtml::Sanitize);
        assert!(prose.html.contains("<b>b</b>") && !prose.html.contains("script") && !prose.html.contains("onclick"));
        assert_eq!(prose.slots.len(), 1, "the wikilink in raw HTML is text, the other one stays");
        assert!(problems.is_empty());
    }

    #[test]
    fn the_words_of_a_wikilink_are_cleaned() {
        let hostile =
            "[[y|<script src=\"/x.js\"></script>x]] [[y|<img src=\"x\" onerror=\"alert(1)\">x]] [[y|<b>bold]] z";
        let (prose, _) = compiled(hostile, RawHtml::Sanitize);
        let words: Vec<&str> = prose
            .slots
            .iter()
            .map(|slot| match &slot.kind {
                SlotKind::Wiki { words: Some(words), .. } => &*words.html,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(words, ["x", "<img src=\"x\">x", "<b>bold</b>"]);
        assert_eq!(&*prose.html, "<p>   z</p>\n");
    }

    #[test]
    fn characters_for_private_use_are_text() {
        let text = "<b title=\"&#xe000;0&#xe001;\">h</b> `\u{e000}0\u{e001}` [x](/about/?/onmouseover=alert(1)//)";
        let (prose, _) = compiled(text, RawHtml::Sanitize);
        assert_eq!(&*prose.html, "<p><b title=\"\u{e000}0\u{e001}\">h</b> <code>\u{e000}0\u{e001}</code> x</p>\n");
        assert_eq!(prose.slots.len(), 2);
        assert!(prose.slots.iter().all(|slot| slot.at as usize > prose.html.find("</code>").unwrap()));
    }

    #[test]
    fn unsafe_links_are_refused() {
        for link in [
            "[x](javascript:alert(1))",
            "[x](//evil.example)",
            "[x](JaVaScRiPt:1)",
            "[x](data:text/html,x)",
            "<vbscript:x>",
        ] {
            let (prose, problems) = compiled(link, RawHtml::Escape);
            assert!(!prose.html.contains("href"), "{link}: {}", prose.html);
            assert_eq!(problems[0].code, Code::BadUrl, "{link}");
        }
    }

    #[test]
    fn footnotes_go_to_the_end() {
        let (prose, _) = compiled("A[^x] b[^x] c[^y].\n\n[^y]: Two.\n[^x]: One [[z]].\n\nEnd.", RawHtml::Escape);
        let end = prose.html.find("End.").unwrap();
        let list = prose.html.find("<section class=\"footnotes\">").unwrap();
        assert!(end < list);
        assert!(prose.html.find("One").unwrap() < prose.html.find("Two").unwrap());
        assert_eq!(prose.slots.len(), 1);
    }
}
