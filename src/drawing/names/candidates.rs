//! The places that a name may take: at its dot, or at the end of a leader line.

use crate::drawing::shapes::{Line, Point, Rect};

/// Clearance between a leader line and the names of others, in points.
const CLEAR: i32 = 2;

/// A dot of the map.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dot {
    pub at: Point,
    pub radius: i32,
    /// How many characters its name has.
    pub length: usize,
}

impl Dot {
    /// How far its rim is from something that is so far from its middle.
    pub(crate) fn beyond(&self, distance: f64) -> f64 {
        distance - f64::from(self.radius)
    }
}

/// Where a name goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    pub at: Point,
    pub anchor: Anchor,
    pub level: Level,
}

/// The end of a name that is at its point.
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
    /// The word of SVG for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Level {
    /// How far down the middle of the name is from its point.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Above => "-.6em",
            Self::Beside => "",
            Self::Below => ".6em",
        }
    }
}

impl Spot {
    /// The room that a name takes. A character of a sans-serif is about half as wide as high; one that is wider is rare.
    pub(crate) fn rect(&self, length: usize, size: i32) -> Rect {
        let Point { x, y } = self.at;
        let width = i32::try_from(length).unwrap_or(i32::MAX / 256).min(1000) * size * 3 / 5;
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

/// The name of a dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    pub spot: Spot,
    /// The line that leads to it from the rim of its dot.
    pub leader: Option<Line>,
}

/// A place that a name may take, and its cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub label: Label,
    /// The room that the name takes, up to the end of its line.
    pub name: Rect,
    /// The same with the whole line, and a margin.
    room: Rect,
    pub cost: i32,
}

impl Candidate {
    pub(crate) fn new(label: Label, name: Rect, cost: i32) -> Self {
        let name = name.and(&label.leader.map_or(name, |line| line.to.rect()));
        let room = name.and(&label.leader.map_or(name, |line| line.rect())).grown(CLEAR);
        Self { label, name, room, cost }
    }

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
