//! Which fields of a type make its headline: the number that its entities are about.

use super::declarations::{Field, Headline};
use crate::diagnostics::{self, Code, Diagnostic};
use crate::reader::Reader;
use crate::table::Value;
use crate::text::Place;
use crate::values::Kind;

/// The keys of `headline`, and the fields that they mean where a type does not say so.
pub const ROLES: [(&str, &str); 4] =
    [("value", "value"), ("to", "value_max"), ("unit", "unit"), ("qualifier", "qualifier")];

/// The names that a type gives for the roles, in their order.
pub(super) type Names = [Option<(Box<str>, Place)>; 4];

/// Reads the key `headline` of a type.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value) -> Names {
    let Some(table) = reader.table(value) else { return Names::default() };
    reader.unknown_keys(table, "a headline", &ROLES.map(|(role, _)| role));
    ROLES.map(|(role, _)| {
        let value = table.get(role)?;
        Some((reader.text(value)?, reader.source.place(value.span)))
    })
}

/// The headline of a type with these fields; none if it has no number for one.
pub(super) fn resolve(names: Names, fields: &[Field], problems: &mut Vec<Diagnostic>) -> Option<Headline> {
    let mut positions = names.into_iter().zip(ROLES).map(|(name, (role, usual))| match name {
        None => fields.iter().position(|field| &*field.id == usual && fits(role, &field.kind)),
        Some((name, place)) => {
            let position = fields.iter().position(|field| *field.id == *name && fits(role, &field.kind));
            if position.is_none() {
                problems.push(unknown(role, &name, place, fields));
            }
            position
        }
    });
    let [value, to, unit, qualifier] = std::array::from_fn(|_| positions.next().flatten());
    let value = value?;
    let to = to.filter(|to| fields[*to].kind.name() == fields[value].kind.name());
    Some(Headline { value, to, unit, qualifier })
}

/// Whether a field of a kind can have a role.
fn fits(role: &str, kind: &Kind) -> bool {
    match role {
        "value" => matches!(kind, Kind::Range(_)) || fits("to", kind),
        "to" => matches!(kind, Kind::Integer(_) | Kind::Number(_) | Kind::Money(_) | Kind::Percentage(_)),
        _ => matches!(kind, Kind::Text(_) | Kind::Choice(_)),
    }
}

fn unknown(role: &str, name: &str, place: Place, fields: &[Field]) -> Diagnostic {
    let ids = || fields.iter().filter(|field| fits(role, &field.kind)).map(|field| &*field.id);
    let hint = diagnostics::did_you_mean(name, ids())
        .unwrap_or_else(|| format!("fields that can be \"{role}\" are {}", diagnostics::list(ids())).into());
    let message = format!("the type has no field \"{name}\" that can be \"{role}\" in its headline");
    Diagnostic::new(Code::BadField, place, message).hint(hint)
}
