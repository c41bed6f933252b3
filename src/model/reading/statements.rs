//! Reads relations: lists of targets, with attributes.

use super::attributes::Owner;
use super::context::Context;
use crate::diagnostics::{Change, Code, Hint};
use crate::model::value::Attribute;
use crate::reader::Reader;
use crate::schema::RelationId;
use crate::table::{Data, Entry, Value};
use crate::text::{Place, Span};

/// A relation whose target is still a name.
#[derive(Debug)]
pub(in crate::model) struct Statement {
    pub relation: RelationId,
    pub target: Box<str>,
    pub place: Place,
    /// All of it: the item of the list, or the key with its value.
    pub whole: Span,
    pub attributes: Vec<Attribute>,
}

/// Reads the links of one relation: a list of ids or tables, or a single one if the relation takes one target at most.
pub(super) fn statements(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    out: &mut Vec<Statement>,
    id: RelationId,
    entry: &Entry,
) {
    let relation = context.schema.relation(id);
    let value = &entry.value;
    match (&value.data, relation.one) {
        (Data::Array(items), true) => {
            let code = if items.len() > 1 { Code::TooManyValues } else { Code::WrongType };
            let message = format!("\"{}\" leads to one entity, found a list of {}", relation.id, items.len());
            let problem = reader.problem(code, value.span, message);
            let hint = items.first().and_then(Value::as_text).map(|first| Hint {
                text: format!("write {} = \"{first}\"", relation.id),
                ..Hint::write(value.span, &format!("\"{first}\""))
            });
            reader.report(problem.maybe_hint(hint));
        }
        (Data::Array(items), false) => {
            for item in items {
                out.extend(statement(context, reader, id, item, item.span));
            }
        }
        (_, true) => {
            let whole = Span { start: entry.key_span.start, end: value.span.end };
            out.extend(statement(context, reader, id, value, whole));
        }
        (data, false) => {
            let problem = reader.problem(
                Code::WrongType,
                value.span,
                format!("\"{}\" is a list, found {}", relation.id, data.name()),
            );
            let raw = &reader.source.text[value.span.range()];
            let text = if raw.len() < 60 {
                format!("write {} = [{raw}]", relation.id)
            } else {
                String::from("put it between [ and ]")
            };
            let change = Change::Text(value.span, format!("[{raw}]"));
            reader.report(problem.hint(Hint::mend(text, "Put it between [ and ]", change)));
        }
    }
}

/// Reads one link. `whole` is the item of the list, or the key with its value.
fn statement(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    id: RelationId,
    value: &Value,
    whole: Span,
) -> Option<Statement> {
    let owner = Owner::relation(context.schema.relation(id));
    let (target, span, attributes) = match &value.data {
        Data::Text(target) => {
            owner.check_bare(reader, value);
            (target.clone(), value.span, Vec::new())
        }
        Data::Table(table) => {
            let Some(to) = table.entry("to") else {
                reader.missing(value.span, "a link with attributes", "to", "{ to = \"id-of-the-entity\" }");
                return None;
            };
            let attributes = owner.read(context, reader, table, value.span);
            (reader.text(&to.value)?, to.value.span, attributes)
        }
        _ => {
            reader.wrong_type(value, "the id of an entity, or { to = \"id\", … }");
            return None;
        }
    };
    Some(Statement { relation: id, target, place: reader.source.place(span), whole, attributes })
}
