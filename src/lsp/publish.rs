//! Diagnostics, as the protocol has them.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_types::{DiagnosticRelatedInformation, DiagnosticSeverity, NumberOrString, PublishDiagnosticsParams};

use super::context::{Context, File};
use crate::diagnostics::{Diagnostic, Severity, visible};

/// The diagnostics that the client has, by the file that they are about.
#[derive(Default)]
pub(super) struct Published(BTreeMap<Arc<str>, Sent>);

/// The diagnostics of a file, with the texts in which their places are.
#[derive(PartialEq)]
struct Sent {
    problems: Vec<Diagnostic>,
    texts: Vec<Option<Arc<str>>>,
}

impl Published {
    /// What to send, so that the client has the diagnostics of the context: only the files of which they differ.
    pub(super) fn update(&mut self, context: &Context<'_>) -> Vec<PublishDiagnosticsParams> {
        let mut by_path: BTreeMap<Arc<str>, Vec<Diagnostic>> = BTreeMap::new();
        for problem in context.problems {
            by_path.entry(problem.place.path.clone()).or_default().push(problem.clone());
        }
        let text = |path: &str| context.checked.text(path).map(|source| source.text);
        let with_texts = |(path, problems): (Arc<str>, Vec<Diagnostic>)| {
            let places = problems.iter().flat_map(|problem| problem.notes.iter().map(|note| &note.place));
            let texts = std::iter::once(text(&path)).chain(places.map(|place| text(&place.path))).collect();
            (path, Sent { problems, texts })
        };
        let now: BTreeMap<Arc<str>, Sent> = by_path.into_iter().map(with_texts).collect();
        let mut updates = Vec::new();
        for (path, sent) in &now {
            if self.0.get(path) != Some(sent) {
                updates.extend(params(context, path, &sent.problems));
            }
        }
        for path in self.0.keys().filter(|path| !now.contains_key(*path)) {
            updates.extend(params(context, path, &[]));
        }
        self.0 = now;
        updates
    }
}

fn params(context: &Context<'_>, path: &str, problems: &[Diagnostic]) -> Option<PublishDiagnosticsParams> {
    let file = context.file(path);
    let diagnostics = problems.iter().map(|problem| diagnostic(context, file.as_ref(), problem)).collect();
    let version = context.documents.get(path).map(|document| document.version);
    Some(PublishDiagnosticsParams { uri: context.uri(path)?, diagnostics, version })
}

/// A diagnostic. `file` is the file that it is about, if it is a text.
pub(super) fn diagnostic(context: &Context<'_>, file: Option<&File>, problem: &Diagnostic) -> lsp_types::Diagnostic {
    let related = problem.notes.iter().filter_map(|note| {
        let message = visible(&note.text).into_owned();
        Some(DiagnosticRelatedInformation { location: context.location(&note.place)?, message })
    });
    let related: Vec<_> = related.collect();
    lsp_types::Diagnostic {
        range: file.map(|file| context.range(file, problem.place.span)).unwrap_or_default(),
        severity: Some(match problem.severity() {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        // No page has the explanations of codes, so there is nothing to link to: `filiere explain CODE` prints them, and a
        // hover over a code in `site.toml` shows them.
        code: Some(NumberOrString::String(problem.code.to_string())),
        source: Some(String::from("filiere")),
        message: message(problem),
        related_information: (!related.is_empty()).then_some(related),
        ..lsp_types::Diagnostic::default()
    }
}

/// The message with its hints, a line for each.
fn message(problem: &Diagnostic) -> String {
    let mut message = problem.message.clone();
    if let Some(label) = &problem.label {
        message = format!("{message} ({label})");
    }
    for hint in &problem.hints {
        message = format!("{message}\n{hint}");
    }
    visible(&message).into_owned()
}
