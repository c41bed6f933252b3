//! What a client can do, from its `initialize` request.

use lsp_types::{InitializeParams, MarkupKind, PositionEncodingKind, ResourceOperationKind};

use super::positions::Encoding;
use super::root::file_of;

/// What a client can do.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// The unit of columns.
    pub encoding: Encoding,
    /// Whether a completion can have places to fill in.
    pub snippets: bool,
    /// Whether texts for people can be Markdown.
    pub markdown: bool,
    /// Whether an edit of the workspace can create files.
    pub creates: bool,
    /// Whether an edit of the workspace can rename files.
    pub renames: bool,
    /// Whether the client says when files change, if it is asked to.
    pub watches: bool,
    /// The tag of the language of the editor, such as `fr`.
    pub locale: Option<String>,
    /// The folder that is open.
    pub folder: Option<String>,
}

impl Client {
    pub(super) fn new(params: &InitializeParams) -> Self {
        let capabilities = &params.capabilities;
        let general = capabilities.general.as_ref();
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edits.and_then(|edits| edits.resource_operations.as_deref()).unwrap_or_default();
        let completion = document.and_then(|document| document.completion.as_ref());
        let item = completion.and_then(|completion| completion.completion_item.as_ref());
        let formats = document.and_then(|document| document.hover.as_ref()?.content_format.as_ref());
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let folder = params.workspace_folders.as_ref().and_then(|folders| folders.first()).map(|folder| &folder.uri);
        #[expect(deprecated, reason = "older clients name the folder here")]
        let folder = folder.or(params.root_uri.as_ref());
        Self {
            encoding: encoding(general.and_then(|general| general.position_encodings.as_deref()).unwrap_or_default()),
            snippets: item.and_then(|item| item.snippet_support) == Some(true),
            markdown: formats.is_none_or(|formats| formats.contains(&MarkupKind::Markdown)),
            creates: operations.contains(&ResourceOperationKind::Create),
            renames: operations.contains(&ResourceOperationKind::Rename),
            watches: watched.and_then(|watched| watched.dynamic_registration) == Some(true),
            locale: params.locale.clone(),
            folder: folder.and_then(|folder| file_of(folder.as_str())),
        }
    }

    /// The name of the unit of columns.
    pub(super) fn encoding_kind(&self) -> PositionEncodingKind {
        match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// The first of the client's units that is known. UTF-16 is that of clients that name none.
fn encoding(kinds: &[PositionEncodingKind]) -> Encoding {
    let known = kinds.iter().find_map(|kind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    });
    known.unwrap_or(Encoding::Utf16)
}
