//! The dates of entities, and what happens in each year.

use std::collections::BTreeMap;

use crate::model::{Ecosystem, EntityId, FieldValue};
use crate::schema::TypeId;
use crate::values::Date;

/// A type whose entities have dates: the positions of the fields that hold them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    pub entity_type: TypeId,
    /// The field with the date on which an entity happens or starts.
    pub start: usize,
    /// The field with the date on which it ends.
    pub end: Option<usize>,
    /// The boolean field that marks dates that are not exact.
    pub approximate: Option<usize>,
}

/// The dates of an entity, at least one of the two.
pub(super) struct Dates {
    pub id: EntityId,
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
    let Dated { entity_type, start, end, approximate } = *dated;
    ecosystem.of_type(entity_type).filter_map(move |id| {
        let entity = ecosystem.entity(id);
        let date = |field: Option<usize>| date_of(entity.values(field?).first()?);
        let is_true = |field| matches!(entity.values(field).first(), Some(FieldValue::Boolean(true)));
        let dates =
            Dates { id, start: date(Some(start)), end: date(end), approximate: approximate.is_some_and(is_true) };
        (dates.start.is_some() || dates.end.is_some()).then_some(dates)
    })
}

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

/// The entries of each year, in the order of their dates, less exact ones first. A period has an entry where it starts
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
        entries.sort_by_cached_key(|entry| (entry.at, entry.ends, order(all[entry.dates].id)));
    }
    years
}
