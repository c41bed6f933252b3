//! The placement of names on a map. No name covers another name or a dot, and each is nearest to its own dot or has a
//! leader line.
//!
//! In: dots, the most important first, and areas. Out: the spot of each name, if there is room for it.
//!
//! Each name has a list of candidate spots, each candidate has a cost, and `settle` chooses (J. Christensen, J. Marks
//! and S. Shieber, *An Empirical Study of Algorithms for Point-Feature Label Placement*, ACM Transactions on Graphics
//! 14, 1995, pages 203–232). The spots next to the dot are those of E. Imhof, *Positioning Names on Maps* (The American
//! Cartographer 2, 1975). The spots at the end of a leader line are our addition.

pub(crate) mod candidates;
mod settle;
pub(crate) mod sides;
pub(crate) mod text;

use super::shapes::{Line, Point, Rect};
use candidates::{Anchor, Candidate, Dot, Label, Level, Spot};
use settle::settle;

/// The gap between a name and its dot or the end of its leader line, in points.
const GAP: i32 = 4;
/// The minimum extra distance, in points, between a name and any other dot, compared with its own dot.
const CLEARER: f64 = 8.0;
/// The minimum distance, in points, between a name with a leader line and any dot.
const CLEAR: f64 = 9.0;
/// The minimum distance, in points, between a leader line and any other dot.
const LINE_CLEAR: f64 = 2.0;
/// The lengths of leader lines, in points.
const LINES: [i32; 8] = [12, 20, 28, 36, 46, 56, 70, 85];
/// The directions of leader lines in the first quadrant, as vectors of length 65. The other directions are these,
/// turned by 90, 180 and 270 degrees.
const DIRECTIONS: [(i32, i32); 5] = [(65, 0), (60, 25), (52, 39), (39, 52), (25, 60)];
/// Only the names of the first dots, as many as this, can have a leader line.
const MAX_LEADERS: usize = 60;
/// The cost of a leader line.
const LEADER_COST: i32 = 60;
/// The additional cost of a leader line that crosses dots below its own.
const CROSSING_COST: i32 = 250;
/// The additional cost per point of depth inside the dots that a leader line crosses.
const DEPTH_COST: i32 = 10;
/// The number of steps along each side of an area in which points for its name are tried.
const STEPS: i32 = 24;

/// The names of a map, while they are being placed.
pub(crate) struct Placing<'a> {
    sheet: Rect,
    dots: &'a [Dot],
    /// The font size, in points.
    size: i32,
    /// The names that have a spot.
    placed: Vec<Candidate>,
}

impl<'a> Placing<'a> {
    pub(crate) fn new(sheet: Rect, dots: &'a [Dot], size: i32) -> Self {
        Self { sheet, dots, size, placed: Vec::new() }
    }

    /// Places the names of the dots. `None` stands for a name without room.
    pub(crate) fn dots(&mut self) -> Vec<Option<Label>> {
        let choices: Vec<_> = (0..self.dots.len()).map(|at| [self.at_dot(at), self.with_leader(at)].concat()).collect();
        let chosen = settle(&choices);
        self.placed = chosen.iter().flatten().copied().collect();
        chosen.into_iter().map(|choice| Some(choice?.label)).collect()
    }

    /// The distance between a name and the rim of the nearest other dot.
    fn room(&self, own: usize, rect: &Rect) -> f64 {
        let others = self.dots.iter().enumerate().filter(|(at, _)| *at != own);
        others.map(|(_, dot)| dot.beyond(dot.at.distance_to(rect))).fold(f64::INFINITY, f64::min)
    }

    /// The candidates next to the dot, the best first.
    fn at_dot(&self, own: usize) -> Vec<Candidate> {
        let dot = &self.dots[own];
        // The offset of a diagonal spot on each axis is the distance times cos 45°, about 0.7.
        let (straight, diagonal) = (dot.radius + GAP, (dot.radius + GAP) * 7 / 10);
        let offsets = [
            ((straight, 0), Anchor::Start, Level::Beside),
            ((diagonal, -diagonal), Anchor::Start, Level::Above),
            ((-straight, 0), Anchor::End, Level::Beside),
            ((diagonal, diagonal), Anchor::Start, Level::Below),
            ((0, -straight), Anchor::Middle, Level::Above),
            ((0, straight), Anchor::Middle, Level::Below),
            ((-diagonal, -diagonal), Anchor::End, Level::Above),
            ((-diagonal, diagonal), Anchor::End, Level::Below),
        ];
        let candidates = offsets.into_iter().zip(0..).filter_map(|(((x, y), anchor, level), rank)| {
            let spot = Spot { at: Point { x: dot.at.x + x, y: dot.at.y + y }, anchor, level };
            let rect = spot.rect(dot.width, self.size);
            let distance = dot.beyond(dot.at.distance_to(&rect));
            let is_clear = self.sheet.holds(&rect) && self.room(own, &rect) >= distance + CLEARER;
            is_clear.then_some(Candidate::new(Label { spot, leader: None }, rect, rank * 3))
        });
        candidates.collect()
    }

    /// The candidates with a leader line, if the dot is important enough.
    fn with_leader(&self, own: usize) -> Vec<Candidate> {
        if own >= MAX_LEADERS {
            return Vec::new();
        }
        let directions = DIRECTIONS.into_iter().flat_map(|(x, y)| [(x, y), (-x, -y), (y, -x), (-y, x)]);
        let lines = directions.flat_map(|direction| LINES.map(|length| (direction, length)));
        lines.filter_map(|(direction, length)| self.at_line(own, direction, length)).collect()
    }

    /// The candidate at the end of a leader line of this direction and length, if there is room.
    fn at_line(&self, own: usize, (x, y): (i32, i32), length: i32) -> Option<Candidate> {
        let dot = &self.dots[own];
        let along = |distance: i32| Point { x: dot.at.x + x * distance / 65, y: dot.at.y + y * distance / 65 };
        let line = Line { from: along(dot.radius), to: along(dot.radius + length) };
        let (anchor, level, gap) = match (x.signum(), y.signum()) {
            (1, _) => (Anchor::Start, Level::Beside, (GAP, 0)),
            (-1, _) => (Anchor::End, Level::Beside, (-GAP, 0)),
            (_, 1) => (Anchor::Middle, Level::Below, (0, GAP / 2)),
            _ => (Anchor::Middle, Level::Above, (0, -GAP / 2)),
        };
        let spot = Spot { at: Point { x: line.to.x + gap.0, y: line.to.y + gap.1 }, anchor, level };
        let rect = spot.rect(dot.width, self.size);
        if !self.sheet.holds(&rect) || self.room(own, &rect) < CLEAR {
            return None;
        }
        let depth = self.depth(own, &line)?;
        let crossing = if depth > 0 { CROSSING_COST + DEPTH_COST * depth } else { 0 };
        let cost = LEADER_COST + length * length / 20 + crossing;
        Some(Candidate::new(Label { spot, leader: Some(line) }, rect, cost))
    }

    /// The depth, in points, of a leader line inside the dots that its own dot covers in part. `None` if the line
    /// touches any other dot.
    fn depth(&self, own: usize, line: &Line) -> Option<i32> {
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

    /// Places the name of an area, which has `length` characters. Returns the middle of the name; `None` if there is no
    /// room.
    ///
    /// `bounds` is the bounding box of the area, and `is_inside` says whether a point is in the area. Of all points
    /// with room, the nearest to the middle of the visible part is taken: one where the whole name is inside, or else
    /// one where both ends of the name are.
    pub(crate) fn area(&mut self, bounds: Rect, width: i32, is_inside: impl Fn(Point) -> bool) -> Option<Point> {
        let name = |at: Point| {
            let spot = Spot { at, anchor: Anchor::Middle, level: Level::Beside };
            Candidate::new(Label { spot, leader: None }, spot.rect(width, self.size), 0)
        };
        let is_free = |at: &Point| {
            let name = name(*at);
            is_inside(*at)
                && self.sheet.holds(&name.name)
                && self.room(usize::MAX, &name.name) >= CLEARER
                && !self.placed.iter().any(|placed| placed.clashes(&name))
        };
        let free: Vec<Point> = self.grid(bounds).filter(is_free).collect();
        let is_whole_inside = |at: &&Point| {
            let Rect { left, top, right, bottom } = name(**at).name;
            (0..=STEPS).all(|at| [top, bottom].into_iter().all(|y| is_inside(Point { x: step(left, right, at), y })))
        };
        let has_ends_inside = |at: &&Point| {
            let Rect { left, right, .. } = name(**at).name;
            [left, right].into_iter().all(|x| is_inside(Point { x, y: at.y }))
        };
        let at = *free.iter().find(is_whole_inside).or_else(|| free.iter().find(has_ends_inside))?;
        self.placed.push(name(at));
        Some(at)
    }

    /// Points on a grid over the visible part of a rectangle, the nearest to its middle first.
    fn grid(&self, bounds: Rect) -> impl Iterator<Item = Point> + use<> {
        let visible = Rect {
            left: bounds.left.max(self.sheet.left),
            top: bounds.top.max(self.sheet.top),
            right: bounds.right.min(self.sheet.right),
            bottom: bounds.bottom.min(self.sheet.bottom),
        };
        let mut steps: Vec<(i32, i32)> =
            (1..STEPS).flat_map(|down| (1..STEPS).map(move |across| (across, down))).collect();
        steps.sort_by_key(|(across, down)| ((2 * across - STEPS).pow(2) + (2 * down - STEPS).pow(2), *down, *across));
        steps.into_iter().map(move |(across, down)| Point {
            x: step(visible.left, visible.right, across),
            y: step(visible.top, visible.bottom, down),
        })
    }
}

/// The value after `at` of [`STEPS`] equal steps from `low` to `high`.
fn step(low: i32, high: i32, at: i32) -> i32 {
    low + (high - low) * at / STEPS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHEET: Rect = Rect { left: 0, top: 0, right: 640, bottom: 480 };
    /// Font sizes, in points.
    const SMALL: i32 = 13;
    const LARGE: i32 = 24;

    fn placed(dots: &[Dot], size: i32) -> Vec<(usize, Label, Rect)> {
        let labels = Placing::new(SHEET, dots, size).dots();
        let labelled = labels.into_iter().enumerate().filter_map(|(at, label)| Some((at, label?)));
        labelled.map(|(at, label)| (at, label, label.spot.rect(dots[at].width, size))).collect()
    }

    fn dots() -> impl Strategy<Value = Vec<Dot>> {
        let dot = (40..600_i32, 40..440_i32, 2..20_i32, 1..20_i32);
        let dot = dot.prop_map(|(x, y, radius, letters)| Dot { at: Point { x, y }, radius, width: letters * 600 });
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
        let dot = |x: i32, y: i32| Dot { at: Point { x, y }, radius: 6, width: 6000 };
        let dots = [dot(300, 240), dot(317, 240), dot(283, 240), dot(300, 223), dot(300, 257)];
        let labels = placed(&dots, SMALL);
        assert_eq!(labels.len(), dots.len());
        assert!(labels[0].1.leader.is_some(), "{:?}", labels[0]);
    }

    #[test]
    fn the_name_of_an_area_stays_inside_and_off_the_dots() {
        let dots = [Dot { at: Point { x: 320, y: 240 }, radius: 20, width: 0 }];
        let mut placing = Placing::new(SHEET, &dots, SMALL);
        let whole = |at: Point| (100..540).contains(&at.x) && (100..380).contains(&at.y);
        let part = Rect { left: 100, top: 100, right: 540, bottom: 380 };
        let at = placing.area(part, 6000, whole).unwrap();
        let name = Spot { at, anchor: Anchor::Middle, level: Level::Beside }.rect(6000, SMALL);
        assert!(dots[0].at.distance_to(&name) > 20.0);
        assert_eq!(placing.area(part, 120000, whole), None, "no room for so long a name");
        let off = Rect { left: 700, top: 0, right: 900, bottom: 100 };
        assert_eq!(placing.area(off, 1800, |_| true), None, "not on the sheet");
    }

    /// A narrow neck in the middle of the area, as between Tournai and Mons.
    #[test]
    fn the_name_of_an_area_is_where_no_border_crosses_it() {
        let mut placing = Placing::new(SHEET, &[], SMALL);
        let neck = |at: Point| (at.y - 240).abs() < 8 || !(200..440).contains(&at.x);
        let at = placing.area(SHEET, 7200, neck).unwrap();
        let name = Spot { at, anchor: Anchor::Middle, level: Level::Beside }.rect(7200, SMALL);
        assert!(name.right < 200 || name.left >= 440, "{name:?}");
    }
}
