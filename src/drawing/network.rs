//! Where the nodes of a network stand.
//!
//! In: how many nodes there are, and which pairs of them are joined. Out: a place on a grid for each, and the size of the drawing.
//! Nodes that are joined stand together, whatever is not joined at all stands apart, and nodes that would be too close are pushed apart
//! as far as there is room. The same network has the same places on every machine: numbers at random come from a fixed seed, and only
//! such operations are used as IEEE 754 gives the same result for everywhere, which leaves out sines, logarithms and powers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::random::Random;

/// The width of a drawing that has more nodes than fit on one line.
const WIDTH: f64 = 1200.0;
/// What is left free at the sides, for the names of the nodes there.
const SIDE: f64 = 76.0;
/// What is left free above and below.
const EDGE: f64 = 26.0;
/// The room that a node keeps for itself, so that most names find a place; and that of a hub, whose name is written large.
const ROOM: (f64, f64) = (84.0, 25.0);
const HUB_ROOM: (f64, f64) = (150.0, 38.0);
/// From so many neighbours on a node is a hub.
pub(crate) const HUB: usize = 5;
/// The area of the drawing for each node.
const AREA: f64 = 6600.0;
/// Networks with fewer nodes stand upright, their names beside them.
const SMALL: usize = 7;
/// The width of the names beside a small network.
const NAMES: f64 = 238.0;
/// The distance between the nodes of a small network.
const STEP: f64 = 34.0;
/// How often nodes that are too close are pushed apart, at most.
const PUSHES: usize = 240;

/// The places of the nodes, in their order, and the size of the drawing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub places: Vec<(i32, i32)>,
    pub width: i32,
    pub height: i32,
}

/// Lays out a network of so many nodes. An edge joins two of them, and is given once.
pub(crate) fn layout(count: usize, edges: &[(usize, usize)]) -> Layout {
    let neighbours = neighbours(count, edges);
    let plates: Vec<Plate> = components(&neighbours).into_iter().map(|nodes| plate(&neighbours, nodes)).collect();
    packed(count, &plates)
}

/// The neighbours of each node, sorted.
fn neighbours(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); count];
    for &(a, b) in edges {
        neighbours[a].push(b);
        neighbours[b].push(a);
    }
    for list in &mut neighbours {
        list.sort_unstable();
    }
    neighbours
}

/// The nodes that hang together, the greatest such part first.
fn components(neighbours: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut seen = vec![false; neighbours.len()];
    let mut parts = Vec::new();
    for start in 0..neighbours.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut part = vec![start];
        let mut at = 0;
        while let Some(&node) = part.get(at) {
            for &other in &neighbours[node] {
                if !std::mem::replace(&mut seen[other], true) {
                    part.push(other);
                }
            }
            at += 1;
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts.sort_by_key(|part| (Reverse(part.len()), part[0]));
    parts
}

/// A part of the network, laid out on its own: its nodes with their places from the corner, and its size.
struct Plate {
    nodes: Vec<usize>,
    places: Vec<(f64, f64)>,
    size: (f64, f64),
}

fn plate(neighbours: &[Vec<usize>], nodes: Vec<usize>) -> Plate {
    let count = nodes.len() as f64;
    let mut places = stress(&distances(neighbours, &nodes));
    turn(&mut places);
    if nodes.len() < SMALL {
        places.iter_mut().for_each(|place| *place = (place.1, place.0));
        stretch(&mut places, (STEP * (count - 2.0).clamp(0.0, 2.0), STEP * (count - 1.0)));
    } else {
        let free = WIDTH - 2.0 * SIDE;
        let width = (AREA * count * 1.6).sqrt().min(free);
        stretch(&mut places, (width, AREA * count / width));
        let rooms: Vec<(f64, f64)> =
            nodes.iter().map(|node| if neighbours[*node].len() < HUB { ROOM } else { HUB_ROOM }).collect();
        push_apart(&mut places, &rooms, width);
    }
    let size = settle(&mut places);
    Plate { nodes, places, size }
}

/// How far apart the nodes of a part should be: the shortest way between each two, for all of them. A line between nodes is the
/// longer the more others only one of the two is joined to, so that a hub's neighbours have room around it.
fn distances(neighbours: &[Vec<usize>], nodes: &[usize]) -> Vec<Vec<u32>> {
    let here = |node: usize| nodes.binary_search(&node).unwrap_or_default();
    let lines: Vec<Vec<(usize, u32)>> = nodes
        .iter()
        .map(|&node| {
            let length = |other: usize| {
                let shared =
                    neighbours[node].iter().filter(|node| neighbours[other].binary_search(node).is_ok()).count();
                let apart = neighbours[node].len() + neighbours[other].len() - 2 * shared;
                (16.0 * (apart.max(1) as f64).sqrt()) as u32
            };
            neighbours[node].iter().map(|&other| (here(other), length(other))).collect()
        })
        .collect();
    (0..nodes.len()).map(|start| ways_from(start, &lines)).collect()
}

/// The lengths of the shortest ways from a node to all others (Dijkstra, 1959).
fn ways_from(start: usize, lines: &[Vec<(usize, u32)>]) -> Vec<u32> {
    let mut ways = vec![u32::MAX; lines.len()];
    let mut next = BinaryHeap::from([(Reverse(0), start)]);
    ways[start] = 0;
    while let Some((Reverse(way), node)) = next.pop() {
        if way > ways[node] {
            continue;
        }
        for &(other, length) in &lines[node] {
            if way + length < ways[other] {
                ways[other] = way + length;
                next.push((Reverse(way + length), other));
            }
        }
    }
    ways
}

/// Places whose distances are as near as possible to those that are asked for.
///
/// "Graph Drawing by Stochastic Gradient Descent" (Zheng, Pawar and Goodman, IEEE TVCG 25, 2019): each pair in turn, in an order at random,
/// is moved towards its distance, by less and less. What it makes small is the stress of Kamada and Kawai (1989). The steps shrink by a
/// fixed factor where the paper takes an exponential: from one that moves the furthest pair all the way to one that moves the nearest pair
/// by a tenth.
fn stress(distances: &[Vec<u32>]) -> Vec<(f64, f64)> {
    let count = distances.len();
    let mut random = Random::new(0x5EED);
    let mut places: Vec<(f64, f64)> = (0..count).map(|_| (random.fraction(), random.fraction())).collect();
    let mut pairs: Vec<(usize, usize)> = (1..count).flat_map(|b| (0..b).map(move |a| (a, b))).collect();
    let lengths = || pairs.iter().map(|&(a, b)| f64::from(distances[a][b]));
    let (shortest, longest) =
        lengths().fold((f64::MAX, 1.0_f64), |(low, high), length| (low.min(length), high.max(length)));
    let mut step = longest * longest;
    while !pairs.is_empty() && step > 0.1 * shortest * shortest {
        random.shuffle(&mut pairs);
        for &(a, b) in &pairs {
            let wanted = f64::from(distances[a][b]);
            let (x, y) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
            let apart = (x * x + y * y).sqrt().max(1e-9);
            let share = (step / (wanted * wanted)).min(1.0) * (apart - wanted) / (2.0 * apart);
            places[a] = (places[a].0 - share * x, places[a].1 - share * y);
            places[b] = (places[b].0 + share * x, places[b].1 + share * y);
        }
        step *= 0.7;
    }
    places
}

/// Turns places so that they stretch furthest from left to right.
fn turn(places: &mut [(f64, f64)]) {
    let count = places.len() as f64;
    let middle = places.iter().fold((0.0, 0.0), |sum, place| (sum.0 + place.0 / count, sum.1 + place.1 / count));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for place in places.iter_mut() {
        *place = (place.0 - middle.0, place.1 - middle.1);
        (xx, xy, yy) = (xx + place.0 * place.0, xy + place.0 * place.1, yy + place.1 * place.1);
    }
    // The greater eigenvector of the covariance.
    let spread = ((xx - yy) * (xx - yy) / 4.0 + xy * xy).sqrt();
    let axis = ((xx - yy) / 2.0 + spread, xy);
    let length = (axis.0 * axis.0 + axis.1 * axis.1).sqrt();
    let (cos, sin) = if length > 1e-9 {
        (axis.0 / length, axis.1 / length)
    } else if yy > xx {
        (0.0, 1.0)
    } else {
        (1.0, 0.0)
    };
    for (x, y) in places.iter_mut() {
        (*x, *y) = (cos * *x + sin * *y, cos * *y - sin * *x);
    }
}

/// Moves places to the corner, and gives how far they reach from there.
fn settle(places: &mut [(f64, f64)]) -> (f64, f64) {
    let from = places.iter().fold((f64::MAX, f64::MAX), |low, place| (low.0.min(place.0), low.1.min(place.1)));
    let mut size = (0.0_f64, 0.0_f64);
    for place in places {
        *place = (place.0 - from.0, place.1 - from.1);
        size = (size.0.max(place.0), size.1.max(place.1));
    }
    size
}

/// Stretches places over a size; what has no extent keeps none.
fn stretch(places: &mut [(f64, f64)], to: (f64, f64)) {
    let size = settle(places);
    let factor = |to: f64, from: f64| if from > 1.0 { to / from } else { 0.0 };
    let (across, down) = (factor(to.0, size.0), factor(to.1, size.1));
    places.iter_mut().for_each(|place| *place = (place.0 * across, place.1 * down));
}

/// Pushes nodes apart that are closer than the mean of their rooms, along the shorter way; the width stays. Each round goes down the
/// drawing, so that only nodes of about the same height are held against each other.
fn push_apart(places: &mut [(f64, f64)], rooms: &[(f64, f64)], width: f64) {
    let mut down: Vec<usize> = (0..places.len()).collect();
    for _ in 0..PUSHES {
        down.sort_by(|a, b| places[*a].1.total_cmp(&places[*b].1));
        let mut still = true;
        for (at, &a) in down.iter().enumerate() {
            for &b in &down[at + 1..] {
                if places[b].1 - places[a].1 > HUB_ROOM.1 {
                    break;
                }
                still &= !push(places, rooms, width, a, b);
            }
        }
        if still {
            break;
        }
    }
}

/// Pushes two nodes apart, and says whether they were too close.
fn push(places: &mut [(f64, f64)], rooms: &[(f64, f64)], width: f64, a: usize, b: usize) -> bool {
    let (x, y) = (places[b].0 - places[a].0, places[b].1 - places[a].1);
    let room = ((rooms[a].0 + rooms[b].0) / 2.0, (rooms[a].1 + rooms[b].1) / 2.0);
    let (across, down) = (room.0 - x.abs(), room.1 - y.abs());
    if across <= 0.5 || down <= 0.5 {
        return false;
    }
    if across < down {
        let by = if x < 0.0 { -across / 2.0 } else { across / 2.0 };
        places[a].0 = (places[a].0 - by).clamp(0.0, width);
        places[b].0 = (places[b].0 + by).clamp(0.0, width);
    } else {
        let by = if y < 0.0 { -down / 2.0 } else { down / 2.0 };
        places[a].1 -= by;
        places[b].1 += by;
    }
    true
}

/// Puts the parts onto one drawing: great ones below each other, small ones side by side in rows.
fn packed(count: usize, plates: &[Plate]) -> Layout {
    let mut places = vec![(0, 0); count];
    // The next free place of the row, where the row starts, and how high it is so far.
    let (mut x, mut y, mut row) = (0.0_f64, 0.0_f64, 0.0_f64);
    let mut width = 0.0_f64;
    for plate in plates {
        let small = plate.nodes.len() < SMALL;
        let needed = (if small { plate.size.0 + NAMES } else { plate.size.0 + 2.0 * SIDE }, plate.size.1 + 2.0 * EDGE);
        if x + needed.0 > WIDTH + 1.0 {
            (x, y, row) = (0.0, y + row, 0.0);
        }
        let left = if small { x + EDGE } else { x + SIDE };
        for (node, place) in plate.nodes.iter().zip(&plate.places) {
            places[*node] = ((left + place.0).round() as i32, (y + EDGE + place.1).round() as i32);
        }
        x += needed.0;
        row = row.max(needed.1);
        width = width.max(x);
    }
    Layout { places, width: width.ceil() as i32, height: (y + row).ceil() as i32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inside(layout: &Layout) -> bool {
        layout
            .places
            .iter()
            .all(|place| (0..=layout.width).contains(&place.0) && (0..=layout.height).contains(&place.1))
    }

    fn distance(layout: &Layout, a: usize, b: usize) -> i32 {
        let ((ax, ay), (bx, by)) = (layout.places[a], layout.places[b]);
        (ax - bx).abs() + (ay - by).abs()
    }

    #[test]
    fn nothing_is_a_drawing_of_no_size() {
        assert_eq!(layout(0, &[]), Layout { places: Vec::new(), width: 0, height: 0 });
    }

    #[test]
    fn a_pair_stands_upright() {
        let drawn = layout(2, &[(0, 1)]);
        assert_eq!(drawn.places[0].0, drawn.places[1].0);
        assert_eq!((drawn.places[0].1 - drawn.places[1].1).abs(), STEP as i32);
    }

    #[test]
    fn a_chain_unfolds_along_its_length() {
        let drawn = layout(12, &(1..12).map(|at| (at - 1, at)).collect::<Vec<_>>());
        assert!((0..6).all(|at| distance(&drawn, at, at + 1) < distance(&drawn, at, at + 4)), "{drawn:?}");
    }

    #[test]
    fn parts_stand_apart() {
        let star = |hub: usize| (1..9).map(move |leaf| (hub, hub + leaf));
        let drawn = layout(18, &star(0).chain(star(9)).collect::<Vec<_>>());
        let span = |part: std::ops::Range<usize>| {
            let places = &drawn.places[part];
            let across = places.iter().map(|place| place.0);
            let down = places.iter().map(|place| place.1);
            (across.clone().min(), across.max(), down.clone().min(), down.max())
        };
        let (one, two) = (span(0..9), span(9..18));
        assert!(one.1 < two.0 || one.3 < two.2, "{one:?} {two:?}");
    }

    /// A network as the portal's, only that its numbers come from nowhere; its places are known for all machines.
    #[test]
    fn places_are_the_same_on_every_machine() {
        let edges: Vec<(usize, usize)> = (1..40).map(|at| (at / 3, at)).chain((0..8).map(|at| (at, 39 - at))).collect();
        let drawn = layout(40, &edges);
        let sum = drawn.places.iter().fold(0_u64, |sum, place| {
            sum.wrapping_mul(1_000_003)
                .wrapping_add(place.0 as u64)
                .wrapping_mul(1_000_003)
                .wrapping_add(place.1 as u64)
        });
        assert_eq!((drawn.width, drawn.height, sum), (802, 466, 7_788_943_164_455_287_424));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn every_place_is_in_the_drawing_and_belongs_to_one_node(
            count in 1..60_usize,
            pairs in prop::collection::vec((0..60_usize, 0..60_usize), 0..120),
        ) {
            let mut edges: Vec<(usize, usize)> = pairs
                .into_iter()
                .map(|(a, b)| (a % count, b % count))
                .filter(|(a, b)| a != b)
                .map(|(a, b)| (a.min(b), a.max(b)))
                .collect();
            edges.sort_unstable();
            edges.dedup();
            let drawn = layout(count, &edges);
            prop_assert!(inside(&drawn), "{drawn:?}");
            prop_assert!(drawn.width <= WIDTH as i32 + 1);
            for b in 1..count {
                for a in 0..b {
                    prop_assert!(distance(&drawn, a, b) >= 6, "{a} and {b} meet: {drawn:?}");
                }
            }
            prop_assert_eq!(drawn, layout(count, &edges));
        }
    }
}
