//! From the method of a request to what answers it.

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::request as methods;
use lsp_types::request::Request as _;

use super::context::Context;
use super::state::State;
use super::{
    actions, completion, definition, folding, hover, inlay, lens, links, references, rename, selection, symbols,
    tokens, workspace,
};

/// Whether a request is answered from the last check and the text of the editor, without waiting for a new check.
pub(super) fn is_quick(method: &str) -> bool {
    [methods::Completion::METHOD, methods::FoldingRangeRequest::METHOD].contains(&method)
}

/// Answers a request.
pub(super) fn answer(state: &mut State, request: Request) -> Response {
    match request.method.as_str() {
        methods::Completion::METHOD => {
            let names = state.names();
            ask::<methods::Completion>(state, request, |context, params| {
                completion::completion(context, names.as_deref()?, &params)
            })
        }
        methods::HoverRequest::METHOD => ask::<methods::HoverRequest>(state, request, hover::hover),
        methods::InlayHintRequest::METHOD => ask::<methods::InlayHintRequest>(state, request, inlay::hints),
        methods::CodeLensRequest::METHOD => ask::<methods::CodeLensRequest>(state, request, lens::lenses),
        methods::GotoDefinition::METHOD => ask::<methods::GotoDefinition>(state, request, definition::definition),
        methods::References::METHOD => ask::<methods::References>(state, request, references::references),
        methods::DocumentSymbolRequest::METHOD => {
            ask::<methods::DocumentSymbolRequest>(state, request, symbols::symbols)
        }
        methods::WorkspaceSymbolRequest::METHOD => {
            let names = state.names();
            ask::<methods::WorkspaceSymbolRequest>(state, request, |context, params| {
                workspace::symbols(context, names.as_deref()?, &params)
            })
        }
        methods::DocumentLinkRequest::METHOD => ask::<methods::DocumentLinkRequest>(state, request, links::links),
        methods::FoldingRangeRequest::METHOD => ask::<methods::FoldingRangeRequest>(state, request, folding::ranges),
        methods::SelectionRangeRequest::METHOD => {
            ask::<methods::SelectionRangeRequest>(state, request, selection::ranges)
        }
        methods::SemanticTokensFullRequest::METHOD => {
            ask::<methods::SemanticTokensFullRequest>(state, request, tokens::tokens)
        }
        methods::CodeActionRequest::METHOD => ask::<methods::CodeActionRequest>(state, request, actions::actions),
        methods::PrepareRenameRequest::METHOD => ask::<methods::PrepareRenameRequest>(state, request, rename::prepare),
        methods::Rename::METHOD => change::<methods::Rename>(state, request, rename::rename),
        methods::WillRenameFiles::METHOD => change::<methods::WillRenameFiles>(state, request, rename::files),
        method => {
            let message = format!("this server does not answer {method}");
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
        }
    }
}

/// Reads the parameters of a request and answers it. If there is no answer, or no check yet, the answer is `null`.
fn ask<R: methods::Request>(
    state: &State,
    request: Request,
    answer: impl FnOnce(&Context<'_>, R::Params) -> R::Result,
) -> Response
where
    R::Result: Default,
{
    let params: R::Params = match serde_json::from_value(request.params) {
        Ok(params) => params,
        Err(error) => return Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string()),
    };
    let result = state.context().map(|context| answer(&context, params)).unwrap_or_default();
    Response::new_ok(request.id, result)
}

/// The same for requests that change the content, and may be refused. They see drafts too.
fn change<R: methods::Request>(
    state: &State,
    request: Request,
    answer: impl FnOnce(&Context<'_>, R::Params) -> Result<R::Result, String>,
) -> Response {
    let refused = |message: String| Response::new_err(request.id.clone(), ErrorCode::RequestFailed as i32, message);
    let params: R::Params = match serde_json::from_value(request.params) {
        Ok(params) => params,
        Err(error) => return Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string()),
    };
    let (Some(context), Ok(checked)) = (state.context(), state.with_drafts()) else {
        return refused(String::from("the files of the site can't be read"));
    };
    let context = Context { checked: &checked, ecosystem: &checked.ecosystem, ..context };
    match answer(&context, params) {
        Ok(result) => Response::new_ok(request.id, result),
        Err(message) => refused(message),
    }
}
