//! Which nodes of a network are bridges.
//!
//! In: the number of nodes, and the edges. Out: for each node, how many of the shortest paths between others go through
//! it (betweenness centrality).
//!
//! "A Faster Algorithm for Betweenness Centrality" (Brandes, 2001): from each node, a search in breadth counts the
//! shortest paths, and the shares of the nodes on them are summed on the way back. Only sums, products and quotients are
//! used, always in the same order, so the result is the same on every machine.

use super::graph::{components, neighbours};

/// The maximum number of steps, each to one neighbour. A larger network is searched from some of its nodes only, at even
/// distances in their order, and the sums are scaled.
const STEPS: usize = 10_000_000;

/// How much of a network's paths go through each node.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Betweenness {
    /// For each node, the thousandths of the pairs of connected nodes whose shortest paths go through it. Of several
    /// shortest paths between a pair, each counts for its share.
    pub shares: Vec<usize>,
    /// Whether the network is so large that the shares are estimates.
    pub is_estimate: bool,
}

/// An edge is a pair of node indexes, in either direction, and is listed once.
pub(crate) fn betweenness(count: usize, edges: &[(usize, usize)]) -> Betweenness {
    let neighbours = neighbours(count, edges);
    let pairs: usize = components(&neighbours).iter().map(|nodes| nodes.len() * (nodes.len() - 1) / 2).sum();
    let sources = (STEPS / (count + 2 * edges.len()).max(1)).clamp(1, count.max(1));
    let mut search = Search::new(&neighbours);
    let mut sums = vec![0.0; count];
    (0..sources.min(count)).for_each(|number| search.add(number * count / sources, &mut sums));
    // Each path is found from both of its ends.
    let scale = 1000.0 * count as f64 / (2.0 * sources as f64 * pairs.max(1) as f64);
    let shares = sums.iter().map(|sum| (sum * scale).round() as usize).collect();
    Betweenness { shares, is_estimate: sources < count }
}

/// A search from one node, whose tables are used again for the next one.
struct Search<'a> {
    neighbours: &'a [Vec<usize>],
    /// The distance of each node from the source; none if it is not reached yet.
    distances: Vec<Option<usize>>,
    /// The number of shortest paths from the source to each node.
    paths: Vec<f64>,
    /// The sum of the shares of each node in the paths to those behind it.
    behind: Vec<f64>,
    /// The nodes in the order in which they are reached.
    order: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(neighbours: &'a [Vec<usize>]) -> Self {
        let count = neighbours.len();
        let (paths, behind) = (vec![0.0; count], vec![0.0; count]);
        Self { neighbours, distances: vec![None; count], paths, behind, order: Vec::with_capacity(count) }
    }

    /// Adds the shares in the paths from a source.
    fn add(&mut self, source: usize, sums: &mut [f64]) {
        self.reach(source);
        while let Some(node) = self.order.pop() {
            let distance = self.distances[node];
            for &before in &self.neighbours[node] {
                if self.distances[before].map(|before| before + 1) == distance {
                    self.behind[before] += self.paths[before] / self.paths[node] * (1.0 + self.behind[node]);
                }
            }
            if node != source {
                sums[node] += self.behind[node];
            }
        }
    }

    /// Counts the shortest paths from a source.
    fn reach(&mut self, source: usize) {
        self.distances.fill(None);
        self.paths.fill(0.0);
        self.behind.fill(0.0);
        self.order.push(source);
        (self.distances[source], self.paths[source]) = (Some(0), 1.0);
        let mut at = 0;
        while let Some(&node) = self.order.get(at) {
            let next = self.distances[node].map(|distance| distance + 1);
            for &other in &self.neighbours[node] {
                if self.distances[other].is_none() {
                    self.distances[other] = next;
                    self.order.push(other);
                }
                if self.distances[other] == next {
                    self.paths[other] += self.paths[node];
                }
            }
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bridge_has_the_paths_between_its_sides() {
        // A path of five: of its ten pairs, the middle is on the four between its sides, its neighbours on three.
        let path = betweenness(5, &[(0, 1), (1, 2), (2, 3), (3, 4)]);
        assert_eq!(path, Betweenness { shares: vec![0, 300, 400, 300, 0], is_estimate: false });
        // Of the two shortest paths across a square, each counts for a half: of six pairs, each node has half of one.
        assert_eq!(betweenness(4, &[(0, 1), (1, 2), (2, 3), (3, 0)]).shares, [83, 83, 83, 83]);
        // A pair that is not connected to a star counts as a pair all the same.
        assert_eq!(betweenness(6, &[(0, 1), (0, 2), (0, 3), (4, 5)]).shares, [429, 0, 0, 0, 0, 0]);
        assert_eq!(betweenness(0, &[]).shares, [0; 0]);
    }

    #[test]
    fn a_large_network_is_estimated() {
        // A hub with 4,000 leaves: all paths between leaves go through it.
        let star: Vec<(usize, usize)> = (1..=4000).map(|leaf| (0, leaf)).collect();
        let large = betweenness(4001, &star);
        assert!(large.is_estimate && large.shares[0].abs_diff(1000) < 5, "{}", large.shares[0]);
        assert!(large.shares[1..].iter().all(|share| *share == 0));
    }
}
