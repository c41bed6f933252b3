//! Positions on Earth and bounding boxes, in degrees.

/// A position on Earth, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// The longitude, from -180 to 180, positive in the east.
    pub longitude: f64,
    /// The latitude, from -90 to 90, positive in the north.
    pub latitude: f64,
}

/// A bounding box between two meridians and two parallels, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The smallest longitude.
    pub west: f64,
    /// The smallest latitude.
    pub south: f64,
    /// The largest longitude.
    pub east: f64,
    /// The largest latitude.
    pub north: f64,
}

impl Bounds {
    /// The bounding box of one position.
    pub fn of(Position { longitude, latitude }: Position) -> Self {
        Self { west: longitude, south: latitude, east: longitude, north: latitude }
    }

    /// The bounding box of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// Whether a position is inside or on the border.
    pub fn contains(&self, at: Position) -> bool {
        (self.west..=self.east).contains(&at.longitude) && (self.south..=self.north).contains(&at.latitude)
    }
}
