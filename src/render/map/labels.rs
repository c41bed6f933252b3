//! Names on a map, so that none covers another name or a dot.
//!
//! In: dots, the most important first, and areas. Out: where each name goes, if there is room for it. Greedy: who comes first chooses first.
//! A name that finds no room at its dot stands a little off, at the end of a line.

use super::drawing::{Point, Rect};

/// The height of a name, in points of the sheet: on wide screens, and of the names that narrow screens show, where the sheet is half as large.
pub(super) const SMALL: i32 = 13;
const LARGE: i32 = 24;
/// Between a dot and its name.
const GAP: i32 = 4;
/// How far off a name may stand, from the middle of its dot.
const LEADERS: [i32; 4] = [40, 60, 85, 115];
/// So many dots, of those that come first, may have such a name: the work grows with the square of their number.
const FAR: usize = 60;
/// The line to such a name is looked at in as many places.
const SAMPLES: i32 = 12;
/// As many positions are tried along each side of an area.
const STEPS: i32 = 12;

/// A dot of the map.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dot {
    pub at: Point,
    pub radius: i32,
    /// How many characters its name has.
    pub length: usize,
}

/// Where the name of a dot goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub at: Point,
    pub anchor: Anchor,
    /// Whether there is room for it on narrow screens too.
    pub everywhere: bool,
    /// Whether a line leads to it.
    pub leader: bool,
}

/// The end of a name that is at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// The word of SVG for it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// The names of a map, while they are being placed.
pub(super) struct Placing {
    sheet: Rect,
    /// The room that dots, names and lines take; that of the dots comes first.
    taken: Vec<Rect>,
    dots: usize,
}

impl Placing {
    pub(super) fn new(sheet: Rect, dots: &[Dot]) -> Self {
        Self { sheet, taken: dots.iter().map(Dot::rect).collect(), dots: dots.len() }
    }

    fn is_free(&self, rect: &Rect) -> bool {
        self.sheet.holds(rect) && !self.taken.iter().any(|taken| taken.meets(rect))
    }

    /// Places the names of the dots, for narrow screens first: a name that has room there has it on wide ones too, at the same point.
    pub(super) fn dots(&mut self, dots: &[Dot]) -> Vec<Option<Label>> {
        let mut labels: Vec<Option<Label>> = vec![None; dots.len()];
        for (dot, label) in dots.iter().zip(&mut labels) {
            *label = self.dot(dot, LARGE, true);
        }
        self.taken.truncate(self.dots);
        for (dot, label) in dots.iter().zip(&labels) {
            self.taken.extend(label.map(|label| rect(label.at, label.anchor, dot.length, SMALL)));
        }
        for (at, (dot, label)) in dots.iter().zip(&mut labels).enumerate().filter(|(_, (_, label))| label.is_none()) {
            *label = self.dot(dot, SMALL, false);
            if label.is_none() && at < FAR {
                *label = self.far(dot);
            }
        }
        labels
    }

    fn dot(&mut self, dot: &Dot, size: i32, everywhere: bool) -> Option<Label> {
        let Point { x, y } = dot.at;
        let (beside, above) = (dot.radius + GAP, dot.radius + GAP + size / 2);
        let candidates = [
            (Point { x: x + beside, y }, Anchor::Start),
            (Point { x: x - beside, y }, Anchor::End),
            (Point { x, y: y - above }, Anchor::Middle),
            (Point { x, y: y + above }, Anchor::Middle),
            (Point { x: x + beside / 2, y: y - above }, Anchor::Start),
            (Point { x: x + beside / 2, y: y + above }, Anchor::Start),
            (Point { x: x - beside / 2, y: y - above }, Anchor::End),
            (Point { x: x - beside / 2, y: y + above }, Anchor::End),
        ];
        let free = |(at, anchor): &(Point, Anchor)| self.is_free(&rect(*at, *anchor, dot.length, size));
        let (at, anchor) = candidates.into_iter().find(free)?;
        self.taken.push(rect(at, anchor, dot.length, size));
        Some(Label { at, anchor, everywhere, leader: false })
    }

    /// Places a name away from its dot, where a straight line leads to it without crossing another name, line or dot.
    fn far(&mut self, dot: &Dot) -> Option<Label> {
        let directions = [(4, -3), (4, 3), (5, 0), (-4, -3), (-4, 3), (-5, 0), (2, -5), (2, 5), (-2, -5), (-2, 5)];
        let candidates = LEADERS.into_iter().flat_map(|far| directions.map(|(x, y)| (x * far / 5, y * far / 5)));
        for (x, y) in candidates {
            let at = Point { x: dot.at.x + x, y: dot.at.y + y };
            let anchor = if x > 0 { Anchor::Start } else { Anchor::End };
            let name = rect(at, anchor, dot.length, SMALL);
            let on_line = (1..SAMPLES).map(|step| (dot.at.x + x * step / SAMPLES, dot.at.y + y * step / SAMPLES));
            let line: Vec<Rect> =
                on_line.map(|(x, y)| Rect { left: x - 1, top: y - 1, right: x + 1, bottom: y + 1 }).collect();
            // Where dots overlap, the line to the name of one of them can't but touch the other.
            let own = dot.rect();
            let in_the_way = self.taken.iter().enumerate().filter(|(at, taken)| *at >= self.dots || !taken.meets(&own));
            let is_crossed = in_the_way.into_iter().any(|(_, taken)| line.iter().any(|part| part.meets(taken)));
            if self.is_free(&name) && !is_crossed {
                self.taken.push(name);
                self.taken.extend(line);
                return Some(Label { at, anchor, everywhere: false, leader: true });
            }
        }
        None
    }

    /// A point in an area, and on the sheet, around which there is room for a name of so many characters: the nearest to the middle.
    /// `is_inside` says whether a point is in the area.
    pub(super) fn area(&mut self, part: Rect, length: usize, is_inside: impl Fn(Point) -> bool) -> Option<Point> {
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
        let is_free = |at: &Point| {
            let name = rect(*at, Anchor::Middle, length, SMALL);
            let ends = [Point { x: name.left, y: at.y }, Point { x: name.right, y: at.y }, *at];
            self.is_free(&name) && ends.into_iter().all(&is_inside)
        };
        let at = points.into_iter().find(is_free)?;
        self.taken.push(rect(at, Anchor::Middle, length, SMALL));
        Some(at)
    }
}

impl Dot {
    fn rect(&self) -> Rect {
        let (Point { x, y }, radius) = (self.at, self.radius);
        Rect { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }
}

/// The room that a name takes. A character of a sans-serif is about half as wide as high; one that is wider is rare.
fn rect(Point { x, y }: Point, anchor: Anchor, length: usize, size: i32) -> Rect {
    let width = i32::try_from(length).unwrap_or(i32::MAX / 256).min(1000) * size * 3 / 5;
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2,
        Anchor::End => x - width,
    };
    let half = size * 3 / 5;
    Rect { left, top: y - half, right: left + width, bottom: y + half }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHEET: Rect = Rect { left: 0, top: 0, right: 640, bottom: 480 };

    proptest! {
        #[test]
        fn names_cover_neither_names_nor_dots_and_stay_on_the_sheet(
            seeds in proptest::collection::vec((40..600_i32, 40..440_i32, 2..30_i32, 0..30_usize), 0..40)
        ) {
            let dots: Vec<Dot> = seeds.iter().map(|(x, y, radius, length)| Dot { at: Point { x: *x, y: *y }, radius: *radius, length: *length }).collect();
            let labels = Placing::new(SHEET, &dots).dots(&dots);
            for size in [SMALL, LARGE] {
                let shown = |label: &&Label| size == SMALL || label.everywhere;
                let rects: Vec<Rect> = dots.iter().zip(&labels)
                    .filter_map(|(dot, label)| Some(rect(label.as_ref().filter(shown)?.at, label.as_ref()?.anchor, dot.length, size)))
                    .collect();
                for (at, name) in rects.iter().enumerate() {
                    prop_assert!(SHEET.holds(name));
                    prop_assert!(!rects[..at].iter().any(|other| other.meets(name)));
                    prop_assert!(!dots.iter().any(|dot| dot.rect().meets(name)));
                }
            }
        }
    }

    #[test]
    fn the_name_of_an_area_stays_inside_and_off_the_dots() {
        let dot = Dot { at: Point { x: 320, y: 240 }, radius: 20, length: 0 };
        let mut placing = Placing::new(SHEET, &[dot]);
        let whole = |at: Point| (100..540).contains(&at.x) && (100..380).contains(&at.y);
        let part = Rect { left: 100, top: 100, right: 540, bottom: 380 };
        let at = placing.area(part, 10, whole).unwrap();
        assert!(!rect(at, Anchor::Middle, 10, SMALL).meets(&dot.rect()));
        assert_eq!(placing.area(part, 200, whole), None, "no room for so long a name");
        let off = Rect { left: 700, top: 0, right: 900, bottom: 100 };
        assert_eq!(placing.area(off, 3, |_| true), None, "not on the sheet");
    }
}
