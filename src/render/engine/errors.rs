//! Converts errors of the template engine into diagnostics.

use tera::ErrorKind;

use super::functions::{NEAR, NO_FILE, NO_STRING};
use super::theme::Theme;
use super::unclosed::unclosed;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::source::THEMES;
use crate::text::{self, Place, Span};

impl Theme {
    /// The error, at its place in the template.
    pub(crate) fn diagnostic(&self, error: &tera::Error, code: Code, page: Option<&str>) -> Diagnostic {
        let hint = |diagnostic: Diagnostic| match page {
            Some(page) => diagnostic.hint(format!("the error occurred while rendering {page}")),
            None => diagnostic,
        };
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = report.span();
                let place = self.place(
                    report.filename(),
                    (span.start_line, span.start_col + 1),
                    (span.end_line, span.end_col + 1),
                );
                let message = report.message().lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
                let is_about_end = message.contains("end of input") || self.is_end_tag(&place);
                if let (ErrorKind::SyntaxError(_), true) = (error.kind(), is_about_end)
                    && let Some(problem) = self.unclosed(&place)
                {
                    return problem;
                }
                let code = match () {
                    () if message.contains(NO_STRING) => Code::MissingString,
                    () if message.contains(NO_FILE) => Code::MissingFile,
                    () => code,
                };
                let (message, near) = message.split_once(NEAR).map_or((&*message, None), |(a, b)| (a, Some(b)));
                let near = near.map(|near| format!("{}{near}", NEAR.trim_start_matches("; ")));
                hint(Diagnostic::new(code, place, message).maybe_hint(near))
            }
            ErrorKind::TemplateNotFound(name) | ErrorKind::MissingParent { parent: name, .. } => {
                let names = self
                    .chain
                    .iter()
                    .flat_map(|theme| theme.texts.keys())
                    .filter_map(|path| path.strip_prefix("templates/"));
                let place = match error.kind() {
                    ErrorKind::MissingParent { current, .. } => self.place(current, (1, 1), (1, 1)),
                    _ => self.root(),
                };
                let diagnostic =
                    Diagnostic::new(Code::MissingTemplate, place, format!("there is no template \"{name}\""));
                hint(diagnostic.maybe_hint(diagnostics::did_you_mean(name, names)))
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                let message = format!("the template \"{tpl}\" extends or includes itself");
                hint(Diagnostic::new(Code::TemplateSyntax, self.place(tpl, (1, 1), (1, 1)), message))
            }
            _ => hint(Diagnostic::new(code, self.root(), error.to_string().lines().next().unwrap_or_default())),
        }
    }

    /// Splits the engine's report of missing filters, functions and templates, which is one text, into diagnostics.
    pub(super) fn reports(&self, error: &tera::Error) -> Vec<Diagnostic> {
        let ErrorKind::Msg(message) = error.kind() else {
            return vec![self.diagnostic(error, Code::TemplateSyntax, None)];
        };
        let reports = message.split("\n\n").filter_map(|report| {
            let mut lines = report.lines();
            let what = lines.next()?.strip_prefix("error: ")?;
            let place = lines.next()?.trim_start().strip_prefix("--> ")?;
            let mut parts = place.rsplitn(3, ':');
            let column: usize = parts.next()?.parse().ok()?;
            let line: usize = parts.next()?.parse().ok()?;
            let width = lines.last().map_or(1, |carets| carets.matches('^').count());
            let place = self.place(parts.next()?, (line, column), (line, column + width));
            Some(Diagnostic::new(Code::TemplateSyntax, place, what.replace('`', "\"")))
        });
        let reports: Vec<Diagnostic> = reports.collect();
        if reports.is_empty() { vec![self.diagnostic(error, Code::TemplateSyntax, None)] } else { reports }
    }

    /// Whether a place is the name of a tag such as `endblock`.
    fn is_end_tag(&self, place: &Place) -> bool {
        let source = self.text(&place.path);
        source.and_then(|source| Some(source.text.get(place.span.range())?.starts_with("end"))).unwrap_or_default()
    }

    /// The diagnostic about a block of a template that is not closed.
    fn unclosed(&self, end: &Place) -> Option<Diagnostic> {
        let source = self.text(&end.path)?;
        let (range, name) = unclosed(&source.text)?;
        let message = format!("the end of this \"{name}\" is missing");
        let problem = Diagnostic::new(Code::TemplateSyntax, source.place(Span::new(range)), message);
        Some(problem.hint(format!("add {{% end{name} %}} where it ends")))
    }

    fn root(&self) -> Place {
        let name = self.chain.first().map_or("", |theme| &theme.name);
        Place { path: format!("{THEMES}/{name}").into(), span: Span::default() }
    }

    /// The place of a range in a template, from lines and columns that count from 1. `template` is the engine's name of
    /// the template.
    fn place(&self, template: &str, start: (usize, usize), end: (usize, usize)) -> Place {
        let (name, inner) = template.split_once('/').unwrap_or(("", template));
        let path = format!("{THEMES}/{name}/templates/{inner}");
        let Some(source) = self.text(&path) else { return Place { path: path.into(), span: Span::default() } };
        let start = text::offset_of(&source.text, start.0, start.1);
        let end = text::offset_of(&source.text, end.0, end.1).max(start);
        source.place(Span::new(start..end))
    }
}
