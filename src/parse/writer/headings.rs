//! Headings and their anchors.

use pulldown_cmark::HeadingLevel;

use super::state::{Writer, attribute};
use crate::diagnostics::Code;
use crate::parse::fragment::Fragment;
use crate::parse::prose::{Heading, slug};
use crate::text::Span;

impl Writer<'_, '_> {
    pub(super) fn heading(&mut self, level: HeadingLevel, id: Option<&str>, span: Span) {
        self.block();
        self.inline_only += 1;
        self.check_level(level, span);
        let id = id.unwrap_or_default();
        self.check_anchor(id, span);
        let id = id.into();
        self.headings.push(Heading { level: level as u8, id, text: "".into(), span });
        self.fragments.push(Fragment::default());
        self.plain.open();
    }

    /// Reports a heading of the first level, and one that skips a level.
    fn check_level(&mut self, level: HeadingLevel, span: Span) {
        let level = level as u8;
        let previous = self.headings.last().map_or(1, |heading| heading.level);
        let marks = Span::new(span.start as usize..span.start as usize + usize::from(level));
        if level == 1 {
            let message = "this heading has level 1, like the title of the page";
            self.report(Code::SkippedHeading, marks, message, "start at level 2: ##");
        } else if level > previous + 1 {
            let message = if self.headings.is_empty() {
                format!("the first heading has level {level}, and should have level 2")
            } else {
                format!("a heading of level {level} follows a heading of level {previous}")
            };
            let hint = format!(
                "write {} in place of {}",
                "#".repeat(usize::from(previous) + 1),
                "#".repeat(usize::from(level))
            );
            self.report(Code::SkippedHeading, marks, message, &hint);
        }
    }

    /// Reports an anchor that could be the id of another element. All ids that themes and the writer make contain an
    /// underscore; anchors that are made of a heading's text never do.
    fn check_anchor(&mut self, id: &str, span: Span) {
        let is_allowed = |char: char| char.is_alphanumeric() || matches!(char, '-' | '.');
        if !id.chars().all(is_allowed) {
            let message = format!("\"{id}\" can't be the anchor of a heading");
            let hint = if id.contains('_') {
                format!("write {{#{}}}; ids with an underscore belong to the theme", slug(id))
            } else {
                String::from("use only letters, digits, hyphens and dots")
            };
            let written = format!("#{id}");
            // The text of a value with escapes is not in the file.
            let heading = self.markdown.source.text.get(span.range());
            let at = heading.and_then(|heading| heading.rfind(&written));
            let at = at.map_or(span, |at| Span::new(at..at + written.len()).shifted(span.start as usize));
            self.report(Code::BadAnchor, at, message, &hint);
        }
    }

    pub(super) fn end_heading(&mut self, level: HeadingLevel) {
        self.inline_only -= 1;
        let inner = self.pop();
        let text = self.plain.close();
        let explicit = self.headings.last().map(|heading| heading.id.to_string()).unwrap_or_default();
        let preferred = if explicit.is_empty() { slug(&text) } else { explicit };
        let preferred = if preferred.is_empty() { "section" } else { &preferred };
        let id = self.anchor(format!("{}{preferred}", self.markdown.notes));
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

    /// A unique anchor: the preferred one, or else with a number at the end.
    fn anchor(&mut self, preferred: String) -> String {
        let mut id = preferred.clone();
        while self.anchors.contains_key(&id) {
            let count = self.anchors.entry(preferred.clone()).or_default();
            *count += 1;
            id = format!("{preferred}-{count}");
        }
        self.anchors.insert(id.clone(), 0);
        id
    }
}
