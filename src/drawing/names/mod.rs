//! Names on a map, so that none covers another name or a dot, and each names its own dot.
//!
//! In: dots, the most important first, and areas. Out: where each name goes, if there is room for it.
//!
//! As in J. Christensen, J. Marks and S. Shieber, *An Empirical Study of Algorithms for Point-Feature Label Placement* (ACM Transactions on
//! Graphics 14, 1995, pages 203–232), each name has a list of places, each place a cost, and `settle` chooses. The places at the dot are
//! those of E. Imhof, *Positioning Names on Maps* (The American Cartographer 2, 1975). To them come places at the end of a line.

pub(crate) mod candidates;
mod settle;
pub(crate) mod sides;
pub(crate) mod text;

use super::shapes::{Line, Point, Rect};
use candidates::{Anchor, Candidate, Dot, Label, Level, Spot};
use settle::settle;

/// The height of a name, in points of the sheet: on wide screens, and of the names that narrow screens show, where the sheet is half as large.
pub(crate) const SMALL: i32 = 13;
pub(crate) const LARGE: i32 = 24;
/// Between a dot or the end of a line and its name.
const GAP: i32 = 4;
/// So much further than from its own dot a name at its dot is from any other one.
const CLEARER: f64 = 8.0;
/// So far is the name at the end of a line from all dots, and the line from all dots but its own.
const CLEAR: f64 = 9.0;
const LINE_CLEAR: f64 = 2.0;
/// The lengths of lines.
const LINES: [i32; 8] = [12, 20, 28, 36, 46, 56, 70, 85];
/// The directions of lines, from the horizontal to short of the vertical, with a length of 65; the others are quarters of a turn away.
const DIRECTIONS: [(i32, i32); 5] = [(65, 0), (60, 25), (52, 39), (39, 52), (25, 60)];
/// So many dots, of those that come first, may have such a name.
const FAR: usize = 60;
/// What it costs that a name has a line, that the line runs over dots below its own, and for each point of how deep inside them.
const FAR_OFF: i32 = 60;
const OVER: [i32; 2] = [250, 10];
/// As many positions are tried along each side of an area.
const STEPS: i32 = 24;

/// The names of a map, while they are being placed.
pub(crate) struct Placing<'a> {
    sheet: Rect,
    dots: &'a [Dot],
    /// The height of the names.
    size: i32,
    /// The names that have their place.
    placed: Vec<Candidate>,
}

impl<'a> Placing<'a> {
    pub(crate) fn new(sheet: Rect, dots: &'a [Dot], size: i32) -> Self {
        Self { sheet, dots, size, placed: Vec::new() }
    }

    /// Places the names of the dots.
    pub(crate) fn dots(&mut self) -> Vec<Option<Label>> {
        let choices = (0..self.dots.len()).map(|at| [self.at_dot(at), self.far(at)].concat());
        let chosen = settle(&choices.collect::<Vec<_>>());
        self.placed = chosen.iter().flatten().copied().collect();
        chosen.into_iter().map(|choice| Some(choice?.label)).collect()
    }

    /// How far a name is from the rim of the nearest dot but its own.
    fn room(&self, own: usize, rect: &Rect) -> f64 {
        let others = self.dots.iter().enumerate().filter(|(at, _)| *at != own);
        others.map(|(_, dot)| dot.beyond(dot.at.distance_to(rect))).fold(f64::INFINITY, f64::min)
    }

    /// The places at the dot, the best first.
    fn at_dot(&self, own: usize) -> Vec<Candidate> {
        let dot = &self.dots[own];
        let (straight, aslant) = (dot.radius + GAP, (dot.radius + GAP) * 7 / 10);
        let places = [
            ((straight, 0), Anchor::Start, Level::Beside),
            ((aslant, -aslant), Anchor::Start, Level::Above),
            ((-straight, 0), Anchor::End, Level::Beside),
            ((aslant, aslant), Anchor::Start, Level::Below),
            ((0, -straight), Anchor::Middle, Level::Above),
            ((0, straight), Anchor::Middle, Level::Below),
            ((-aslant, -aslant), Anchor::End, Level::Above),
            ((-aslant, aslant), Anchor::End, Level::Below),
        ];
        let choices = places.into_iter().zip(0..).filter_map(|(((x, y), anchor, level), rank)| {
            let spot = Spot { at: Point { x: dot.at.x + x, y: dot.at.y + y }, anchor, level };
            let rect = spot.rect(dot.length, self.size);
            let away = dot.beyond(dot.at.distance_to(&rect));
            let is_clear = self.sheet.holds(&rect) && self.room(own, &rect) >= away + CLEARER;
            is_clear.then_some(Candidate::new(Label { spot, leader: None }, rect, rank * 3))
        });
        choices.collect()
    }

    /// The places at the end of a line, if the dot is important enough.
    fn far(&self, own: usize) -> Vec<Candidate> {
        if own >= FAR {
            return Vec::new();
        }
        let turned = DIRECTIONS.into_iter().flat_map(|(x, y)| [(x, y), (-x, -y), (y, -x), (-y, x)]);
        let lines = turned.flat_map(|direction| LINES.map(|length| (direction, length)));
        lines.filter_map(|(direction, length)| self.at_line(own, direction, length)).collect()
    }

    fn at_line(&self, own: usize, (x, y): (i32, i32), length: i32) -> Option<Candidate> {
        let dot = &self.dots[own];
        let along = |far: i32| Point { x: dot.at.x + x * far / 65, y: dot.at.y + y * far / 65 };
        let line = Line { from: along(dot.radius), to: along(dot.radius + length) };
        let (anchor, level, gap) = match (x.signum(), y.signum()) {
            (1, _) => (Anchor::Start, Level::Beside, (GAP, 0)),
            (-1, _) => (Anchor::End, Level::Beside, (-GAP, 0)),
            (_, 1) => (Anchor::Middle, Level::Below, (0, GAP / 2)),
            _ => (Anchor::Middle, Level::Above, (0, -GAP / 2)),
        };
        let spot = Spot { at: Point { x: line.to.x + gap.0, y: line.to.y + gap.1 }, anchor, level };
        let rect = spot.rect(dot.length, self.size);
        if !self.sheet.holds(&rect) || self.room(own, &rect) < CLEAR {
            return None;
        }
        let depth = self.crossed(own, &line)?;
        let over = if depth > 0 { OVER[0] + OVER[1] * depth } else { 0 };
        let cost = FAR_OFF + length * length / 20 + over;
        Some(Candidate::new(Label { spot, leader: Some(line) }, rect, cost))
    }

    /// How deep a line runs inside dots that its own dot lies on; none if it touches any other dot.
    fn crossed(&self, own: usize, line: &Line) -> Option<i32> {
        let mut depth = 0.0;
        for (at, dot) in self.dots.iter().enumerate().filter(|(at, _)| *at != own) {
            let room = dot.beyond(line.distance(dot.at)) - LINE_CLEAR;
            let between = dot.beyond(self.dots[own].beyond(dot.at.distance(self.dots[own].at)));
            let is_below = at < own && between < 0.0;
            if room < 0.0 && !is_below {
                return None;
            }
            depth -= room.min(0.0);
        }
        Some(depth.ceil() as i32)
    }

    /// A point in an area, and on the sheet, around which there is room for a name of so many characters: the nearest to the middle,
    /// where no border crosses the name if there is such a point. `is_inside` says whether a point is in the area.
    pub(crate) fn area(&mut self, part: Rect, length: usize, is_inside: impl Fn(Point) -> bool) -> Option<Point> {
        let seen = Rect {
            left: part.left.max(self.sheet.left),
            top: part.top.max(self.sheet.top),
            right: part.right.min(self.sheet.right),
            bottom: part.bottom.min(self.sheet.bottom),
        };
        let step = |low: i32, high: i32, at: i32| low + (high - low) * at / STEPS;
        let points = (1..STEPS).flat_map(|down| (1..STEPS).map(move |across| (across, down)));
        let mut points: Vec<(i32, i32)> = points.collect();
        points.sort_by_key(|(across, down)| ((2 * across - STEPS).pow(2) + (2 * down - STEPS).pow(2), *down, *across));
        let points = points.into_iter().map(|(across, down)| Point {
            x: step(seen.left, seen.right, across),
            y: step(seen.top, seen.bottom, down),
        });
        let name = |at: Point| {
            let spot = Spot { at, anchor: Anchor::Middle, level: Level::Beside };
            Candidate::new(Label { spot, leader: None }, spot.rect(length, self.size), 0)
        };
        let is_free = |at: &Point| {
            let name = name(*at);
            is_inside(*at)
                && self.sheet.holds(&name.name)
                && self.room(usize::MAX, &name.name) >= CLEARER
                && !self.placed.iter().any(|placed| placed.clashes(&name))
        };
        let free: Vec<Point> = points.filter(is_free).collect();
        let is_whole = |at: &&Point| {
            let Rect { left, top, right, bottom } = name(**at).name;
            let across = (0..=STEPS).map(|at| step(left, right, at));
            across.into_iter().all(|x| [top, bottom].into_iter().all(|y| is_inside(Point { x, y })))
        };
        let has_ends = |at: &&Point| {
            let Rect { left, right, .. } = name(**at).name;
            [left, right].into_iter().all(|x| is_inside(Point { x, y: at.y }))
        };
        let at = *free.iter().find(is_whole).or_else(|| free.iter().find(has_ends))?;
        self.placed.push(name(at));
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHEET: Rect = Rect { left: 0, top: 0, right: 640, bottom: 480 };

    fn placed(dots: &[Dot], size: i32) -> Vec<(usize, Label, Rect)> {
        let labels = Placing::new(SHEET, dots, size).dots();
        let shown = labels.into_iter().enumerate().filter_map(|(at, label)| Some((at, label?)));
        shown.map(|(at, label)| (at, label, label.spot.rect(dots[at].length, size))).collect()
    }

    fn dots() -> impl Strategy<Value = Vec<Dot>> {
        let dot = (40..600_i32, 40..440_i32, 2..20_i32, 1..20_usize);
        let dot = dot.prop_map(|(x, y, radius, length)| Dot { at: Point { x, y }, radius, length });
        proptest::collection::vec(dot, 0..40)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn names_cover_neither_names_nor_dots_and_stay_on_the_sheet(dots in dots(), size in proptest::sample::select(vec![SMALL, LARGE])) {
            let labels = placed(&dots, size);
            for (at, (_, label, name)) in labels.iter().enumerate() {
                prop_assert!(SHEET.holds(name));
                prop_assert!(label.leader.is_none_or(|line| SHEET.holds(&line.rect())));
                prop_assert!(!labels[..at].iter().any(|(_, _, other)| other.meets(name)));
                prop_assert!(dots.iter().all(|dot| dot.beyond(dot.at.distance_to(name)) > 0.0));
            }
        }

        #[test]
        fn a_name_without_a_line_is_nearest_to_its_own_dot(dots in dots(), size in proptest::sample::select(vec![SMALL, LARGE])) {
            for (own, _, name) in placed(&dots, size).into_iter().filter(|(_, label, _)| label.leader.is_none()) {
                let away = |dot: &Dot| dot.beyond(dot.at.distance_to(&name));
                let others = dots.iter().enumerate().filter(|(at, _)| *at != own);
                prop_assert!(others.into_iter().all(|(_, other)| away(other) > away(&dots[own])));
            }
        }

        #[test]
        fn lines_cross_neither_lines_nor_names_and_begin_at_the_rim_of_their_dot(dots in dots(), size in proptest::sample::select(vec![SMALL, LARGE])) {
            let labels = placed(&dots, size);
            let lines = labels.iter().filter_map(|(own, label, _)| Some((*own, label.leader?)));
            let lines: Vec<(usize, Line)> = lines.collect();
            for (at, (own, line)) in lines.iter().enumerate() {
                prop_assert!(dots[*own].beyond(dots[*own].at.distance(line.from)).abs() <= 2.0);
                prop_assert!(!lines[..at].iter().any(|(_, other)| other.meets(line)));
                prop_assert!(!labels.iter().any(|(other, _, name)| other != own && line.crosses(name)));
                let above = dots.iter().skip(own + 1);
                prop_assert!(above.into_iter().all(|dot| dot.beyond(line.distance(dot.at)) > 0.0));
            }
        }
    }

    /// Two towns so near that one name between them would be that of either.
    #[test]
    fn a_name_that_may_be_that_of_another_dot_gets_a_line() {
        let dot = |x: i32, y: i32| Dot { at: Point { x, y }, radius: 6, length: 10 };
        let dots = [dot(300, 240), dot(317, 240), dot(283, 240), dot(300, 223), dot(300, 257)];
        let labels = placed(&dots, SMALL);
        assert_eq!(labels.len(), dots.len());
        assert!(labels[0].1.leader.is_some(), "{:?}", labels[0]);
    }

    #[test]
    fn the_name_of_an_area_stays_inside_and_off_the_dots() {
        let dots = [Dot { at: Point { x: 320, y: 240 }, radius: 20, length: 0 }];
        let mut placing = Placing::new(SHEET, &dots, SMALL);
        let whole = |at: Point| (100..540).contains(&at.x) && (100..380).contains(&at.y);
        let part = Rect { left: 100, top: 100, right: 540, bottom: 380 };
        let at = placing.area(part, 10, whole).unwrap();
        let name = Spot { at, anchor: Anchor::Middle, level: Level::Beside }.rect(10, SMALL);
        assert!(dots[0].at.distance_to(&name) > 20.0);
        assert_eq!(placing.area(part, 200, whole), None, "no room for so long a name");
        let off = Rect { left: 700, top: 0, right: 900, bottom: 100 };
        assert_eq!(placing.area(off, 3, |_| true), None, "not on the sheet");
    }

    /// A narrow neck in the middle of the area, as between Tournai and Mons.
    #[test]
    fn the_name_of_an_area_is_where_no_border_crosses_it() {
        let mut placing = Placing::new(SHEET, &[], SMALL);
        let neck = |at: Point| (at.y - 240).abs() < 8 || !(200..440).contains(&at.x);
        let at = placing.area(SHEET, 12, neck).unwrap();
        let name = Spot { at, anchor: Anchor::Middle, level: Level::Beside }.rect(12, SMALL);
        assert!(name.right < 200 || name.left >= 440, "{name:?}");
    }
}
