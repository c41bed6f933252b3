//! Dots moved apart, so that none hides another.
//!
//! In: where the dots belong, and their radii. Out: where they are drawn. Each dot still covers the point where it belongs.
//!
//! As the circles of D. Dorling's cartograms (*Area Cartograms: Their Use and Creation*, Concepts and Techniques in Modern Geography 59,
//! 1996) do, two dots that overlap push each other away, the small one further. Dorling's move until none overlaps; these only so far that
//! the map remains true.

use super::shapes::Point;

/// No dot is moved further than this, nor further than its radius.
pub(crate) const FARTHEST: i32 = 6;
/// The room between two dots: the width of their rims.
const ROOM: f64 = 2.0;
/// They push one another so often at most.
const ROUNDS: usize = 60;
/// Where dots start from, in turn, so that those of one place or in one line get past one another. It is less than a point: what no other
/// dot pushes stays where it is.
const STARTS: [(f64, f64); 4] = [(0.5, 0.0), (0.0, 0.5), (-0.5, 0.0), (0.0, -0.5)];

pub(crate) fn spread(places: &[Point], radii: &[i32]) -> Vec<Point> {
    let pairs = near(places, radii);
    let mut shifts: Vec<(f64, f64)> = STARTS.into_iter().cycle().take(places.len()).collect();
    for _ in 0..ROUNDS {
        for (one, other) in &pairs {
            push(places, radii, &mut shifts, *one, *other);
        }
    }
    let moved = places.iter().zip(shifts);
    moved.map(|(place, (x, y))| Point { x: place.x + toward_zero(x), y: place.y + toward_zero(y) }).collect()
}

/// A shift is cut to whole points, so that it does not grow beyond its limit.
fn toward_zero(shift: f64) -> i32 {
    shift as i32
}

/// The pairs of dots that may come to overlap.
fn near(places: &[Point], radii: &[i32]) -> Vec<(usize, usize)> {
    let all = (0..places.len()).flat_map(|one| (one + 1..places.len()).map(move |other| (one, other)));
    let reach = |at: usize| f64::from(radii[at] + radii[at].min(FARTHEST));
    all.filter(|(one, other)| places[*one].distance(places[*other]) < reach(*one) + reach(*other) + ROOM).collect()
}

/// Pushes two dots apart if they overlap: each by a part of the overlap that is in proportion to the area of the other.
fn push(places: &[Point], radii: &[i32], shifts: &mut [(f64, f64)], one: usize, other: usize) {
    let at = |at: usize| (f64::from(places[at].x) + shifts[at].0, f64::from(places[at].y) + shifts[at].1);
    let (x, y) = (at(other).0 - at(one).0, at(other).1 - at(one).1);
    let distance = (x * x + y * y).sqrt();
    let overlap = f64::from(radii[one] + radii[other]) + ROOM - distance;
    if overlap <= 0.0 {
        return;
    }
    let direction = if distance > 0.0 { (x / distance, y / distance) } else { (1.0, 0.0) };
    let area = |at: usize| f64::from(radii[at] * radii[at]);
    let part = overlap * area(other) / (area(one) + area(other)).max(1.0);
    for (at, by) in [(one, -part), (other, overlap - part)] {
        let (x, y) = (shifts[at].0 + direction.0 * by, shifts[at].1 + direction.1 * by);
        let most = f64::from(radii[at].min(FARTHEST));
        let back = most / (x * x + y * y).sqrt().max(most);
        shifts[at] = (x * back, y * back);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(places: &[(i32, i32)]) -> Vec<Point> {
        places.iter().map(|(x, y)| Point { x: *x, y: *y }).collect()
    }

    proptest! {
        #[test]
        fn every_dot_covers_its_place(seeds in proptest::collection::vec((40..140_i32, 40..140_i32, 2..20_i32), 0..30)) {
            let places: Vec<Point> = seeds.iter().map(|(x, y, _)| Point { x: *x, y: *y }).collect();
            let radii: Vec<i32> = seeds.iter().map(|(_, _, radius)| *radius).collect();
            for ((place, moved), radius) in places.iter().zip(spread(&places, &radii)).zip(&radii) {
                prop_assert!(place.distance(moved) <= f64::from(*radius.min(&FARTHEST)));
            }
        }
    }

    #[test]
    fn dots_that_are_apart_stay() {
        let places = points(&[(50, 50), (80, 50), (50, 90)]);
        assert_eq!(spread(&places, &[10, 10, 10]), places);
    }

    /// A town with three districts, two of them where it is, all on one meridian: pushed along it only, they would stay on one another.
    #[test]
    fn the_middle_of_each_dot_is_seen() {
        let radii = [20, 8, 8, 5];
        let moved = spread(&points(&[(50, 50), (50, 62), (50, 50), (50, 40)]), &radii);
        for (one, other) in (0..4).flat_map(|one| (one + 1..4).map(move |other| (one, other))) {
            assert!(moved[one].distance(moved[other]) > f64::from(radii[other]), "{moved:?}");
        }
    }
}
