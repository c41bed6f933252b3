//! Takes a reference that leads nowhere out: a link becomes its words, an item leaves its list.

use super::action::Action;
use super::fixes;
use crate::diagnostics::Diagnostic;
use crate::lsp::context::{Context, File};
use crate::lsp::cursor;
use crate::lsp::edits::Edit;
use crate::table::{self, Value};
use crate::text::Span;

/// The action that takes the reference of a problem out.
pub(super) fn action(context: &Context<'_>, file: &File, problem: &Diagnostic) -> Option<Action> {
    let (text, place) = (file.text(), problem.place.span);
    let here = text.get(place.range())?;
    let path = problem.place.path.to_string();
    let (title, span, new) = match words(here) {
        Some(words) => ("Remove the link", place, words.to_owned()),
        None => {
            let facts = cursor::facts(&path, text).filter(|facts| facts.contains(&(place.start as usize)))?;
            let (table, _) = table::parse(&text[facts.clone()], facts.start);
            ("Remove the reference", fixes::removal(text, statement(&table, place)?), String::new())
        }
    };
    let is_current = context.checked.text(&path).is_some();
    let edits = vec![Edit::Text { path, span, text: new }];
    is_current.then(|| Action { title: title.to_owned(), edits, is_preferred: false })
}

/// The words of a link in prose.
fn words(link: &str) -> Option<&str> {
    if let Some(inner) = link.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        return Some(inner.split_once('|').map_or(inner, |(_, words)| words));
    }
    if link.starts_with("![") {
        return Some("");
    }
    let (words, _) = link.strip_prefix('[')?.rsplit_once("](")?;
    Some(words)
}

/// The whole of a statement: the item of a list, or the key with its value.
fn statement(table: &table::Table, place: Span) -> Option<Span> {
    let entry = table.entries.iter().find_map(|entry| find(entry, place))?;
    Some(entry)
}

fn find(entry: &table::Entry, place: Span) -> Option<Span> {
    let contains = |value: &Value| value.span.start <= place.start && place.end <= value.span.end;
    match &entry.value.data {
        table::Data::Array(items) => items.iter().find(|item| contains(item)).map(|item| item.span),
        table::Data::Table(inner) if !contains(&entry.value) => {
            inner.entries.iter().find_map(|entry| find(entry, place))
        }
        _ => contains(&entry.value).then_some(Span { start: entry.key_span.start, end: entry.value.span.end }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_its_words() {
        assert_eq!(words("[[novadip|des mots]]"), Some("des mots"));
        assert_eq!(words("[[novadip]]"), Some("novadip"));
        assert_eq!(words("[un [mot]](novadip.md)"), Some("un [mot]"));
        assert_eq!(words("![[novadip]]"), Some(""));
        assert_eq!(words("\"novadip\""), None);
    }

    #[test]
    fn a_statement_is_an_item_or_a_key_with_its_value() {
        let text = "one = \"x\"\nmany = [\"a\", { to = \"b\", role = \"c\" }]\n[e]\ntwo = [\"d\"]\n";
        let (table, _) = table::parse(text, 0);
        let whole = |piece: &str| {
            let at = text.find(piece).unwrap();
            statement(&table, Span::new(at..at + piece.len())).map(|span| &text[span.range()])
        };
        assert_eq!(whole("\"x\""), Some("one = \"x\""));
        assert_eq!(whole("\"a\""), Some("\"a\""));
        assert_eq!(whole("\"b\""), Some("{ to = \"b\", role = \"c\" }"));
        assert_eq!(whole("\"d\""), Some("\"d\""));
    }
}
