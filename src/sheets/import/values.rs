//! What a person who typed something into a cell means.

use crate::locale::Lang;
use crate::model::{Body, Ecosystem, EntityId, FieldValue};
use crate::schema::{Field, TypeId};
use crate::sheets::titles::Titles;
use crate::values::SheetCell;

/// The parts of a cell that can have several values: its lines, or what semicolons and bars separate on a single one.
/// `is_one` says whether a text is one value, whatever is in it.
pub(super) fn parts(cell: &SheetCell, is_one: impl Fn(&str) -> bool) -> Vec<SheetCell> {
    let SheetCell::Text(text) = cell else { return vec![cell.clone()] };
    let text = text.trim();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let parts: Vec<&str> = match &*lines {
        [line] if !is_one(line) => line.split([';', '|']).map(str::trim).filter(|part| !part.is_empty()).collect(),
        lines => lines.to_vec(),
    };
    parts.into_iter().map(|part| SheetCell::Text(part.to_owned())).collect()
}

/// The values of a field that a cell means, as TOML. `Err` has the part that is no value.
pub(super) fn values(field: &Field, cell: &SheetCell, present: &[FieldValue]) -> Result<Vec<String>, String> {
    if !field.many {
        return field.kind.entered(cell, present.first()).map(|value| vec![value]).ok_or_else(|| cell.text());
    }
    if field.kind.is_json() {
        let items: Vec<serde_json::Value> = serde_json::from_str(&cell.text()).map_err(|error| error.to_string())?;
        let one = |item: serde_json::Value| {
            let text = item.to_string();
            field.kind.entered::<Body>(&SheetCell::Text(text.clone()), None).ok_or(text)
        };
        return items.into_iter().map(one).collect();
    }
    // A point has a semicolon of its own, and the label of a choice may have one.
    let is_one = |line: &str| {
        (field.kind.is_list() || !field.kind.choices().is_empty())
            && field.kind.entered::<Body>(&SheetCell::Text(line.to_owned()), None).is_some()
    };
    let one = |part: SheetCell| field.kind.entered(&part, present.first()).ok_or_else(|| part.text());
    parts(cell, is_one).into_iter().map(one).collect()
}

/// The values that an entity has, as TOML, in the form that [`values`] gives them.
pub(super) fn present(ecosystem: &Ecosystem, field: &Field, values: &[FieldValue], lang: Lang) -> Vec<String> {
    let one = |value: &FieldValue| {
        field.kind.entered(&field.kind.sheet(value, &ecosystem.config, lang), Some(value)).unwrap_or_default()
    };
    values.iter().map(one).collect()
}

/// What a name in the cell of a relation is.
pub(super) enum Named {
    One(EntityId),
    Several(Vec<EntityId>),
    Nobody,
}

/// The entities that a cell of a relation names, in its order.
pub(super) fn targets(titles: &Titles<'_>, types: &[TypeId], cell: &SheetCell) -> Vec<(String, Named)> {
    let find = |name: &str| match &*titles.find(name, types) {
        [one] => Named::One(*one),
        [] => Named::Nobody,
        several => Named::Several(several.to_vec()),
    };
    let parts = parts(cell, |line| !matches!(find(line), Named::Nobody));
    parts.into_iter().map(|part| part.text()).map(|name| (name.clone(), find(&name))).collect()
}
