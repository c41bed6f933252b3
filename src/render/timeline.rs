//! What happened when, along an axis: years down a page, and the small axis of one entity.
//!
//! In: entities with dates. Out: for the page, years in order with what happens in each and the bars of the periods that run through them; for an
//! entity, places on an axis a thousand units long.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::pages::Pages;
use super::views;
use crate::locale::Lang;
use crate::model::{Date, Dated, Ecosystem, EntityId, FieldValue};
use crate::schema::{Kind, TypeId};

/// The boolean field of a type that says that a date is not exact.
const APPROXIMATE: &str = "approximate";
/// The fields that say when something happens, for the axis of another entity.
const MOMENTS: [&str; 2] = ["date", "start"];
/// How many bars stand side by side at most; further periods are told by their dates alone.
const LANES: usize = 6;
/// How many entries a page holds at most; what goes beyond is counted year by year.
const MOST: usize = 1_500;
/// How long the axis of an entity is, in its own units, and how many years it names at most.
const LENGTH: f64 = 1_000.0;
const TICKS: i32 = 6;

/// The entities of some types that have dates, in the order of these.
pub(super) fn view(pages: &Pages, entity_type: &[Dated], lang: Lang) -> Value {
    let ecosystem = &pages.ecosystem;
    let spans: Vec<Span> = entity_type.iter().flat_map(|dated| spans(ecosystem, dated)).collect();
    let mut years = by_year(&spans, |id| (ecosystem.entity(id).entity_type, ecosystem.rank(id, lang)));
    let bars = Bars::of(&spans, &years);
    let most = fair_share(years.values().map(Vec::len), MOST);
    let mut before: Option<i16> = None;
    let rows = years.iter_mut().enumerate().map(|(row, (year, entries))| {
        let more = entries.len().saturating_sub(most);
        entries.truncate(most);
        let shown = entries.iter().map(|entry| occurrence(pages, &spans[entry.span], entry, &bars, lang));
        let view = views::TimelineYear {
            number: *year,
            decade: before.is_none_or(|before| before.div_euclid(10) != year.div_euclid(10)),
            gap: before.map_or(0, |before| usize::from(year.abs_diff(before)) - 1),
            bars: bars.rows[row]
                .iter()
                .map(|bar| bar.map_or_else(Value::none, |bar| bar.view(pages, &spans)))
                .collect(),
            entries: shown.collect(),
            more,
        };
        before = Some(*year);
        view.into()
    });
    views::Timeline {
        kind: "timeline",
        years: rows.collect(),
        lanes: bars.lanes,
        of: entity_type.iter().map(|dated| pages.type_info(dated.entity_type, lang)).collect(),
        undated: entity_type.iter().filter_map(|dated| undated(pages, &spans, dated.entity_type, lang)).collect(),
    }
    .into()
}

/// When an entity happens, starts or ends; it says one of these at least.
struct Span {
    id: EntityId,
    start: Option<Date>,
    end: Option<Date>,
    approximate: bool,
}

impl Span {
    /// The first and last year of what runs from one year into another.
    fn period(&self) -> Option<(i16, i16)> {
        let (start, end) = (self.start?.year, self.end?.year);
        (start < end).then_some((start, end))
    }
}

fn spans<'a>(ecosystem: &'a Ecosystem, dated: &Dated) -> impl Iterator<Item = Span> + use<'a> {
    let Dated { entity_type, start, end } = *dated;
    let fields = &ecosystem.schema.get(entity_type).fields;
    let approximate = fields.iter().position(|field| &*field.id == APPROXIMATE && matches!(field.kind, Kind::Boolean));
    ecosystem.of_type(entity_type).filter_map(move |id| {
        let entity = ecosystem.entity(id);
        let date = |field: Option<usize>| date_of(entity.values(field?).first()?);
        let says_so = |field| matches!(entity.values(field).first(), Some(FieldValue::Boolean(true)));
        let span = Span { id, start: date(Some(start)), end: date(end), approximate: approximate.is_some_and(says_so) };
        (span.start.is_some() || span.end.is_some()).then_some(span)
    })
}

fn date_of(value: &FieldValue) -> Option<Date> {
    match value {
        FieldValue::Date(date) => Some(*date),
        FieldValue::Year(year) => Some(Date { year: *year, month: None, day: None }),
        _ => None,
    }
}

/// One entry under a year: what happens or starts then, or what ends then.
struct Entry {
    span: usize,
    at: Date,
    ends: bool,
}

/// The entries of each year, those of which less is known first. A period is named where it starts and where it ends.
fn by_year<K: Ord>(spans: &[Span], order: impl Fn(EntityId) -> K) -> BTreeMap<i16, Vec<Entry>> {
    let mut years: BTreeMap<i16, Vec<Entry>> = BTreeMap::new();
    for (span, said) in spans.iter().enumerate() {
        let end = said.end.filter(|_| said.start.is_none() || said.period().is_some());
        let entries =
            [said.start.map(|at| Entry { span, at, ends: false }), end.map(|at| Entry { span, at, ends: true })];
        for entry in entries.into_iter().flatten() {
            years.entry(entry.at.year).or_default().push(entry);
        }
    }
    for entries in years.values_mut() {
        entries.sort_by_cached_key(|entry| (entry.at, entry.ends, order(spans[entry.span].id)));
    }
    years
}

/// The periods as bars that run down the page, in as few lanes as it takes.
struct Bars {
    lanes: usize,
    /// By year, then by lane.
    rows: Vec<Vec<Option<Bar>>>,
    /// The number of each period that has a bar, by its span.
    numbers: BTreeMap<usize, usize>,
}

/// What a bar is in one year.
#[derive(Clone, Copy)]
struct Bar {
    span: usize,
    number: usize,
    begins: bool,
    ends: bool,
}

impl Bar {
    fn view(self, pages: &Pages, spans: &[Span]) -> Value {
        let type_id = pages.type_id(spans[self.span].id).to_owned();
        views::TimelineBar { number: self.number, type_id, begins: self.begins, ends: self.ends }.into()
    }
}

impl Bars {
    /// Puts each period, by its start, into the first lane that is free by then: as few lanes as there are periods at one time, which
    /// is the least (interval partitioning).
    fn of(spans: &[Span], years: &BTreeMap<i16, Vec<Entry>>) -> Self {
        let numbers: Vec<i16> = years.keys().copied().collect();
        let row = |year: i16| numbers.partition_point(|known| *known < year);
        let mut periods: Vec<(i16, i16, usize)> = spans
            .iter()
            .enumerate()
            .filter_map(|(at, span)| span.period().map(|(start, end)| (start, end, at)))
            .collect();
        periods.sort_unstable();
        let mut free: Vec<i16> = Vec::new();
        let mut bars = Self { lanes: 0, rows: vec![Vec::new(); numbers.len()], numbers: BTreeMap::new() };
        for (start, end, span) in periods {
            let lane = free.iter().position(|until| *until < start).unwrap_or(free.len());
            if lane == LANES {
                continue;
            }
            free.resize(free.len().max(lane + 1), end);
            free[lane] = end;
            let number = bars.numbers.len() + 1;
            bars.numbers.insert(span, number);
            let through = row(start)..=row(end);
            for (cells, year) in bars.rows[through.clone()].iter_mut().zip(&numbers[through]) {
                cells.resize(cells.len().max(lane + 1), None);
                cells[lane] = Some(Bar { span, number, begins: *year == start, ends: *year == end });
            }
        }
        bars.lanes = free.len();
        for cells in &mut bars.rows {
            cells.resize(bars.lanes, None);
        }
        bars
    }
}

fn occurrence(pages: &Pages, span: &Span, entry: &Entry, bars: &Bars, lang: Lang) -> Value {
    views::Occurrence {
        card: pages.card(span.id, lang),
        start: span.start.map(|date| date.to_string()),
        end: span.end.map(|date| date.to_string()),
        ends: entry.ends,
        approximate: span.approximate,
        bar: bars.numbers.get(&entry.span).copied(),
        related: if entry.ends { Vec::new() } else { related(pages, span.id, lang) },
    }
    .into()
}

/// What an entity names itself, sources apart.
fn related(pages: &Pages, id: EntityId, lang: Lang) -> Vec<Value> {
    let ecosystem = &pages.ecosystem;
    let mut named = BTreeSet::new();
    let relations =
        ecosystem.schema.relations_of(ecosystem.entity(id).entity_type).filter(|(_, relation)| !relation.citation);
    let targets = relations.flat_map(|(relation, _)| ecosystem.targets(id, relation));
    targets.filter(|to| named.insert(*to)).map(|to| pages.card(to, lang)).collect()
}

/// How many entities of a type say no date; none where all do.
fn undated(pages: &Pages, spans: &[Span], entity_type: TypeId, lang: Lang) -> Option<Value> {
    let dated = spans.iter().filter(|span| pages.ecosystem.entity(span.id).entity_type == entity_type).count();
    let count = pages.ecosystem.count(entity_type) - dated;
    (count > 0).then(|| views::Undated { of: pages.type_info(entity_type, lang), count }.into())
}

/// The greatest number of entries for each group, the same for all and at least one, with which all groups together hold no more than `most`.
pub(super) fn fair_share(groups: impl Iterator<Item = usize>, most: usize) -> usize {
    let mut sizes: Vec<usize> = groups.collect();
    sizes.sort_unstable();
    let (mut left, mut groups) = (most, sizes.len());
    for size in sizes {
        // Groups so small that they leave something over for those behind them.
        if size * groups > left {
            return (left / groups).max(1);
        }
        left -= size;
        groups -= 1;
    }
    usize::MAX
}

/// The axis of one entity: its period, and what others of its dates name it. None where there is nothing to measure.
///
/// `start` and `end` are ids of fields.
pub(super) fn period(pages: &Pages, id: EntityId, start: &str, end: &str, lang: Lang) -> Value {
    let ecosystem = &pages.ecosystem;
    let (start, end) = (named_date(ecosystem, id, &[start]), named_date(ecosystem, id, &[end]));
    if start.is_none() && end.is_none() {
        return Value::none();
    }
    let moments = moments(ecosystem, id, lang);
    let dates = || start.iter().chain(&end).chain(moments.iter().map(|(date, _)| date));
    let (Some(first), Some(last)) = (dates().map(|date| date.year).min(), dates().map(|date| date.year).max()) else {
        return Value::none();
    };
    let ordered = start.zip(end).is_none_or(|(start, end)| start <= end);
    // One date alone is read faster than drawn.
    if dates().collect::<BTreeSet<_>>().len() < 2 || !ordered {
        return Value::none();
    }
    let axis = Axis { from: i32::from(first), to: i32::from(last) + 1 };
    let moment = |kind, date: Date, card, within| views::Moment {
        kind,
        card,
        date: date.to_string(),
        x: axis.place(date, within),
    };
    let named =
        moments.iter().map(|(date, id)| (*date, moment("named", *date, Some(pages.card(*id, lang)), Within::Middle)));
    let starts = start.map(|date| (date, moment("start", date, None, Within::Start)));
    let ends = end.map(|date| (date, moment("end", date, None, Within::End)));
    let mut shown: Vec<(Date, views::Moment)> = starts.into_iter().chain(named).collect();
    // What names it in the year in which it ends comes before its end.
    shown.sort_by_key(|(date, _)| *date);
    let at = ends.as_ref().map_or(0, |(end, _)| shown.partition_point(|(date, _)| date.year <= end.year));
    shown.splice(at..at, ends);
    views::Period {
        start: start.map(|date| date.to_string()),
        end: end.map(|date| date.to_string()),
        from: start.map(|date| axis.place(date, Within::Start)),
        to: end.map(|date| axis.place(date, Within::End)),
        ticks: axis.ticks().map(|(year, x)| views::Tick { year, x }.into()).collect(),
        moments: shown.into_iter().map(|(_, moment)| moment.into()).collect(),
    }
    .into()
}

/// The date that an entity says in the first of these fields that it has.
fn named_date(ecosystem: &Ecosystem, id: EntityId, names: &[&str]) -> Option<Date> {
    let entity = ecosystem.entity(id);
    let fields = &ecosystem.schema.get(entity.entity_type).fields;
    let field = |name: &&str| fields.iter().position(|field| field.id.as_ref() == *name);
    names.iter().filter_map(field).find_map(|field| date_of(entity.values(field).first()?))
}

/// The entities that name this one and say when they happen, in the order of their dates.
fn moments(ecosystem: &Ecosystem, id: EntityId, lang: Lang) -> Vec<(Date, EntityId)> {
    let own = ecosystem.entity(id).entity_type;
    let about =
        ecosystem.schema.get(own).inverses.iter().flat_map(|relation| ecosystem.statements_about(id, *relation));
    let others: BTreeSet<EntityId> =
        about.map(|link| link.from).filter(|other| ecosystem.entity(*other).entity_type != own).collect();
    let mut moments: Vec<(Date, EntityId)> =
        others.into_iter().filter_map(|other| Some((named_date(ecosystem, other, &MOMENTS)?, other))).collect();
    moments.sort_by_key(|(date, other)| (*date, ecosystem.entity(*other).entity_type, ecosystem.rank(*other, lang)));
    moments
}

/// An axis from the start of one year to the start of another.
struct Axis {
    from: i32,
    to: i32,
}

/// Which moment of a date that is less than a day is meant.
#[derive(Clone, Copy)]
enum Within {
    Start,
    Middle,
    End,
}

impl Axis {
    fn x(&self, years: f64) -> u32 {
        let part = (years - f64::from(self.from)) / f64::from((self.to - self.from).max(1));
        (part.clamp(0.0, 1.0) * LENGTH).round() as u32
    }

    /// Where a date is. Months count as twelfths of a year and days as thirty-firsts of a month, which no eye tells from the truth.
    fn place(&self, date: Date, within: Within) -> u32 {
        let of_unit = match within {
            Within::Start => 0.0,
            Within::Middle => 0.5,
            Within::End => 1.0,
        };
        let in_month = date.day.map_or(of_unit, |day| (f64::from(day) - 1.0 + of_unit) / 31.0);
        let in_year = date.month.map_or(of_unit, |month| (f64::from(month) - 1.0 + in_month) / 12.0);
        self.x(f64::from(date.year) + in_year)
    }

    /// The years that the axis names: a round number of years apart, so that they are few.
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

    fn year(year: i16) -> Date {
        Date { year, month: None, day: None }
    }

    fn span(at: usize, start: i16, end: i16) -> Span {
        Span { id: EntityId(at as u32), start: Some(year(start)), end: Some(year(end)), approximate: false }
    }

    #[test]
    fn shares_are_fair() {
        assert_eq!(fair_share([3, 1, 2].into_iter(), 6), usize::MAX);
        assert_eq!(fair_share([100, 1, 100].into_iter(), 21), 10);
        assert_eq!(fair_share([5, 5, 5].into_iter(), 2), 1);
        assert_eq!(fair_share([].into_iter(), 2), usize::MAX);
    }

    #[test]
    fn an_axis_names_round_years() {
        let years = |from, to| Axis { from, to }.ticks().map(|(year, _)| year).collect::<Vec<_>>();
        assert_eq!(years(2022, 2025), [2022, 2023, 2024, 2025]);
        assert_eq!(years(1914, 2031), [1920, 1940, 1960, 1980, 2000, 2020]);
    }

    #[test]
    fn a_date_lies_where_it_is_in_its_year() {
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
            prop_assert!(ticks.iter().all(|(year, x)| (axis.from..=axis.to).contains(year) && *x <= LENGTH as u32));
        }

        #[test]
        fn bars_never_share_a_place(periods in prop::collection::vec((1..60_i16, 1..20_i16), 0..60)) {
            let spans: Vec<Span> = periods.iter().enumerate().map(|(at, (start, length))| span(at, *start, start + length)).collect();
            let years = by_year(&spans, |id| id);
            let bars = Bars::of(&spans, &years);
            prop_assert!(bars.lanes <= LANES);
            prop_assert!(bars.rows.iter().all(|cells| cells.len() == bars.lanes));
            for (at, number) in &bars.numbers {
                let (start, end) = spans[*at].period().unwrap();
                let rows = years.keys().zip(&bars.rows).filter(|(_, cells)| cells.iter().flatten().any(|bar| bar.number == *number));
                let shown: Vec<i16> = rows.map(|(year, _)| *year).collect();
                let due: Vec<i16> = years.keys().copied().filter(|year| (start..=end).contains(year)).collect();
                prop_assert_eq!(shown, due);
            }
        }
    }
}
