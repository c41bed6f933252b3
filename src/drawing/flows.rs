//! The drawing of flows between two columns of nodes (a Sankey diagram with two layers).
//!
//! In: flows from a node of the left column to one of the right column, with their sizes. Out: the nodes and the ribbons,
//! with positions from the top in pixels. The left column is in the order of its sizes, the right one in the order of the
//! middles of what flows into each node, which avoids most crossings (K. Sugiyama, S. Tagawa and M. Toda, *Methods for
//! Visual Understanding of Hierarchical System Structures*, IEEE Transactions on Systems, Man, and Cybernetics 11, 1981).

/// A flow from the left to the right.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Flow {
    pub left: usize,
    pub right: usize,
    /// More than zero.
    pub size: f64,
}

/// A node: where it is from the top, and how high it is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Node {
    pub y: f64,
    pub height: f64,
}

/// A ribbon: where it starts on the left and ends on the right, from the top, and how high it is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Ribbon {
    pub from: f64,
    pub to: f64,
    pub height: f64,
}

/// The lengths of a drawing, in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lengths {
    /// The height of all flows on one another.
    pub flows: f64,
    /// The space above each node, which has its name.
    pub gap: f64,
    /// The minimum height of a ribbon.
    pub least: f64,
}

/// Nodes by their numbers, and ribbons in the order of the flows.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    pub left: Vec<Node>,
    pub right: Vec<Node>,
    pub ribbons: Vec<Ribbon>,
    pub height: f64,
}

/// Draws flows between `left` and `right` nodes.
pub(crate) fn draw(left: usize, right: usize, flows: &[Flow], lengths: Lengths) -> Drawing {
    let all: f64 = flows.iter().map(|flow| flow.size).sum();
    let height = |flow: &Flow| (lengths.flows * flow.size / all).max(lengths.least);
    let mut heights = (vec![0.0; left], vec![0.0; right]);
    for flow in flows {
        heights.0[flow.left] += height(flow);
        heights.1[flow.right] += height(flow);
    }
    let mut order: Vec<usize> = (0..left).collect();
    order.sort_by(|a, b| heights.0[*b].total_cmp(&heights.0[*a]).then(a.cmp(b)));
    let left = column(&order, &heights.0, lengths.gap);
    let middle = |node: usize| {
        let own = flows.iter().filter(|flow| flow.right == node);
        let middles = own.map(|flow| (left[flow.left].y + left[flow.left].height / 2.0) * height(flow));
        middles.sum::<f64>() / heights.1[node].max(f64::MIN_POSITIVE)
    };
    let mut keyed: Vec<(f64, usize)> = (0..right).map(|node| (middle(node), node)).collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let order: Vec<usize> = keyed.into_iter().map(|(_, node)| node).collect();
    let right = column(&order, &heights.1, lengths.gap);
    let ribbons = ribbons(flows, &left, &right, height);
    let height = left.iter().chain(&right).map(|node| node.y + node.height).fold(0.0, f64::max);
    Drawing { left, right, ribbons, height }
}

/// Nodes below one another, in an order.
fn column(order: &[usize], heights: &[f64], gap: f64) -> Vec<Node> {
    let mut nodes = vec![Node::default(); heights.len()];
    let mut y = 0.0;
    for node in order {
        y += gap;
        nodes[*node] = Node { y, height: heights[*node] };
        y += heights[*node];
    }
    nodes
}

/// The ribbons: at each node in the order of the nodes at their other ends, so that those of one node do not cross.
fn ribbons(flows: &[Flow], left: &[Node], right: &[Node], height: impl Fn(&Flow) -> f64) -> Vec<Ribbon> {
    let mut ribbons: Vec<Ribbon> =
        flows.iter().map(|flow| Ribbon { height: height(flow), ..Ribbon::default() }).collect();
    let mut order: Vec<usize> = (0..flows.len()).collect();
    let mut used = vec![0.0; left.len()];
    order.sort_by(|a, b| right[flows[*a].right].y.total_cmp(&right[flows[*b].right].y).then(a.cmp(b)));
    for at in &order {
        let node = flows[*at].left;
        ribbons[*at].from = left[node].y + used[node];
        used[node] += ribbons[*at].height;
    }
    let mut used = vec![0.0; right.len()];
    order.sort_by(|a, b| ribbons[*a].from.total_cmp(&ribbons[*b].from).then(a.cmp(b)));
    for at in &order {
        let node = flows[*at].right;
        ribbons[*at].to = right[node].y + used[node];
        used[node] += ribbons[*at].height;
    }
    ribbons
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LENGTHS: Lengths = Lengths { flows: 100.0, gap: 20.0, least: 2.0 };

    #[test]
    fn the_largest_node_is_first_and_what_it_gives_is_beside_it() {
        let flow = |left, right, size| Flow { left, right, size };
        let drawing = draw(2, 2, &[flow(0, 0, 10.0), flow(1, 1, 90.0)], LENGTHS);
        assert_eq!(drawing.left, [Node { y: 130.0, height: 10.0 }, Node { y: 20.0, height: 90.0 }]);
        assert_eq!(drawing.right, drawing.left);
        assert_eq!(drawing.ribbons[1], Ribbon { from: 20.0, to: 20.0, height: 90.0 });
        assert_eq!(drawing.height, 140.0);
    }

    proptest! {
        #[test]
        fn nodes_and_ribbons_do_not_cover_one_another(sizes in prop::collection::vec((0..6_usize, 0..6_usize, 0.1..1e9_f64), 1..30)) {
            let flows: Vec<Flow> = sizes.iter().map(|(left, right, size)| Flow { left: *left, right: *right, size: *size }).collect();
            let drawing = draw(6, 6, &flows, LENGTHS);
            for column in [&drawing.left, &drawing.right] {
                let mut nodes = column.clone();
                nodes.sort_by(|a, b| a.y.total_cmp(&b.y));
                prop_assert!(nodes.windows(2).all(|pair| pair[0].y + pair[0].height + LENGTHS.gap <= pair[1].y + 0.001));
            }
            let mut from: Vec<(f64, f64)> = drawing.ribbons.iter().map(|ribbon| (ribbon.from, ribbon.height)).collect();
            from.sort_by(|a, b| a.0.total_cmp(&b.0));
            prop_assert!(from.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0 + 0.001));
            prop_assert!(drawing.ribbons.iter().all(|ribbon| ribbon.height >= LENGTHS.least && ribbon.to + ribbon.height <= drawing.height + 0.001));
        }
    }
}
