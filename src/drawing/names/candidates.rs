//! The candidate spots of a name: next to its dot, or at the end of a leader line.

use crate::drawing::shapes::{Line, Point, Rect};

/// The clearance between a leader line and other names, in points.
const CLEAR: i32 = 2;

/// A dot of the map.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dot {
    /// The centre.
    pub at: Point,
    pub radius: i32,
    /// The width of the dot's name, in thousandths of the font size.
    pub width: i32,
}

impl Dot {
    /// The distance from the rim, given the distance from the centre. Negative inside the dot.
    pub(crate) fn beyond(&self, distance: f64) -> f64 {
        distance - f64::from(self.radius)
    }
}

/// The position of a name relative to a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    pub at: Point,
    pub anchor: Anchor,
    pub level: Level,
}

/// The part of a name that is at the point: SVG's `text-anchor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// Whether a name is above, beside or below its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Above,
    Beside,
    Below,
}

impl Anchor {
    /// The value of SVG's `text-anchor`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Level {
    /// The vertical distance from the point to the middle of the name, for SVG's `dy`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Above => "-.6em",
            Self::Beside => "",
            Self::Below => ".6em",
        }
    }
}

impl Spot {
    /// The bounding box of a name of this width, in thousandths of the font size, which is in points.
    pub(crate) fn rect(&self, width: i32, size: i32) -> Rect {
        let Point { x, y } = self.at;
        let width = width.min(i32::MAX / 128) * size / 1000;
        let height = size * 5 / 4;
        let left = match self.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2,
            Anchor::End => x - width,
        };
        let top = match self.level {
            Level::Above => y - height,
            Level::Beside => y - height / 2,
            Level::Below => y,
        };
        Rect { left, top, right: left + width, bottom: top + height }
    }
}

/// The spot of a dot's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    pub spot: Spot,
    /// The leader line, from the rim of the dot to the name.
    pub leader: Option<Line>,
}

/// A possible label, and its cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub label: Label,
    /// The bounding box of the name and the end of its leader line.
    pub name: Rect,
    /// The bounding box of the name and the whole leader line, with the clearance around it.
    room: Rect,
    pub cost: i32,
}

impl Candidate {
    pub(crate) fn new(label: Label, name: Rect, cost: i32) -> Self {
        let name = name.and(&label.leader.map_or(name, |line| line.to.rect()));
        let room = name.and(&label.leader.map_or(name, |line| line.rect())).grown(CLEAR);
        Self { label, name, room, cost }
    }

    /// The left and the right end of all that belongs to the candidate.
    pub(crate) fn ends(&self) -> (i32, i32) {
        (self.room.left, self.room.right)
    }

    /// Whether the names or leader lines of two candidates overlap.
    pub(crate) fn clashes(&self, other: &Self) -> bool {
        let crosses =
            |one: &Self, other: &Self| one.label.leader.is_some_and(|line| line.crosses(&other.name.grown(CLEAR)));
        let lines = || self.label.leader.zip(other.label.leader);
        self.room.meets(&other.room)
            && (self.name.meets(&other.name)
                || crosses(self, other)
                || crosses(other, self)
                || lines().is_some_and(|(one, other)| one.meets(&other)))
    }
}
