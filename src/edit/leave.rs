//! An entity that leaves a list gets a file of its own.

use std::collections::BTreeMap;

use super::change::{Edit, edited};
use super::draft::Draft;
use super::headers::{Headers, parts};
use super::{locate, toml, written};
use crate::compile::Checked;
use crate::locale::Lang;
use crate::model::EntityId;
use crate::parse;
use crate::text::{SourceText, Span};

/// The file of an entity beside the list that has it; another path stays as it is.
pub(super) fn own_path(path: &str, id: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) if parse::is_list(path) => format!("{folder}/{}", name.replacen("_list", id, 1)),
        _ => path.to_owned(),
    }
}

/// The path of a file once it has prose.
pub(super) fn with_prose(path: &str) -> String {
    path.strip_suffix(".toml").map_or_else(|| path.to_owned(), |stem| format!("{stem}.md"))
}

/// An entity that leaves its list, and the translations of its list.
pub(super) struct Leaving<'a> {
    pub checked: &'a Checked,
    pub id: EntityId,
    /// The path of the file that the entity gets in place of a list.
    pub new_path: &'a dyn Fn(&str) -> String,
    /// The prose of the new files.
    pub prose: BTreeMap<Lang, String>,
}

impl Leaving<'_> {
    /// Takes the tables of the entity out of the lists that have them, with what the draft changes in them, and makes files of
    /// them. `finish` gets the path of each new file, and its facts.
    pub(super) fn apply(&self, draft: &mut Draft, finish: impl Fn(Lang, &str, String) -> String) {
        let ecosystem = &self.checked.ecosystem;
        let entity = ecosystem.entity(self.id);
        for (lang, path) in entity.files.iter().filter(|(_, path)| parse::is_list(path)) {
            let Some(source) = ecosystem.text(path) else { continue };
            let own = parts(source, &locate::facts(source), &entity.id);
            let edits = draft.take_inside(path, &own);
            let path = (self.new_path)(path);
            let facts = finish(lang, &path, own_text(source, &edits, &own, &entity.id));
            match self.prose.get(&lang).filter(|prose| !prose.is_empty()) {
                Some(prose) => {
                    let newline = toml::line_end(&source.text);
                    draft.create(&with_prose(&path), format!("+++{newline}{facts}+++{newline}{prose}"));
                }
                None => draft.create(&path, facts),
            }
            if is_all(source, &own) {
                draft.delete(&source.path);
            } else {
                own.iter().for_each(|part| draft.remove(&source.place(*part)));
            }
        }
    }
}

/// Whether a text has nothing outside of these parts.
fn is_all(source: &SourceText, parts: &[Span]) -> bool {
    let ends = parts.iter().map(|part| part.end as usize);
    let starts = parts.iter().map(|part| part.start as usize).chain([source.text.len()]);
    std::iter::once(0).chain(ends).zip(starts).all(|(end, start)| source.text[end..start].trim().is_empty())
}

/// The text of a file that has what the parts of a list have: as it is written there, if all of it is under headers.
fn own_text(source: &SourceText, edits: &[Edit], own: &[Span], id: &str) -> String {
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
