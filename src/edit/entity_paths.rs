//! Links that name an entity by the path of its file.

use super::draft::Draft;
use super::links;
use super::moves::{inner, written_like};
use crate::locale::Lang;
use crate::model::{Entity, resolve_path};
use crate::parse;
use crate::source::CONTENT;
use crate::text::{SourceText, Span};

/// The files of an entity, and where links to them lead in their place.
pub(super) struct EntityPaths<'a> {
    pub from: &'a Entity,
    /// The id at the other place.
    pub new_id: &'a str,
    /// The file of the other place in a language, relative to the root.
    pub to: &'a dyn Fn(Lang) -> Option<String>,
}

impl EntityPaths<'_> {
    /// Corrects the paths in a Markdown link.
    pub(super) fn lead(&self, source: &SourceText, link: Span, draft: &mut Draft) {
        links::redirect(draft, source, link, |written| self.other(&source.path, written));
    }

    /// The path in place of one in a document, if that one leads to the entity.
    fn other(&self, document: &str, written: &str) -> Option<String> {
        let (path, anchor) = written.split_at(written.find('#').unwrap_or(written.len()));
        let file = format!("{CONTENT}/{}", resolve_path(document, path)?);
        let (lang, _) = self.from.files.iter().find(|(_, path)| ***path == *file)?;
        // In a list, the anchor is the id.
        let in_list = parse::is_list(&file);
        if in_list && anchor.strip_prefix('#') != Some(&*self.from.id) {
            return None;
        }
        let to = (self.to)(lang)?;
        let anchor = match (parse::is_list(&to), in_list) {
            (true, _) => format!("#{}", self.new_id),
            (false, true) => String::new(),
            (false, false) => anchor.to_owned(),
        };
        Some(written_like(path, document, inner(&to)) + &anchor)
    }
}
