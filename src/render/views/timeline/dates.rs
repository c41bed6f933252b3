//! The dates of entities, and what happens in each year.

use std::collections::BTreeMap;

use crate::model::{Ecosystem, Entity, EntityId, FieldValue};
use crate::render::views::spec::Cell;
use crate::schema::TypeId;
use crate::values::Date;

/// A type whose entities have dates, and where it has them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    pub entity_type: TypeId,
    /// The date on which an entity happens or starts, or the period of it.
    pub start: Cell,
    /// The date on which it ends.
    pub end: Option<Cell>,
    /// Whether its dates are not exact.
    pub approximate: Option<Cell>,
}

/// The dates of an entity, or of one of its records; at least one of the two.
pub(super) struct Dates {
    pub id: EntityId,
    /// The field and the position of the record in it.
    pub record: Option<(usize, usize)>,
    pub start: Option<Date>,
    pub end: Option<Date>,
    /// Whether the dates are not exact.
    pub approximate: bool,
}

impl Dates {
    /// The first and last year of a period that runs from one year into another.
    pub(super) fn period(&self) -> Option<(i16, i16)> {
        let (start, end) = (self.start?.year, self.end?.year);
        (start < end).then_some((start, end))
    }
}

pub(super) fn dates<'a>(ecosystem: &'a Ecosystem, dated: &Dated) -> impl Iterator<Item = Dates> + use<'a> {
    let dated = *dated;
    ecosystem.of_type(dated.entity_type).flat_map(move |id| {
        let records = match dated.start.column {
            Some(_) => ecosystem.entity(id).values(dated.start.field).len(),
            None => 1,
        };
        (0..records).filter_map(move |at| dates_of(ecosystem.entity(id), id, &dated, at))
    })
}

/// The dates of an entity; those of its record at a position, if its records have them.
fn dates_of(entity: &Entity, id: EntityId, dated: &Dated, at: usize) -> Option<Dates> {
    let value =
        |cell: Cell| match (cell.column, entity.values(cell.field).get(if cell.column.is_some() { at } else { 0 })?) {
            (Some(column), FieldValue::Record(record)) => record.get(column),
            (_, value) => Some(value),
        };
    // Another field of records is about other records.
    let is_beside = |cell: &Cell| cell.column.is_none() || cell.field == dated.start.field;
    let (start, until) = value(dated.start).map_or((None, None), ends_of);
    let end = dated.end.filter(is_beside).and_then(value).and_then(date_of);
    let approximate = dated.approximate.filter(is_beside).and_then(value);
    let dates = Dates {
        id,
        record: dated.start.column.map(|_| (dated.start.field, at)),
        start,
        end: end.or(until),
        approximate: matches!(approximate, Some(FieldValue::Boolean(true))),
    };
    (dates.start.is_some() || dates.end.is_some()).then_some(dates)
}

/// The dates on which a value starts and ends; a single date is a start.
pub(super) fn ends_of(value: &FieldValue) -> (Option<Date>, Option<Date>) {
    match value {
        FieldValue::Period(period) => (period.from, period.to),
        value => (date_of(value), None),
    }
}

/// The date that a value is.
pub(super) fn date_of(value: &FieldValue) -> Option<Date> {
    match value {
        FieldValue::Date(date) => Some(*date),
        FieldValue::Year(year) => Some(Date { year: *year, month: None, day: None }),
        _ => None,
    }
}

/// An entry under a year: an entity that happens, starts or ends then.
pub(super) struct Entry {
    /// The position of the dates in their list.
    pub dates: usize,
    pub at: Date,
    /// Whether the entity ends here; else it happens or starts.
    pub ends: bool,
}

impl Entry {
    /// Which dates say more than the year of the entry: `start`, `end`, `period` for both, or none.
    pub(super) fn says(&self, dates: &Dates) -> &'static str {
        let is_year = |date: Option<Date>| date.is_none_or(|date| date.month.is_none());
        match self.ends {
            true if is_year(dates.end) => "",
            true => "end",
            false if dates.end.is_some() && dates.end != dates.start => "period",
            false if dates.approximate || !is_year(dates.start) => "start",
            false => "",
        }
    }
}

/// The entries of each year, in the order of their dates, less exact ones last. A period has an entry where it starts
/// and one where it ends.
pub(super) fn by_year<K: Ord>(all: &[Dates], order: impl Fn(EntityId) -> K) -> BTreeMap<i16, Vec<Entry>> {
    let mut years: BTreeMap<i16, Vec<Entry>> = BTreeMap::new();
    for (number, dates) in all.iter().enumerate() {
        let end = dates.end.filter(|_| dates.start.is_none() || dates.period().is_some());
        let entry = |at, ends| Entry { dates: number, at, ends };
        let entries = [dates.start.map(|at| entry(at, false)), end.map(|at| entry(at, true))];
        for entry in entries.into_iter().flatten() {
            years.entry(entry.at.year).or_default().push(entry);
        }
    }
    for entries in years.values_mut() {
        entries.sort_by_cached_key(|entry| (entry.at.in_order(), entry.ends, order(all[entry.dates].id)));
    }
    years
}
