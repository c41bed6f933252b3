//! Reads the values of a field, which can be one value or a list.

use super::context::Context;
use crate::diagnostics::{Code, Hint};
use crate::model::value::FieldValue;
use crate::reader::Reader;
use crate::schema::Field;
use crate::table::{Data, Value};
use crate::values::Source;

/// Reads the values of a field: a list if the field takes many values, otherwise a single value. `one` reads each.
pub(in crate::model) fn read<T>(
    reader: &mut Reader<'_>,
    field: &Field,
    value: &Value,
    mut one: impl FnMut(&mut Reader<'_>, &Value) -> Option<T>,
) -> Vec<T> {
    if field.many {
        let Data::Array(items) = &value.data else {
            let message = format!("\"{}\" is a list, found {}", field.id, value.data.name());
            let problem = reader.problem(Code::WrongType, value.span, message);
            let raw = &reader.source.text[value.span.range()];
            let hint = (raw.len() < 60).then(|| Hint {
                text: format!("write {} = [{raw}]", field.id),
                ..Hint::write(value.span, &format!("[{raw}]"))
            });
            reader.report(problem.maybe_hint(hint));
            return Vec::new();
        };
        return items.iter().filter_map(|item| one(reader, item)).collect();
    }
    if let Data::Array(items) = &value.data
        && !field.kind.is_list()
    {
        let code = if items.len() > 1 { Code::TooManyValues } else { Code::WrongType };
        let problem = reader.problem(code, value.span, format!("\"{}\" takes one value, found a list", field.id));
        let hint: Hint = match items.as_slice() {
            [only] => {
                let raw = &reader.source.text[only.span.range()];
                Hint { text: String::from("write the value without brackets"), ..Hint::write(value.span, raw) }
            }
            _ => format!(
                "write one value, without brackets; if it takes several, \"{}\" needs many = true in _type.toml",
                field.id
            )
            .into(),
        };
        reader.report(problem.hint(hint));
        return Vec::new();
    }
    one(reader, value).into_iter().collect()
}

/// Reads one value of a field, without attributes.
pub(in crate::model) fn value(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    field: &Field,
    value: &Value,
) -> Option<FieldValue> {
    field.kind.read(&mut source(context, reader, field), value)
}

/// A field, for its kind to read a value.
pub(in crate::model) fn source<'a, 'r, 'c>(
    context: &'a Context<'c>,
    reader: &'a mut Reader<'r>,
    field: &'a Field,
) -> Source<'a, 'r, Context<'c>> {
    Source { reader, host: context, id: &field.id, help: &field.help }
}
