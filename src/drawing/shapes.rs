//! Points, rectangles and lines on a sheet, and the distances between them. The y axis points down.

/// A point of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    pub x: i32,
    pub y: i32,
}

impl Point {
    pub(crate) fn distance(self, other: Self) -> f64 {
        length(self.x - other.x, self.y - other.y)
    }

    /// The rectangle of width and height 0 at this point.
    pub(crate) fn rect(self) -> Rect {
        Rect { left: self.x, top: self.y, right: self.x, bottom: self.y }
    }

    /// The distance to a rectangle; 0 inside.
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

/// A rectangle on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rect {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Rect {
    /// Whether the rectangles overlap. Rectangles that only share a border do not.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether another rectangle is inside; it may touch the border.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && self.top <= other.top && other.right <= self.right && other.bottom <= self.bottom
    }

    /// The rectangle with a margin around it.
    pub(crate) fn grown(&self, by: i32) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// The bounding box of both.
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
    /// The side of the line on which a point is: the sign of the cross product of the vectors from the start of the
    /// line to its end and to the point.
    fn side(&self, Point { x, y }: Point) -> i64 {
        let Self { from, to } = self;
        let product = |a: i32, b: i32| i64::from(a) * i64::from(b);
        (product(to.x - from.x, y - from.y) - product(to.y - from.y, x - from.x)).signum()
    }

    /// Whether two lines have a point in common. Two lines on one straight line also count if they are one point apart.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.rect().grown(1).meets(&other.rect().grown(1))
            && self.side(other.from) * self.side(other.to) <= 0
            && other.side(self.from) * other.side(self.to) <= 0
    }

    /// Whether the line has a point in a rectangle. It has none if its bounding box misses the rectangle, or if all
    /// corners of the rectangle are on one side of the line.
    pub(crate) fn crosses(&self, rect: &Rect) -> bool {
        let Rect { left, top, right, bottom } = *rect;
        let own = self.rect();
        if own.right < left || own.left > right || own.bottom < top || own.top > bottom {
            return false;
        }
        let sides =
            [(left, top), (right, top), (left, bottom), (right, bottom)].map(|(x, y)| self.side(Point { x, y }));
        sides.iter().any(|side| *side <= 0) && sides.iter().any(|side| *side >= 0)
    }

    /// The data of an SVG path.
    pub(crate) fn path(&self) -> String {
        let Self { from, to } = self;
        format!("M{} {}L{} {}", from.x, from.y, to.x, to.y)
    }

    /// The bounding box.
    pub(crate) fn rect(&self) -> Rect {
        self.from.rect().and(&self.to.rect())
    }

    /// The distance between a point and the nearest point of the line.
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
