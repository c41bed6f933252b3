//! Writes HTML with slots from Markdown events.

mod plain;
mod state;
mod characters;
mod text;
mod headings;
mod links;
mod footnotes;
mod events;

use std::collections::HashSet;

use pulldown_cmark::{Options, Parser, TextMergeWithOffset};

use super::nesting::{DEEPEST, Depth};
use super::prose::Prose;
use crate::config::RawHtml;
use crate::diagnostics::{Code, Diagnostic};
use crate::text::Span;
use footnotes::Definitions;
use state::Writer;

pub use state::Markdown;

/// The extensions of Markdown that texts can have.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

impl Markdown<'_> {
    /// Compiles Markdown that starts `offset` bytes into the file.
    pub fn compile(&self, text: &str, offset: usize, problems: &mut Vec<Diagnostic>) -> Prose {
        let mut writer = Writer::new(self, problems);
        let mut footnotes = Definitions::default();
        let (mut depth, mut is_too_deep) = (Depth::default(), false);
        for (event, range) in TextMergeWithOffset::new(Parser::new_ext(text, options()).into_offset_iter()) {
            let span = Span::new(range).shifted(offset);
            characters::check(&mut writer, &event, span);
            if depth.of(&event) > DEEPEST {
                if !is_too_deep {
                    let message = format!("more than {DEEPEST} elements of Markdown are inside each other");
                    writer.report(Code::TooDeep, span, message, "write it with fewer levels");
                }
                is_too_deep = true;
            } else if footnotes.has(&event) {
                footnotes.set_aside(event, span);
            } else {
                writer.event(event, span);
            }
        }
        writer.finish(footnotes)
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
                    problem.notes.iter_mut().for_each(|note| note.place.span = span);
                }
                prose
            }
        }
    }
}

impl Writer<'_, '_> {
    fn finish(mut self, footnotes: Definitions<'_>) -> Prose {
        while self.fragments.len() > 1 {
            let inner = self.pop();
            self.out().append(inner);
        }
        self.footnotes(footnotes);
        if self.markdown.html == RawHtml::Escape {
            let fragment = self.pop();
            return Prose::new(fragment.html, fragment.slots, self.headings);
        }
        let headings = self.headings.iter().map(|heading| heading.id.to_string());
        let ids = headings.chain(self.footnote_ids()).collect();
        let fragment = self.pop_clean(Some(ids));
        // Raw HTML can make a heading part of a text, as in a `<textarea>` that is not closed.
        let there = ids_of_headings(&fragment.html);
        self.headings.retain(|heading| there.contains(&*heading.id));
        Prose::new(fragment.html, fragment.slots, self.headings)
    }
}

/// The ids of the headings that HTML has, as the writer and the sanitiser write them.
fn ids_of_headings(html: &str) -> HashSet<&str> {
    let tags = html.match_indices("<h").map(|(at, start)| &html[at + start.len()..]);
    tags.filter_map(|tag| tag.get(1..)?.strip_prefix(" id=\"")?.split('"').next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let ats: Vec<usize> = prose.slots.iter().map(|slot| slot.at).collect();
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
    fn a_heading_that_raw_html_swallows_is_none() {
        let (prose, _) = compiled("## One\n\n<textarea>\n\n## Two\n", RawHtml::Sanitize);
        let ids: Vec<&str> = prose.headings.iter().map(|heading| &*heading.id).collect();
        assert_eq!(ids, ["one"], "{}", prose.html);
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
        assert!(prose.slots.iter().all(|slot| slot.at > prose.html.find("</code>").unwrap()));
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

    /// Each `href="#…"` has its `id`, and each id occurs once.
    fn assert_linked(html: &str) {
        let all = |start: &str| -> Vec<String> {
            html.split(start).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        let ids = all(" id=\"");
        let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{html}");
        assert!(all("href=\"#").iter().all(|anchor| ids.contains(anchor)), "{html}");
    }

    #[test]
    fn footnotes_that_refer_to_footnotes_are_listed() {
        let text = "A[^a].\n\n[^a]: x[^b]\n\n[^b]: y[^a] z[^C]\n\n[^c]: w\n";
        let (prose, problems) = compiled(text, RawHtml::Escape);
        assert_linked(&prose.html);
        assert!(["x<sup", "y<sup", "w"].iter().all(|body| prose.html.contains(body)), "{}", prose.html);
        assert!(problems.is_empty(), "{problems:?}");
    }

    /// Note 1 had a way back to a reference that was never published, and its own text was lost without a word.
    #[test]
    fn a_footnote_without_a_reference_is_reported_with_all_that_only_it_refers_to() {
        let (prose, problems) = compiled("Text.\n\n[^a]: x [^b]\n\n    ## Lost\n\n[^b]: y\n", RawHtml::Escape);
        assert_eq!(&*prose.html, "<p>Text.</p>\n");
        assert!(prose.headings.is_empty(), "the table of contents would have a dead link");
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::UnusedFootnote; 2]);
    }

    #[test]
    fn a_footnote_that_is_defined_twice_is_reported() {
        let (prose, problems) = compiled("A[^a].\n\n[^a]: x\n\n[^a]: y [^b]\n\n[^b]: z\n", RawHtml::Escape);
        assert_linked(&prose.html);
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::UnusedFootnote, Code::RepeatedFootnote]);
    }

    #[test]
    fn headings_of_footnotes_come_after_those_of_the_text() {
        let (prose, _) = compiled("## One[^a]\n\n[^a]: x\n\n    ### Note\n\n## Two\n", RawHtml::Escape);
        let ids: Vec<&str> = prose.headings.iter().map(|heading| &*heading.id).collect();
        assert_eq!(ids, ["one", "two", "note"]);
        assert!(prose.html.find("id=\"two\"") < prose.html.find("id=\"note\""), "{}", prose.html);
    }

    #[test]
    fn no_link_or_image_has_a_reference_in_it() {
        for text in [
            "[x[^a]](y.md)",
            "[x *y[^a]* z](y.md)",
            "![y[^a]](y.png)",
            "[[z|p. 1[^a]]]",
            "[[z|p. [^a] 1]]",
            "[[z|*[^a]* 1]]",
        ] {
            let (prose, _) = compiled(&format!("{text}\n\n[^a]: w\n"), RawHtml::Escape);
            assert_linked(&prose.html);
            assert!(!format!("{:?}", prose.slots).contains("<sup"), "{text}: {prose:?}");
            assert!(!prose.html.contains("<a href=\"y"), "{text}: {prose:?}");
        }
    }

    #[test]
    fn deep_markdown_is_an_error() {
        for text in ["> ".repeat(200) + "a", "- ".repeat(200) + "a", "![a".repeat(200) + &"](b.png)".repeat(200)] {
            let (_, problems) = compiled(&text, RawHtml::Escape);
            assert_eq!(problems.iter().filter(|problem| problem.code == Code::TooDeep).count(), 1, "{text}");
        }
        let (prose, problems) = compiled(&("> ".repeat(120) + "a"), RawHtml::Escape);
        assert!(problems.is_empty() && prose.html.contains('a'), "{problems:?}");
    }

    #[test]
    fn anchors_that_headings_set_can_not_be_ids_of_a_theme() {
        let text = "## A {#ref_1}\n\n## B {#a:b}\n\n## C {#c-1.2}\n";
        let (_, problems) = compiled(text, RawHtml::Escape);
        let places: Vec<&str> = problems.iter().map(|problem| &text[problem.place.span.range()]).collect();
        assert_eq!(places, ["#ref_1", "#a:b"], "{problems:?}");
        assert!(problems.iter().all(|problem| problem.code == Code::BadAnchor));
    }
}
