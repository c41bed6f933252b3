//! What is offered at the cursor, and its form in the protocol.

use std::ops::Range;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionResponse,
    CompletionTextEdit, Documentation, InsertTextFormat, MarkupContent, MarkupKind, TextEdit,
};

use crate::locale::folded;
use crate::lsp::context::{Context, File};
use crate::lsp::cursor::Word;
use crate::text::Span;

/// Something that can be written at the cursor.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    /// What is listed, and what is written unless `text` says otherwise.
    pub label: String,
    /// What it is, on the same line.
    pub detail: String,
    /// The kind of thing that it is, such as a type.
    pub description: String,
    /// More about it, in Markdown.
    pub documentation: String,
    pub kind: CompletionItemKind,
    /// The text, in the syntax of snippets: `$1` is where the cursor goes.
    pub text: Option<String>,
    /// Its other names.
    pub names: String,
}

impl Offer {
    pub(super) fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self {
            label: label.into(),
            detail: String::new(),
            description: String::new(),
            documentation: String::new(),
            kind,
            text: None,
            names: String::new(),
        }
    }

    pub(super) fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    pub(super) fn documentation(self, documentation: impl Into<String>) -> Self {
        Self { documentation: documentation.into(), ..self }
    }

    /// The same offer as a value of TOML: in quotation marks, unless these are there.
    pub(super) fn quoted(self, word: &Word) -> Self {
        let name = escaped(self.text.as_deref().unwrap_or(&self.label));
        let text = match (word.quote, word.is_closed) {
            (None, _) => format!("\"{name}\""),
            (Some(quote), false) => format!("{name}{quote}"),
            (Some(_), true) => name,
        };
        Self { text: Some(text), ..self }
    }
}

/// Names of tables, for headers.
pub(super) fn headers(names: &[&str]) -> Vec<Offer> {
    names.iter().map(|name| Offer::new(*name, CompletionItemKind::MODULE)).collect()
}

/// A text in the syntax of snippets, where nothing is to be filled in.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// All that is offered.
pub(super) struct Offers {
    pub offers: Vec<Offer>,
    /// Whether these are all, so that the client need not ask again when more is typed.
    pub is_complete: bool,
}

impl From<Vec<Offer>> for Offers {
    fn from(offers: Vec<Offer>) -> Self {
        Self { offers, is_complete: true }
    }
}

/// The answer: the offers that contain what is typed, in their order.
pub(super) fn response(
    context: &Context<'_>,
    file: &File,
    span: Range<usize>,
    typed: &str,
    offers: Offers,
) -> CompletionResponse {
    let range = context.range(file, Span::new(span));
    let wanted = folded(typed);
    let wanted = wanted.trim();
    let fits = |offer: &&Offer| {
        !offers.is_complete || folded(&offer.label).contains(wanted) || folded(&offer.names).contains(wanted)
    };
    let items = offers.offers.iter().filter(fits).enumerate().map(|(at, offer)| {
        let text = offer.text.clone().unwrap_or_else(|| escaped(&offer.label));
        let (new_text, format) = match context.client.snippets {
            true => (text, InsertTextFormat::SNIPPET),
            false => (plain(&text), InsertTextFormat::PLAIN_TEXT),
        };
        let details = CompletionItemLabelDetails {
            detail: (!offer.detail.is_empty()).then(|| format!(" {}", offer.detail)),
            description: (!offer.description.is_empty()).then(|| offer.description.clone()),
        };
        CompletionItem {
            label: offer.label.clone(),
            detail: (!offer.detail.is_empty()).then(|| offer.detail.clone()),
            label_details: Some(details),
            kind: Some(offer.kind),
            documentation: (!offer.documentation.is_empty()).then(|| {
                Documentation::MarkupContent(MarkupContent {
                    kind: MarkupKind::Markdown,
                    value: offer.documentation.clone(),
                })
            }),
            sort_text: Some(format!("{at:05}")),
            filter_text: Some(filter(typed, offer)),
            insert_text_format: Some(format),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            ..CompletionItem::default()
        }
    });
    CompletionResponse::List(CompletionList { is_incomplete: !offers.is_complete, items: items.collect() })
}

/// What the client compares with what is typed next. It starts with what is typed already, because the name that fits
/// may be written with other accents.
fn filter(typed: &str, offer: &Offer) -> String {
    let own = if offer.names.is_empty() { offer.label.clone() } else { format!("{} {}", offer.label, offer.names) };
    if own.starts_with(typed) { own } else { format!("{typed} {own}") }
}

/// A snippet without its places.
fn plain(snippet: &str) -> String {
    let mut out = String::new();
    let mut chars = snippet.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => out.extend(chars.next()),
            '$' => drop(chars.next()),
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_without_its_places_is_the_text() {
        assert_eq!(plain("a = \"$1\""), "a = \"\"");
        assert_eq!(plain(&escaped("a$1 } \\ é")), "a$1 } \\ é");
    }
}
