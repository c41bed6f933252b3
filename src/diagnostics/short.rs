//! One line per diagnostic, for editors and for `grep`.

use super::diagnostic::{Diagnostic, Texts};
use super::visible::visible_diagnostic;
use crate::text::Lines;

/// One line per diagnostic: `path:line:column: error[code]: message; hint`.
pub fn short(diagnostics: &[Diagnostic], texts: Texts<'_>) -> String {
    let mut out = String::new();
    let mut lines = Lines::default();
    for diagnostic in diagnostics {
        let visible = visible_diagnostic(diagnostic);
        let (line, column) = texts(&diagnostic.place.path)
            .map_or((1, 1), |source| lines.line_and_column(&source, diagnostic.place.span.start as usize));
        out.push_str(&format!(
            "{}:{line}:{column}: {}[{}]: {}",
            visible.place.path,
            diagnostic.severity().as_str(),
            diagnostic.code.as_str(),
            one_line(&visible.message),
        ));
        if let Some(hint) = visible.hints.first() {
            out.push_str("; ");
            out.push_str(&one_line(hint));
        }
        out.push('\n');
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
