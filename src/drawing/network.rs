//! The layout of a network.
//!
//! In: the number of nodes, and the edges. Out: integer coordinates for each node, and the size of the drawing.
//!
//! Neighbours are drawn near each other and connected components beside each other. Nodes that would be too close are
//! pushed apart as far as there is room. The same network has the same layout on every machine: random numbers come
//! from a fixed seed, and only operations are used whose results IEEE 754 fixes. Sines, logarithms and powers are not
//! among them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::{components, neighbours};
use super::random::Random;

// All lengths are in units of the drawing.

/// The maximum width of a drawing.
const WIDTH: f64 = 1200.0;
/// The margin on the left and on the right of a component, for names.
const SIDE: f64 = 76.0;
/// The margin above and below a component.
const EDGE: f64 = 26.0;
/// The width and height that a node reserves for its name.
const ROOM: (f64, f64) = (84.0, 25.0);
/// The width and height that a hub reserves; its name has larger letters.
const HUB_ROOM: (f64, f64) = (150.0, 38.0);
/// The minimum number of neighbours of a hub.
pub(crate) const HUB: usize = 5;
/// The area of the drawing per node, in square units.
const AREA: f64 = 6600.0;
/// Components with fewer nodes than this are drawn from top to bottom, with the names on their right.
const SMALL: usize = 7;
/// The width reserved for the names of a small component.
const NAMES: f64 = 238.0;
/// The vertical distance between the nodes of a small component.
const STEP: f64 = 34.0;
/// The maximum number of rounds in which nodes are pushed apart.
const PUSHES: usize = 240;

/// The coordinates of the nodes, in the order of the nodes, and the size of the drawing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub points: Vec<(i32, i32)>,
    pub width: i32,
    pub height: i32,
}

/// Lays out a network of `count` nodes. An edge is a pair of node indexes, in either direction, and is listed once.
pub(crate) fn layout(count: usize, edges: &[(usize, usize)]) -> Layout {
    let neighbours = neighbours(count, edges);
    let parts: Vec<Part> = components(&neighbours).into_iter().map(|nodes| part(&neighbours, nodes)).collect();
    pack(count, &parts)
}

/// A connected component with its own layout: its nodes, their coordinates from the component's top left corner, and
/// its size.
struct Part {
    nodes: Vec<usize>,
    points: Vec<(f64, f64)>,
    size: (f64, f64),
}

/// Lays out a connected component.
fn part(neighbours: &[Vec<usize>], nodes: Vec<usize>) -> Part {
    let count = nodes.len() as f64;
    let mut points = stress(&distances(neighbours, &nodes));
    turn(&mut points);
    if nodes.len() < SMALL {
        points.iter_mut().for_each(|point| *point = (point.1, point.0));
        stretch(&mut points, (STEP * (count - 2.0).clamp(0.0, 2.0), STEP * (count - 1.0)));
    } else {
        let max_width = WIDTH - 2.0 * SIDE;
        let width = (AREA * count * 1.6).sqrt().min(max_width);
        stretch(&mut points, (width, AREA * count / width));
        let rooms: Vec<(f64, f64)> =
            nodes.iter().map(|node| if neighbours[*node].len() < HUB { ROOM } else { HUB_ROOM }).collect();
        push_apart(&mut points, &rooms, width);
    }
    let size = move_to_origin(&mut points);
    Part { nodes, points, size }
}

/// The desired distance between any two nodes of a component: the length of the shortest path. An edge is the longer
/// the more neighbours its two nodes do not share, which makes room around a hub.
fn distances(neighbours: &[Vec<usize>], nodes: &[usize]) -> Vec<Vec<u32>> {
    let index = |node: usize| nodes.binary_search(&node).unwrap_or_default();
    let edges: Vec<Vec<(usize, u32)>> = nodes
        .iter()
        .map(|&node| {
            let length = |other: usize| {
                let shared =
                    neighbours[node].iter().filter(|node| neighbours[other].binary_search(node).is_ok()).count();
                let not_shared = neighbours[node].len() + neighbours[other].len() - 2 * shared;
                (16.0 * (not_shared.max(1) as f64).sqrt()) as u32
            };
            neighbours[node].iter().map(|&other| (index(other), length(other))).collect()
        })
        .collect();
    (0..nodes.len()).map(|start| shortest_paths(start, &edges)).collect()
}

/// The lengths of the shortest paths from a node to all others (Dijkstra, 1959). `edges` has the neighbours of each
/// node with the lengths of the edges to them.
fn shortest_paths(start: usize, edges: &[Vec<(usize, u32)>]) -> Vec<u32> {
    let mut shortest = vec![u32::MAX; edges.len()];
    let mut queue = BinaryHeap::from([(Reverse(0), start)]);
    shortest[start] = 0;
    while let Some((Reverse(path), node)) = queue.pop() {
        if path > shortest[node] {
            continue;
        }
        for &(other, length) in &edges[node] {
            if path + length < shortest[other] {
                shortest[other] = path + length;
                queue.push((Reverse(path + length), other));
            }
        }
    }
    shortest
}

/// Coordinates whose distances are as close as possible to the desired ones: the stress of Kamada and Kawai (1989) is
/// low.
///
/// "Graph Drawing by Stochastic Gradient Descent" (Zheng, Pawar and Goodman, IEEE TVCG 25, 2019): all pairs, in random
/// order, are moved towards their desired distance, in steps that become smaller. The paper lets the steps shrink
/// exponentially with the rounds. Here they shrink by a fixed factor: the first step moves the furthest pair all the
/// way, the last one moves the nearest pair by a tenth.
fn stress(distances: &[Vec<u32>]) -> Vec<(f64, f64)> {
    let count = distances.len();
    let mut random = Random::new(0x5EED);
    let mut points: Vec<(f64, f64)> = (0..count).map(|_| (random.fraction(), random.fraction())).collect();
    let mut pairs: Vec<(usize, usize)> = (1..count).flat_map(|b| (0..b).map(move |a| (a, b))).collect();
    let lengths = || pairs.iter().map(|&(a, b)| f64::from(distances[a][b]));
    let (shortest, longest) =
        lengths().fold((f64::MAX, 1.0_f64), |(low, high), length| (low.min(length), high.max(length)));
    let mut step = longest * longest;
    while !pairs.is_empty() && step > 0.1 * shortest * shortest {
        random.shuffle(&mut pairs);
        for &(a, b) in &pairs {
            let desired = f64::from(distances[a][b]);
            let (x, y) = (points[a].0 - points[b].0, points[a].1 - points[b].1);
            let actual = (x * x + y * y).sqrt().max(1e-9);
            let share = (step / (desired * desired)).min(1.0) * (actual - desired) / (2.0 * actual);
            points[a] = (points[a].0 - share * x, points[a].1 - share * y);
            points[b] = (points[b].0 + share * x, points[b].1 + share * y);
        }
        step *= 0.7;
    }
    points
}

/// Turns a drawing so that its longest axis is horizontal.
fn turn(points: &mut [(f64, f64)]) {
    let count = points.len() as f64;
    let middle = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0 / count, sum.1 + point.1 / count));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for point in points.iter_mut() {
        *point = (point.0 - middle.0, point.1 - middle.1);
        (xx, xy, yy) = (xx + point.0 * point.0, xy + point.0 * point.1, yy + point.1 * point.1);
    }
    // The eigenvector of the covariance matrix with the larger eigenvalue.
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
    for (x, y) in points.iter_mut() {
        (*x, *y) = (cos * *x + sin * *y, cos * *y - sin * *x);
    }
}

/// Moves the top left corner of the bounding box to the origin. Returns the size of the bounding box.
fn move_to_origin(points: &mut [(f64, f64)]) -> (f64, f64) {
    let corner = points.iter().fold((f64::MAX, f64::MAX), |low, point| (low.0.min(point.0), low.1.min(point.1)));
    let mut size = (0.0_f64, 0.0_f64);
    for point in points {
        *point = (point.0 - corner.0, point.1 - corner.1);
        size = (size.0.max(point.0), size.1.max(point.1));
    }
    size
}

/// Scales a drawing to a size, in each direction. An extent of at most 1 becomes 0.
fn stretch(points: &mut [(f64, f64)], to: (f64, f64)) {
    let size = move_to_origin(points);
    let factor = |to: f64, from: f64| if from > 1.0 { to / from } else { 0.0 };
    let (across, down) = (factor(to.0, size.0), factor(to.1, size.1));
    points.iter_mut().for_each(|point| *point = (point.0 * across, point.1 * down));
}

/// Pushes nodes apart that are closer than the mean of their rooms, in the direction of the smaller overlap. The
/// drawing can become higher, but not wider than `width`. Each round goes through the nodes from top to bottom, so that
/// only nodes of similar height are compared.
fn push_apart(points: &mut [(f64, f64)], rooms: &[(f64, f64)], width: f64) {
    let mut top_to_bottom: Vec<usize> = (0..points.len()).collect();
    for _ in 0..PUSHES {
        top_to_bottom.sort_by(|a, b| points[*a].1.total_cmp(&points[*b].1));
        let mut is_stable = true;
        for (at, &a) in top_to_bottom.iter().enumerate() {
            for &b in &top_to_bottom[at + 1..] {
                if points[b].1 - points[a].1 > HUB_ROOM.1 {
                    break;
                }
                is_stable &= !push(points, rooms, width, a, b);
            }
        }
        if is_stable {
            break;
        }
    }
}

/// Pushes two nodes apart if they are too close. Returns whether they were.
fn push(points: &mut [(f64, f64)], rooms: &[(f64, f64)], width: f64, a: usize, b: usize) -> bool {
    let (x, y) = (points[b].0 - points[a].0, points[b].1 - points[a].1);
    let room = ((rooms[a].0 + rooms[b].0) / 2.0, (rooms[a].1 + rooms[b].1) / 2.0);
    let (across, down) = (room.0 - x.abs(), room.1 - y.abs());
    if across <= 0.5 || down <= 0.5 {
        return false;
    }
    if across < down {
        let by = if x < 0.0 { -across / 2.0 } else { across / 2.0 };
        points[a].0 = (points[a].0 - by).clamp(0.0, width);
        points[b].0 = (points[b].0 + by).clamp(0.0, width);
    } else {
        let by = if y < 0.0 { -down / 2.0 } else { down / 2.0 };
        points[a].1 -= by;
        points[b].1 += by;
    }
    true
}

/// Puts the components into one drawing, in rows from left to right. A wide component fills its row.
fn pack(count: usize, parts: &[Part]) -> Layout {
    let mut points = vec![(0, 0); count];
    // The next free column of the row, the top of the row, and the height of the row so far.
    let (mut x, mut y, mut row_height) = (0.0_f64, 0.0_f64, 0.0_f64);
    let mut width = 0.0_f64;
    for part in parts {
        let is_small = part.nodes.len() < SMALL;
        let part_width = part.size.0 + if is_small { NAMES } else { 2.0 * SIDE };
        let part_height = part.size.1 + 2.0 * EDGE;
        if x + part_width > WIDTH + 1.0 {
            (x, y, row_height) = (0.0, y + row_height, 0.0);
        }
        let left = if is_small { x + EDGE } else { x + SIDE };
        for (node, point) in part.nodes.iter().zip(&part.points) {
            points[*node] = ((left + point.0).round() as i32, (y + EDGE + point.1).round() as i32);
        }
        x += part_width;
        row_height = row_height.max(part_height);
        width = width.max(x);
    }
    Layout { points, width: width.ceil() as i32, height: (y + row_height).ceil() as i32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inside(layout: &Layout) -> bool {
        layout
            .points
            .iter()
            .all(|point| (0..=layout.width).contains(&point.0) && (0..=layout.height).contains(&point.1))
    }

    fn distance(layout: &Layout, a: usize, b: usize) -> i32 {
        let ((ax, ay), (bx, by)) = (layout.points[a], layout.points[b]);
        (ax - bx).abs() + (ay - by).abs()
    }

    #[test]
    fn an_empty_network_has_no_size() {
        assert_eq!(layout(0, &[]), Layout { points: Vec::new(), width: 0, height: 0 });
    }

    #[test]
    fn a_pair_is_drawn_from_top_to_bottom() {
        let drawn = layout(2, &[(0, 1)]);
        assert_eq!(drawn.points[0].0, drawn.points[1].0);
        assert_eq!((drawn.points[0].1 - drawn.points[1].1).abs(), STEP as i32);
    }

    #[test]
    fn a_chain_unfolds_along_its_length() {
        let drawn = layout(12, &(1..12).map(|at| (at - 1, at)).collect::<Vec<_>>());
        assert!((0..6).all(|at| distance(&drawn, at, at + 1) < distance(&drawn, at, at + 4)), "{drawn:?}");
    }

    #[test]
    fn components_do_not_overlap() {
        let star = |hub: usize| (1..9).map(move |leaf| (hub, hub + leaf));
        let drawn = layout(18, &star(0).chain(star(9)).collect::<Vec<_>>());
        let span = |part: std::ops::Range<usize>| {
            let points = &drawn.points[part];
            let across = points.iter().map(|point| point.0);
            let down = points.iter().map(|point| point.1);
            (across.clone().min(), across.max(), down.clone().min(), down.max())
        };
        let (one, two) = (span(0..9), span(9..18));
        assert!(one.1 < two.0 || one.3 < two.2, "{one:?} {two:?}");
    }

    /// A network of the size and form of a portal's. The checksum is the same on all machines.
    #[test]
    fn places_are_the_same_on_every_machine() {
        let edges: Vec<(usize, usize)> = (1..40).map(|at| (at / 3, at)).chain((0..8).map(|at| (at, 39 - at))).collect();
        let drawn = layout(40, &edges);
        let sum = drawn.points.iter().fold(0_u64, |sum, point| {
            sum.wrapping_mul(1_000_003)
                .wrapping_add(point.0 as u64)
                .wrapping_mul(1_000_003)
                .wrapping_add(point.1 as u64)
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
