//! Diagnostics as JSON, for programs.

use serde::Serialize;

use super::codes::Severity;
use super::diagnostic::{Diagnostic, Texts};
use super::visible::visible_json;
use crate::text::{Lines, Place};

#[derive(Serialize)]
struct Report<'a> {
    code: &'static str,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    at: At<'a>,
    label: Option<&'a str>,
    hints: &'a [String],
    notes: Vec<NoteReport<'a>>,
}

#[derive(Serialize)]
struct NoteReport<'a> {
    message: &'a str,
    #[serde(flatten)]
    at: At<'a>,
}

/// Lines and columns are counted from 1, columns in characters. The end is the first character after the place.
#[derive(Serialize)]
struct At<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// A JSON array with one object per diagnostic.
pub fn json(diagnostics: &[Diagnostic], texts: Texts<'_>) -> String {
    let mut lines = Lines::default();
    let mut at = |place| at(place, texts, &mut lines);
    let reports: Vec<Report<'_>> = diagnostics
        .iter()
        .map(|diagnostic| Report {
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity(),
            message: &diagnostic.message,
            at: at(&diagnostic.place),
            label: diagnostic.label.as_deref(),
            hints: &diagnostic.hints,
            notes: diagnostic
                .notes
                .iter()
                .map(|note| NoteReport { message: &note.text, at: at(&note.place) })
                .collect(),
        })
        .collect();
    let text = serde_json::to_string_pretty(&reports).unwrap_or_else(|error| format!("[]\n// {error}"));
    let mut out = visible_json(&text).into_owned();
    out.push('\n');
    out
}

fn at<'a>(place: &'a Place, texts: Texts<'_>, lines: &mut Lines) -> At<'a> {
    let ((line, column), (end_line, end_column)) = texts(&place.path).map_or(((1, 1), (1, 1)), |source| {
        (
            lines.line_and_column(&source, place.span.start as usize),
            lines.line_and_column(&source, place.span.end as usize),
        )
    });
    At { path: &place.path, line, column, end_line, end_column }
}
