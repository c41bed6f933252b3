//! Rename: another name for an entity, a page, a type, a field or a choice, wherever it is named; other words for a heading.
//!
//! The change is that of `filiere rename`. The client applies it, and can take it back.

use lsp_types::{PrepareRenameResponse, RenameFilesParams, RenameParams, TextDocumentPositionParams, WorkspaceEdit};

use super::context::{Context, Cursor};
use super::edits::{self, Edit};
use crate::diagnostics::visible;
use crate::edit::{self, Change, FileChange, Refusal};
use crate::model::{FieldId, Meaning, Occurrence, Subject, Target};
use crate::schema::Schema;
use crate::source::CONTENT;
use crate::text::Span;

/// A thing that can be renamed: what is before its name, as `filiere rename` has it, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    prefix: String,
    name: String,
}

/// Answers the request: which part of the text is the name.
pub(super) fn prepare(context: &Context<'_>, params: TextDocumentPositionParams) -> Option<PrepareRenameResponse> {
    let cursor = context.cursor(&params)?;
    let here = context.occurrence(&cursor);
    let name = here.as_ref().and_then(|here| Some((here.span, named(context, here)?.name)));
    let (span, placeholder) = match name {
        Some((span, name)) => (part(&cursor, span, &name), name),
        None => {
            let words = edit::heading_at(context.checked, &cursor.path, cursor.offset)?;
            (words, cursor.file.text()[words.range()].to_owned())
        }
    };
    let range = context.range(&cursor.file, span);
    Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
}

/// Answers the request.
pub(super) fn rename(context: &Context<'_>, params: RenameParams) -> Result<Option<WorkspaceEdit>, String> {
    let nothing = || String::from("nothing with a name is here: put the cursor on an id or a heading");
    let cursor = context.cursor(&params.text_document_position).ok_or_else(nothing)?;
    let new = params.new_name.trim();
    let change = match context.occurrence(&cursor).and_then(|here| named(context, &here)) {
        Some(Named { prefix, name }) => change(context, &format!("{prefix}{name}"), &format!("{prefix}{new}"))?,
        None if edit::heading_at(context.checked, &cursor.path, cursor.offset).is_some() => {
            edit::rename_heading(context.checked, &cursor.path, cursor.offset, new).map_err(sentence)?
        }
        None => return Err(nothing()),
    };
    workspace_edit(context, &change, &[])
}

/// Answers the request: what else changes if the client gives files or folders other paths.
pub(super) fn files(context: &Context<'_>, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>, String> {
    let path = |uri: &str| context.path(&uri.parse().ok()?);
    let moves = params.files.iter().filter_map(|file| Some((path(&file.old_uri)?, path(&file.new_uri)?)));
    let moves: Vec<(String, String)> = moves.collect();
    // Each change is computed for the present texts, so several of them can't be joined.
    let [(old, new)] = moves.as_slice() else { return Ok(None) };
    let Some((from, to)) = subject_of(&context.ecosystem.schema, old).zip(subject_of(&context.ecosystem.schema, new))
    else {
        return Ok(None);
    };
    if from == to {
        return Ok(None);
    }
    let change = change(context, &from, &to)?;
    workspace_edit(context, &change, &[old.as_str()])
}

/// What a file or a folder is the subject of, as `filiere rename` has it. A translation follows its original.
fn subject_of(schema: &Schema, path: &str) -> Option<String> {
    let inner = path.strip_prefix(CONTENT)?.strip_prefix('/')?;
    let Some(stem) = inner.strip_suffix(".md").or_else(|| inner.strip_suffix(".toml")) else {
        return (!inner.contains(['/', '.'])).then(|| inner.to_owned());
    };
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    if name.contains('.') || name.starts_with('_') {
        return None;
    }
    let first = folder.split('/').next().unwrap_or_default();
    Some(match schema.find(first) {
        Some(_) => format!("{first}/{name}"),
        None => format!("page:{stem}"),
    })
}

/// What a token names.
fn named(context: &Context<'_>, here: &Occurrence) -> Option<Named> {
    let ecosystem = context.ecosystem;
    let schema = &ecosystem.schema;
    let entity = |id| {
        let name = context.name_of(id);
        let (of, id) = name.split_once('/')?;
        Some(Named { prefix: format!("{of}/"), name: id.to_owned() })
    };
    let page = |path: &str| {
        let (folder, name) = path.rsplit_once('/').map_or((String::new(), path), |(at, name)| (format!("{at}/"), name));
        (!path.is_empty()).then(|| Named { prefix: format!("page:{folder}"), name: name.to_owned() })
    };
    match (&here.meaning, here.subject) {
        (Meaning::Id, Subject::Entity(id)) => entity(id),
        (Meaning::Target(_, Some(id)) | Meaning::Entity(id) | Meaning::Link(_, Target::Entity(id, _)), _) => {
            entity(*id)
        }
        (Meaning::Page(id) | Meaning::Link(_, Target::Page(id, _)), _) => page(&ecosystem.page(*id).path),
        (Meaning::Type(Some(id)), _) => Some(Named { prefix: String::new(), name: schema.get(*id).id.to_string() }),
        (Meaning::Field(id), _) => Some(field(context, *id)),
        (Meaning::Choice(id, Some(choice)), _) => {
            let Named { prefix, name } = field(context, *id);
            let choice = ecosystem.field(*id).kind.choices().get(*choice)?;
            Some(Named { prefix: format!("{prefix}{name}."), name: choice.id.to_string() })
        }
        (Meaning::Relation(id), _) => {
            let relation = schema.relation(*id);
            Some(Named { prefix: format!("{}.", schema.get(relation.owner).id), name: relation.id.to_string() })
        }
        (Meaning::Inverse(id), _) => {
            let relation = schema.relation(*id);
            let target = schema.get(*relation.to.first()?);
            Some(Named { prefix: format!("{}.", target.id), name: relation.inverse.to_string() })
        }
        (Meaning::Derived(owner, at), _) => {
            let entity_type = schema.get(*owner);
            Some(Named { prefix: format!("{}.", entity_type.id), name: entity_type.derived.get(*at)?.id.to_string() })
        }
        _ => None,
    }
}

/// A field or an attribute.
fn field(context: &Context<'_>, id: FieldId) -> Named {
    let schema = &context.ecosystem.schema;
    let prefix = match id {
        FieldId::OfType(owner, _) => format!("{}.", schema.get(owner).id),
        FieldId::OfRelation(relation, _) => {
            let relation = schema.relation(relation);
            format!("{}.{}.", schema.get(relation.owner).id, relation.id)
        }
        FieldId::OfField(owner, field, _) | FieldId::OfRecord(owner, field, _) => {
            format!("{}.{}.", schema.get(owner).id, schema.get(owner).fields[field].id)
        }
    };
    Named { prefix, name: context.ecosystem.field(id).id.to_string() }
}

/// The part of a token that is the name; all of it if the name is written in another way.
fn part(cursor: &Cursor, span: Span, name: &str) -> Span {
    let token = cursor.file.text().get(span.range()).unwrap_or_default();
    let start = if token.starts_with("[[") { 0 } else { token.rfind("](").unwrap_or(0) };
    token[start..].find(name).map_or(span, |at| {
        let start = span.start as usize + start + at;
        Span::new(start..start + name.len())
    })
}

/// The change that `filiere rename` would make.
fn change(context: &Context<'_>, from: &str, to: &str) -> Result<Change, String> {
    edit::rename(context.checked, from, to).map_err(sentence)
}

/// Why a change can't be made, for the editor.
fn sentence(refusal: Refusal) -> String {
    match refusal {
        Refusal::Wish(sentence) => visible(&sentence).into_owned(),
        Refusal::Content(problems) => {
            let messages = problems.iter().map(|problem| visible(&problem.message).into_owned());
            messages.collect::<Vec<_>>().join("\n")
        }
    }
}

/// The change for the client. Files in `moved` get their new paths from the client itself.
fn workspace_edit(context: &Context<'_>, change: &Change, moved: &[&str]) -> Result<Option<WorkspaceEdit>, String> {
    if change.files.values().any(|file| matches!(file, FileChange::Delete)) {
        return Err(String::from("this change deletes files: use `filiere rename`"));
    }
    let all = edits::of_change(change, moved);
    if all.iter().any(|edit| matches!(edit, Edit::Move { .. })) && !context.client.renames {
        let advice = "use `filiere rename`";
        return Err(format!("this editor can't rename files (workspace edits with \"rename\"): {advice}"));
    }
    edits::workspace_edit(context, &all).map(Some).ok_or_else(|| String::from("this editor can't make this change"))
}
