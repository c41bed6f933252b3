//! Changes of files, as the protocol has them.

use std::collections::HashMap;

use lsp_types::{
    CreateFile, DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Position,
    Range, RenameFile, ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::context::Context;
use crate::edit::{Change, FileChange};
use crate::text::Span;

/// A change of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Edit {
    /// Replaces a part of a text.
    Text { path: String, span: Span, text: String },
    /// Makes a new file.
    Create { path: String, text: String },
    /// Gives a file another path.
    Move { from: String, to: String },
}

/// The parts of a change, without the deletions. Files in `moved` get their new paths from the client itself.
pub(super) fn of_change(change: &Change, moved: &[&str]) -> Vec<Edit> {
    let is_moved = |path: &str| {
        let is_inside = |old: &str| path.strip_prefix(old).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        moved.iter().any(|old| is_inside(old))
    };
    let mut all: Vec<Edit> = Vec::new();
    for (path, file) in &change.files {
        let texts = file.edits().iter();
        all.extend(texts.map(|edit| Edit::Text { path: path.to_string(), span: edit.span, text: edit.text.clone() }));
        match file {
            FileChange::Create(text) => all.push(Edit::Create { path: path.to_string(), text: text.clone() }),
            FileChange::Move { to, .. } if !is_moved(path) => {
                all.push(Edit::Move { from: path.to_string(), to: to.to_string() });
            }
            FileChange::Move { .. } | FileChange::Edit(_) | FileChange::Delete => {}
        }
    }
    all
}

/// The changes as one edit of the workspace. `None` if the client can't make one of them.
pub(super) fn workspace_edit(context: &Context<'_>, edits: &[Edit]) -> Option<WorkspaceEdit> {
    let mut texts: Vec<(&str, Vec<TextEdit>)> = Vec::new();
    let mut operations: Vec<DocumentChangeOperation> = Vec::new();
    for edit in edits {
        match edit {
            Edit::Text { path, span, text } => {
                let range = context.range(&context.file(path)?, *span);
                let edit = TextEdit { range, new_text: text.clone() };
                match texts.iter_mut().find(|(other, _)| other == path) {
                    Some((_, edits)) => edits.push(edit),
                    None => texts.push((path, vec![edit])),
                }
            }
            Edit::Create { path, text } if context.client.creates => {
                let uri = context.root.uri(path)?;
                let create = CreateFile { uri: uri.clone(), options: None, annotation_id: None };
                operations.push(DocumentChangeOperation::Op(ResourceOp::Create(create)));
                let start = Range::new(Position::default(), Position::default());
                let edit = TextEdit { range: start, new_text: text.clone() };
                operations.push(DocumentChangeOperation::Edit(document_edit(uri, None, vec![edit])));
            }
            Edit::Move { from, to } if context.client.renames => {
                let (old_uri, new_uri) = (context.uri(from)?, context.root.uri(to)?);
                let rename = RenameFile { old_uri, new_uri, options: None, annotation_id: None };
                operations.push(DocumentChangeOperation::Op(ResourceOp::Rename(rename)));
            }
            Edit::Create { .. } | Edit::Move { .. } => return None,
        }
    }
    if operations.is_empty() && !context.client.creates && !context.client.renames {
        let changes: Option<HashMap<Uri, Vec<TextEdit>>> =
            texts.into_iter().map(|(path, edits)| Some((context.uri(path)?, edits))).collect();
        return Some(WorkspaceEdit { changes: Some(changes?), ..WorkspaceEdit::default() });
    }
    // Texts are changed before files are renamed, so that each edit names a file that exists.
    let mut changes = Vec::new();
    for (path, edits) in texts {
        let version = context.documents.get(path).map(|document| document.version);
        changes.push(DocumentChangeOperation::Edit(document_edit(context.uri(path)?, version, edits)));
    }
    changes.extend(operations);
    let document_changes = Some(DocumentChanges::Operations(changes));
    Some(WorkspaceEdit { document_changes, ..WorkspaceEdit::default() })
}

fn document_edit(uri: Uri, version: Option<i32>, edits: Vec<TextEdit>) -> TextDocumentEdit {
    TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    }
}
