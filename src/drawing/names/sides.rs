//! The placement of names in a network.
//!
//! In: the nodes with the sizes of their names, and the edges. Out: for each node the side of its name, and whether
//! there is room for the name. Names without room are only visible while the reader points at their node.

use super::candidates::Anchor;
use crate::drawing::shapes::{Line, Point, Rect};

/// A node, and the size of its name. All lengths are in units of the drawing.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// The centre of the node.
    pub at: Point,
    pub radius: i32,
    /// The width of the name.
    pub width: i32,
    /// The height of the name.
    pub height: i32,
}

/// The side of the node on which the name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Right,
    Left,
    Above,
    Below,
    RightAbove,
    RightBelow,
    LeftAbove,
    LeftBelow,
}

/// The sides, the most readable first.
const SIDES: [Side; 8] = [
    Side::Right,
    Side::Left,
    Side::Below,
    Side::Above,
    Side::RightAbove,
    Side::RightBelow,
    Side::LeftAbove,
    Side::LeftBelow,
];
/// The gap between a node and a name beside it.
const GAP: i32 = 3;

impl Node {
    fn rect(&self) -> Rect {
        self.at.rect().grown(self.radius + 1)
    }

    /// The rectangle of the name on a side.
    fn name(&self, side: Side) -> Rect {
        let (x, middle) = self.offset(side);
        let x = self.at.x + x;
        let left = match side.anchor() {
            Anchor::Start => x,
            Anchor::Middle => x - self.width / 2,
            Anchor::End => x - self.width,
        };
        let top = self.at.y + middle - self.height / 2;
        Rect { left, top, right: left + self.width, bottom: top + self.height }
    }

    /// The anchor point of the name, on its baseline, relative to the centre of the node.
    pub(crate) fn baseline(&self, side: Side) -> (i32, i32) {
        let (x, middle) = self.offset(side);
        // The baseline is about a third of the font size below the middle of the letters.
        (x, middle + self.height * 3 / 10)
    }

    /// The x of the anchor and the y of the middle of the name, relative to the centre of the node.
    fn offset(&self, side: Side) -> (i32, i32) {
        let (beside, above) = (self.radius + GAP, self.radius + 1 + self.height / 2);
        // At a corner, the name is next to the point of the circle at 45 degrees: 0.7 of the radius on each axis.
        let (near, half) = (self.radius * 7 / 10 + 1, self.radius * 7 / 10 + self.height / 2);
        match side {
            Side::Right => (beside, 0),
            Side::Left => (-beside, 0),
            Side::Above => (0, -above),
            Side::Below => (0, above),
            Side::RightAbove => (near, -half),
            Side::RightBelow => (near, half),
            Side::LeftAbove => (-near, -half),
            Side::LeftBelow => (-near, half),
        }
    }
}

impl Side {
    /// The end of the name that is next to the node.
    pub(crate) fn anchor(self) -> Anchor {
        match self {
            Self::Right | Self::RightAbove | Self::RightBelow => Anchor::Start,
            Self::Left | Self::LeftAbove | Self::LeftBelow => Anchor::End,
            Self::Above | Self::Below => Anchor::Middle,
        }
    }
}

/// The side of each node's name, and whether there is room for the name. `order` lists the nodes, the most important
/// first.
///
/// Greedy: among the sides where the name covers neither another node nor the name of an earlier node, it takes the
/// side that the fewest edges cross.
pub(crate) fn place(nodes: &[Node], order: &[usize], edges: &[(usize, usize)], drawing: Rect) -> Vec<(Side, bool)> {
    let marks: Vec<Rect> = nodes.iter().map(Node::rect).collect();
    let lines = edges.iter().map(|(from, to)| Line { from: nodes[*from].at, to: nodes[*to].at });
    let lines: Vec<Line> = lines.collect();
    let mut names: Vec<Rect> = Vec::new();
    let mut placed = vec![(Side::Right, false); nodes.len()];
    for &at in order {
        let inside =
            || SIDES.into_iter().map(|side| (side, nodes[at].name(side))).filter(|(_, name)| drawing.holds(name));
        let is_free = |name: &Rect| {
            let covers = |(other, mark): (usize, &Rect)| other != at && mark.meets(name);
            !names.iter().any(|other| other.meets(name)) && !marks.iter().enumerate().any(covers)
        };
        let crossings = |name: &Rect| lines.iter().filter(|line| line.crosses(name)).count();
        let best = inside().filter(|(_, name)| is_free(name)).min_by_key(|(_, name)| crossings(name));
        placed[at] = match best {
            Some((side, name)) => {
                names.push(name);
                (side, true)
            }
            None => (inside().next().map_or(Side::Right, |(side, _)| side), false),
        };
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn node(x: i32, y: i32) -> Node {
        Node { at: Point { x, y }, radius: 5, width: 60, height: 14 }
    }

    fn sheet(right: i32, bottom: i32) -> Rect {
        Rect { left: 0, top: 0, right, bottom }
    }

    #[test]
    fn a_name_is_on_the_right_if_there_is_room() {
        assert_eq!(place(&[node(50, 50)], &[0], &[], sheet(200, 100)), [(Side::Right, true)]);
        assert_eq!(place(&[node(190, 50)], &[0], &[], sheet(200, 100)), [(Side::Left, true)]);
    }

    #[test]
    fn a_name_avoids_lines() {
        let nodes = [node(100, 50), node(280, 50)];
        assert_eq!(place(&nodes, &[0, 1], &[(0, 1)], sheet(400, 100))[0], (Side::Left, true));
    }

    #[test]
    fn a_name_without_room_is_hidden() {
        let nodes = [node(50, 10), node(50, 10)];
        assert_eq!(place(&nodes, &[0], &[], sheet(60, 20))[0], (Side::Right, false));
    }

    proptest! {
        #[test]
        fn no_name_covers_another_or_leaves_the_drawing(
            places in prop::collection::vec((0..600_i32, 0..400_i32, 20..160_i32), 1..40),
        ) {
            let nodes: Vec<Node> =
                places.into_iter().map(|(x, y, width)| Node { at: Point { x, y }, radius: 6, width, height: 14 }).collect();
            let order: Vec<usize> = (0..nodes.len()).collect();
            let placed = place(&nodes, &order, &[], sheet(600, 400));
            let names: Vec<(usize, Rect)> = order
                .iter()
                .filter(|at| placed[**at].1)
                .map(|at| (*at, nodes[*at].name(placed[*at].0)))
                .collect();
            for (at, area) in &names {
                prop_assert!(sheet(600, 400).holds(area));
                prop_assert!(names.iter().all(|(other, name)| other == at || !name.meets(area)));
                prop_assert!(nodes.iter().enumerate().all(|(other, node)| other == *at || !node.rect().meets(area)));
            }
        }
    }
}
