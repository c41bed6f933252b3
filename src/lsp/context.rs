//! What a request is answered from: the site at its last check, and the client.

use lsp_types::{Location, Position, Range, TextDocumentPositionParams, Uri};

use super::client::Client;
use super::documents::Documents;
use super::positions::Lines;
use super::root::Root;
use crate::compile::Checked;
use crate::diagnostics::Diagnostic;
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId, Occurrence, PageId, PageKind};
use crate::parse::{self, Role};
use crate::schema::TypeId;
use crate::text::{Place, SourceText, Span};

/// What a request is answered from.
pub(super) struct Context<'a> {
    pub checked: &'a Checked,
    pub ecosystem: &'a Ecosystem,
    /// The diagnostics that the client has been sent.
    pub problems: &'a [Diagnostic],
    pub root: &'a Root,
    pub client: &'a Client,
    pub documents: &'a Documents,
    /// The language in which titles and labels are shown: that of the editor, if the site has it.
    pub lang: Lang,
}

/// A text, with what finds its lines.
pub(super) struct File {
    pub source: SourceText,
    lines: Lines,
}

/// A position in a text of the site.
pub(super) struct Cursor {
    pub path: String,
    pub file: File,
    pub offset: usize,
}

impl File {
    pub(super) fn new(source: SourceText) -> Self {
        Self { lines: Lines::new(&source.text), source }
    }

    pub(super) fn text(&self) -> &str {
        &self.source.text
    }

    pub(super) fn lines(&self) -> &Lines {
        &self.lines
    }
}

impl Context<'_> {
    /// A text of the site at its last check, by its path.
    pub(super) fn file(&self, path: &str) -> Option<File> {
        self.checked.text(path).map(File::new)
    }

    pub(super) fn path(&self, uri: &Uri) -> Option<String> {
        self.root.path(uri)
    }

    /// The text that an address names.
    pub(super) fn file_at(&self, uri: &Uri) -> Option<File> {
        self.file(&self.path(uri)?)
    }

    /// The position that a request is about.
    pub(super) fn cursor(&self, at: &TextDocumentPositionParams) -> Option<Cursor> {
        let path = self.path(&at.text_document.uri)?;
        let file = self.file(&path)?;
        let offset = self.offset(&file, at.position);
        Some(Cursor { path, file, offset })
    }

    /// What is at a position.
    pub(super) fn occurrence(&self, cursor: &Cursor) -> Option<Occurrence> {
        let here = self.ecosystem.at(&cursor.path, cursor.offset)?;
        // What is named in views, blocks and parameters was noted when these were read.
        let is_here = |place: &Place| *place.path == *cursor.path && place.span.touches(cursor.offset);
        let name = self.checked.names.iter().find(|(place, _)| is_here(place));
        Some(match name {
            Some((place, meaning)) => Occurrence { span: place.span, meaning: meaning.clone(), ..here },
            None => here,
        })
    }

    pub(super) fn offset(&self, file: &File, position: Position) -> usize {
        file.lines.offset(file.text(), position, self.client.encoding)
    }

    pub(super) fn position(&self, file: &File, offset: usize) -> Position {
        file.lines.position(file.text(), offset, self.client.encoding)
    }

    pub(super) fn range(&self, file: &File, span: Span) -> Range {
        file.lines.range(file.text(), span, self.client.encoding)
    }

    /// The bytes that a range covers.
    pub(super) fn span(&self, file: &File, range: Range) -> Span {
        Span::new(self.offset(file, range.start)..self.offset(file, range.end))
    }

    /// The address of a file: for an open one, as the client calls it.
    pub(super) fn uri(&self, path: &str) -> Option<Uri> {
        let open = self.documents.get(path).map(|document| document.uri.clone());
        open.or_else(|| self.root.uri(path))
    }

    /// A place, for the client. A file without a text has only a start.
    pub(super) fn location(&self, place: &Place) -> Option<Location> {
        let range = self.file(&place.path).map(|file| self.range(&file, place.span)).unwrap_or_default();
        Some(Location::new(self.uri(&place.path)?, range))
    }

    /// The start of a file.
    pub(super) fn start_of(&self, path: &str) -> Option<Location> {
        Some(Location::new(self.uri(path)?, Range::default()))
    }

    /// What a file describes.
    pub(super) fn document(&self, file: &File) -> parse::Document {
        parse::document(&file.source, &self.ecosystem.config, &self.ecosystem.schema)
    }

    /// The entities whose facts, or the translation of whose facts, are in a file, in the order of their ids.
    pub(super) fn entities_in(&self, file: &File) -> Vec<EntityId> {
        let of_type = |entity_type: TypeId, is_one: &dyn Fn(&str) -> bool| {
            let all = self.ecosystem.every(entity_type).filter(|(_, entity)| is_one(&entity.id));
            let here = all.filter(|(_, entity)| entity.files.iter().any(|(_, path)| *path == file.source.path));
            here.map(|(id, _)| id).collect()
        };
        match self.document(file).role {
            Role::Entity(entity_type, id) => of_type(entity_type, &|other| *other == *id),
            Role::List(entity_type) => of_type(entity_type, &|_| true),
            _ => Vec::new(),
        }
    }

    /// `type/id` of an entity.
    pub(super) fn name_of(&self, id: EntityId) -> String {
        let entity = self.ecosystem.entity(id);
        format!("{}/{}", self.ecosystem.schema.get(entity.entity_type).id, entity.id)
    }

    pub(super) fn title_of(&self, id: EntityId) -> &str {
        self.ecosystem.entity(id).title.text(self.lang)
    }

    /// The title of a page. Home and indexes may have none of their own.
    pub(super) fn title_of_page(&self, id: PageId) -> &str {
        let page = self.ecosystem.page(id);
        match (page.title.is_empty(), page.kind) {
            (false, _) => page.title.text(self.lang),
            (true, PageKind::Index(entity_type)) => self.ecosystem.schema.get(entity_type).plural.text(self.lang),
            (true, _) => self.ecosystem.config.title(self.lang),
        }
    }
}
