//! The projection of a map: from degrees to points of a sheet, and back.
//!
//! In: a bounding box in degrees. Out: integers, so that the drawing is small and the same on every machine.

use std::fmt::Write;

use super::earth::{Bounds, Position};
use super::shapes::{Point, Rect};

/// The minimum height and width of the frame, in degrees: about five kilometres.
const MIN_SPAN: f64 = 0.05;
/// The minimum cosine of the mean latitude: at the poles a degree of longitude would have no width.
const MIN_COSINE: f64 = 0.05;
/// A degree of latitude, in kilometres, on a sphere of the Earth's mean radius (6371.0088 km, International Union of
/// Geodesy and Geophysics).
const DEGREE: f64 = 111.195_08;

/// A map sheet.
///
/// The projection is the equidistant cylindrical (equirectangular) one whose standard parallel is the mean latitude of
/// the frame: x is the longitude times the cosine of that latitude, y is the latitude (J. P. Snyder, *Map Projections:
/// A Working Manual*, U.S. Geological Survey Professional Paper 1395, 1987, chapter 12). It is neither conformal nor
/// equal-area, but over a few hundred kilometres the difference can't be seen.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub width: i32,
    pub height: i32,
    frame: Bounds,
    /// Points per degree of latitude.
    scale: f64,
    cosine: f64,
    margin: f64,
}

impl Sheet {
    /// A sheet of this width around a frame, with an empty margin, both in points. The inner height is between half the
    /// inner width and the inner width; a frame of another shape gets empty space on two sides.
    pub(crate) fn new(frame: Bounds, width: i32, margin: i32) -> Self {
        let cosine = ((frame.south + frame.north) / 2.0).to_radians().cos().max(MIN_COSINE);
        let inner = f64::from(width - 2 * margin);
        let across = ((frame.east - frame.west) * cosine).max(MIN_SPAN);
        let down = (frame.north - frame.south).max(MIN_SPAN);
        let scale = inner / across.max(down);
        let height = (down * scale).ceil().max(inner / 2.0) + 2.0 * f64::from(margin);
        Self { width, height: height as i32, frame, scale, cosine, margin: margin.into() }
    }

    /// The point of a position, which may be off the sheet.
    pub(crate) fn point(&self, Position { longitude, latitude }: Position) -> Point {
        let middle = |low: f64, high: f64| (low + high) / 2.0;
        let x = (longitude - middle(self.frame.west, self.frame.east)) * self.cosine * self.scale;
        let y = (middle(self.frame.south, self.frame.north) - latitude) * self.scale;
        Point {
            x: (x + f64::from(self.width) / 2.0).round() as i32,
            y: (y + f64::from(self.height) / 2.0).round() as i32,
        }
    }

    /// The position of a point.
    pub(crate) fn position(&self, Point { x, y }: Point) -> Position {
        let middle = |low: f64, high: f64| (low + high) / 2.0;
        let across = (f64::from(x) - f64::from(self.width) / 2.0) / (self.cosine * self.scale);
        let down = (f64::from(y) - f64::from(self.height) / 2.0) / self.scale;
        Position {
            longitude: middle(self.frame.west, self.frame.east) + across,
            latitude: middle(self.frame.south, self.frame.north) - down,
        }
    }

    /// The rectangle of the whole sheet.
    pub(crate) fn rect(&self) -> Rect {
        Rect { left: 0, top: 0, right: self.width, bottom: self.height }
    }

    /// The rectangle of a bounding box, which may be off the sheet.
    pub(crate) fn rect_of(&self, bounds: Bounds) -> Rect {
        let first = self.point(Position { longitude: bounds.west, latitude: bounds.north });
        let last = self.point(Position { longitude: bounds.east, latitude: bounds.south });
        Rect { left: first.x, top: first.y, right: last.x, bottom: last.y }
    }

    /// The scale bar: its length in kilometres, and its width in points along the standard parallel. The length is 1, 2
    /// or 5 times a power of ten, and at most a fifth of the inner width. `None` if a kilometre is too wide.
    pub(crate) fn kilometres(&self) -> Option<(i32, i32)> {
        let kilometres_per_point = DEGREE / self.scale;
        let max_length = kilometres_per_point * (f64::from(self.width) - 2.0 * self.margin) / 5.0;
        let lengths = (0..5).flat_map(|power| [1, 2, 5].map(|step| step * 10_i32.pow(power)));
        let length = lengths.take_while(|length| f64::from(*length) <= max_length).last()?;
        Some((length, (f64::from(length) / kilometres_per_point).round() as i32))
    }

    /// The borders of an area as the data of an SVG path, with relative coordinates. Points that round to the same
    /// integers are written once. Empty if the area is off the sheet.
    pub(crate) fn path(&self, rings: &[Vec<Position>], bounds: Bounds) -> String {
        let mut path = String::new();
        if !self.rect().meets(&self.rect_of(bounds)) {
            return path;
        }
        for ring in rings {
            let mut points: Vec<Point> = ring.iter().map(|position| self.point(*position)).collect();
            points.dedup();
            if points.first() == points.last() {
                points.pop();
            }
            if points.len() > 2 {
                ring_path(&mut path, &points);
            }
        }
        path
    }
}

fn ring_path(path: &mut String, points: &[Point]) {
    // Writing to a string can't fail.
    let _ = write!(path, "M{} {}l", points[0].x, points[0].y);
    for (at, pair) in points.windows(2).enumerate() {
        let (x, y) = (pair[1].x - pair[0].x, pair[1].y - pair[0].y);
        let first = if at > 0 && x >= 0 { " " } else { "" };
        let second = if y >= 0 { " " } else { "" };
        let _ = write!(path, "{first}{x}{second}{y}");
    }
    path.push('z');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(longitude: f64, latitude: f64) -> Position {
        Position { longitude, latitude }
    }

    fn path(sheet: &Sheet, corners: &[(f64, f64)]) -> String {
        let ring: Vec<Position> = corners.iter().map(|(longitude, latitude)| at(*longitude, *latitude)).collect();
        let bounds = ring.iter().copied().map(Bounds::of).reduce(Bounds::and).unwrap();
        sheet.path(&[ring], bounds)
    }

    #[test]
    fn any_frame_fits_on_its_sheet_inside_the_margin() {
        for (west, south, east, north) in [
            (2.5, 49.5, 6.4, 51.5),
            (4.0, 50.0, 4.0, 50.0),
            (-180.0, -90.0, 180.0, 90.0),
            (5.0, -90.0, 5.1, 90.0),
            (-180.0, 89.9, 180.0, 90.0),
            (0.0, 0.0, 0.000_001, 40.0),
        ] {
            let frame = Bounds { west, south, east, north };
            let sheet = Sheet::new(frame, 640, 36);
            assert!((320..=640).contains(&sheet.height), "{frame:?}: {}", sheet.height);
            let inner = Rect { left: 36, top: 36, right: 604, bottom: sheet.height - 36 };
            for corner in [at(west, south), at(east, north)] {
                let Point { x, y } = sheet.point(corner);
                assert!(inner.holds(&Rect { left: x, top: y, right: x, bottom: y }), "{frame:?}: {x}, {y}");
            }
        }
    }

    #[test]
    fn a_kilometre_is_as_long_in_both_directions_at_the_mean_latitude() {
        let sheet = Sheet::new(Bounds { west: 4.0, south: 50.0, east: 6.0, north: 51.0 }, 10_000, 0);
        let east = sheet.point(at(5.0 + 1.0 / 50.5_f64.to_radians().cos(), 50.5)).x - sheet.point(at(5.0, 50.5)).x;
        let north = sheet.point(at(5.0, 50.0)).y - sheet.point(at(5.0, 51.0)).y;
        assert!((east - north).abs() <= 2, "{east} and {north}");
        let (kilometres, length) = sheet.kilometres().unwrap();
        assert_eq!(kilometres, 20);
        assert!((f64::from(length) - f64::from(north) * 20.0 / DEGREE).abs() < 2.0);
    }

    #[test]
    fn a_path_leaves_out_what_the_grid_swallows() {
        let sheet = Sheet::new(Bounds { west: 0.0, south: 0.0, east: 1.0, north: 1.0 }, 100, 0);
        let square = [(0.0, 0.0), (0.001, 0.0), (1.0, 0.0), (1.0, 1.0), (1.0, 0.9999), (0.0, 1.0), (0.0, 0.0)];
        assert_eq!(path(&sheet, &square), "M0 100l100 0 0-100-100 0z");
        let dot = [(0.5, 0.5), (0.5001, 0.5), (0.5001, 0.5001), (0.5, 0.5)];
        assert_eq!(path(&sheet, &dot), "", "a dot has no path");
        assert_eq!(path(&sheet, &[(5.0, 5.0), (6.0, 5.0), (6.0, 6.0), (5.0, 5.0)]), "", "off the sheet");
    }
}
