//! Hover: what is at a position, in words.

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::card;
use super::context::{Context, Cursor};
use crate::config;
use crate::diagnostics::Code;
use crate::manual;
use crate::model::{Meaning, Occurrence, Subject, Target};
use crate::render;
use crate::source::{CONTENT, Picture};
use crate::text::Span;

/// Answers the request.
pub(super) fn hover(context: &Context<'_>, params: HoverParams) -> Option<Hover> {
    let cursor = context.cursor(&params.text_document_position_params)?;
    let here = context.occurrence(&cursor);
    let described =
        here.as_ref().and_then(|here| Some((describe(context, &cursor, here)?.trim_end().to_owned(), here.span)));
    let mut codes: Vec<(Code, Span)> = Vec::new();
    for problem in context.problems {
        let span = problem.place.span;
        let is_here = *problem.place.path == *cursor.path && span.start < span.end && span.touches(cursor.offset);
        if is_here && !codes.iter().any(|(code, _)| *code == problem.code) {
            codes.push((problem.code, span));
        }
    }
    let span = described.as_ref().map(|(_, span)| *span).or_else(|| codes.first().map(|(_, span)| *span))?;
    let texts = described.map(|(text, _)| text).into_iter().chain(codes.iter().map(|(code, _)| card::code_card(*code)));
    let text = texts.collect::<Vec<_>>().join("\n\n---\n\n");
    let kind = if context.client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let contents = HoverContents::Markup(MarkupContent { kind, value: text });
    Some(Hover { contents, range: Some(context.range(&cursor.file, span)) })
}

/// The description of what is at the cursor.
fn describe(context: &Context<'_>, cursor: &Cursor, here: &Occurrence) -> Option<String> {
    match &here.meaning {
        Meaning::Id => match here.subject {
            Subject::Entity(id) => Some(context.card(id)),
            _ => None,
        },
        Meaning::Target(_, target) => target.map(|id| context.card(id)),
        Meaning::Entity(id) => Some(context.card(*id)),
        Meaning::Link(_, target) => match target {
            Target::Entity(id, _) => Some(context.card(*id)),
            Target::Page(id, _) => Some(context.page_card(*id)),
            Target::Asset(path, _) => Some(file(context, path)),
            Target::Anchor(anchor) => Some(format!("`#{anchor}`")),
            Target::Path(path) => Some(format!("`{path}`")),
            Target::Nothing => None,
        },
        Meaning::Field(id) | Meaning::FieldValue(id, _) => Some(context.field_card(*id)),
        Meaning::Choice(id, choice) => {
            let field = context.ecosystem.field(*id);
            let choice = field.kind.choices().get((*choice)?)?;
            let label = card::escaped(choice.label.text(context.lang));
            Some(format!("**{label}** `{}`\n\n{}", choice.id, context.field_card(*id)))
        }
        Meaning::Relation(id) | Meaning::Inverse(id) => Some(context.relation_card(*id)),
        Meaning::Derived(entity_type, at) => Some(context.derived_card(*entity_type, *at)),
        Meaning::Type(id) => id.map(|id| context.type_card(id)),
        Meaning::Page(id) => Some(context.page_card(*id)),
        Meaning::Folder(folder) => Some(format!("`{CONTENT}/{folder}`")),
        Meaning::Title(_) => card::key_card(&["Profiles"], "title"),
        Meaning::Key(key) | Meaning::Value(key) => key_card(cursor, here.subject, key),
    }
}

/// A key of the format, in the section that is about the file.
fn key_card(cursor: &Cursor, subject: Subject, key: &str) -> Option<String> {
    if cursor.path == config::FILE {
        let code = Code::named(key).map(card::code_card);
        return code.or_else(|| card::key_card(&["site.toml"], key));
    }
    let views: Vec<&str> = render::view_kinds().filter_map(manual::section_of_view).collect();
    match subject {
        Subject::Type(_) => card::key_card(&["_type.toml", "Fields", "Relations", "Derived relations"], key),
        Subject::Page(_) => card::key_card(&[&["Pages"], &views[..], &["Profiles"]].concat(), key),
        _ => card::key_card(&["Profiles"], key),
    }
}

/// A file that is published as it is.
fn file(context: &Context<'_>, path: &str) -> String {
    match context.ecosystem.picture(path) {
        Some(Picture::Size(Some((width, height)))) => format!("`{path}` — {width} × {height}"),
        _ => format!("`{path}`"),
    }
}
