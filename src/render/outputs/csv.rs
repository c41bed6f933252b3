//! Open data: a type as CSV (RFC 4180). First the columns that every type has, then fields and relations in the order
//! of the schema.
//!
//! Texts have a column for each language, the default language's without a suffix. In cells that can hold several
//! values, `;` separates them.

use std::io::Write;

use super::entity_json::aliases;
use super::output::{self, Failure, Input, Plan};
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId};
use crate::schema::{Member, RelationId, TypeId};
use crate::site::{self, Subject};

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        for (id, entity_type) in plan.ecosystem.schema.types() {
            let path = format!("/data/{}.csv", entity_type.id);
            plan.add(path, Subject::Type(id)).declared_at(&entity_type.place).download("csv");
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let Subject::Type(entity_type) = input.subject else { return Ok(()) };
        let ecosystem = &input.scope.ecosystem;
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(header(ecosystem, entity_type)).map_err(std::io::Error::from)?;
        let mut cell = String::new();
        for id in ecosystem.of_type(entity_type) {
            row(&mut Row { writer: &mut writer, cell: &mut cell }, ecosystem, entity_type, id)
                .map_err(std::io::Error::from)?;
        }
        Ok(writer.flush()?)
    }
}

fn header(ecosystem: &Ecosystem, entity_type: TypeId) -> Vec<String> {
    let languages = &ecosystem.config.languages;
    let in_language =
        |id: &str, lang| if lang == Lang::DEFAULT { id.to_owned() } else { format!("{id}_{}", languages.tag(lang)) };
    let mut header = vec![String::from("id")];
    for id in ["title", "summary"] {
        header.extend(languages.all().map(|lang| in_language(id, lang)));
    }
    header.extend(["aliases", "url", "updated", "verified"].map(String::from));
    for member in &ecosystem.schema.get(entity_type).members {
        match member {
            Member::Field(at) => {
                let field = &ecosystem.schema.get(entity_type).fields[*at];
                match field.kind.is_text() {
                    true => header.extend(languages.all().map(|lang| in_language(&field.id, lang))),
                    false => header.push(field.id.to_string()),
                }
            }
            Member::Relation(id) => header.push(ecosystem.schema.relation(*id).id.to_string()),
        }
    }
    header
}

/// A row that is being written, with a buffer for a cell.
struct Row<'a, W: Write> {
    writer: &'a mut csv::Writer<W>,
    cell: &'a mut String,
}

impl<W: Write> Row<'_, W> {
    fn put(&mut self, text: &str) -> csv::Result<()> {
        self.writer.write_field(text)
    }

    /// The values of a cell that can hold several.
    fn put_all(&mut self, values: impl Iterator<Item = impl AsRef<str>>) -> csv::Result<()> {
        self.cell.clear();
        for (at, value) in values.enumerate() {
            if at > 0 {
                self.cell.push(';');
            }
            push_escaped(self.cell, value.as_ref());
        }
        self.writer.write_field(&*self.cell)
    }
}

/// Appends a value to a cell with several values. A `;` in the value is escaped by a backslash, and so is a backslash.
fn push_escaped(cell: &mut String, value: &str) {
    for char in value.chars() {
        if matches!(char, ';' | '\\') {
            cell.push('\\');
        }
        cell.push(char);
    }
}

fn row<W: Write>(row: &mut Row<'_, W>, ecosystem: &Ecosystem, entity_type: TypeId, id: EntityId) -> csv::Result<()> {
    let entity = ecosystem.entity(id);
    let languages = &ecosystem.config.languages;
    row.put(&entity.id)?;
    for texts in [&entity.title, &entity.summary] {
        for lang in languages.all() {
            row.put(texts.exactly(lang).map_or("", |text| text))?;
        }
    }
    row.put_all(aliases(ecosystem, id).into_iter())?;
    row.put(&format!("{}{}", ecosystem.config.base_url.as_str(), site::entity_path(ecosystem, id, Lang::DEFAULT)))?;
    for date in [entity.updated.as_ref(), entity.verified.as_ref().map(|(date, _)| date)] {
        row.put(&date.map(ToString::to_string).unwrap_or_default())?;
    }
    for member in &ecosystem.schema.get(entity_type).members {
        match member {
            Member::Field(at) => {
                let field = &ecosystem.schema.get(entity_type).fields[*at];
                let langs = if field.kind.is_text() { languages.count() } else { 1 };
                for lang in languages.all().take(langs) {
                    let mut values =
                        entity.values(*at).iter().map(|value| field.kind.cell(value, &ecosystem.config, lang));
                    match field.many {
                        true if field.kind.is_json() => row.put(&json_list(values))?,
                        true => row.put_all(values)?,
                        false => row.put(&values.next().unwrap_or_default())?,
                    }
                }
            }
            Member::Relation(relation) => targets(row, ecosystem, id, *relation)?,
        }
    }
    row.writer.write_record(None::<&[u8]>)
}

/// A list of values that are JSON; empty if there are none.
fn json_list(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    if values.is_empty() { String::new() } else { format!("[{}]", values.join(",")) }
}

/// The ids of a relation's targets, as `type/id` if the relation leads to several types.
fn targets<W: Write>(
    row: &mut Row<'_, W>,
    ecosystem: &Ecosystem,
    id: EntityId,
    relation: RelationId,
) -> csv::Result<()> {
    let several = ecosystem.schema.relation(relation).to.len() > 1;
    row.put_all(ecosystem.statements(id, relation).map(|link| {
        let to = ecosystem.entity(link.to);
        if several { format!("{}/{}", ecosystem.schema.get(to.entity_type).id, to.id) } else { to.id.to_string() }
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(values: &[String]) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        Row { writer: &mut writer, cell: &mut String::new() }.put_all(values.iter()).unwrap();
        writer.write_record(None::<&[u8]>).unwrap();
        let table = writer.into_inner().unwrap();
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(&*table);
        rows.records().next().unwrap().unwrap()[0].to_owned()
    }

    /// Reads a cell by the rules of FORMAT.md.
    fn values(cell: &str) -> Vec<String> {
        let mut values = vec![String::new()];
        let mut chars = cell.chars();
        while let Some(char) = chars.next() {
            let char = match char {
                ';' => {
                    values.push(String::new());
                    continue;
                }
                '\\' => chars.next().unwrap(),
                char => char,
            };
            values.last_mut().unwrap().push(char);
        }
        values
    }

    proptest! {
        #[test]
        fn the_values_of_a_cell_can_be_told_apart(list in prop::collection::vec("[a;\\\\\",\n é]{0,6}", 1..5)) {
            prop_assert_eq!(values(&cell(&list)), list);
        }
    }

    #[test]
    fn a_point_in_a_list_is_one_value() {
        let points = [String::from("50.67;4.61"), String::from("50.63;5.57")];
        assert_eq!(cell(&points), "50.67\\;4.61;50.63\\;5.57");
    }
}
