//! Document symbols: the outline of a file.

use lsp_types::{DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, SymbolKind};

use super::context::{Context, File};
use super::cursor;
use crate::parse::Heading;
use crate::table::{self, Data, Entry, Value};
use crate::text::Span;

/// Answers the request: keys and tables, then headings.
pub(super) fn symbols(context: &Context<'_>, params: DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let path = context.path(&params.text_document.uri)?;
    let file = context.file(&path)?;
    let outline = Outline { context, file: &file };
    let mut symbols = Vec::new();
    if let Some(facts) = cursor::facts(&path, file.text()) {
        let (table, _) = table::parse(&file.text()[facts.clone()], facts.start);
        symbols.extend(table.entries.iter().map(|entry| outline.entry(entry)));
    }
    let document = context.document(&file);
    let headings = document.prose.as_ref().map(|prose| &*prose.headings).unwrap_or_default();
    symbols.extend(outline.headings(headings, file.text().len()));
    Some(DocumentSymbolResponse::Nested(symbols))
}

struct Outline<'a> {
    context: &'a Context<'a>,
    file: &'a File,
}

impl Outline<'_> {
    /// A key, with the keys of its table.
    fn entry(&self, entry: &Entry) -> DocumentSymbol {
        let (kind, children) = match &entry.value.data {
            Data::Table(table) => {
                (SymbolKind::STRUCT, table.entries.iter().map(|entry| self.entry(entry)).collect::<Vec<_>>())
            }
            Data::Array(_) => (SymbolKind::ARRAY, Vec::new()),
            Data::Text(_) => (SymbolKind::STRING, Vec::new()),
            Data::Integer(_) | Data::Float(_) => (SymbolKind::NUMBER, Vec::new()),
            Data::Boolean(_) => (SymbolKind::BOOLEAN, Vec::new()),
            Data::Date(_) => (SymbolKind::CONSTANT, Vec::new()),
        };
        let title = entry.value.as_table().and_then(|table| table.get("title"));
        let whole = whole(entry);
        self.symbol(&entry.key, detail(title.unwrap_or(&entry.value)), kind, whole, entry.key_span, children)
    }

    /// Headings, each with those below it. A section ends where the next heading of its level starts.
    fn headings(&self, headings: &[Heading], end: usize) -> Vec<DocumentSymbol> {
        let mut symbols = Vec::new();
        let mut rest = headings;
        while let Some((first, others)) = rest.split_first() {
            let below = others.iter().take_while(|other| other.level > first.level).count();
            let section_end = others.get(below).map_or(end, |next| next.span.start as usize);
            let children = self.headings(&others[..below], section_end);
            let whole = Span { start: first.span.start, end: section_end.max(first.span.end as usize) as u32 };
            symbols.push(self.symbol(&first.text, None, SymbolKind::NAMESPACE, whole, first.span, children));
            rest = &others[below..];
        }
        symbols
    }

    fn symbol(
        &self,
        name: &str,
        detail: Option<String>,
        kind: SymbolKind,
        whole: Span,
        name_span: Span,
        children: Vec<DocumentSymbol>,
    ) -> DocumentSymbol {
        // Clients refuse symbols without a name.
        let name = if name.trim().is_empty() { String::from("…") } else { name.to_owned() };
        #[expect(deprecated, reason = "the type has the field `deprecated`")]
        DocumentSymbol {
            name,
            detail,
            kind,
            tags: None,
            deprecated: None,
            range: self.context.range(self.file, whole),
            selection_range: self.context.range(self.file, name_span),
            children: (!children.is_empty()).then_some(children),
        }
    }
}

/// A key with its value. The span of a table with a header is only the header, so its keys are joined.
fn whole(entry: &Entry) -> Span {
    let inner = match &entry.value.data {
        Data::Table(table) => table.entries.iter().map(|entry| whole(entry).end).max().unwrap_or_default(),
        _ => 0,
    };
    let start = entry.key_span.start.min(entry.value.span.start);
    Span { start, end: entry.value.span.end.max(entry.key_span.end).max(inner) }
}

fn detail(value: &Value) -> Option<String> {
    let text = value.as_text()?;
    Some(text.chars().take(80).collect::<String>().replace(['\n', '\r'], " "))
}
