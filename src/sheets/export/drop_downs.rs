//! The lists behind drop-downs: the labels of choices, and the titles to which a relation can lead.

use std::collections::HashMap;

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Workbook, Worksheet, XlsxError};

use super::scope::Export;
use crate::model::Ecosystem;
use crate::schema::{Field, TypeId};
use crate::sheets::column::{self, Part};
use crate::sheets::titles::Titles;
use crate::sheets::words::Words;

/// The name of the hidden sheet with the lists.
pub(super) const SHEET: &str = "_lists";
/// The number of empty rows below a sheet's own in which cells have their drop-downs too.
const FURTHER: usize = 1000;

/// A list of texts from which a cell can be filled.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum List {
    /// The choices of a field.
    Choices(Vec<String>),
    /// The entities of types.
    Entities(Vec<TypeId>),
}

/// The lists of a workbook, each a column of the hidden sheet.
#[derive(Default)]
pub(super) struct Lists {
    columns: HashMap<List, (u16, usize)>,
    texts: Vec<Vec<String>>,
}

impl Lists {
    /// The column of a list, and its length.
    fn column(&mut self, ecosystem: &Ecosystem, titles: &Titles<'_>, list: List, export: &Export) -> (u16, usize) {
        if let Some(found) = self.columns.get(&list) {
            return *found;
        }
        let texts: Vec<String> = match &list {
            List::Choices(labels) => labels.clone(),
            List::Entities(types) => {
                let mut ids: Vec<_> = types.iter().flat_map(|owner| ecosystem.of_type(*owner)).collect();
                ecosystem.sort(&mut ids, export.lang);
                ids.into_iter().map(|id| titles.of(id, export.lang)).collect()
            }
        };
        let found = (self.texts.len() as u16, texts.len());
        self.texts.push(texts);
        self.columns.insert(list, found);
        found
    }

    /// Writes the hidden sheet.
    pub(super) fn write(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        if self.texts.is_empty() {
            return Ok(());
        }
        let sheet = book.add_worksheet();
        sheet.set_name(SHEET)?.set_hidden(true);
        for (column, texts) in self.texts.iter().enumerate() {
            for (row, text) in texts.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, text)?;
            }
        }
        Ok(())
    }
}

/// The list of a column of a type's sheet; none if anything can be written into it.
pub(super) fn of_column(
    ecosystem: &Ecosystem,
    owner: TypeId,
    column: &column::Column,
    export: &Export,
) -> Option<List> {
    match column.part {
        Part::Field(at) => of_field(&ecosystem.schema.get(owner).fields[at], export),
        Part::Relation(relation) => Some(List::Entities(ecosystem.schema.relation(relation).to.clone())),
        _ => None,
    }
}

/// The list of a field's choices.
pub(super) fn of_field(field: &Field, export: &Export) -> Option<List> {
    let labels: Vec<String> =
        field.kind.choices().iter().map(|choice| choice.label.text(export.lang).to_owned()).collect();
    (!labels.is_empty()).then_some(List::Choices(labels))
}

/// Where drop-downs are put, and in which words.
pub(super) struct DropDowns<'a> {
    pub ecosystem: &'a Ecosystem,
    pub titles: &'a Titles<'a>,
    pub export: &'a Export,
    pub words: &'a Words,
    pub lists: &'a mut Lists,
}

impl DropDowns<'_> {
    /// Gives the cells of a column a drop-down. Where a cell has one value, no other can be typed; where it can have
    /// several, the list is a suggestion.
    pub(super) fn add(
        &mut self,
        sheet: &mut Worksheet,
        (column, first, rows): (u16, u32, usize),
        list: List,
        is_many: bool,
    ) -> Result<(), XlsxError> {
        let (at, length) = self.lists.column(self.ecosystem, self.titles, list, self.export);
        if length == 0 {
            return Ok(());
        }
        let letters = rust_xlsxwriter::utility::column_number_to_name(at);
        let formula = Formula::new(format!("={SHEET}!${letters}$1:${letters}${length}"));
        let rule = DataValidation::new().allow_list_formula(formula).ignore_blank(true);
        let rule = match is_many {
            true => rule.show_error_message(false).set_input_message(self.words.get("several"))?,
            false => rule
                .set_error_style(DataValidationErrorStyle::Stop)
                .set_error_message(self.words.get("not_in_list"))?
                .set_input_message(self.words.get("one_of_list"))?,
        };
        let last = first as usize + rows + FURTHER;
        sheet.add_data_validation(first, column, last as u32, column, &rule)?;
        Ok(())
    }
}
