//! Reads the row of an entity that is there: only what differs is to be set.

use super::head::Head;
use super::plan::{Piece, Target, reference};
use super::read::RawRow;
use super::reading::{Compared, Reading, Todo};
use super::remarks::Remarks;
use super::typed::{date, no_value, targets, texts, truth};
use super::values;
use crate::diagnostics::Code;
use crate::edit::{Item, Setting};
use crate::locale::Lang;
use crate::model::EntityId;
use crate::schema::{RelationId, TypeId};
use crate::sheets::cells;
use crate::sheets::column::{Column, Part};
use crate::values::{SheetCell, toml_text};

/// A row of an entity that is there.
pub(super) struct Updating<'r, 'a, 'm> {
    pub reading: &'r mut Reading<'a>,
    pub id: EntityId,
    pub owner: TypeId,
    pub lang: Lang,
    pub row: &'r RawRow,
    pub remarks: &'r mut Remarks<'m>,
}

impl Updating<'_, '_, '_> {
    /// Reads the cells of all columns that are to be read.
    pub(super) fn all(&mut self, head: &Head, is_read: fn(Part) -> bool) {
        let ecosystem = self.reading.ecosystem;
        let (sheet, key) = (ecosystem.schema.get(self.owner).id.clone(), ecosystem.entity(self.id).id.clone());
        for (at, column) in head.columns.iter().filter(|(_, column)| column.part != Part::Id && is_read(column.part)) {
            let cell = self.row.get(*at);
            let present = cells::cell(self.reading.titles, ecosystem, self.id, column, self.lang);
            let compared = Compared { row: (&sheet, &key, 0), column: &column.id, cell, present: &present };
            let place = (self.row.number, *at);
            match self.reading.todo(&compared, place, self.remarks) {
                Todo::Nothing => {}
                Todo::Clear => self.clear(column),
                Todo::Set => self.set(column, cell, place),
            }
        }
    }

    fn clear(&mut self, column: &Column) {
        let ecosystem = self.reading.ecosystem;
        let key: Box<str> = column.id.split('@').next().unwrap_or_default().into();
        let is_text = match column.part {
            Part::Title | Part::Summary | Part::Aliases | Part::Keywords => true,
            Part::Field(at) => cells::field(ecosystem, self.owner, at).kind.is_text(),
            _ => false,
        };
        let setting = if is_text { Setting::NoText(key, column.lang) } else { Setting::Nothing(key) };
        self.reading.plan.set(self.id, setting);
    }

    fn set(&mut self, column: &Column, cell: &SheetCell, place: (usize, usize)) {
        let ecosystem = self.reading.ecosystem;
        let key: Box<str> = column.id.split('@').next().unwrap_or_default().into();
        let text = || toml_text(cell.text().trim());
        let setting = match column.part {
            Part::Id => return,
            Part::Title | Part::Summary => Setting::Text(key, column.lang, text()),
            Part::Aliases | Part::Keywords => Setting::Text(key, column.lang, texts(cell)),
            Part::Updated | Part::Verified => match date(cell, place, self.remarks) {
                Some(date) => Setting::Value(key, date),
                None => return,
            },
            Part::Draft => match truth(cell, place, self.remarks) {
                Some(is_draft) if is_draft == ecosystem.entity(self.id).draft => return,
                Some(true) => Setting::Value(key, String::from("true")),
                Some(false) => Setting::Nothing(key),
                None => return,
            },
            Part::Field(at) => match self.field(at, column, cell, place) {
                Some(setting) => setting,
                None => return,
            },
            Part::Relation(relation) => return self.relation(relation, cell, place),
        };
        self.reading.plan.set(self.id, setting);
    }

    fn field(&mut self, at: usize, column: &Column, cell: &SheetCell, place: (usize, usize)) -> Option<Setting> {
        let ecosystem = self.reading.ecosystem;
        let field = cells::field(ecosystem, self.owner, at);
        let own = ecosystem.entity(self.id).values(at);
        let wanted = match values::values(field, cell, own) {
            Ok(wanted) => wanted,
            Err(part) => {
                no_value(field, &part, place, self.remarks);
                return None;
            }
        };
        let key = field.id.clone();
        if field.kind.is_text() {
            let text = if field.many { format!("[{}]", wanted.join(", ")) } else { wanted.concat() };
            return Some(Setting::Text(key, column.lang, text));
        }
        let present = values::present(ecosystem, field, own, self.lang);
        if wanted == present {
            return None;
        }
        if !field.many {
            return Some(Setting::Value(key, wanted.concat()));
        }
        let mut used = vec![false; present.len()];
        let items = wanted.into_iter().map(|value| {
            match present.iter().enumerate().position(|(at, own)| *own == value && !used[at]) {
                Some(at) => {
                    used[at] = true;
                    Item::Kept(at)
                }
                None => Item::New(value),
            }
        });
        Some(Setting::Items(key, items.collect()))
    }

    fn relation(&mut self, relation: RelationId, cell: &SheetCell, place: (usize, usize)) {
        let ecosystem = self.reading.ecosystem;
        let info = ecosystem.schema.relation(relation);
        let Some(targets) = targets(self.reading, relation, cell, place, self.remarks) else { return };
        let present: Vec<EntityId> = ecosystem.statements(self.id, relation).map(|link| link.to).collect();
        if info.one {
            match &*targets {
                [one] if present.first().is_some_and(|own| *one == Target::Entity(*own)) => {}
                [one] => {
                    let value = reference(ecosystem, relation, one, &[]);
                    self.reading.plan.set(self.id, Setting::Value(info.id.clone(), value));
                }
                _ => {
                    let message = format!("\"{}\" leads to one profile", info.id);
                    self.remarks.report(Code::BadCell, (Some(place.0), Some(place.1)), message, "write one");
                }
            }
            return;
        }
        let mut used = vec![false; present.len()];
        let pieces = targets.into_iter().map(|target| {
            let same = present.iter().enumerate().position(|(at, own)| Target::Entity(*own) == target && !used[at]);
            match same {
                Some(at) => {
                    used[at] = true;
                    Piece::Kept(at)
                }
                None => Piece::New(target, Vec::new()),
            }
        });
        let pieces = pieces.collect();
        *self.reading.plan.items(ecosystem, self.id, relation) = pieces;
    }
}
