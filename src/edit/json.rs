//! A change as JSON, for tools.

use serde_json::{Value, json};

use super::change::{Change, Edit, FileChange};
use crate::text::{Columns, SourceText, position};

/// The files of a change as a list. Lines and columns count from 1, columns in characters; the edits of a file that moves
/// refer to its present text. `text` gives the present text of a file.
pub fn json(change: &Change, text: impl Fn(&str) -> Option<SourceText>) -> Value {
    let files = change.files.iter().map(|(path, file)| match file {
        FileChange::Create(text) => json!({ "path": path, "action": "create", "text": text }),
        FileChange::Delete => json!({ "path": path, "action": "delete" }),
        FileChange::Edit(edits) => json!({ "path": path, "action": "edit", "edits": list(edits, text(path)) }),
        FileChange::Move { to, edits } => {
            json!({ "path": path, "action": "move", "to": to, "edits": list(edits, text(path)) })
        }
    });
    files.collect()
}

fn list(edits: &[Edit], source: Option<SourceText>) -> Value {
    let Some(source) = source else { return json!([]) };
    let point = |offset: u32| {
        let (line, column) = position(&source.text, offset as usize, Columns::Characters);
        json!({ "line": line, "column": column })
    };
    let edit = |edit: &Edit| json!({ "start": point(edit.span.start), "end": point(edit.span.end), "text": edit.text });
    edits.iter().map(edit).collect()
}
