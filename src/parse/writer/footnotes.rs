//! Footnotes: numbered in the order of their references, and listed at the end of the text.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::state::{References, Writer};
use crate::diagnostics::{Code, Diagnostic};
use crate::parse::fragment::Fragment;
use crate::text::Span;

/// The definitions of a text's footnotes. They are set aside and written after the text, and only if the text or
/// another written footnote refers to them.
#[derive(Default)]
pub(super) struct Definitions<'t> {
    by_name: BTreeMap<String, Definition<'t>>,
    /// A stack of the definitions that are being read.
    open: Vec<Definition<'t>>,
    /// Definitions of names that are defined before, each with the span of the first one.
    repeated: Vec<(Definition<'t>, Span)>,
}

/// The definition of a footnote.
struct Definition<'t> {
    name: CowStr<'t>,
    span: Span,
    events: Vec<(Event<'t>, Span)>,
}

impl<'t> Definitions<'t> {
    /// Whether an event is part of a definition.
    pub(super) fn has(&self, event: &Event<'_>) -> bool {
        !self.open.is_empty() || matches!(event, Event::Start(Tag::FootnoteDefinition(_)))
    }

    /// Sets an event of a definition aside.
    pub(super) fn set_aside(&mut self, event: Event<'t>, span: Span) {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                // The marker `[^name]:` is enough as a place.
                let marker = Span { end: span.end.min(span.start.saturating_add(marker_length(&name))), ..span };
                self.open.push(Definition { name, span: marker, events: Vec::new() });
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some(definition) = self.open.pop() {
                    self.put(definition);
                }
            }
            event => {
                if let Some(definition) = self.open.last_mut() {
                    definition.events.push((event, span));
                }
            }
        }
    }

    fn put(&mut self, definition: Definition<'t>) {
        match self.by_name.get(&key(&definition.name)) {
            Some(first) => self.repeated.push((definition, first.span)),
            None => drop(self.by_name.insert(key(&definition.name), definition)),
        }
    }
}

/// The length of `[^name]` in bytes.
fn marker_length(name: &str) -> u32 {
    u32::try_from("[^]".len() + name.len()).unwrap_or(u32::MAX)
}

/// A name without differences of case, which the parser ignores too.
fn key(name: &str) -> String {
    name.to_lowercase().to_uppercase()
}

impl Writer<'_, '_> {
    pub(super) fn footnote_reference(&mut self, name: &str) {
        let prefix = self.markdown.notes;
        let References { notes, by_name, .. } = &mut self.references;
        let index = *by_name.entry(key(name)).or_insert(notes.len());
        if index == notes.len() {
            notes.push((key(name), 0));
        }
        let uses = &mut notes[index].1;
        *uses += 1;
        let (number, suffix) = (index + 1, suffix(*uses));
        let html = format!(
            "<sup class=\"footnote\"><a href=\"#{prefix}fn_{number}\" id=\"{prefix}fnref_{number}{suffix}\">{number}</a></sup>"
        );
        // A link can't contain another one, and a citation shows only the plain text of its words.
        if self.links.is_empty() {
            self.html(&html);
        } else {
            self.references.waiting.push_str(&html);
        }
    }

    /// Writes the footnotes that have references, and reports the definitions that readers don't see.
    pub(super) fn footnotes(&mut self, mut definitions: Definitions<'_>) {
        let mut bodies = Vec::new();
        // A footnote can refer to others, which become longer `notes`.
        while let Some((name, _)) = self.references.notes.get(bodies.len()) {
            let definition = definitions.by_name.remove(name);
            self.fragments.push(Fragment::default());
            for (event, span) in definition.into_iter().flat_map(|definition| definition.events) {
                self.event(event, span);
            }
            bodies.push(self.pop());
        }
        self.footnote_list(bodies);
        for definition in definitions.by_name.into_values() {
            let message = format!("nothing refers to the footnote \"{}\", so readers don't see it", definition.name);
            let hint = format!("write [^{}] where it belongs, or delete it", definition.name);
            self.report(Code::UnusedFootnote, definition.span, message, &hint);
        }
        for (definition, first) in definitions.repeated {
            let source = self.markdown.source;
            let message =
                format!("the footnote \"{}\" is defined twice, and readers see only the first text", definition.name);
            let problem = Diagnostic::new(Code::RepeatedFootnote, source.place(definition.span), message);
            let problem = problem.note(source.place(first), "first defined here");
            self.problems.push(problem.hint("give one of them another name, or merge them"));
        }
    }

    fn footnote_list(&mut self, bodies: Vec<Fragment>) {
        if bodies.is_empty() {
            return;
        }
        let prefix = self.markdown.notes;
        self.html("<section class=\"footnotes\"><ol>\n");
        for (index, body) in bodies.into_iter().enumerate() {
            let (number, uses) = (index + 1, self.references.notes[index].1);
            self.html(&format!("<li id=\"{prefix}fn_{number}\">"));
            self.out().append(body);
            for suffix in (1..=uses).map(suffix) {
                self.html(&format!(" <a href=\"#{prefix}fnref_{number}{suffix}\" class=\"back\">↩</a>"));
            }
            self.html("</li>\n");
        }
        self.html("</ol></section>\n");
    }

    /// The ids of all footnotes and of all references to them.
    pub(super) fn footnote_ids(&self) -> impl Iterator<Item = String> {
        let prefix = self.markdown.notes;
        self.references.notes.iter().zip(1..).flat_map(move |((_, uses), number)| {
            let references =
                (1..=*uses).map(move |number_of_use| format!("{prefix}fnref_{number}{}", suffix(number_of_use)));
            references.chain([format!("{prefix}fn_{number}")])
        })
    }
}

/// The end of the anchor of a reference; the first one of a footnote is number 1.
fn suffix(number: usize) -> String {
    if number > 1 { format!("-{number}") } else { String::new() }
}
