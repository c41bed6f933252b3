//! The dates of one entity on an axis, with the events that name it.

use std::collections::BTreeSet;

use tera::Value;

use super::dates::ends_of;
use super::shapes::{Moment, Period, Tick};
use crate::model::{Ecosystem, EntityId};
use crate::render::parts::card;
use crate::render::scope::Scope;
use crate::values::Date;

/// The usual fields with the date of another entity; the first one that it has counts.
pub(super) const MOMENTS: [&str; 2] = ["date", "start"];
/// The length of the axis, in its own units.
const LENGTH: u32 = 1_000;
/// The maximum number of years that the axis names.
const TICKS: i32 = 6;

/// The fields that an axis reads, by their ids.
pub(super) struct Fields<'a> {
    /// When the entity starts.
    pub start: &'a str,
    /// The field with its end.
    pub end: &'a str,
    /// The fields with the date of another entity; the first one that it has counts.
    pub moments: Vec<&'a str>,
}

/// The axis of one entity: its period, and the dates of the entities whose relations lead to it. None if there are
/// fewer than two different dates, or if the entity ends before it starts.
pub(super) fn period(scope: &Scope, id: EntityId, fields: &Fields<'_>) -> Value {
    let ecosystem = &scope.ecosystem;
    let (start, until) = named_dates(ecosystem, id, &[fields.start]);
    let end = named_dates(ecosystem, id, &[fields.end]).0.or(until);
    if start.is_none() && end.is_none() {
        return Value::none();
    }
    let moments = moments(scope, id, &fields.moments);
    let dates = || start.iter().chain(&end).chain(moments.iter().map(|(date, _)| date));
    let (Some(first), Some(last)) = (dates().map(|date| date.year).min(), dates().map(|date| date.year).max()) else {
        return Value::none();
    };
    let ordered = start.zip(end).is_none_or(|(start, end)| start <= end);
    // A single date needs no drawing.
    if dates().collect::<BTreeSet<_>>().len() < 2 || !ordered {
        return Value::none();
    }
    let axis = Axis { from: i32::from(first), to: i32::from(last) + 1 };
    let moment =
        |kind, date: Date, card, within| Moment { kind, card, date: date.to_string(), x: axis.place(date, within) };
    let others =
        moments.iter().map(|(date, id)| (*date, moment("named", *date, Some(card(scope, *id)), Within::Middle)));
    let starts = start.map(|date| (date, moment("start", date, None, Within::Start)));
    let ends = end.map(|date| (date, moment("end", date, None, Within::End)));
    let mut all: Vec<(Date, Moment)> = others.collect();
    all.sort_by_key(|(date, _)| date.in_order());
    // The other entities of the day, month or year in which it starts come after its start, of that in which it ends
    // before its end.
    let at = starts.as_ref().map_or(0, |(start, _)| all.partition_point(|(date, _)| date < start));
    all.splice(at..at, starts);
    let at = ends.as_ref().map_or(0, |(end, _)| all.partition_point(|(date, _)| date.year <= end.year));
    all.splice(at..at, ends);
    let from = start.map(|date| axis.place(date, Within::Start));
    let to = end.map(|date| axis.place(date, Within::End));
    Period {
        start: start.map(|date| date.to_string()),
        end: end.map(|date| date.to_string()),
        axis: LENGTH,
        from,
        to,
        length: from.zip(to).map(|(from, to)| to.saturating_sub(from)),
        ticks: axis.ticks().map(|(year, x)| Tick { year, x }.into()).collect(),
        moments: all.into_iter().map(|(_, moment)| moment.into()).collect(),
    }
    .into()
}

/// The start and the end of the first of these fields that an entity has.
fn named_dates(ecosystem: &Ecosystem, id: EntityId, names: &[&str]) -> (Option<Date>, Option<Date>) {
    let entity = ecosystem.entity(id);
    let fields = &ecosystem.schema.get(entity.entity_type).fields;
    let field = |name: &&str| fields.iter().position(|field| field.id.as_ref() == *name);
    let ends = |field| Some(ends_of(entity.values(field).first()?)).filter(|(start, end)| start.or(*end).is_some());
    names.iter().filter_map(field).find_map(ends).unwrap_or_default()
}

/// The entities with a date whose relations lead to this one, in the order of their dates.
fn moments(scope: &Scope, id: EntityId, names: &[&str]) -> Vec<(Date, EntityId)> {
    let ecosystem = &scope.ecosystem;
    let own = ecosystem.entity(id).entity_type;
    let about =
        ecosystem.schema.get(own).inverses.iter().flat_map(|relation| ecosystem.statements_about(id, *relation));
    let others: BTreeSet<EntityId> =
        about.map(|link| link.from).filter(|other| ecosystem.entity(*other).entity_type != own).collect();
    let mut moments: Vec<(Date, EntityId)> =
        others.into_iter().filter_map(|other| Some((named_dates(ecosystem, other, names).0?, other))).collect();
    moments.sort_by_key(|(date, other)| {
        (date.in_order(), ecosystem.entity(*other).entity_type, ecosystem.rank(*other, scope.lang))
    });
    moments
}

/// An axis from the start of one year to the start of another.
struct Axis {
    from: i32,
    to: i32,
}

/// Which moment of a date without a day or a month is meant.
#[derive(Clone, Copy)]
enum Within {
    Start,
    Middle,
    End,
}

impl Axis {
    fn x(&self, years: f64) -> u32 {
        let part = (years - f64::from(self.from)) / f64::from((self.to - self.from).max(1));
        (part.clamp(0.0, 1.0) * f64::from(LENGTH)).round() as u32
    }

    /// The position of a date.
    fn place(&self, date: Date, within: Within) -> u32 {
        self.x(date.in_years(match within {
            Within::Start => 0.0,
            Within::Middle => 0.5,
            Within::End => 1.0,
        }))
    }

    /// The years that the axis names, with their positions: at most one more than [`TICKS`], a round number of years
    /// apart.
    fn ticks(&self) -> impl Iterator<Item = (i32, u32)> + '_ {
        let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];
        let step = steps.into_iter().find(|step| (self.to - self.from) / step < TICKS).unwrap_or(5_000);
        (self.from..=self.to).filter(move |year| year % step == 0).map(|year| (year, self.x(f64::from(year))))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_axis_names_round_years() {
        let years = |from, to| Axis { from, to }.ticks().map(|(year, _)| year).collect::<Vec<_>>();
        assert_eq!(years(2022, 2025), [2022, 2023, 2024, 2025]);
        assert_eq!(years(1914, 2031), [1920, 1940, 1960, 1980, 2000, 2020]);
    }

    #[test]
    fn a_date_has_its_position_within_its_year() {
        let axis = Axis { from: 2000, to: 2010 };
        let place = |text: &str, within| axis.place(Date::parse(text).unwrap(), within);
        assert_eq!((place("2004", Within::Start), place("2004", Within::End)), (400, 500));
        assert_eq!(place("2004-07", Within::Start), 450);
        assert!(place("2004-12-31", Within::End) <= place("2005-01-01", Within::Start));
    }

    proptest! {
        #[test]
        fn an_axis_has_few_years_and_all_lie_on_it(from in 1..9_998_i32, length in 1..9_000_i32) {
            let axis = Axis { from, to: (from + length).min(10_000) };
            let ticks: Vec<(i32, u32)> = axis.ticks().collect();
            prop_assert!((1..=TICKS as usize + 1).contains(&ticks.len()), "{ticks:?}");
            prop_assert!(ticks.iter().all(|(year, x)| (axis.from..=axis.to).contains(year) && *x <= LENGTH));
        }
    }
}
