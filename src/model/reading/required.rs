//! Reports required keys that are missing.

use super::assemble::Part;
use super::context::Context;
use super::members::relation_of;
use crate::diagnostics::{Change, Code, Fix, Hint};
use crate::locale::{Lang, LocalText};
use crate::model::entity::Entity;
use crate::reader::Reader;
use crate::schema::Type;
use crate::table::{Data, Value};
use crate::text::Span;

/// Reports required keys that are missing or empty.
pub(super) fn check_required(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    entity: &Entity,
    entity_type: &Type,
    part: &Part<'_>,
) {
    let here = Span { end: part.place.span.end.max(part.place.span.start), ..part.place.span };
    if part.front.get("title").is_none() {
        let problem = reader.problem(Code::MissingField, here, format!("\"{}\" needs \"title\"", entity.id));
        reader.report(problem.hint(Hint::add("title = \"The name as readers know it\"")));
    }
    for (at, field) in entity_type.fields.iter().enumerate().filter(|(_, field)| field.required) {
        match part.front.get(&field.id) {
            None => {
                let line = format!("{} = {}", field.id, field.blank());
                missing(context, reader, here, entity, &field.id, &field.help, Some(line));
            }
            Some(value) if is_empty(value) => {
                missing(context, reader, value.span, entity, &field.id, &field.help, None);
            }
            Some(value) => {
                // A field without values was given an invalid one, which has been reported already.
                let values = entity.values.iter().find(|values| values.field == at);
                if values.is_some_and(|values| !values.values.iter().any(|value| !value.is_blank())) {
                    missing(context, reader, value.span, entity, &field.id, &field.help, None);
                }
            }
        }
    }
    for relation in entity_type.members.iter().filter_map(|member| relation_of(context, member)) {
        let value = part.front.get(&relation.id);
        if relation.required && value.is_none_or(is_empty) {
            let span = value.map_or(here, |value| value.span);
            let blank = if relation.one { "\"\"" } else { "[\"\"]" };
            let line = value.is_none().then(|| format!("{} = {blank}", relation.id));
            missing(context, reader, span, entity, &relation.id, &relation.help, line);
        }
    }
}

fn is_empty(value: &Value) -> bool {
    matches!(&value.data, Data::Array(items) if items.is_empty())
}

/// Reports a required key. `line` adds it, if it is not there.
fn missing(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    span: Span,
    entity: &Entity,
    key: &str,
    help: &LocalText,
    line: Option<String>,
) {
    let name = context.schema.name_in_messages(entity.entity_type, &context.config.languages);
    let message = format!("\"{}\" needs \"{key}\", which is required for every {name}", entity.id);
    let help = help.text(Lang::DEFAULT);
    let hint = if help.is_empty() { format!("add: {key} = …") } else { help.to_owned() };
    let fix = line.map(|line| Fix { title: format!("Add \"{key}\""), change: Change::Line(line) });
    reader.report(reader.problem(Code::MissingField, span, message).hint(Hint { text: hint, fix }));
}
