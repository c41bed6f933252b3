//! The drawing of the figures of one indicator in one unit: on an axis of time, or on one line.

use std::collections::BTreeMap;

use tera::Value;

use super::shapes::{SeriesLine, SeriesPoint, SeriesTick};
use super::statements::Statement;
use crate::drawing::scale::{Scale, tenth};
use crate::render::parts::headline;
use crate::render::scope::Scope;

/// The part of the width and of the height in which numbers are drawn, in hundredths.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// With room for the numbers of the scale beside it, and for the years below it.
pub(super) const WITH_AXES: Frame = Frame { left: 24.0, right: 94.0, top: 14.0, bottom: 84.0 };
/// The whole drawing, with room for half a point at each end.
pub(super) const WITHOUT_AXES: Frame = Frame { left: 3.0, right: 97.0, top: 12.0, bottom: 96.0 };

/// The position of the line on which contradicting numbers are, from the top.
const LINE: f64 = 50.0;
/// The minimum distance between two years, in hundredths.
const APART: f64 = 20.0;
/// The size of letters, and the width of the narrowest drawing, in pixels.
const SIZE: f64 = 14.0;
const NARROWEST: f64 = 280.0;
/// The minimum distance between two texts above one another.
const BELOW: f64 = 14.0;

/// Lines and points, and what the axes name.
#[derive(Default)]
pub(super) struct Drawing {
    pub ticks: Vec<Value>,
    pub years: Vec<Value>,
    pub lines: Vec<Value>,
    pub points: Vec<Value>,
}

/// A number with its position, in hundredths.
struct Mark<'a> {
    statement: &'a Statement,
    x: f64,
    y: f64,
    /// The other end of a range, above or to the right.
    far: f64,
}

/// Numbers on an axis of time. The years and the numbers are to scale.
pub(super) fn over_time(scope: &Scope, statements: &[Statement], scale: Scale, frame: Frame) -> Drawing {
    let Frame { left, right, top, bottom } = frame;
    let timed = statements.iter().filter(|statement| statement.time.is_some());
    let middles = || timed.clone().filter_map(Statement::middle);
    let times =
        Scale { from: middles().fold(f64::INFINITY, f64::min), to: middles().fold(f64::NEG_INFINITY, f64::max) };
    let x = |time: f64| tenth(left + (right - left) * times.at(time).clamp(0.0, 100.0) / 100.0);
    let y = |value: f64| tenth(bottom - (bottom - top) * scale.at(value) / 100.0);
    let marks: Vec<Mark<'_>> = timed
        .clone()
        .filter_map(|statement| {
            let (low, high) = statement.number.ends();
            Some(Mark { statement, x: x(statement.middle()?), y: y(low), far: y(high) })
        })
        .collect();
    let mut drawing = Drawing { ticks: ticks(scope, statements, scale, y), ..Drawing::default() };
    drawing.years = years(&marks);
    let columns: Vec<&[Mark<'_>]> = marks.chunk_by(|a, b| a.x == b.x).collect();
    drawing.lines.extend(columns.windows(2).filter_map(|pair| joined(pair[0], pair[1])).map(Value::from));
    for column in &columns {
        drawing.lines.extend(spread(column).map(Value::from));
        drawing.lines.extend(
            column
                .iter()
                .filter(|mark| mark.far != mark.y)
                .map(|mark| line(range(mark.statement), mark.x, mark.y, mark.x, mark.far)),
        );
    }
    for mark in &marks {
        let (from, to) = mark.statement.time.unwrap_or_default();
        // A period within a year is a point.
        if to - from > 1.01 {
            drawing.lines.push(line("period", x(from), mark.y, x(to), mark.y));
        }
    }
    drawing.points = points(scope, &marks, (left + 6.0, right - 6.0));
    drawing
}

/// Numbers that contradict one another, on one line from the lowest to the highest.
pub(super) fn dispute(scope: &Scope, statements: &[Statement], scale: Scale) -> Drawing {
    let x = |value: f64| tenth(3.0 + 94.0 * scale.at(value) / 100.0);
    let mut marks: Vec<Mark<'_>> = statements
        .iter()
        .map(|statement| {
            let (low, high) = statement.number.ends();
            Mark { statement, x: x(low), y: LINE, far: x(high) }
        })
        .collect();
    marks.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut drawing = Drawing { ticks: ticks(scope, statements, scale, x), ..Drawing::default() };
    let ends = marks.first().zip(marks.iter().map(|mark| mark.far).reduce(f64::max));
    drawing.lines.extend(ends.map(|(first, last)| line("between", first.x, LINE, last, LINE)));
    drawing.lines.extend(
        marks
            .iter()
            .filter(|mark| mark.far != mark.x)
            .map(|mark| line(range(mark.statement), mark.x, LINE, mark.far, LINE)),
    );
    drawing.points = points(scope, &marks, (15.0, 85.0));
    drawing
}

/// The round numbers of a scale.
fn ticks(scope: &Scope, statements: &[Statement], scale: Scale, at: impl Fn(f64) -> f64) -> Vec<Value> {
    let unit = statements.first().map_or("", |statement| &*statement.number.unit);
    let tick = |value: f64| SeriesTick { text: headline::tick(scope, value, unit), at: at(value) }.into();
    scale.ticks().into_iter().map(tick).collect()
}

/// The years of numbers: the last, the first, and those between that have room.
fn years(marks: &[Mark<'_>]) -> Vec<Value> {
    let mut all: BTreeMap<i64, f64> = BTreeMap::new();
    for mark in marks {
        all.entry(mark.statement.middle().unwrap_or_default().floor() as i64).or_insert(mark.x);
    }
    let mut shown: Vec<(i64, f64)> = Vec::new();
    let ends = [all.first_key_value(), all.last_key_value()].into_iter().flatten();
    for (year, x) in ends.chain(&all) {
        if shown.iter().all(|(_, other)| (other - x).abs() >= APART) {
            shown.push((*year, *x));
        }
    }
    shown.sort_unstable_by_key(|(year, _)| *year);
    shown.into_iter().map(|(year, at)| SeriesTick { text: year.to_string(), at }.into()).collect()
}

/// The line between the numbers of two times, if each time has one number, about the same.
fn joined(before: &[Mark<'_>], after: &[Mark<'_>]) -> Option<SeriesLine> {
    let (first, second) = (before.first()?, after.first()?);
    let is_one = |marks: &[Mark<'_>]| marks.iter().all(|mark| (mark.y, mark.far) == (marks[0].y, marks[0].y));
    let is_same = first.statement.labels == second.statement.labels;
    let is_observed = [before, after].into_iter().flatten().all(|mark| mark.statement.is_observed());
    let kind = if is_observed { "observed" } else { "expected" };
    (is_one(before) && is_one(after) && is_same).then_some(SeriesLine {
        kind,
        x1: first.x,
        y1: first.y,
        x2: second.x,
        y2: second.y,
    })
}

/// The line between different numbers of one time.
fn spread(column: &[Mark<'_>]) -> Option<SeriesLine> {
    let low = column.iter().map(|mark| mark.y).reduce(f64::max)?;
    let high = column.iter().map(|mark| mark.far).reduce(f64::min)?;
    let is_range = column.len() == 1 || low == high;
    (!is_range).then_some(SeriesLine { kind: "between", x1: column[0].x, y1: low, x2: column[0].x, y2: high })
}

fn line(kind: &'static str, x1: f64, y1: f64, x2: f64, y2: f64) -> Value {
    SeriesLine { kind, x1, y1, x2, y2 }.into()
}

/// The points, each with its number where there is room: above or below it, on the side where no other number and no
/// line is. Numbers beyond `inner` from the left start or end at their points.
fn points(scope: &Scope, marks: &[Mark<'_>], inner: (f64, f64)) -> Vec<Value> {
    let mut taken: Vec<Spot> = Vec::new();
    let mut points = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        let text = text(scope, mark.statement);
        let anchor = match mark.x {
            x if x < inner.0 => "start",
            x if x > inner.1 => "end",
            _ => "middle",
        };
        let is_twin = |other: &Mark<'_>| (other.x, other.y, other.far) == (mark.x, mark.y, mark.far);
        let has_twin = marks[..at].iter().any(is_twin);
        let room = |is_low: bool| {
            let y = if is_low { mark.y + BELOW / 2.0 } else { mark.far.min(mark.y) - BELOW / 2.0 };
            let spot = Spot::new(mark.x, y, anchor, scope.faces().sans.of(&text), is_low);
            taken.iter().all(|other| !spot.covers(other)).then_some(spot)
        };
        let is_low = is_better_below(mark, marks);
        let spot = if has_twin { None } else { room(is_low).or_else(|| room(!is_low)) };
        let point = SeriesPoint {
            x: mark.x,
            y: mark.y,
            // A range is a bar, without a point.
            form: if is_range(mark.statement) { "" } else { form(mark.statement.status) },
            text: if spot.is_some() { text } else { String::new() },
            side: if spot.as_ref().is_some_and(|spot| spot.is_low) { "below" } else { "above" },
            anchor,
        };
        points.push(point.into());
        taken.extend(spot);
    }
    points
}

/// The number of a statement in a drawing, with its qualifier, but without its unit.
fn text(scope: &Scope, statement: &Statement) -> String {
    let shown = headline::headline(scope, statement.ids[0], true);
    shown.map_or_else(String::new, |shown| format!("{} {}", shown.qualifier, shown.number).trim().to_owned())
}

/// Where a text is, in hundredths.
struct Spot {
    from: f64,
    to: f64,
    /// The middle of its height.
    y: f64,
    is_low: bool,
}

impl Spot {
    /// The spot of a text of this width, in thousandths of the size of letters.
    fn new(x: f64, y: f64, anchor: &str, width: i32, is_low: bool) -> Self {
        let width = f64::from(width) * SIZE / NARROWEST / 10.0;
        let from = match anchor {
            "start" => x,
            "end" => x - width,
            _ => x - width / 2.0,
        };
        Self { from, to: from + width, y, is_low }
    }

    fn covers(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to && (self.y - other.y).abs() < BELOW
    }
}

/// Whether the number of a point is better below it: another number of the same time is above it, or the line from it
/// rises, unless the axis is close.
fn is_better_below(mark: &Mark<'_>, marks: &[Mark<'_>]) -> bool {
    let has_upper = marks.iter().any(|other| other.x == mark.x && other.y < mark.y);
    let is_first = marks.iter().all(|other| other.x >= mark.x);
    let next = marks.iter().find(|other| other.x != mark.x);
    let rises = is_first && next.is_some_and(|next| next.y < mark.y);
    (has_upper || rises) && mark.y + BELOW < WITH_AXES.bottom
}

/// The kind of the line that is a range.
fn range(statement: &Statement) -> &'static str {
    if statement.is_observed() { "range" } else { "range expected" }
}

fn is_range(statement: &Statement) -> bool {
    let (low, high) = statement.number.ends();
    low < high
}

/// How numbers of a status are drawn.
pub(super) fn form(status: Option<usize>) -> &'static str {
    match status {
        None | Some(0) => "full",
        Some(1) => "hollow",
        Some(_) => "square",
    }
}
