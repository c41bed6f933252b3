//! Positions on Earth and frames around them, in degrees.

/// A position on Earth, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// From -180 to 180, positive in the east.
    pub longitude: f64,
    /// From -90 to 90, positive in the north.
    pub latitude: f64,
}

/// A frame of meridians and parallels, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The least longitude.
    pub west: f64,
    /// The least latitude.
    pub south: f64,
    /// The greatest longitude.
    pub east: f64,
    /// The greatest latitude.
    pub north: f64,
}

impl Bounds {
    /// The frame of one position.
    pub fn of(Position { longitude, latitude }: Position) -> Self {
        Self { west: longitude, south: latitude, east: longitude, north: latitude }
    }

    /// The frame around two frames.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// Whether a position lies in the frame or on it.
    pub fn contains(&self, at: Position) -> bool {
        (self.west..=self.east).contains(&at.longitude) && (self.south..=self.north).contains(&at.latitude)
    }
}
