//! Completion: what can be written at the cursor.
//!
//! The text is that of the editor, which may be newer than the last check; names come from that check. So a completion
//! never waits, and half a word disturbs nothing.

mod names;
mod request;
mod offers;
mod values;
mod links;
mod profiles;
mod pages;
mod declarations;
mod themes;

use lsp_types::{CompletionParams, CompletionResponse};

use super::context::{Context, File};
use super::cursor::{self, Place, Spot};
use crate::config;
use crate::parse::Role;
use crate::schema;
use crate::source::THEMES;
use crate::table;
use crate::text::SourceText;
pub(super) use names::Names;
use offers::Offers;
use request::Request;

/// Answers the request.
pub(super) fn completion(
    context: &Context<'_>,
    names: &Names,
    params: &CompletionParams,
) -> Option<CompletionResponse> {
    let at = &params.text_document_position;
    let path = context.path(&at.text_document.uri)?;
    let open = context.documents.get(&path).map(|document| SourceText::new(path.as_str(), document.text.as_str()));
    let file = open.map(File::new).or_else(|| context.file(&path))?;
    let offset = context.offset(&file, at.position);
    let facts = cursor::facts(&path, file.text());
    let facts = facts.map(|range| table::parse(&file.text()[range.clone()], range.start).0).unwrap_or_default();
    let request = Request { context, names, path: &path, facts };
    let (span, typed, offers) = match cursor::place(&path, file.text(), offset) {
        Place::Link(link) => (link.span.clone(), link.typed.clone(), request.link(&link)),
        Place::Facts(spot) => {
            let (Spot::Header { word, .. } | Spot::Key { word, .. } | Spot::Value { word, .. }) = &spot;
            let word = word.clone();
            (word.span.clone(), word.typed.clone(), request.facts(&file, &spot)?)
        }
        Place::Prose => return None,
    };
    Some(offers::response(context, &file, span, &typed, offers))
}

impl Request<'_> {
    /// What can be written in the TOML of a file.
    fn facts(&self, file: &File, spot: &Spot) -> Option<Offers> {
        if self.path == config::FILE {
            return self.of_site(spot);
        }
        if let Some((_, inner)) = self.path.strip_prefix(THEMES).and_then(|path| path[1..].split_once('/')) {
            return self.of_theme_file(inner, spot);
        }
        if let Some(entity_type) = schema::type_of(self.path) {
            return self.of_declaration(entity_type, spot);
        }
        let document = self.context.document(file);
        let is_original = document.lang == crate::locale::Lang::DEFAULT;
        match document.role {
            Role::Entity(entity_type, _) => self.of_profile(entity_type, is_original, &self.facts, spot),
            Role::List(entity_type) => self.of_list(entity_type, is_original, spot),
            Role::Index(_) | Role::Page(_) => self.of_page(is_original, spot),
            Role::Nothing => None,
        }
    }
}
