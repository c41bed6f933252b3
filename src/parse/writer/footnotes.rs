//! Footnotes: numbered in the order of their references, and listed at the end of the text.

use super::state::Writer;

impl Writer<'_, '_> {
    pub(super) fn footnote_reference(&mut self, name: &str) {
        let notes = self.markdown.notes;
        let next = self.footnotes.numbers.len() + 1;
        let (number, uses) = self.footnotes.numbers.entry(name.into()).or_insert((next, 0));
        *uses += 1;
        let suffix = if *uses > 1 { format!("-{uses}") } else { String::new() };
        let html = format!(
            "<sup class=\"footnote\"><a href=\"#{notes}fn_{number}\" id=\"{notes}fnref_{number}{suffix}\">{number}</a></sup>"
        );
        self.html(&html);
    }

    pub(super) fn footnote_list(&mut self) {
        let notes = self.markdown.notes;
        let mut numbered: Vec<(usize, usize, Box<str>)> =
            self.footnotes.numbers.iter().map(|(name, (number, uses))| (*number, *uses, name.clone())).collect();
        if numbered.is_empty() {
            return;
        }
        numbered.sort();
        self.html("<section class=\"footnotes\"><ol>\n");
        for (number, uses, name) in numbered {
            self.html(&format!("<li id=\"{notes}fn_{number}\">"));
            if let Some(body) = self.footnotes.bodies.remove(&name) {
                self.out().append(body);
            }
            for use_number in 1..=uses {
                let suffix = if use_number > 1 { format!("-{use_number}") } else { String::new() };
                self.html(&format!(" <a href=\"#{notes}fnref_{number}{suffix}\" class=\"back\">↩</a>"));
            }
            self.html("</li>\n");
        }
        self.html("</ol></section>\n");
    }
}
