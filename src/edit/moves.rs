//! New paths of files, and the links that name files by their paths.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::draft::Draft;
use super::links;
use super::references::Reference;
use super::toml;
use crate::compile::Checked;
use crate::model::{LinkForm, Meaning, resolve_path};
use crate::source::CONTENT;
use crate::text::Place;

/// Characters that can't be in the destination of a Markdown link as they are.
const RESERVED: &AsciiSet = &CONTROLS.add(b' ').add(b'(').add(b')').add(b'<').add(b'>').add(b'%').add(b'#').add(b'\\');

/// The new paths of files and folders, below the content folder.
#[derive(Default)]
pub(super) struct Moves {
    /// By their present paths.
    files: BTreeMap<String, String>,
    folder: Option<(String, String)>,
}

impl Moves {
    /// A file has another path; both are relative to the root.
    pub(in crate::edit) fn file(&mut self, from: &str, to: &str) {
        self.files.insert(inner(from).to_owned(), inner(to).to_owned());
    }

    /// A folder of the content has another name.
    pub(in crate::edit) fn folder(from: &str, to: &str) -> Self {
        Self { files: BTreeMap::new(), folder: Some((from.to_owned(), to.to_owned())) }
    }

    /// The new path of a file or folder below the content folder, if it has one.
    pub(in crate::edit) fn of(&self, path: &str) -> Option<String> {
        if let Some(to) = self.files.get(path) {
            return Some(to.clone());
        }
        let (from, to) = self.folder.as_ref()?;
        let rest = path.strip_prefix(&**from)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{to}{rest}"))
    }

    /// Moves the files.
    pub(in crate::edit) fn apply(&self, checked: &Checked, draft: &mut Draft) {
        for path in checked.ecosystem.files() {
            if let Some(to) = self.of(path) {
                draft.move_file(&format!("{CONTENT}/{path}"), &format!("{CONTENT}/{to}"));
            }
        }
    }

    /// Corrects the paths in links that lead to files which move, or are in files which move.
    pub(in crate::edit) fn correct_links(&self, checked: &Checked, references: &[Reference], draft: &mut Draft) {
        for Reference { place, meaning } in references {
            let Meaning::Link(form @ (LinkForm::Markdown | LinkForm::Image | LinkForm::Value), _) = meaning else {
                continue;
            };
            let Some(source) = checked.ecosystem.text(&place.path) else { continue };
            if *form == LinkForm::Value {
                let token = &source.text[place.span.range()];
                let path = token.trim_matches(['"', '\'']);
                if let Some(new) = self.corrected(&place.path, path) {
                    draft.replace(place, toml::quoted(&new, token));
                }
                continue;
            }
            for span in links::destinations(&source.text, place.span) {
                if let Some(new) = self.corrected(&place.path, &source.text[span.range()]) {
                    draft.replace(&Place { path: place.path.clone(), span }, new);
                }
            }
        }
    }

    /// The path in a link of a document, if it has to change.
    pub(in crate::edit) fn corrected(&self, document: &str, written: &str) -> Option<String> {
        let (path, anchor) = written.split_at(written.find('#').unwrap_or(written.len()));
        if path.is_empty() || path.contains(':') {
            return None;
        }
        let target = resolve_path(document, path)?;
        let new_target = self.of(&target).unwrap_or_else(|| target.clone());
        let new_document = self.of(inner(document)).map(|path| format!("{CONTENT}/{path}"));
        let new_document = new_document.as_deref().unwrap_or(document);
        if resolve_path(new_document, path).as_deref() == Some(&*new_target) {
            return None;
        }
        Some(format!("{}{anchor}", written_like(path, new_document, &new_target)))
    }
}

/// The path of a file below the content folder in a link of a document, absolute or relative like another one.
pub(super) fn written_like(path: &str, document: &str, target: &str) -> String {
    let new = match path.starts_with('/') {
        true => format!("/{target}"),
        false => relative(inner(document), target),
    };
    utf8_percent_encode(&new, RESERVED).to_string()
}

/// A path below the content folder, without the folder's own name.
pub(super) fn inner(path: &str) -> &str {
    path.strip_prefix(CONTENT).map_or(path, |rest| rest.trim_start_matches('/'))
}

/// The path from a document to a file; both are below the content folder.
fn relative(document: &str, target: &str) -> String {
    let folder: Vec<&str> = document.split('/').collect();
    let folder = &folder[..folder.len() - 1];
    let parts: Vec<&str> = target.split('/').collect();
    let same = folder.iter().zip(&parts[..parts.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = vec![".."; folder.len() - same];
    up.into_iter().chain(parts[same..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_go_up_as_far_as_they_must() {
        assert_eq!(relative("actors/a.md", "actors/b.md"), "b.md");
        assert_eq!(relative("actors/x/a.md", "actors/b.md"), "../b.md");
        assert_eq!(relative("about.md", "actors/b.md"), "actors/b.md");
        assert_eq!(relative("actors/a.md", "about.md"), "../about.md");
    }

    #[test]
    fn only_what_has_to_change_does() {
        let mut moves = Moves::default();
        moves.file("content/actors/a.md", "content/actors/b.md");
        assert_eq!(moves.corrected("content/projects/p.md", "../actors/a.md#x").as_deref(), Some("../actors/b.md#x"));
        assert_eq!(moves.corrected("content/projects/p.md", "/actors/a.md").as_deref(), Some("/actors/b.md"));
        assert_eq!(moves.corrected("content/actors/a.md", "c.md"), None);
        assert_eq!(moves.corrected("content/projects/p.md", "https://example.org/a.md"), None);
        let folder = Moves::folder("actors", "organisations");
        assert_eq!(folder.corrected("content/actors/a.md", "logo.svg"), None);
        assert_eq!(folder.corrected("content/actors/a.md", "../projects/p.md"), None);
        assert_eq!(folder.corrected("content/p.md", "actors").as_deref(), Some("organisations"));
    }
}
