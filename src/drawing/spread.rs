//! Moves overlapping dots of a map apart.
//!
//! In: the true points of the dots, and their radii. Out: the points at which they are drawn. Each dot still covers its
//! true point.
//!
//! Two dots that overlap push each other away, and the small one moves further, as in D. Dorling's cartograms (*Area
//! Cartograms: Their Use and Creation*, Concepts and Techniques in Modern Geography 59, 1996). Dorling's circles move
//! until none overlap. Here the shift of a dot has a limit, so that the map stays true.

use super::shapes::Point;

/// The maximum shift of a dot, in points. The shift is not larger than the radius of the dot either.
pub(crate) const FARTHEST: i32 = 6;
/// The desired gap between two dots, in points: the width of their rims.
const GAP: f64 = 2.0;
/// The number of rounds in which dots push each other.
const ROUNDS: usize = 60;
/// The initial shifts, given to the dots in turn, so that dots at one point or on one line can pass each other. They
/// are less than a point, and the final shifts are cut to whole points: a dot that no other dot pushes is not moved.
const STARTS: [(f64, f64); 4] = [(0.5, 0.0), (0.0, 0.5), (-0.5, 0.0), (0.0, -0.5)];

/// The points at which dots are drawn, in the order of the dots.
pub(crate) fn spread(points: &[Point], radii: &[i32]) -> Vec<Point> {
    let pairs = near_pairs(points, radii);
    let mut shifts: Vec<(f64, f64)> = STARTS.into_iter().cycle().take(points.len()).collect();
    for _ in 0..ROUNDS {
        for (one, other) in &pairs {
            push(points, radii, &mut shifts, *one, *other);
        }
    }
    let shifted =
        |(point, (x, y)): (&Point, (f64, f64))| Point { x: point.x + toward_zero(x), y: point.y + toward_zero(y) };
    points.iter().zip(shifts).map(shifted).collect()
}

/// Cuts a shift to whole points, so that it does not exceed its limit.
fn toward_zero(shift: f64) -> i32 {
    shift as i32
}

/// The pairs of dots that can overlap after both have moved.
fn near_pairs(points: &[Point], radii: &[i32]) -> Vec<(usize, usize)> {
    let all = (0..points.len()).flat_map(|one| (one + 1..points.len()).map(move |other| (one, other)));
    let reach = |at: usize| f64::from(radii[at] + radii[at].min(FARTHEST));
    all.filter(|(one, other)| points[*one].distance(points[*other]) < reach(*one) + reach(*other) + GAP).collect()
}

/// Pushes two dots apart if they overlap. Each moves by a share of the overlap that is proportional to the area of the
/// other.
fn push(points: &[Point], radii: &[i32], shifts: &mut [(f64, f64)], one: usize, other: usize) {
    let at = |at: usize| (f64::from(points[at].x) + shifts[at].0, f64::from(points[at].y) + shifts[at].1);
    let (x, y) = (at(other).0 - at(one).0, at(other).1 - at(one).1);
    let distance = (x * x + y * y).sqrt();
    let overlap = f64::from(radii[one] + radii[other]) + GAP - distance;
    if overlap <= 0.0 {
        return;
    }
    let direction = if distance > 0.0 { (x / distance, y / distance) } else { (1.0, 0.0) };
    let area = |at: usize| f64::from(radii[at] * radii[at]);
    let share = overlap * area(other) / (area(one) + area(other)).max(1.0);
    for (at, by) in [(one, -share), (other, overlap - share)] {
        let (x, y) = (shifts[at].0 + direction.0 * by, shifts[at].1 + direction.1 * by);
        let max_shift = f64::from(radii[at].min(FARTHEST));
        let scale = max_shift / (x * x + y * y).sqrt().max(max_shift);
        shifts[at] = (x * scale, y * scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(points: &[(i32, i32)]) -> Vec<Point> {
        points.iter().map(|(x, y)| Point { x: *x, y: *y }).collect()
    }

    proptest! {
        #[test]
        fn every_dot_covers_its_place(seeds in proptest::collection::vec((40..140_i32, 40..140_i32, 2..20_i32), 0..30)) {
            let points: Vec<Point> = seeds.iter().map(|(x, y, _)| Point { x: *x, y: *y }).collect();
            let radii: Vec<i32> = seeds.iter().map(|(_, _, radius)| *radius).collect();
            for ((point, moved), radius) in points.iter().zip(spread(&points, &radii)).zip(&radii) {
                prop_assert!(point.distance(moved) <= f64::from(*radius.min(&FARTHEST)));
            }
        }
    }

    #[test]
    fn dots_that_are_apart_stay() {
        let points = points(&[(50, 50), (80, 50), (50, 90)]);
        assert_eq!(spread(&points, &[10, 10, 10]), points);
    }

    /// A town with three districts, two of them where it is, all on one meridian: pushed along it only, they would stay
    /// on one another.
    #[test]
    fn the_middle_of_each_dot_is_seen() {
        let radii = [20, 8, 8, 5];
        let moved = spread(&points(&[(50, 50), (50, 62), (50, 50), (50, 40)]), &radii);
        for (one, other) in (0..4).flat_map(|one| (one + 1..4).map(move |other| (one, other))) {
            assert!(moved[one].distance(moved[other]) > f64::from(radii[other]), "{moved:?}");
        }
    }
}
