//! Diagnostics for people: the source line, a caret, and hints.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use super::codes::Severity;
use super::diagnostic::{Diagnostic, Note, Texts};
use super::visible::{visible_diagnostic, visible_source};
use crate::text::{Lines, Place, SourceText};

/// Every diagnostic with its source lines, separated by empty lines; with ANSI colours if `colours` is set.
pub fn human(diagnostics: &[Diagnostic], texts: Texts<'_>, colours: bool) -> String {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let mut lines = Lines::default();
    for diagnostic in diagnostics {
        let mut excerpt = |place: &Place| texts(&place.path).map(|source| Excerpt::around(&source, place, &mut lines));
        let main_excerpt = excerpt(&diagnostic.place);
        let notes: Vec<_> = diagnostic.notes.iter().map(|note| excerpt(&note.place)).collect();
        let visible = visible_diagnostic(diagnostic);
        let mut groups = vec![main_group(&visible, main_excerpt.as_ref())];
        groups.extend(visible.notes.iter().zip(&notes).map(|(note, excerpt)| note_group(note, excerpt.as_ref())));
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
        Some(excerpt) => excerpt.in_group(title, &diagnostic.place.path, diagnostic.label.as_deref()),
        None => title.element(Origin::path(&*diagnostic.place.path)),
    };
    diagnostic.hints.iter().fold(group, |group, hint| group.element(Level::HELP.message(hint.as_str())))
}

fn note_group<'a>(note: &'a Note, excerpt: Option<&'a Excerpt>) -> Group<'a> {
    let title = Level::NOTE.secondary_title(note.text.as_str());
    match excerpt {
        Some(excerpt) => excerpt.in_group(title, &note.place.path, None),
        None => title.element(Origin::path(&*note.place.path)),
    }
}

/// The lines that a place touches. They are cut out of the file, because the renderer scans all the text that it gets.
struct Excerpt {
    text: String,
    first_line: usize,
    span: std::ops::Range<usize>,
    /// The column of the place, from 1, if the text does not start at the start of its line.
    column: Option<usize>,
}

/// Of a place that spans more lines than this, only the first line is printed.
const MAX_LINES: usize = 6;
/// Of a line that is longer than this, in bytes, only the part around the place is printed.
const MAX_LENGTH: usize = 4096;
/// The length of that part before the place and after it, in bytes.
const AROUND: usize = 200;

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
        let (line, column) = lines.line_and_column(source, start);
        let mut first = lines.start_of(source, line);
        if text[start..end].bytes().filter(|&byte| byte == b'\n').count() >= MAX_LINES {
            end = lines.end_of(source, start);
        }
        while end > start && text[..end].ends_with(['\n', '\r']) {
            end -= 1;
        }
        let mut last = lines.end_of(source, end);
        let is_long = last - first > MAX_LENGTH;
        if is_long {
            (first, last) = (boundary(start.saturating_sub(AROUND)).max(first), boundary(start + AROUND).min(last));
            end = end.min(last);
        }
        // The parts are made visible one by one, because that changes their lengths in bytes.
        let [before, inside, after] = [first..start, start..end, end..last].map(|part| visible_source(&text[part]));
        let span = before.len()..before.len() + inside.len();
        let text = [before, inside, after].concat();
        let text = text.trim_end_matches('␍').to_owned();
        Self { text, first_line: line, span, column: is_long.then_some(column) }
    }

    /// Adds the lines to a title.
    fn in_group<'a>(&'a self, title: Title<'a>, path: &'a str, label: Option<&'a str>) -> Group<'a> {
        let end = self.span.end.min(self.text.len());
        let annotation = AnnotationKind::Primary.span(self.span.start.min(end)..end).label(label);
        let snippet = Snippet::source(self.text.as_str()).line_start(self.first_line).annotation(annotation);
        match self.column {
            None => title.element(snippet.path(path)),
            Some(column) => {
                title.element(Origin::path(path).line(self.first_line).char_column(column)).element(snippet)
            }
        }
    }
}
