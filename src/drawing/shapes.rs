//! Points, rectangles and lines on a sheet, and how far they are from one another.

/// A point of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    pub x: i32,
    pub y: i32,
}

impl Point {
    pub(crate) fn distance(self, other: Self) -> f64 {
        length(self.x - other.x, self.y - other.y)
    }

    /// The rectangle that is only this point.
    pub(crate) fn rect(self) -> Rect {
        Rect { left: self.x, top: self.y, right: self.x, bottom: self.y }
    }

    /// How far it is from a rectangle; 0 inside.
    pub(crate) fn distance_to(self, rect: &Rect) -> f64 {
        let x = (rect.left - self.x).max(self.x - rect.right).max(0);
        let y = (rect.top - self.y).max(self.y - rect.bottom).max(0);
        length(x, y)
    }
}

fn length(x: i32, y: i32) -> f64 {
    let (x, y) = (f64::from(x), f64::from(y));
    (x * x + y * y).sqrt()
}

/// A rectangle on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rect {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Rect {
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && self.top <= other.top && other.right <= self.right && other.bottom <= self.bottom
    }

    /// The same with a margin.
    pub(crate) fn grown(&self, by: i32) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// The least rectangle that holds both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// A straight line between two points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    pub from: Point,
    pub to: Point,
}

impl Line {
    /// On which side of it a point is: the sign of the product of the vectors to it and to the end.
    fn side(&self, Point { x, y }: Point) -> i64 {
        let Self { from, to } = self;
        let product = |a: i32, b: i32| i64::from(a) * i64::from(b);
        (product(to.x - from.x, y - from.y) - product(to.y - from.y, x - from.x)).signum()
    }

    /// Whether it has a point in common with another. Two on one straight line meet even with a point between them.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.rect().grown(1).meets(&other.rect().grown(1))
            && self.side(other.from) * self.side(other.to) <= 0
            && other.side(self.from) * other.side(self.to) <= 0
    }

    /// Whether some of it is in a rectangle. It misses one that it lies beside, and one whose corners are all on one side of it.
    pub(crate) fn crosses(&self, rect: &Rect) -> bool {
        let Rect { left, top, right, bottom } = *rect;
        let own = self.rect();
        let is_beside = own.right < left || own.left > right || own.bottom < top || own.top > bottom;
        let mut sides =
            [(left, top), (right, top), (left, bottom), (right, bottom)].map(|(x, y)| self.side(Point { x, y }));
        sides.sort_unstable();
        !is_beside && sides[0] <= 0 && sides[3] >= 0
    }

    /// The data of an SVG path.
    pub(crate) fn path(&self) -> String {
        let Self { from, to } = self;
        format!("M{} {}L{} {}", from.x, from.y, to.x, to.y)
    }

    /// The least rectangle that holds it.
    pub(crate) fn rect(&self) -> Rect {
        self.from.rect().and(&self.to.rect())
    }

    /// How far a point is from the nearest of its points.
    pub(crate) fn distance(&self, point: Point) -> f64 {
        let (x, y) = (f64::from(self.to.x - self.from.x), f64::from(self.to.y - self.from.y));
        let (across, down) = (f64::from(point.x - self.from.x), f64::from(point.y - self.from.y));
        let along = ((across * x + down * y) / (x * x + y * y).max(1.0)).clamp(0.0, 1.0);
        let (across, down) = (across - along * x, down - along * y);
        (across * across + down * down).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(from: (i32, i32), to: (i32, i32)) -> Line {
        Line { from: Point { x: from.0, y: from.1 }, to: Point { x: to.0, y: to.1 } }
    }

    #[test]
    fn lines_cross_lines_and_rectangles() {
        let across = line((0, 5), (10, 5));
        assert!(across.meets(&line((5, 0), (5, 10))));
        assert!(!across.meets(&line((5, 6), (5, 10))));
        assert!(!across.meets(&line((13, 5), (20, 5))), "on the same straight line, but apart");
        let rect = Rect { left: 2, top: 2, right: 8, bottom: 8 };
        assert!(across.crosses(&rect));
        assert!(line((5, 5), (6, 5)).crosses(&rect), "inside");
        assert!(line((0, 4), (4, 0)).crosses(&rect), "through a corner");
        assert!(!line((0, 3), (3, 0)).crosses(&rect), "past the corner");
    }

    #[test]
    fn the_nearest_point_of_a_line_is_on_it_or_an_end() {
        let across = line((0, 0), (10, 0));
        assert_eq!(across.distance(Point { x: 5, y: 3 }), 3.0);
        assert_eq!(across.distance(Point { x: 13, y: 4 }), 5.0);
    }
}
