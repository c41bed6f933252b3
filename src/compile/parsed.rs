//! The cache of parsed files: the schema and the documents. A document is parsed again only if its text or the
//! declarations have changed.

use std::sync::Arc;

use rayon::prelude::*;

use super::read::Snapshot;
use crate::diagnostics::Diagnostic;
use crate::parse::{self, Document};
use crate::schema::{self, Schema};
use crate::stop::{Stop, Stopped};
use crate::text::SourceText;

/// The parsed schema and documents.
pub(super) struct Parsed {
    /// The texts of the configuration and the schema.
    declarations: Vec<SourceText>,
    pub schema: Arc<Schema>,
    /// Problems of the schema.
    pub problems: Vec<Diagnostic>,
    /// The documents, in the order of their paths. After a stop, some may be missing.
    pub documents: Vec<Document>,
}

impl Parsed {
    /// Parses the texts. If the declarations have not changed, unchanged documents are taken from `before`. After a
    /// stop, the documents that were parsed so far are kept for the next time.
    pub(super) fn parse(snapshot: &Snapshot, before: Option<Self>, stop: &Stop) -> (Self, Result<(), Stopped>) {
        let is_type = |text: &&SourceText| schema::type_of(&text.path).is_some();
        let config = snapshot.sources.config().into_iter();
        let declarations: Vec<SourceText> = config.chain(snapshot.sources.texts().filter(is_type)).cloned().collect();
        let (schema, problems, cached) = match before {
            Some(before) if before.declarations == declarations => (before.schema, before.problems, before.documents),
            _ => {
                let (schema, problems) = schema::read(&types(&declarations), &snapshot.config.languages);
                (Arc::new(schema), problems, Vec::new())
            }
        };
        // Cached documents and texts are both in the order of their paths.
        let mut cached = cached.into_iter().peekable();
        let texts = snapshot.sources.texts().filter(|text| !is_type(text));
        let pairs: Vec<(&SourceText, Option<Document>)> = texts
            .map(|text| {
                while cached.next_if(|document| document.source.path < text.path).is_some() {}
                let is_same = |document: &Document| {
                    document.source.path == text.path && Arc::ptr_eq(&document.source.text, &text.text)
                };
                (text, cached.next_if(is_same))
            })
            .collect();
        let count = pairs.len();
        let parse = |text| (!stop.is_stopped()).then(|| parse::document(text, &snapshot.config, &schema));
        let documents: Vec<Option<Document>> =
            pairs.into_par_iter().map(|(text, cached)| cached.or_else(|| parse(text))).collect();
        let documents: Vec<Document> = documents.into_iter().flatten().collect();
        let result = if documents.len() == count { Ok(()) } else { Err(Stopped) };
        (Self { declarations, schema, problems, documents }, result)
    }
}

/// The declarations of types, each with the type's id.
fn types(declarations: &[SourceText]) -> Vec<(Box<str>, SourceText)> {
    declarations.iter().filter_map(|text| Some((schema::type_of(&text.path)?.into(), text.clone()))).collect()
}
