//! Writes HTML with slots from Markdown events.

mod state;
mod text;
mod headings;
mod links;
mod footnotes;
mod events;

use pulldown_cmark::{Options, Parser, TextMergeWithOffset};

use super::prose::Prose;
use crate::diagnostics::Diagnostic;
use crate::text::Span;
use state::Writer;

pub use state::Markdown;

impl Markdown<'_> {
    /// Compiles Markdown that starts `offset` bytes into the file.
    pub fn compile(&self, text: &str, offset: usize, problems: &mut Vec<Diagnostic>) -> Prose {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_WIKILINKS;
        let mut writer = Writer::new(self, problems);
        for (event, range) in TextMergeWithOffset::new(Parser::new_ext(text, options).into_offset_iter()) {
            writer.event(event, Span::new(range).shifted(offset));
        }
        writer.finish()
    }

    /// Compiles the Markdown of a TOML string with this span. If the string has escapes, positions within it are not
    /// known, and all slots and diagnostics have the span of the string.
    pub fn compile_value(&self, text: &str, span: Span, problems: &mut Vec<Diagnostic>) -> Prose {
        let raw = &self.source.text[span.range()];
        match raw.find(text).filter(|_| !text.is_empty()) {
            Some(at) => self.compile(text, span.start as usize + at, problems),
            None => {
                let first_problem = problems.len();
                let mut prose = self.compile(text, 0, problems);
                prose.set_span(span);
                for problem in &mut problems[first_problem..] {
                    problem.place.span = span;
                }
                prose
            }
        }
    }
}

impl Writer<'_, '_> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::RawHtml;
    use crate::diagnostics::Code;
    use crate::parse::prose::SlotKind;
    use crate::text::SourceText;

    fn compiled(text: &str, html: RawHtml) -> (Prose, Vec<Diagnostic>) {
        let source = SourceText::new("content/x.md", text);
        let mut problems = Vec::new();
        let prose = Markdown { source: &source, tag: "en", html, notes: "" }.compile(text, 0, &mut problems);
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
    fn a_card_is_between_paragraphs() {
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
