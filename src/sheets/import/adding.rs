//! Reads the row of a new entity: all that it says becomes facts.

use super::head::Head;
use super::known;
use super::plan::reference;
use super::read::RawRow;
use super::reading::Reading;
use super::remarks::Remarks;
use super::typed::{date, no_value, targets, texts, truth};
use super::values;
use crate::diagnostics::Code;
use crate::locale::Lang;
use crate::schema::TypeId;
use crate::sheets::cells;
use crate::sheets::column::{Column, Part, columns};
use crate::values::{SheetCell, toml_text};

/// The values of a key by language; one that is in no language is alone.
type ByLanguage = Vec<(Lang, String)>;

/// A row of a new entity.
pub(super) struct Adding<'r, 'a, 'm> {
    pub reading: &'r mut Reading<'a>,
    pub owner: TypeId,
    pub row: &'r RawRow,
    pub remarks: &'r mut Remarks<'m>,
}

impl Adding<'_, '_, '_> {
    /// The facts of the entity, in the order of the schema.
    pub(super) fn facts(&mut self, head: &Head) -> Vec<(Box<str>, String)> {
        let ecosystem = self.reading.ecosystem;
        let order = columns(ecosystem, self.owner, Lang::DEFAULT);
        let position = |id: &str| order.iter().position(|column| column.id == id);
        let mut columns: Vec<&(usize, Column)> = head.columns.iter().collect();
        columns.sort_by_key(|(_, column)| position(&column.id));
        let mut facts: Vec<(Box<str>, ByLanguage)> = Vec::new();
        for (at, column) in columns.into_iter().filter(|(_, column)| column.part != Part::Id) {
            let cell = self.row.get(*at);
            if cell.is_empty() {
                continue;
            }
            let Some(value) = self.value(column, cell, (self.row.number, *at)) else { continue };
            let key: Box<str> = column.id.split('@').next().unwrap_or_default().into();
            match facts.iter_mut().find(|(other, _)| *other == key) {
                Some((_, values)) => values.push((column.lang, value)),
                None => facts.push((key, vec![(column.lang, value)])),
            }
        }
        let languages = &ecosystem.config.languages;
        let written = |values: ByLanguage| match &*values {
            [(Lang::DEFAULT, value)] => value.clone(),
            several => {
                let texts: Vec<String> =
                    several.iter().map(|(lang, text)| format!("{} = {text}", languages.tag(*lang))).collect();
                format!("{{ {} }}", texts.join(", "))
            }
        };
        let mut facts: Vec<(Box<str>, String)> =
            facts.into_iter().map(|(key, values)| (key, written(values))).collect();
        // A title in another language alone is the title.
        if let Some((_, title)) = facts.iter_mut().find(|(key, _)| &**key == "title")
            && title.starts_with('{')
            && !title.contains(&format!("{{ {} = ", languages.tag(Lang::DEFAULT)))
        {
            *title = toml_text(&known::title(self.row, head));
        }
        facts
    }

    fn value(&mut self, column: &Column, cell: &SheetCell, place: (usize, usize)) -> Option<String> {
        let ecosystem = self.reading.ecosystem;
        match column.part {
            Part::Id => None,
            Part::Title | Part::Summary => Some(toml_text(cell.text().trim())),
            Part::Aliases | Part::Keywords => Some(texts(cell)),
            Part::Updated | Part::Verified => date(cell, place, self.remarks),
            Part::Draft => truth(cell, place, self.remarks)?.then(|| String::from("true")),
            Part::Field(at) => {
                let field = cells::field(ecosystem, self.owner, at);
                match values::values(field, cell, &[]) {
                    Ok(values) if field.many => Some(format!("[{}]", values.join(", "))),
                    Ok(values) => Some(values.concat()),
                    Err(part) => {
                        no_value(field, &part, place, self.remarks);
                        None
                    }
                }
            }
            Part::Relation(relation) => {
                let targets = targets(self.reading, relation, cell, place, self.remarks)?;
                let is_one = ecosystem.schema.relation(relation).one;
                let texts: Vec<String> =
                    targets.iter().map(|target| reference(ecosystem, relation, target, &[])).collect();
                match &*texts {
                    [one] if is_one => Some(one.clone()),
                    _ if is_one => {
                        self.remarks.report(
                            Code::BadCell,
                            (Some(place.0), Some(place.1)),
                            "this relation leads to one profile",
                            "write one",
                        );
                        None
                    }
                    texts => Some(format!("[{}]", texts.join(", "))),
                }
            }
        }
    }
}
