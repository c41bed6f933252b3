//! What was parsed: the schema, and the documents that are parsed again only if their text or the declarations have changed.

use std::sync::Arc;

use rayon::prelude::*;

use super::read::Seen;
use crate::diagnostics::Diagnostic;
use crate::parse::{self, Document};
use crate::schema::{self, Schema};
use crate::stop::{Stop, Stopped};
use crate::text::SourceText;

/// What the texts mean, each for itself.
pub(super) struct Parsed {
    /// The texts that the configuration and the schema were read from.
    declarations: Vec<SourceText>,
    pub schema: Arc<Schema>,
    /// What is wrong with the schema.
    pub problems: Vec<Diagnostic>,
    /// The documents, in the order of their paths. After a stop some may be missing.
    pub documents: Vec<Document>,
}

impl Parsed {
    /// Parses the texts, except those that `before` has parsed already by the same declarations. What is done when the work is stopped is kept.
    pub(super) fn parse(seen: &Seen, before: Option<Self>, stop: &Stop) -> (Self, Result<(), Stopped>) {
        let is_type = |text: &&SourceText| schema::type_of(&text.path).is_some();
        let config = seen.sources.config().into_iter();
        let declarations: Vec<SourceText> = config.chain(seen.sources.texts().filter(is_type)).cloned().collect();
        let same = before.filter(|before| before.declarations == declarations);
        let (schema, problems, known) = match same {
            Some(before) => (before.schema, before.problems, before.documents),
            None => {
                let (schema, problems) = schema::read(&types(&declarations), &seen.config.languages);
                (Arc::new(schema), problems, Vec::new())
            }
        };
        // Both are in the order of their paths.
        let mut known = known.into_iter().peekable();
        let texts = seen.sources.texts().filter(|text| !is_type(text));
        let pairs: Vec<(&SourceText, Option<Document>)> = texts
            .map(|text| {
                while known.next_if(|document| document.source.path < text.path).is_some() {}
                let same = |document: &Document| {
                    document.source.path == text.path && Arc::ptr_eq(&document.source.text, &text.text)
                };
                (text, known.next_if(same))
            })
            .collect();
        let count = pairs.len();
        let parse = |text| (!stop.is_stopped()).then(|| parse::document(text, &seen.config, &schema));
        let documents: Vec<Option<Document>> =
            pairs.into_par_iter().map(|(text, known)| known.or_else(|| parse(text))).collect();
        let documents: Vec<Document> = documents.into_iter().flatten().collect();
        let result = if documents.len() == count { Ok(()) } else { Err(Stopped) };
        (Self { declarations, schema, problems, documents }, result)
    }
}

/// The declarations of types, each with the type's id.
fn types(declarations: &[SourceText]) -> Vec<(Box<str>, SourceText)> {
    let types = declarations.iter().filter_map(|text| Some((schema::type_of(&text.path)?.into(), text.clone())));
    types.collect()
}
