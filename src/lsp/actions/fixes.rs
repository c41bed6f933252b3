//! From the fix of a diagnostic to the change of a text.

use crate::diagnostics::{Change, Diagnostic, Fix};
use crate::edit;
use crate::lsp::context::{Context, File};
use crate::lsp::cursor;
use crate::lsp::edits::Edit;
use crate::text::Span;

/// The change that a fix makes. `None` if the text is not as the fix expects it.
pub(super) fn edit_of(context: &Context<'_>, file: &File, problem: &Diagnostic, fix: &Fix) -> Option<Edit> {
    let (text, place) = (file.text(), problem.place.span);
    let path = problem.place.path.to_string();
    let (span, new) = match &fix.change {
        Change::Name { from, to } => (name(text, place, from, to)?, to.to_string()),
        Change::Text(span, new) => (*span, new.clone()),
        Change::Delete(span) => (edit::removal(&file.source, *span)?, String::new()),
        Change::Line(line) => insertion(&path, text, place, line)?,
        Change::Move(to) => {
            let is_free = context.checked.text(to).is_none();
            return is_free.then(|| Edit::Move { from: path, to: to.clone() });
        }
    };
    text.get(span.range())?;
    Some(Edit::Text { path, span, text: new })
}

/// The position of a name in a place: in a link, that of its target. A path from `content/` replaces all of a path, which
/// is written relative to its file.
fn name(text: &str, place: Span, name: &str, new: &str) -> Option<Span> {
    let here = text.get(place.range())?;
    // The words of `[words](target)` may contain the name too.
    let start = if here.starts_with("[[") { 0 } else { here.rfind("](").map_or(0, |at| at + 2) };
    let target = &here[start..];
    let is_part = !name.is_empty() && !new.starts_with('/');
    let found = target.find(name).filter(|_| is_part).map(|at| (start + at, start + at + name.len()));
    let (from, to) = match found {
        Some(found) => found,
        None if start > 0 => (start, start + target.find(['#', ')', ' ']).unwrap_or(target.len())),
        None if here.starts_with(['"', '\'']) && here.len() >= 2 => (1, here.len() - 1),
        None => return None,
    };
    let at = place.start as usize;
    Some(Span::new(at + from..at + to))
}

/// Where a line is added to the table that starts at a place, and the text of the line.
fn insertion(path: &str, text: &str, place: Span, line: &str) -> Option<(Span, String)> {
    let start = place.start as usize;
    let at = |offset: usize| Span::new(offset..offset);
    let here = text.get(start..)?;
    if let Some(inner) = here.strip_prefix('{') {
        let is_empty = inner.trim_start().starts_with('}');
        let end = if is_empty { " " } else { "," };
        return Some((at(start + 1), format!(" {line}{end}")));
    }
    let facts = cursor::facts(path, text)?;
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let is_header = text[line_start..start].trim_start().starts_with('[') || here.starts_with('[');
    let offset = if start <= facts.start {
        facts.start
    } else if is_header {
        end_of_line(text, start)
    } else {
        return None;
    };
    // Below the title, which comes first.
    let rest = &text[offset..facts.end.max(offset)];
    let title =
        rest.lines().next().filter(|first| first.trim_start().starts_with("title") && !first.contains("\"\"\""));
    let offset = title.map_or(offset, |_| end_of_line(text, offset));
    let needs_break = offset > 0 && !text[..offset].ends_with('\n');
    Some((at(offset), format!("{}{line}\n", if needs_break { "\n" } else { "" })))
}

/// The offset after the line break of a line.
fn end_of_line(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_the_target_of_a_link() {
        let text = "[[alfa|alfa]] [alfa](alfa.md#x) \"alfa\" [x](../alpha.md)";
        let span = |piece: &str| {
            let at = text.find(piece).unwrap();
            Span::new(at..at + piece.len())
        };
        let found = |piece: &str, from: &str, to: &str| {
            name(text, span(piece), from, to).map(|span| (span.start, &text[span.range()]))
        };
        assert_eq!(found("[[alfa|alfa]]", "alfa", "b"), Some((2, "alfa")));
        assert_eq!(found("[alfa](alfa.md#x)", "alfa", "b"), Some((21, "alfa")));
        assert_eq!(found("\"alfa\"", "alfa", "b"), Some((33, "alfa")));
        assert_eq!(found("[x](../alpha.md)", "actors/alpha.md", "/b.md").map(|(_, text)| text), Some("../alpha.md"));
    }

    #[test]
    fn a_line_is_added_where_its_table_starts() {
        let added = |path: &str, text: &str, at: usize| {
            let (span, line) = insertion(path, text, Span::new(at..at), "k = 1")?;
            Some(format!("{}{line}{}", &text[..span.start as usize], &text[span.end as usize..]))
        };
        assert_eq!(
            added("a.md", "+++\ntitle = \"A\"\nb = 2\n+++\n", 0).unwrap(),
            "+++\ntitle = \"A\"\nk = 1\nb = 2\n+++\n"
        );
        assert_eq!(added("a.md", "+++\n+++\n", 0).unwrap(), "+++\nk = 1\n+++\n");
        assert_eq!(added("a.toml", "b = 2", 0).unwrap(), "k = 1\nb = 2");
        assert_eq!(
            added("_list.toml", "[x]\ntitle = \"X\"\n[y]\nb = 1", 18).unwrap(),
            "[x]\ntitle = \"X\"\n[y]\nk = 1\nb = 1"
        );
        assert_eq!(added("a.toml", "v = { b = 1 }", 4).unwrap(), "v = { k = 1, b = 1 }");
        assert_eq!(added("a.toml", "v = {}", 4).unwrap(), "v = { k = 1 }");
        assert_eq!(added("a.toml", "v = 1\nw = 2", 8), None);
    }
}
