//! Which nodes of a network bear their names, and where the names stand.
//!
//! In: the nodes' places, their sizes, their names' widths, and the lines. Out: for each node on which side its name stands, and
//! whether it can always be read there; names that can't cover no other, since they show only when they are asked for.

/// A node that wants its name.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub x: i32,
    pub y: i32,
    /// From its middle to its edge.
    pub radius: i32,
    /// Of its name, in the units of the drawing.
    pub width: i32,
    pub height: i32,
}

/// Where a name stands, seen from its node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Right,
    Left,
    Above,
    Below,
    RightAbove,
    RightBelow,
    LeftAbove,
    LeftBelow,
}

/// The sides in the order in which they read best.
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
/// Between a node and its name.
const GAP: i32 = 3;

/// A rectangle by its corners.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn within(&self, width: i32, height: i32) -> bool {
        self.left >= 0 && self.top >= 0 && self.right <= width && self.bottom <= height
    }

    /// Whether a line from one point to another comes in here.
    fn is_crossed(&self, from: (i32, i32), to: (i32, i32)) -> bool {
        // A line misses a rectangle if it lies beside it, or if all corners are on one side of it.
        if from.0.max(to.0) < self.left
            || from.0.min(to.0) > self.right
            || from.1.max(to.1) < self.top
            || from.1.min(to.1) > self.bottom
        {
            return false;
        }
        let (x, y) = (i64::from(to.0 - from.0), i64::from(to.1 - from.1));
        let side = |corner: (i32, i32)| x * i64::from(corner.1 - from.1) - y * i64::from(corner.0 - from.0);
        let corners =
            [(self.left, self.top), (self.right, self.top), (self.left, self.bottom), (self.right, self.bottom)];
        !(corners.iter().all(|corner| side(*corner) > 0) || corners.iter().all(|corner| side(*corner) < 0))
    }
}

impl Node {
    fn area(&self) -> Area {
        let radius = self.radius + 1;
        Area { left: self.x - radius, top: self.y - radius, right: self.x + radius, bottom: self.y + radius }
    }

    /// Where its name would be.
    pub(super) fn name(&self, side: Side) -> Area {
        let (x, middle) = self.offset(side);
        let left = match anchor(side) {
            "start" => self.x + x,
            "end" => self.x + x - self.width,
            _ => self.x - self.width / 2,
        };
        let top = self.y + middle - self.height / 2;
        Area { left, top, right: left + self.width, bottom: top + self.height }
    }

    /// Where its name starts, ends or has its middle, and the line that it stands on, seen from its node; and the
    /// `text-anchor` of SVG that goes with it.
    pub(super) fn anchor(&self, side: Side) -> (i32, i32, &'static str) {
        let (x, middle) = self.offset(side);
        // Letters stand about a third of their height below the middle.
        (x, middle + self.height * 3 / 10, anchor(side))
    }

    /// The point of its name that is fixed, across, and the middle of its name, down.
    fn offset(&self, side: Side) -> (i32, i32) {
        let (beside, above) = (self.radius + GAP, self.radius + 1 + self.height / 2);
        // In a corner the name may come as near as the roundness of the node allows.
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

fn anchor(side: Side) -> &'static str {
    match side {
        Side::Right | Side::RightAbove | Side::RightBelow => "start",
        Side::Left | Side::LeftAbove | Side::LeftBelow => "end",
        Side::Above | Side::Below => "middle",
    }
}

/// A place for the name of each node, and whether it can stand there for good; those in front come first.
///
/// Greedy: a name takes the side that the fewest lines cross among those where it covers no node and no name that has its place.
pub(super) fn place(nodes: &[Node], order: &[usize], edges: &[(usize, usize)], size: (i32, i32)) -> Vec<(Side, bool)> {
    let marks: Vec<Area> = nodes.iter().map(Node::area).collect();
    let mut taken: Vec<Area> = Vec::new();
    let mut placed = vec![(Side::Right, false); nodes.len()];
    let point = |node: usize| (nodes[node].x, nodes[node].y);
    for &at in order {
        let inside = || {
            SIDES.into_iter().map(|side| (side, nodes[at].name(side))).filter(|(_, area)| area.within(size.0, size.1))
        };
        let free = |area: &Area| {
            let covers = |(other, mark): (usize, &Area)| other != at && mark.meets(area);
            !taken.iter().any(|name| name.meets(area)) && !marks.iter().enumerate().any(covers)
        };
        let crossed = |area: &Area| edges.iter().filter(|edge| area.is_crossed(point(edge.0), point(edge.1))).count();
        let best = inside().filter(|(_, area)| free(area)).min_by_key(|(_, area)| crossed(area));
        placed[at] = match best {
            Some((side, area)) => {
                taken.push(area);
                (side, true)
            }
            None => (inside().next().map_or(Side::Right, |(side, _)| side), false),
        };
    }
    placed
}

/// About how wide a text is, in hundredths of its size; rather too much than too little, since readers' fonts differ.
pub(super) fn width(text: &str) -> i32 {
    let entity_type = |char: char| match char {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' => 30,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' | '/' | '\u{a0}' | '\u{202f}' => 41,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 92,
        char if char.is_ascii_lowercase() || char.is_ascii_digit() => 60,
        char if char.is_lowercase() => 61,
        char if char.is_uppercase() => 70,
        _ => 100,
    };
    text.chars().map(entity_type).sum()
}

/// A text of at most so many characters, cut between words where it can be, with an ellipsis where something is gone.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    // A cut that leaves less than half of it would say too little.
    let cut = head.rfind(' ').filter(|at| head[..*at].chars().count() * 2 > most).unwrap_or(head.len());
    format!("{}…", head[..cut].trim_end_matches([' ', ',', ';', ':', '-', '–', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn node(x: i32, y: i32) -> Node {
        Node { x, y, radius: 5, width: 60, height: 14 }
    }

    #[test]
    fn a_name_stands_on_the_right_where_it_can() {
        assert_eq!(place(&[node(50, 50)], &[0], &[], (200, 100)), [(Side::Right, true)]);
        assert_eq!(place(&[node(190, 50)], &[0], &[], (200, 100)), [(Side::Left, true)]);
    }

    #[test]
    fn a_name_avoids_lines() {
        let nodes = [node(100, 50), node(280, 50)];
        assert_eq!(place(&nodes, &[0, 1], &[(0, 1)], (400, 100))[0], (Side::Left, true));
    }

    #[test]
    fn a_name_without_room_waits() {
        let nodes = [node(50, 10), node(50, 10)];
        assert_eq!(place(&nodes, &[0], &[], (60, 20))[0], (Side::Right, false));
    }

    #[test]
    fn a_line_beside_a_corner_does_not_cross() {
        let area = Area { left: 10, top: 10, right: 20, bottom: 20 };
        assert!(area.is_crossed((0, 0), (30, 30)));
        assert!(area.is_crossed((12, 12), (14, 14)));
        assert!(!area.is_crossed((0, 15), (15, 40)));
    }

    #[test]
    fn long_names_end_between_words() {
        assert_eq!(shortened("Université libre de Bruxelles", 40), "Université libre de Bruxelles");
        assert_eq!(shortened("Université libre de Bruxelles", 24), "Université libre de…");
        assert_eq!(shortened("Donaudampfschifffahrtsgesellschaft", 10), "Donaudamp…");
        assert_eq!(shortened("été à Liège", 0), "…");
    }

    proptest! {
        #[test]
        fn no_name_covers_another_or_leaves_the_drawing(
            places in prop::collection::vec((0..600_i32, 0..400_i32, 20..160_i32), 1..40),
        ) {
            let nodes: Vec<Node> =
                places.into_iter().map(|(x, y, width)| Node { x, y, radius: 6, width, height: 14 }).collect();
            let order: Vec<usize> = (0..nodes.len()).collect();
            let placed = place(&nodes, &order, &[], (600, 400));
            let names: Vec<(usize, Area)> = order
                .iter()
                .filter(|at| placed[**at].1)
                .map(|at| (*at, nodes[*at].name(placed[*at].0)))
                .collect();
            for (at, area) in &names {
                prop_assert!(area.within(600, 400));
                prop_assert!(names.iter().all(|(other, name)| other == at || !name.meets(area)));
                prop_assert!(nodes.iter().enumerate().all(|(other, node)| other == *at || !node.area().meets(area)));
            }
        }
    }
}
