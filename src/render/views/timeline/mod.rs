//! A timeline of years, and the small axis of one entity.
//!
//! In: entities with dates. Out: years in order, with what happens in each and the bars of the periods that run through
//! them; for one entity, positions on an axis of 1,000 units.

mod shapes;
mod dates;
mod kinds;
mod bars;
mod period;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::kind::{self, View};
use super::spec::Spec;
use crate::diagnostics::Code;
use crate::drawing::scale::{Scale, tenth};
use crate::model::EntityId;
use crate::render::parts::fair_share::fair_share;
use crate::render::parts::prose::Filling;
use crate::render::parts::{card, cards, type_value, value};
use crate::render::scope::Scope;
use crate::schema::TypeId;
use crate::values;
use bars::Bars;
use dates::{Dated, Dates, Entry};
use kinds::Kinds;

/// The usual fields with the start, with the end, and with the mark of dates that are not exact. The first field of
/// `STARTS` that a type has counts.
const STARTS: &[&str] = &["start", "date", "period"];
const ENDS: &[&str; 1] = &["end"];
const APPROXIMATE: &[&str; 1] = &["approximate"];
/// The maximum number of entries on a page. Each year counts the entries that are left out.
const MOST: usize = 1_500;

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "timeline"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a timeline", &["of", "start", "end", "approximate", "related", "kinds", "from", "to"]);
        let types = spec.entity_types();
        let related = spec.optional_types("related");
        let is_right = spec.check_cell(&types, "start", has_start);
        spec.check_cell(&types, "end", is_date);
        spec.check_cell(&types, "approximate", is_boolean);
        let kinds = kinds::Fields::read(spec, &types);
        let range = (year(spec, "from"), year(spec, "to"));
        if !is_right {
            return None;
        }
        let mut all = Vec::new();
        for entity_type in types {
            match dated(spec, entity_type) {
                Some(dated) => all.push(dated),
                None => {
                    let message = format!("the type \"{}\" has no field with dates", spec.schema.get(entity_type).id);
                    let hint = "a timeline needs a field of the kind \"date\", \"year\" or \"period\": \"start\", \"date\", \"period\", or the one that the key \"start\" names";
                    spec.report("of", message, hint);
                }
            }
        }
        if all.is_empty() {
            None
        } else {
            Some(Box::new(Timeline { types: all, related, kinds: kinds?, from: range.0?, to: range.1? }))
        }
    }

    fn functions(&self, engine: &mut Tera, scope: &Arc<Scope>) {
        let scope = scope.clone();
        engine.register_function("period", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let id = scope.find(kwargs.must_get::<&str>("key")?)?;
            let fields = period::Fields {
                start: kwargs.get::<&str>("start")?.unwrap_or("start"),
                end: kwargs.get::<&str>("end")?.unwrap_or(ENDS[0]),
                moments: kwargs.get::<Vec<&str>>("moments")?.unwrap_or_else(|| period::MOMENTS.to_vec()),
            };
            Ok(period::period(&scope, id, &fields))
        });
    }

    fn usual_names(&self) -> &'static [&'static str] {
        &period::MOMENTS
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

/// A year, which an optional key gives: `Some(None)` where the view does not have the key, `None` where it is wrong.
fn year(spec: &mut Spec<'_>, key: &str) -> Option<Option<i16>> {
    let Some(value) = spec.get(key) else { return Some(None) };
    let number = spec.reader.integer(value)?;
    let year = i16::try_from(number).ok().filter(|year| (1..=9999).contains(year));
    if year.is_none() {
        let problem = spec.reader.problem(Code::OutOfRange, value.span, format!("{number} is not a year"));
        spec.reader.report(problem.hint("write a year from 1 to 9999"));
    }
    year.map(Some)
}

fn is_date(kind: &values::Kind) -> bool {
    matches!(kind, values::Kind::Date(_) | values::Kind::Year(_))
}

/// Whether values of a kind can say when something starts.
fn has_start(kind: &values::Kind) -> bool {
    is_date(kind) || matches!(kind, values::Kind::Period(_))
}

fn is_boolean(kind: &values::Kind) -> bool {
    matches!(kind, values::Kind::Boolean(_))
}

/// The fields of a type that hold dates; none if the type has no field for the start.
fn dated(spec: &mut Spec<'_>, entity_type: TypeId) -> Option<Dated> {
    Some(Dated {
        entity_type,
        start: spec.cell(entity_type, "start", STARTS, has_start)?,
        end: spec.cell(entity_type, "end", ENDS, is_date),
        approximate: spec.cell(entity_type, "approximate", APPROXIMATE, is_boolean),
    })
}

struct Timeline {
    types: Vec<Dated>,
    /// The types of the entities that are shown beside an entry; without it, all but sources.
    related: Option<Vec<TypeId>>,
    kinds: kinds::Fields,
    /// The first and the last year that are shown.
    from: Option<i16>,
    to: Option<i16>,
}

impl View for Timeline {
    fn value(&self, scope: &Scope) -> Value {
        let ecosystem = &scope.ecosystem;
        let all: Vec<Dates> = self.types.iter().flat_map(|dated| dates::dates(ecosystem, dated)).collect();
        let mut years = dates::by_year(&all, |id| (ecosystem.entity(id).entity_type, ecosystem.rank(id, scope.lang)));
        let before_range = cut(&mut years, |year| self.from.is_some_and(|from| year < from));
        let after_range = cut(&mut years, |year| self.to.is_some_and(|to| year > to));
        let kinds = Kinds::new(scope, &self.kinds, years.values().flatten().map(|entry| all[entry.dates].id));
        let largest = years.values().map(Vec::len).max().unwrap_or(1);
        let axis = axis(&years);
        let bars = Bars::new(&all, &years);
        let most = fair_share(years.values().map(Vec::len), MOST);
        let mut before: Option<i16> = None;
        let rows = years.iter_mut().enumerate().map(|(row, (year, entries))| {
            let count = entries.len();
            let more = count.saturating_sub(most);
            entries.truncate(most);
            let lanes = bars.rows[row].iter();
            let lanes = lanes.map(|bar| bar.map_or_else(Value::none, |bar| bar.value(scope, &all)));
            let entries = entries.iter().map(|entry| self.occurrence(scope, &all[entry.dates], entry, &bars, &kinds));
            let shape = shapes::TimelineYear {
                number: *year,
                count,
                x: axis.at(f64::from(*year)),
                part: tenth(100.0 * count as f64 / largest as f64),
                decade: before.is_none_or(|before| before.div_euclid(10) != year.div_euclid(10)),
                gap: before.map_or(0, |before| usize::from(year.abs_diff(before)) - 1),
                bars: lanes.collect(),
                entries: entries.collect(),
                more,
            };
            before = Some(*year);
            shape.into()
        });
        let types = || self.types.iter().map(|dated| dated.entity_type);
        shapes::Timeline {
            kind: "timeline",
            years: rows.collect(),
            kinds: kinds.values(scope),
            before: before_range,
            after: after_range,
            lanes: bars.lanes,
            of: types().map(|entity_type| type_value(scope, entity_type)).collect(),
            undated: types().filter_map(|entity_type| undated(scope, &all, entity_type)).collect(),
        }
        .into()
    }
}

impl Timeline {
    fn occurrence(&self, scope: &Scope, dates: &Dates, entry: &Entry, bars: &Bars, kinds: &Kinds) -> Value {
        shapes::Occurrence {
            card: card(scope, dates.id),
            facts: self.facts(scope, dates),
            start: dates.start.map(|date| date.to_string()),
            end: dates.end.map(|date| date.to_string()),
            ends: entry.ends,
            kind: kinds.number(scope, dates.id),
            approximate: dates.approximate,
            dates: entry.says(dates),
            bar: bars.numbers.get(&entry.dates).copied(),
            related: if entry.ends { Vec::new() } else { self.related(scope, dates.id) },
        }
        .into()
    }

    /// The values of a record beside its dates.
    fn facts(&self, scope: &Scope, dates: &Dates) -> Vec<Value> {
        let entity = scope.ecosystem.entity(dates.id);
        let Some((at, record)) = dates.record else { return Vec::new() };
        let field = &scope.ecosystem.schema.get(entity.entity_type).fields[at];
        let dated = self.types.iter().find(|dated| dated.entity_type == entity.entity_type);
        let shown = dated.into_iter().flat_map(|dated| [Some(dated.start), dated.end, dated.approximate]).flatten();
        let columns: Vec<usize> = shown.filter(|cell| cell.field == at).filter_map(|cell| cell.column).collect();
        let values = entity.values(at).get(record);
        values.map_or_else(Vec::new, |value| value::cells(&mut Filling::new(scope), field, value, &columns))
    }

    /// The entities that an entity names by its own relations, without sources.
    fn related(&self, scope: &Scope, id: EntityId) -> Vec<Value> {
        let ecosystem = &scope.ecosystem;
        let mut seen = BTreeSet::new();
        let relations =
            ecosystem.schema.relations_of(ecosystem.entity(id).entity_type).filter(|(_, relation)| !relation.citation);
        let targets = relations.flat_map(|(relation, _)| ecosystem.targets(id, relation));
        let is_related = |to: &EntityId| {
            self.related.as_ref().is_none_or(|types| types.contains(&ecosystem.entity(*to).entity_type))
        };
        cards(scope, targets.filter(is_related).filter(|to| seen.insert(*to)))
    }
}

/// Removes years, and returns the number of their entries.
fn cut(years: &mut BTreeMap<i16, Vec<Entry>>, is_outside: impl Fn(i16) -> bool) -> usize {
    let outside: Vec<i16> = years.keys().copied().filter(|year| is_outside(*year)).collect();
    outside.iter().filter_map(|year| years.remove(year)).map(|entries| entries.len()).sum()
}

/// The axis from the first to the last year, for the counts of years.
fn axis(years: &BTreeMap<i16, Vec<Entry>>) -> Scale {
    let ends = [years.keys().next(), years.keys().next_back()];
    Scale::new(ends.into_iter().flatten().map(|year| f64::from(*year)), false)
}

/// The number of entities of a type without a date; none if all have one.
fn undated(scope: &Scope, all: &[Dates], entity_type: TypeId) -> Option<Value> {
    let dated = all.iter().filter(|dates| scope.ecosystem.entity(dates.id).entity_type == entity_type);
    let dated: BTreeSet<EntityId> = dated.map(|dates| dates.id).collect();
    let count = scope.ecosystem.count(entity_type) - dated.len();
    (count > 0).then(|| shapes::Undated { of: type_value(scope, entity_type), count }.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::values::Date;

    fn dates(at: usize, start: i16, end: i16) -> Dates {
        let year = |year| Some(Date { year, month: None, day: None });
        Dates { id: EntityId(at as u32), record: None, start: year(start), end: year(end), approximate: false }
    }

    proptest! {
        #[test]
        fn bars_never_share_a_lane(periods in prop::collection::vec((1..60_i16, 1..20_i16), 0..60)) {
            let all: Vec<Dates> = periods.iter().enumerate().map(|(at, (start, length))| dates(at, *start, start + length)).collect();
            let years = dates::by_year(&all, |id| id);
            let bars = Bars::new(&all, &years);
            prop_assert!(bars.lanes <= 6);
            prop_assert!(bars.rows.iter().all(|cells| cells.len() == bars.lanes));
            for (at, number) in &bars.numbers {
                let (start, end) = all[*at].period().unwrap();
                let rows = years.keys().zip(&bars.rows).filter(|(_, cells)| cells.iter().flatten().any(|bar| bar.number == *number));
                let years_with_bar: Vec<i16> = rows.map(|(year, _)| *year).collect();
                let expected: Vec<i16> = years.keys().copied().filter(|year| (start..=end).contains(year)).collect();
                prop_assert_eq!(years_with_bar, expected);
            }
        }
    }
}
