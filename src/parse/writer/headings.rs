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
        self.heading_level(level, span);
        let id = id.unwrap_or_default().into();
        self.headings.push(Heading { level: level as u8, id, text: "".into() });
        self.fragments.push(Fragment::default());
        self.plain.push(String::new());
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

    pub(super) fn end_heading(&mut self, level: HeadingLevel) {
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
}
