//! Reads relations: lists of targets, with attributes.

use super::attributes::Owner;
use super::context::Context;
use crate::diagnostics::Code;
use crate::model::value::Attribute;
use crate::reader::Reader;
use crate::schema::RelationId;
use crate::table::{Data, Entry, Value};
use crate::text::Place;

/// A relation whose target is still a name.
#[derive(Debug)]
pub(in crate::model) struct Statement {
    pub relation: RelationId,
    pub target: Box<str>,
    pub place: Place,
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
            let first = items.first().and_then(Value::as_text);
            reader.report(problem.maybe_hint(first.map(|first| format!("write {} = \"{first}\"", relation.id))));
        }
        (Data::Array(items), false) => {
            for item in items {
                out.extend(statement(context, reader, id, item));
            }
        }
        (_, true) => out.extend(statement(context, reader, id, value)),
        (data, false) => {
            let problem = reader.problem(
                Code::WrongType,
                value.span,
                format!("\"{}\" is a list, found {}", relation.id, data.name()),
            );
            let raw = &reader.source.text[value.span.range()];
            let hint = if raw.len() < 60 {
                format!("write {} = [{raw}]", relation.id)
            } else {
                String::from("put it between [ and ]")
            };
            reader.report(problem.hint(hint));
        }
    }
}

fn statement(context: &Context<'_>, reader: &mut Reader<'_>, id: RelationId, value: &Value) -> Option<Statement> {
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
    Some(Statement { relation: id, target, place: reader.source.place(span), attributes })
}
