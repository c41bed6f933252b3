//! Values with a start and an end, of which one may be missing.

use serde_json::json;

use crate::diagnostics::Code;
use crate::table::{Data, Table, Value};
use crate::values::date::Date;
use crate::values::kind::Source;

/// A start and an end; at least one of them is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval<T> {
    /// The start.
    pub from: Option<T>,
    /// The end, which belongs to it.
    pub to: Option<T>,
}

/// A value that can be an end of an interval.
pub(super) trait End {
    /// Whether the value is certainly before another.
    fn is_before(&self, other: &Self) -> bool;
}

impl End for f64 {
    fn is_before(&self, other: &Self) -> bool {
        self < other
    }
}

impl End for Date {
    fn is_before(&self, other: &Self) -> bool {
        (*self).is_before(*other)
    }
}

/// A JSON Schema of `{ from = …, to = … }`.
pub(super) fn json_schema(end: &serde_json::Value) -> serde_json::Value {
    json!({
        "type": "object",
        "properties": { "from": end, "to": end },
        "minProperties": 1,
        "additionalProperties": false,
    })
}

/// Reads `{ from = …, to = … }`. `example` is a value as an editor writes it.
pub(super) fn read<H, T: End>(
    source: &mut Source<'_, '_, H>,
    value: &Value,
    example: &str,
    mut read: impl FnMut(&mut Source<'_, '_, H>, &Value) -> Option<T>,
) -> Option<Interval<T>> {
    let Data::Table(table) = &value.data else {
        let message = format!("\"{}\" has a start and an end, found {}", source.id, value.data.name());
        let problem = source.reader.problem(Code::WrongType, value.span, message);
        source.reader.report(problem.hint(format!("write {example}")));
        return None;
    };
    source.reader.unknown_keys(table, &format!("\"{}\"", source.id), &["from", "to"]);
    let (from, to) = (end(source, table, "from", &mut read)?, end(source, table, "to", &mut read)?);
    if from.is_none() && to.is_none() {
        let message = format!("\"{}\" has neither \"from\" nor \"to\"", source.id);
        let problem = source.reader.problem(Code::MissingField, value.span, message);
        source.reader.report(problem.hint(format!("write {example}")));
        return None;
    }
    check_order(source, value, Interval { from, to })
}

/// An end that may be missing. `None` if it is there and invalid.
fn end<H, T>(
    source: &mut Source<'_, '_, H>,
    table: &Table,
    key: &str,
    read: &mut impl FnMut(&mut Source<'_, '_, H>, &Value) -> Option<T>,
) -> Option<Option<T>> {
    match table.get(key) {
        None => Some(None),
        Some(value) => read(source, value).map(Some),
    }
}

/// Reports an end that is before its start.
pub(super) fn check_order<H, T: End>(
    source: &mut Source<'_, '_, H>,
    value: &Value,
    interval: Interval<T>,
) -> Option<Interval<T>> {
    let is_backward = interval.from.as_ref().zip(interval.to.as_ref()).is_some_and(|(from, to)| to.is_before(from));
    if is_backward {
        let message = format!("the end of \"{}\" is before its start", source.id);
        let problem = source.reader.problem(Code::OutOfRange, value.span, message);
        source.reader.report(problem.hint("exchange the two"));
        return None;
    }
    Some(interval)
}

impl<T> Interval<T> {
    /// The interval in words: `470–600`, `≥ 470` or `≤ 600`, in which `write` writes an end.
    pub(super) fn text(&self, write: impl Fn(&T) -> String, open: [&str; 2]) -> String {
        match (self.from.as_ref().map(&write), self.to.as_ref().map(&write)) {
            (Some(from), Some(to)) if from == to => from,
            // A dash between signs would read as another sign.
            (Some(from), Some(to)) if from.starts_with('−') => format!("{from}\u{a0}– {to}"),
            (Some(from), Some(to)) => format!("{from}–{to}"),
            (Some(from), None) => open[0].replace("{}", &from),
            (None, Some(to)) => open[1].replace("{}", &to),
            (None, None) => String::new(),
        }
    }

    /// The interval for data, as ISO 8601 writes periods: `2021/2027-06`, `2021/..` or `../2027-06`.
    pub(super) fn data(&self, write: impl Fn(&T) -> String) -> String {
        let end = |end: &Option<T>| end.as_ref().map_or_else(|| String::from(".."), &write);
        format!("{}/{}", end(&self.from), end(&self.to))
    }
}
