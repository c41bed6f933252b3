//! Takes a reference that leads nowhere out: a link becomes its words, an item leaves its list.

use super::action::Action;
use crate::diagnostics::Diagnostic;
use crate::edit;
use crate::lsp::context::{Context, File};
use crate::lsp::edits::Edit;

/// The action that takes the reference of a problem out.
pub(super) fn action(context: &Context<'_>, file: &File, problem: &Diagnostic) -> Option<Action> {
    let source = context.checked.text(&problem.place.path)?;
    let is_link = file.text().get(problem.place.span.range())?.starts_with(['[', '!']);
    let title = if is_link { "Remove the link" } else { "Remove the reference" };
    let text = |edit: edit::Edit| Edit::Text { path: source.path.to_string(), span: edit.span, text: edit.text };
    let edits = edit::take_out_one(&source, problem.place.span)?.into_iter().map(text).collect();
    Some(Action { title: title.to_owned(), edits, is_preferred: false })
}
