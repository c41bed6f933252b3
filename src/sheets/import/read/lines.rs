//! JSON Lines: an object on each line.

use serde_json::Value;

use super::raw::{MOST_CELLS, RawRow, RawSheet};
use crate::values::SheetCell;

/// A sheet whose first row has the keys, in the order in which they first come.
pub(super) fn sheet(name: &str, text: &str) -> Result<RawSheet, String> {
    let mut keys: Vec<String> = Vec::new();
    let mut positions = std::collections::HashMap::new();
    let mut rows = Vec::new();
    let mut left = MOST_CELLS;
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = at + 1;
        let Ok(Value::Object(object)) = serde_json::from_str(line) else {
            return Err(format!("line {number} is no JSON object"));
        };
        left = left.checked_sub(object.len()).ok_or("it has too many cells")?;
        // The row of the keys comes first, so each line is a row further down.
        let mut row = RawRow { number: number + 1, ..RawRow::default() };
        for (key, value) in object {
            let column = *positions.entry(key.clone()).or_insert_with(|| {
                keys.push(key);
                keys.len() - 1
            });
            row.push(column, cell(value));
        }
        row.cells.sort_by_key(|(column, _)| *column);
        rows.push(row);
    }
    let mut head = RawRow { number: 1, ..RawRow::default() };
    for (column, key) in keys.into_iter().enumerate() {
        head.push(column, SheetCell::Text(key));
    }
    rows.insert(0, head);
    Ok(RawSheet::new(name, false, rows))
}

/// A list of plain values is a cell with a line for each.
fn cell(value: Value) -> SheetCell {
    match value {
        Value::Null => SheetCell::Empty,
        Value::Bool(is_true) => SheetCell::Boolean(is_true),
        Value::Number(number) => number.as_f64().map_or_else(|| SheetCell::Text(number.to_string()), SheetCell::Number),
        Value::String(text) => SheetCell::Text(text),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            let lines: Vec<String> = items.into_iter().map(|item| cell(item).text()).collect();
            SheetCell::Text(lines.join("\n"))
        }
        other => SheetCell::Text(other.to_string()),
    }
}
