//! Diagnostics for people: the source line, a caret, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::codes::Severity;
use super::diagnostic::{Diagnostic, Texts};
use crate::text::{Lines, Place, SourceText};

/// Every finding with its source lines, separated by empty lines; with ANSI colours where `colours` is set.
pub fn human(diagnostics: &[Diagnostic], texts: Texts<'_>, colours: bool) -> String {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let mut lines = Lines::default();
    for diagnostic in diagnostics {
        let mut text_of = |place: &Place| texts(&place.path).map(|source| Excerpt::around(&source, place, &mut lines));
        let excerpt = text_of(&diagnostic.place);
        let notes: Vec<_> = diagnostic.notes.iter().map(|note| (note, text_of(&note.place))).collect();
        let mut groups = vec![main_group(diagnostic, excerpt.as_ref())];
        groups.extend(notes.iter().map(|(note, excerpt)| {
            shown(
                Level::NOTE.secondary_title(note.text.as_str()).element(Origin::path(&*note.place.path)),
                excerpt.as_ref(),
                |e| Level::NOTE.secondary_title(note.text.as_str()).element(e.snippet(&note.place.path, None)),
            )
        }));
        out.push_str(renderer.render(&groups).trim_end());
        out.push_str("\n\n");
    }
    out
}

fn main_group<'a>(diagnostic: &'a Diagnostic, excerpt: Option<&'a Excerpt>) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str());
    let group = match excerpt {
        Some(excerpt) => title.element(excerpt.snippet(&diagnostic.place.path, diagnostic.label.as_deref())),
        None => title.element(Origin::path(&*diagnostic.place.path)),
    };
    diagnostic.hints.iter().fold(group, |group, hint| group.element(Level::HELP.message(hint.as_str())))
}

fn shown<'a>(
    without: Group<'a>,
    excerpt: Option<&'a Excerpt>,
    with: impl FnOnce(&'a Excerpt) -> Group<'a>,
) -> Group<'a> {
    match excerpt {
        Some(excerpt) => with(excerpt),
        None => without,
    }
}

/// The lines that a place touches, cut out of their file so that a long file costs no more than a short one.
struct Excerpt {
    text: String,
    first_line: usize,
    span: std::ops::Range<usize>,
}

/// A place that spans more lines than this is shown by its first line alone.
const MOST_LINES: usize = 6;

impl Excerpt {
    fn around(source: &SourceText, place: &Place, lines: &mut Lines) -> Self {
        let text = &source.text;
        let boundary = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(place.span.start as usize);
        let mut end = boundary(place.span.end as usize).max(start);
        let first = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |newline| from + newline);
        if text[start..end].bytes().filter(|&byte| byte == b'\n').count() >= MOST_LINES {
            end = line_end(start);
        }
        while end > start && text[..end].ends_with(['\n', '\r']) {
            end -= 1;
        }
        let last = line_end(end);
        Self {
            text: text[first..last].trim_end_matches('\r').to_owned(),
            first_line: lines.line(source, first),
            span: start - first..end - first,
        }
    }

    fn snippet<'a>(&'a self, path: &'a str, label: Option<&'a str>) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let end = self.span.end.min(self.text.len());
        let annotation = AnnotationKind::Primary.span(self.span.start.min(end)..end).label(label);
        Snippet::source(self.text.as_str()).line_start(self.first_line).path(path).annotation(annotation)
    }
}
