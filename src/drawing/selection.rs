//! The choice of the nodes of a large network that are drawn.
//!
//! In: the number of nodes, the edges, and the maximum number of nodes in the drawing. Out: the nodes that are drawn, and
//! for every other node the cluster that it is counted in.
//!
//! The nodes of each connected component form a tree: its root is the node of the densest part, and every other node
//! hangs from the neighbour that was reached first when the component is explored from there, always by the most
//! important node in reach. A node is drawn only if the node that it hangs from is drawn. So the picture of a component
//! stays connected, and what is not drawn of it falls into clusters, one at each node that is drawn.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::{components, core_numbers, neighbours};

/// The part of a drawing, in quarters, that the dense core can fill. The rest is for hubs and their leaves.
const CORE_QUARTERS: usize = 3;
/// The unit in which priorities are counted, so that they can be compared as integers.
const PRIORITY: u64 = 1 << 20;

/// The nodes that are drawn, and the clusters of the others.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    /// The nodes that are drawn, sorted.
    pub drawn: Vec<usize>,
    /// For each node the head of its cluster: itself if it is drawn, else the drawn node that it hangs from, directly or
    /// through others. If nothing is drawn of its component, the root of the component.
    pub heads: Vec<usize>,
}

/// Chooses at most `most` nodes. An edge is a pair of node indexes, in either direction, and is listed once.
pub(crate) fn select(count: usize, edges: &[(usize, usize)], most: usize) -> Selection {
    if count <= most {
        return Selection { drawn: (0..count).collect(), heads: (0..count).collect() };
    }
    let forest = Forest::new(&neighbours(count, edges));
    let mut is_drawn = forest.core(most * CORE_QUARTERS / 4);
    forest.add_hubs(&mut is_drawn, most);
    let mut heads = vec![0; count];
    for &node in &forest.order {
        let parent = forest.parents[node];
        heads[node] = if is_drawn[node] || parent == node { node } else { heads[parent] };
    }
    Selection { drawn: (0..count).filter(|node| is_drawn[*node]).collect(), heads }
}

/// A tree for each component.
struct Forest {
    /// All nodes, in the order in which they were reached: a node after its parent.
    order: Vec<usize>,
    /// The node from which each node hangs; the root of a component hangs from itself.
    parents: Vec<usize>,
    cores: Vec<usize>,
    /// The position of each node by importance: the core number, then the number of neighbours.
    ranks: Vec<usize>,
}

impl Forest {
    fn new(neighbours: &[Vec<usize>]) -> Self {
        let cores = core_numbers(neighbours);
        let mut by_rank: Vec<usize> = (0..neighbours.len()).collect();
        by_rank.sort_by_key(|node| (Reverse(cores[*node]), Reverse(neighbours[*node].len()), *node));
        let mut ranks = vec![0; neighbours.len()];
        for (rank, node) in by_rank.iter().enumerate() {
            ranks[*node] = rank;
        }
        let mut parents: Vec<usize> = (0..neighbours.len()).collect();
        let mut is_reached = vec![false; neighbours.len()];
        let mut queue = BinaryHeap::new();
        for nodes in components(neighbours) {
            let root = nodes.into_iter().map(|node| ranks[node]).min().unwrap_or_default();
            is_reached[by_rank[root]] = true;
            queue.push(Reverse(root));
        }
        let mut order = Vec::with_capacity(neighbours.len());
        while let Some(Reverse(rank)) = queue.pop() {
            let node = by_rank[rank];
            order.push(node);
            for &other in &neighbours[node] {
                if !std::mem::replace(&mut is_reached[other], true) {
                    parents[other] = node;
                    queue.push(Reverse(ranks[other]));
                }
            }
        }
        Self { order, parents, cores, ranks }
    }

    /// Which nodes are drawn because they are in a core of two or more, at most this many.
    fn core(&self, most: usize) -> Vec<bool> {
        let mut is_drawn = vec![false; self.order.len()];
        let mut is_parent = is_drawn.clone();
        let nodes = || self.order.iter().copied().take_while(|node| self.cores[*node] > 1).take(most);
        for node in nodes() {
            is_drawn[node] = true;
            is_parent[self.parents[node]] |= self.parents[node] != node;
        }
        // A root whose neighbours have no more room would be alone.
        nodes().filter(|node| self.parents[*node] == *node).for_each(|root| is_drawn[root] = is_parent[root]);
        is_drawn
    }

    /// Draws hubs and the first of the nodes that hang from them. The priority of the node that is the number `n` to be
    /// drawn at a hub is the number of nodes that are still in the hub's cluster, divided by the square of `n`. So a
    /// hub that is four times as large has about twice as many leaves.
    fn add_hubs(&self, is_drawn: &mut [bool], most: usize) {
        let mut hubs = self.hubs(is_drawn);
        let mut left = most.saturating_sub(is_drawn.iter().filter(|is_drawn| **is_drawn).count());
        let entry = |hub: &Hub, node: usize, is_drawn: &[bool]| {
            // A root that is not drawn yet takes a place too.
            let places = if is_drawn[node] { 1 } else { 2 };
            let number = hub.next as u64 + 1;
            (hub.size as u64 * PRIORITY / (number * number * places), Reverse(self.ranks[node]), node)
        };
        let starts = |node: &usize| is_drawn[*node] || self.parents[*node] == *node;
        let starts = self.order.iter().filter(|node| starts(node) && hubs[**node].size > 0);
        let mut queue: BinaryHeap<_> = starts.map(|node| entry(&hubs[*node], *node, is_drawn)).collect();
        while left > 0
            && let Some((_, _, node)) = queue.pop()
        {
            if !is_drawn[node] && left < 2 {
                continue;
            }
            left -= usize::from(!std::mem::replace(&mut is_drawn[node], true));
            let child = hubs[node].children[hubs[node].next];
            is_drawn[child] = true;
            left -= 1;
            let size = hubs[child].size;
            let hub = &mut hubs[node];
            (hub.next, hub.size) = (hub.next + 1, hub.size - size - 1);
            let more = [node, child].into_iter().filter(|node| hubs[*node].size > 0);
            queue.extend(more.map(|node| entry(&hubs[node], node, is_drawn)));
        }
    }

    /// What hangs from each node and is not drawn.
    fn hubs(&self, is_drawn: &[bool]) -> Vec<Hub> {
        let mut hubs: Vec<Hub> = self.order.iter().map(|_| Hub::default()).collect();
        for &node in self.order.iter().rev() {
            let mut children = std::mem::take(&mut hubs[node].children);
            children.sort_by_key(|child| (Reverse(hubs[*child].size), self.ranks[*child]));
            hubs[node].children = children;
            let parent = self.parents[node];
            if parent != node && !is_drawn[node] {
                hubs[parent].size += hubs[node].size + 1;
                hubs[parent].children.push(node);
            }
        }
        hubs
    }
}

/// A node from which others hang that are not drawn.
#[derive(Default)]
struct Hub {
    /// The nodes that hang from it directly, those with the most nodes behind them first.
    children: Vec<usize>,
    /// The position in `children` of the next one to draw.
    next: usize,
    /// The number of nodes that hang from it, directly or through others, and are not drawn.
    size: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A hub with leaves, all numbered from `first`.
    fn star(first: usize, leaves: usize) -> impl Iterator<Item = (usize, usize)> {
        (1..=leaves).map(move |leaf| (first, first + leaf))
    }

    fn sizes(selection: &Selection, heads: &[usize]) -> Vec<usize> {
        heads.iter().map(|head| selection.heads.iter().filter(|it| *it == head).count() - 1).collect()
    }

    #[test]
    fn hubs_keep_some_leaves_and_count_the_others() {
        // Stars of 1, 100, 25 and 4 leaves, and pairs.
        let edges: Vec<_> = star(0, 100).chain(star(101, 25)).chain(star(127, 4)).collect();
        let pairs = (0..50).map(|pair| (132 + 2 * pair, 133 + 2 * pair));
        let selection = select(232, &edges.into_iter().chain(pairs).collect::<Vec<_>>(), 20);
        let drawn = |from: usize, to: usize| selection.drawn.iter().filter(|it| (from..to).contains(*it)).count();
        assert_eq!((drawn(0, 101), drawn(101, 127), drawn(127, 132), drawn(132, 232)), (11, 6, 3, 0));
        assert_eq!(sizes(&selection, &[0, 101, 127, 132]), [90, 20, 2, 1]);
    }

    #[test]
    fn the_core_is_drawn_before_the_leaves() {
        // A ring of eight nodes, one of which has a hundred leaves.
        let ring = (0..8).map(|at| (at, (at + 1) % 8));
        let edges: Vec<_> = ring.chain((8..108).map(|leaf| (3, leaf))).collect();
        let selection = select(108, &edges, 12);
        assert_eq!(selection.drawn, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        assert_eq!(sizes(&selection, &[3]), [96]);
    }

    #[test]
    fn the_way_to_a_hub_behind_another_is_drawn() {
        // Two hubs joined by a path of two nodes.
        let edges: Vec<_> = star(0, 40).chain(star(41, 30)).chain([(0, 72), (72, 73), (73, 41)]).collect();
        let selection = select(74, &edges, 12);
        assert!([0, 41, 72, 73].iter().all(|node| selection.drawn.contains(node)), "{selection:?}");
    }

    proptest! {
        #[test]
        fn every_node_is_drawn_or_in_one_cluster(
            count in 1..80_usize,
            most in 1..40_usize,
            pairs in prop::collection::vec((0..80_usize, 0..80_usize), 0..160),
        ) {
            let pairs = pairs.into_iter().map(|(a, b)| (a.min(b) % count, a.max(b) % count));
            let mut edges: Vec<_> = pairs.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))).collect();
            edges.sort_unstable();
            edges.dedup();
            let neighbours = neighbours(count, &edges);
            let Selection { drawn, heads } = select(count, &edges, most);
            prop_assert!(drawn.len() <= most);
            for node in &drawn {
                prop_assert_eq!(heads[*node], *node);
                let is_alone = !neighbours[*node].iter().any(|other| drawn.contains(other));
                prop_assert!(!is_alone || neighbours[*node].is_empty(), "{} is alone", node);
            }
            for nodes in components(&neighbours) {
                let part: Vec<_> = nodes.iter().filter(|node| drawn.contains(node)).collect();
                // What is drawn of a component is connected, and each of its nodes is in the cluster of one of them.
                let inner = edges.iter().filter(|(a, b)| part.contains(&a) && part.contains(&b));
                let place = |node: &usize| part.iter().position(|it| *it == node).unwrap();
                let inner: Vec<_> = inner.map(|(a, b)| (place(a), place(b))).collect();
                prop_assert!(components(&super::neighbours(part.len(), &inner)).len() <= 1);
                let is_head = |head: &usize| if part.is_empty() { *head == heads[nodes[0]] } else { part.contains(&head) };
                prop_assert!(nodes.iter().all(|node| is_head(&heads[*node])));
            }
        }
    }
}
