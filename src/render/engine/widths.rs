//! The widths of letters in drawings.
//!
//! In: `widths.toml` of a theme. Out: [`Faces`], with which views leave room for names.

use std::collections::HashMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::drawing::names::text::Widths;
use crate::locale::Languages;
use crate::reader::Reader;
use crate::table::{self, Table};
use crate::text::SourceText;

/// The file in the folder of a theme.
pub(super) const FILE: &str = "widths.toml";

/// The faces of a theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Faces {
    /// The face of most names.
    pub sans: Widths,
    /// The face of the large names of a network, and of areas on a map.
    pub serif: Widths,
}

impl Faces {
    /// Reads the tables of the faces, and reports what is wrong with them.
    pub(super) fn read(source: &SourceText, languages: &Languages, problems: &mut Vec<Diagnostic>) -> Self {
        let (table, errors) = table::parse(&source.text, 0);
        let mut reader = Reader::new(source, languages);
        reader.syntax(errors);
        reader.unknown_keys(&table, FILE, &["sans", "serif"]);
        let mut face = |key: &str| {
            let table = table.get(key).and_then(|value| reader.table(value));
            table.map_or_else(Widths::default, |table| widths(&mut reader, table))
        };
        let (sans, serif) = (face("sans"), face("serif"));
        problems.extend(reader.problems);
        Self { sans, serif }
    }
}

/// Each key is a width in thousandths of the font size, and its value the letters that have it.
fn widths(reader: &mut Reader<'_>, table: &Table) -> Widths {
    let mut letters = HashMap::new();
    for entry in &table.entries {
        match entry.key.parse::<i32>() {
            Ok(width @ 0..=5000) => {
                let text = reader.text(&entry.value).unwrap_or_default();
                letters.extend(text.chars().map(|char| (char, width)));
            }
            _ => {
                let message = format!("a letter can't have the width \"{}\"", entry.key);
                let problem = reader.problem(Code::OutOfRange, entry.key_span, message);
                reader.report(problem.hint("write a number from 0 to 5000, in thousandths of the size of letters"));
            }
        }
    }
    Widths::new(letters)
}
