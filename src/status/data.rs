//! The list of work for programs.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::item::{Item, Status};

#[derive(Serialize)]
struct Json<'a> {
    items: &'a [Item],
    totals: BTreeMap<&'static str, usize>,
}

/// The list of work as JSON.
pub fn json(status: &Status) -> String {
    let totals = status.totals().into_iter().map(|(kind, count)| (kind.as_str(), count)).collect();
    serde_json::to_string_pretty(&Json { items: &status.items, totals }).unwrap_or_default() + "\n"
}

/// The list of work as a table that spreadsheet programs of Europe open right.
///
/// # Errors
/// The system has no memory for it.
pub fn csv(status: &Status) -> io::Result<String> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::from("\u{feff}".as_bytes()));
    writer.write_record(["weight", "kind", "entity", "lang", "field", "since", "message", "path"])?;
    for item in &status.items {
        let weight = format!("{:.0}", item.weight);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let cells = [
            weight,
            item.kind.as_str().to_owned(),
            item.entity.clone(),
            text(&item.lang),
            text(&item.field),
            text(&item.since),
            safe(&item.message),
            item.path.clone(),
        ];
        writer.write_record(cells)?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// A text that no program takes for a formula.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}
