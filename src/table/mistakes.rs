//! Explains syntax errors.
//!
//! In: the errors of the TOML parser. Out: the errors that do not follow from others, each with what to write.

use std::collections::HashMap;

use super::data::{Data, Table, Value};
use super::{brackets, values};
use crate::diagnostics::{Change, Code, Hint};
use crate::text::Span;

/// An error in the syntax of TOML.
#[derive(Debug, Clone)]
pub struct SyntaxError {
    /// The code: mostly [`Code::TomlSyntax`].
    pub code: Code,
    /// The position of the error.
    pub span: Span,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do.
    pub hint: Option<Hint>,
    /// Of a key or a table that is there twice, the position of the first one.
    pub first: Option<Span>,
    /// The name of a table that is there twice.
    pub repeated_table: Option<Box<str>>,
}

impl SyntaxError {
    pub(super) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), hint: None, first: None, repeated_table: None }
    }

    #[must_use]
    pub(super) fn hint(self, hint: impl Into<Hint>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// The syntax errors of a text.
pub(super) struct Mistakes<'t> {
    text: &'t str,
    offset: usize,
    errors: Vec<SyntaxError>,
    /// The bracket that is not closed.
    unclosed: Option<Span>,
}

/// The message of the parser about a key or a table that is there twice.
const DUPLICATE: &str = "duplicate key";
/// The number of repeated keys for which the first one is looked for. Each search looks at all keys.
const MOST_SEARCHES: usize = 20;

impl<'t> Mistakes<'t> {
    /// The errors of the parser. The text starts `offset` bytes into its file.
    pub(super) fn new(text: &'t str, offset: usize, errors: &[toml::de::Error]) -> Self {
        let errors: Vec<SyntaxError> = errors.iter().map(|error| of_parser(text, offset, error)).collect();
        let is_open = errors.iter().any(|error| error.message.starts_with("unclosed "));
        let open = if is_open { brackets::unclosed(text) } else { None };
        let unclosed = open.map(|open| Span::new(open..open + 1).shifted(offset));
        Self { text, offset, errors, unclosed }
    }

    /// Adds errors that the parser does not know.
    pub(super) fn add(&mut self, errors: Vec<SyntaxError>) {
        self.errors.extend(errors);
    }

    /// The positions of the errors.
    pub(super) fn spans(&self) -> impl Iterator<Item = Span> {
        self.errors.iter().map(|error| error.span).chain(self.unclosed)
    }

    /// The bracket that is not closed. All that follows it may mean something else than it seems to.
    pub(super) fn unclosed(&self) -> Option<Span> {
        self.unclosed
    }

    /// The errors in the order of the text, with what to do. `table` is what could be read. Of the errors in one line
    /// the first one is kept, because the others mostly follow from it.
    pub(super) fn explained(mut self, table: &Table) -> Vec<SyntaxError> {
        if let Some(open) = self.unclosed {
            self.errors.retain(|error| error.span.start < open.start);
            let bytes = &self.text.as_bytes()[open.start as usize - self.offset..];
            let (what, end) = if bytes[0] == b'[' { ("list", ']') } else { ("table", '}') };
            let error = SyntaxError::new(Code::TomlSyntax, open, format!("the {what} that starts here is not closed"));
            self.errors.push(error.hint(format!("put \"{end}\" after its last value")));
        }
        self.errors.sort_by_key(|error| error.span.start);
        let mut line_end = None;
        self.errors.retain(|error| {
            let at = error.span.start as usize - self.offset;
            let is_first = line_end.is_none_or(|end| at > end);
            if is_first {
                line_end = Some(self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline));
            }
            is_first
        });
        let mut errors = std::mem::take(&mut self.errors);
        self.name_duplicates(&mut errors, table);
        for error in errors.iter_mut().filter(|error| error.code == Code::TomlSyntax && error.hint.is_none()) {
            self.explain(error);
        }
        errors
    }

    /// Explains what stands in the place of a value.
    fn explain(&self, error: &mut SyntaxError) {
        let at = error.span.start as usize - self.offset;
        if self.text[at..].trim_start().starts_with(':') {
            error.hint = Some("write = in place of :".into());
        } else if error.message.starts_with("key with no value") {
            error.hint = Some("write key = value".into());
        } else if error.message.contains("escape") {
            error.hint = Some("write each backslash twice, or put the text between '…'".into());
        } else if let Some(written) = values::written(self.text, at)
            && let Some(mend) = written.mend(error.message.starts_with("string values must be quoted"))
        {
            error.message = written.message();
            error.span = Span::new(written.span).shifted(self.offset);
            error.hint = Some(match mend.text {
                Some(text) => Hint::mend(mend.hint, format!("Write {text}"), Change::Text(error.span, text)),
                None => mend.hint.into(),
            });
        }
    }

    /// Names keys and tables that are there twice, and says where the first one is. What is in a repeated table is
    /// left out.
    fn name_duplicates(&self, errors: &mut Vec<SyntaxError>, table: &Table) {
        if errors.iter().all(|error| error.message != DUPLICATE) {
            return;
        }
        let headers = self.headers();
        let section = |at: u32| headers.partition_point(|(start, _)| *start <= at);
        let mut keys = Keys::default();
        keys.table(table, None);
        let (mut searches, mut repeated_section) = (0, None);
        errors.retain_mut(|error| {
            if error.message != DUPLICATE {
                return true;
            }
            let start = error.span.start;
            let range = error.span.start as usize - self.offset..error.span.end as usize - self.offset;
            let is_header = self.text[..range.start].rsplit('\n').next().is_some_and(is_header);
            let name = self.text[range].trim_matches(['"', '\'']);
            searches += 1;
            if is_header {
                repeated_section = Some(section(start));
                error.repeated_table = Some(name.into());
                error.first = first_header(&headers, error.span).filter(|_| searches <= MOST_SEARCHES);
            } else if repeated_section == Some(section(start)) {
                return false;
            } else if searches <= MOST_SEARCHES {
                error.first = keys.first(name, start, |first| section(first) == section(start));
            }
            let what = if is_header { "table" } else { "key" };
            error.message = format!("the {what} \"{name}\" is there twice");
            error.hint = Some("delete one of them, or join them".into());
            true
        });
    }

    /// The lines that start a table, each with its offset in the file.
    fn headers(&self) -> Vec<(u32, &'t str)> {
        let mut at = self.offset;
        let lines = self.text.split_inclusive('\n').map(|line| {
            at += line.len();
            ((at - line.len()) as u32, line.split('#').next().unwrap_or_default().trim_end())
        });
        lines.filter(|(_, line)| is_header(line)).collect()
    }
}

/// The first table with the header that has a key with this span.
fn first_header(headers: &[(u32, &str)], key: Span) -> Option<Span> {
    let (start, line) = headers[..headers.partition_point(|(start, _)| *start <= key.start)].last()?;
    let (first, _) = headers.iter().find(|(first, other)| other == line && first < start)?;
    Some(Span { start: first + key.start - start, end: first + key.end - start })
}

fn is_header(line: &str) -> bool {
    line.trim_start().starts_with('[')
}

/// The keys of a table and of the tables in it.
#[derive(Default)]
struct Keys<'a> {
    /// For each key, its positions, each with the position of the inline table that it is in.
    places: HashMap<&'a str, Vec<(Span, Option<Span>)>>,
    inline: Vec<Span>,
}

impl<'a> Keys<'a> {
    fn table(&mut self, table: &'a Table, parent: Option<Span>) {
        for entry in &table.entries {
            self.places.entry(&entry.key).or_default().push((entry.key_span, parent));
            self.value(&entry.value, parent);
        }
    }

    fn value(&mut self, value: &'a Value, parent: Option<Span>) {
        match &value.data {
            Data::Table(inner) => {
                // A table with a header has the span of its header, in which there is no key of its own.
                let is_inline = inner.entries.iter().any(|entry| value.span.touches(entry.key_span.start as usize));
                if is_inline {
                    self.inline.push(value.span);
                }
                self.table(inner, if is_inline { Some(value.span) } else { parent });
            }
            Data::Array(items) => items.iter().for_each(|item| self.value(item, parent)),
            _ => {}
        }
    }

    /// The last key of a name before an offset, in the same inline table if the offset is in one.
    fn first(&self, name: &str, at: u32, fits: impl Fn(u32) -> bool) -> Option<Span> {
        let around = self.inline.iter().filter(|span| span.start < at && at < span.end).max_by_key(|span| span.start);
        let places = self
            .places
            .get(name)?
            .iter()
            .filter(|(span, parent)| span.start < at && parent.as_ref() == around && fits(span.start));
        places.map(|(span, _)| *span).max()
    }
}

/// An error of the parser.
fn of_parser(text: &str, offset: usize, error: &toml::de::Error) -> SyntaxError {
    let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
    let is_too_deep = message.contains("recursion limit") || message.contains("recursion depth");
    let span = match error.span() {
        Some(span) => span,
        // The parser does not say where a key with too many parts is.
        None if is_too_deep => longest_key(text),
        None => 0..0,
    };
    let message = if is_too_deep { String::from("tables and lists are inside each other too deep") } else { message };
    SyntaxError::new(Code::TomlSyntax, Span::new(span).shifted(offset), message)
}

/// The line whose part before the `=` has the most dots.
fn longest_key(text: &str) -> std::ops::Range<usize> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        start += line.len();
        (line.split('=').next().unwrap_or_default().matches('.').count(), start - line.len()..start)
    });
    let (_, line) = lines.max_by_key(|(dots, _)| *dots).unwrap_or((0, 0..0));
    line.start..line.start + text[line].trim_end().len()
}
