//! Diagnostics for people: the source line, a caret, and hints.

use std::borrow::Cow;
use std::collections::HashMap;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use anstream::adapter::strip_str;

use super::codes::{Code, Severity};
use super::diagnostic::{Diagnostic, Note, Texts};
use super::visible::{visible_diagnostic, visible_source};
use crate::text::{Lines, Place, SourceText};

/// How many warnings of each code are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warnings {
    /// All.
    All,
    /// The first ten.
    First,
}

/// The number of warnings of each code that are printed, unless all are.
const MOST: usize = 10;

/// Diagnostics with their source lines, separated by empty lines: the errors, then the warnings by code, each code with
/// the number of its warnings. With ANSI colours if `colours` is set.
pub fn human(diagnostics: &[Diagnostic], texts: Texts<'_>, warnings: Warnings, colours: bool) -> String {
    let (errors, rest): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|d| d.severity() == Severity::Error);
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut by_code: HashMap<Code, usize> = HashMap::new();
    for warning in rest {
        let at = *by_code.entry(warning.code).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Vec::new());
        }
        groups[at].push(warning);
    }
    let mut printer = Printer { texts, colours, lines: Lines::default(), out: String::new() };
    printer.print(&errors);
    for group in groups {
        let count = if warnings == Warnings::All { group.len() } else { group.len().min(MOST) };
        printer.heading(group[0].code, group.len(), count);
        printer.print(&group[..count]);
    }
    printer.out
}

struct Printer<'a> {
    texts: Texts<'a>,
    colours: bool,
    lines: Lines,
    out: String,
}

impl Printer<'_> {
    /// The number of the warnings of a code, if there are several.
    fn heading(&mut self, code: Code, all: usize, printed: usize) {
        if all == 1 {
            return;
        }
        let rest = match all - printed {
            0 => String::from(":"),
            _ => format!("; the first {printed} are (`filiere check --all` prints all of them):"),
        };
        let line = format!("{all} warnings {code}{rest}");
        self.out.push_str(&if self.colours { format!("\u{1b}[1m{line}\u{1b}[0m") } else { line });
        self.out.push_str("\n\n");
    }

    fn print(&mut self, diagnostics: &[&Diagnostic]) {
        let renderer = if self.colours { Renderer::styled() } else { Renderer::plain() };
        for diagnostic in diagnostics {
            let mut excerpt = |place: &Place| {
                (self.texts)(&place.path).map(|source| Excerpt::around(&source, place, &mut self.lines))
            };
            let main_excerpt = excerpt(&diagnostic.place);
            let notes: Vec<_> = diagnostic.notes.iter().map(|note| excerpt(&note.place)).collect();
            let visible = visible_diagnostic(diagnostic);
            let mut groups = vec![main_group(&visible, main_excerpt.as_ref())];
            groups.extend(visible.notes.iter().zip(&notes).map(|(note, excerpt)| note_group(note, excerpt.as_ref())));
            self.out.push_str(&without_gaps(renderer.render(&groups).trim_end()));
            self.out.push_str("\n\n");
        }
    }
}

/// A rendered diagnostic without the lines ` ::: `, with which the renderer starts a snippet that has no path.
fn without_gaps(text: &str) -> Cow<'_, str> {
    const GAP: &str = ":::";
    if !text.contains(GAP) {
        return Cow::Borrowed(text);
    }
    let is_gap = |line: &&str| strip_str(line).to_string().trim() == GAP;
    Cow::Owned(text.lines().filter(|line| !is_gap(line)).collect::<Vec<_>>().join("\n"))
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
