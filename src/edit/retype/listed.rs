//! An entity of a list that moves to another type gets a file of its own.

use super::mover::Mover;
use crate::edit::change::{FileChange, edited};
use crate::edit::draft::Draft;
use crate::edit::headers::parts;
use crate::edit::leave::Leaving;
use crate::edit::moves::Moves;
use crate::edit::references::Reference;
use crate::edit::{locate, redirects};
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
        for (_, path) in entity.files.iter().filter(|(_, path)| parse::is_list(path)) {
            if let Some(source) = ecosystem.text(path) {
                self.change(source, &parts(source, &locate::facts(source), &entity.id), references, draft);
            }
        }
        let new_path = |path: &str| self.new_path(path);
        let prose = Default::default();
        Leaving { checked: self.checked, id: self.id, new_path: &new_path, prose }.apply(draft, |lang, path, text| {
            if lang == Lang::DEFAULT { self.with_redirects(path, text) } else { text }
        });
    }

    /// What changes inside the parts of the entity: names with the type in them, and relative paths.
    fn change(&self, source: &SourceText, own: &[Span], references: &[Reference], draft: &mut Draft) {
        let mut moves = Moves::default();
        moves.file(&source.path, &self.new_path(&source.path));
        let is_own = |span: Span| own.iter().any(|part| part.start <= span.start && span.end <= part.end);
        let is_here = |reference: &&Reference| reference.place.path == source.path && is_own(reference.place.span);
        let here: Vec<Reference> = references.iter().filter(is_here).cloned().collect();
        moves.correct_links(self.checked, &here, draft);
        for reference in &here {
            if let Some(text) = self.name(reference) {
                draft.replace(&reference.place, text);
            }
        }
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
