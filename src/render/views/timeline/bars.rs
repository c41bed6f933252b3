//! Periods as bars that run down the page.

use std::collections::BTreeMap;

use tera::Value;

use super::dates::{Dates, Entry};
use super::shapes;
use crate::render::scope::Scope;

/// The maximum number of bars side by side. Further periods have their dates only.
const LANES: usize = 6;

/// The periods as bars that run down the page, in as few lanes as it takes.
pub(super) struct Bars {
    pub lanes: usize,
    /// By year, then by lane.
    pub rows: Vec<Vec<Option<Bar>>>,
    /// The number of each period that has a bar, by the position of its dates.
    pub numbers: BTreeMap<usize, usize>,
}

/// The part of a bar in one year.
#[derive(Clone, Copy)]
pub(super) struct Bar {
    dates: usize,
    pub number: usize,
    begins: bool,
    ends: bool,
}

impl Bar {
    pub(super) fn value(self, scope: &Scope, all: &[Dates]) -> Value {
        let type_id = scope.type_id(all[self.dates].id).to_owned();
        shapes::TimelineBar { number: self.number, type_id, begins: self.begins, ends: self.ends }.into()
    }
}

impl Bars {
    /// Puts each period, by its start, into the first lane that is free by then: as few lanes as there are periods at
    /// one time, which is the least (interval partitioning).
    pub(super) fn new(all: &[Dates], years: &BTreeMap<i16, Vec<Entry>>) -> Self {
        let numbers: Vec<i16> = years.keys().copied().collect();
        let row = |year: i16| numbers.partition_point(|other| *other < year);
        let mut periods: Vec<(i16, i16, usize)> = all
            .iter()
            .enumerate()
            .filter_map(|(at, dates)| dates.period().map(|(start, end)| (start, end, at)))
            .collect();
        periods.sort_unstable();
        let mut free: Vec<i16> = Vec::new();
        let mut bars = Self { lanes: 0, rows: vec![Vec::new(); numbers.len()], numbers: BTreeMap::new() };
        for (start, end, dates) in periods {
            let lane = free.iter().position(|until| *until < start).unwrap_or(free.len());
            if lane == LANES {
                continue;
            }
            free.resize(free.len().max(lane + 1), end);
            free[lane] = end;
            let number = bars.numbers.len() + 1;
            bars.numbers.insert(dates, number);
            let through = row(start)..=row(end);
            for (cells, year) in bars.rows[through.clone()].iter_mut().zip(&numbers[through]) {
                cells.resize(cells.len().max(lane + 1), None);
                cells[lane] = Some(Bar { dates, number, begins: *year == start, ends: *year == end });
            }
        }
        bars.lanes = free.len();
        for cells in &mut bars.rows {
            cells.resize(bars.lanes, None);
        }
        bars
    }
}
