//! Code actions: what mends a problem.
//!
//! A diagnostic has its changes from where it was found. What needs the whole site (a new profile, a translation) is
//! made here.

mod action;
mod fixes;
mod unlink;
mod create;

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse};

use super::context::{Context, File};
use super::edits;
use super::publish;
use crate::diagnostics::{Code, Diagnostic};
use action::Action;

/// Answers the request: the actions for the problems in a range.
pub(super) fn actions(context: &Context<'_>, params: CodeActionParams) -> Option<CodeActionResponse> {
    let kinds = params.context.only.unwrap_or_default();
    let is_wanted = |kind: &CodeActionKind| {
        let quick = CodeActionKind::QUICKFIX;
        kind.as_str().is_empty() || quick.as_str().starts_with(kind.as_str())
    };
    if !kinds.is_empty() && !kinds.iter().any(is_wanted) {
        return None;
    }
    let path = context.path(&params.text_document.uri)?;
    let file = context.file(&path)?;
    let range = context.span(&file, params.range);
    let mut response = Vec::new();
    for problem in context.problems.iter().filter(|problem| *problem.place.path == *path) {
        let span = problem.place.span;
        if span.start > range.end || range.start > span.end.max(span.start) {
            continue;
        }
        for action in of_problem(context, &file, problem) {
            let Some(edit) = edits::workspace_edit(context, &action.edits) else { continue };
            response.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: action.title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![publish::diagnostic(context, Some(&file), problem)]),
                edit: Some(edit),
                is_preferred: action.is_preferred.then_some(true),
                ..CodeAction::default()
            }));
        }
    }
    Some(response)
}

/// The actions for one problem, the most likely first.
fn of_problem(context: &Context<'_>, file: &File, problem: &Diagnostic) -> Vec<Action> {
    let mut actions: Vec<Action> = Vec::new();
    for (at, fix) in problem.fixes.iter().enumerate() {
        if let Some(edit) = fixes::edit_of(context, file, problem, fix) {
            // Of several, the author has to choose.
            let is_preferred = at == 0 && problem.fixes.len() == 1;
            actions.push(Action { title: fix.title.clone(), edits: vec![edit], is_preferred });
        }
    }
    match problem.code {
        Code::UnknownReference | Code::BrokenLink => {
            actions.extend(create::profiles(context, problem));
            actions.extend(unlink::action(context, file, problem));
        }
        Code::MissingTranslation => actions.extend(create::translation(context, problem)),
        _ => {}
    }
    actions
}
