//! An entity that leaves a list gets a file of its own.

use std::collections::BTreeMap;

use super::mover::Mover;
use crate::edit::change::{Edit, FileChange, edited};
use crate::edit::draft::Draft;
use crate::edit::headers::{Headers, parts};
use crate::edit::moves::Moves;
use crate::edit::references::Reference;
use crate::edit::{locate, redirects, toml, written};
use crate::locale::Lang;
use crate::parse;
use crate::schema::COMMON_KEYS;
use crate::table;
use crate::text::{SourceText, Span};

impl Mover<'_> {
    /// Takes the tables of the entity out of the lists that have them, and makes files of them.
    pub(super) fn out_of_lists(&self, references: &[Reference], draft: &mut Draft) {
        let ecosystem = &self.checked.ecosystem;
        let entity = ecosystem.entity(self.id);
        for (lang, path) in entity.files.iter().filter(|(_, path)| parse::is_list(path)) {
            let Some(source) = ecosystem.text(path) else { continue };
            let facts = locate::facts(source);
            let own = parts(source, &facts, &entity.id);
            let changed = self.changed(source, &own, references);
            let mut text = own_text(&changed, &own, &entity.id);
            if lang == Lang::DEFAULT {
                text = self.with_redirects(&self.new_path(path), text);
            }
            draft.create(&self.new_path(path), text);
            own.iter().for_each(|part| draft.remove(&source.place(*part)));
        }
    }

    /// What changes inside the parts of the entity: names with the type in them, and relative paths.
    fn changed<'s>(&self, source: &'s SourceText, own: &[Span], references: &[Reference]) -> Changed<'s> {
        let new_path = self.new_path(&source.path);
        let mut moves = Moves::default();
        moves.file(&source.path, &new_path);
        let mut inner = Draft::default();
        let is_own = |span: Span| own.iter().any(|part| part.start <= span.start && span.end <= part.end);
        let here: Vec<Reference> = references
            .iter()
            .filter(|reference| reference.place.path == source.path && is_own(reference.place.span))
            .cloned()
            .collect();
        moves.correct_links(self.checked, &here, &mut inner);
        for reference in &here {
            if let Some(text) = self.name(reference) {
                inner.replace(&reference.place, text);
            }
        }
        let edits = inner.finish().files.remove(&*source.path).map(|file| file.edits().to_vec()).unwrap_or_default();
        Changed { source, edits }
    }

    /// A new file with redirects from the old addresses.
    fn with_redirects(&self, path: &str, text: String) -> String {
        let source = SourceText::new(path, text);
        let (table, _) = table::parse(&source.text, 0);
        let mut draft = Draft::default();
        redirects::add(&mut draft, &source, &table, COMMON_KEYS, &self.addresses());
        match draft.finish().files.remove(path) {
            Some(FileChange::Edit(edits)) => edited(&source.text, &edits),
            _ => source.text.to_string(),
        }
    }
}

/// A list, and the edits inside the parts of an entity.
struct Changed<'s> {
    source: &'s SourceText,
    edits: Vec<Edit>,
}

/// The text of a file that has what the parts of a list have: as it is written there, if all of it is under headers.
fn own_text(changed: &Changed<'_>, own: &[Span], id: &str) -> String {
    let Changed { source, edits } = changed;
    let headers = Headers::of(source);
    let blocks = headers.under(&[id]);
    if blocks != own {
        // What is in braces or has dotted keys is written anew.
        let whole = SourceText::new(source.path.clone(), edited(&source.text, edits));
        let facts = locate::facts(&whole);
        let table = facts.get(id).and_then(|value| value.as_table());
        return table.map(|table| written::lines(&whole, table, "")).unwrap_or_default();
    }
    let mut all: BTreeMap<Span, String> = edits.iter().map(|edit| (edit.span, edit.text.clone())).collect();
    all.extend(headers.first_keys(id).into_iter().map(|span| (span, String::new())));
    let parts = blocks.iter().map(|block| {
        let inside = all.iter().filter(|(span, _)| block.start <= span.start && span.end <= block.end);
        let shifted = |span: Span| Span { start: span.start - block.start, end: span.end - block.start };
        let edits: Vec<Edit> = inside.map(|(span, text)| Edit { span: shifted(*span), text: text.clone() }).collect();
        edited(&source.text[block.range()], &edits)
    });
    let parts: Vec<String> = parts.map(|part| part.trim_matches(['\r', '\n']).to_owned()).collect();
    let newline = toml::line_end(&source.text);
    parts.join(&newline.repeat(2)) + newline
}
