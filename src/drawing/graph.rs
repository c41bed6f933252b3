//! What drawings need to know of a graph: neighbours, connected components, k-cores.
//!
//! In: the number of nodes, and the edges as pairs of node indexes. Out: the same by node.

use std::cmp::Reverse;

/// The neighbours of each node, sorted. An edge is listed once.
pub(super) fn neighbours(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
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

/// The connected components, the largest first. The nodes of each are sorted.
pub(super) fn components(neighbours: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut is_visited = vec![false; neighbours.len()];
    let mut components = Vec::new();
    for start in 0..neighbours.len() {
        if std::mem::replace(&mut is_visited[start], true) {
            continue;
        }
        let mut nodes = vec![start];
        let mut at = 0;
        while let Some(&node) = nodes.get(at) {
            for &other in &neighbours[node] {
                if !std::mem::replace(&mut is_visited[other], true) {
                    nodes.push(other);
                }
            }
            at += 1;
        }
        nodes.sort_unstable();
        components.push(nodes);
    }
    components.sort_by_key(|nodes| (Reverse(nodes.len()), nodes[0]));
    components
}

/// The core number of each node: the largest `k` for which the node is in a part of the graph where every node has `k`
/// neighbours. Trees have 1.
///
/// "An O(m) Algorithm for Cores Decomposition of Networks" (Batagelj and Zaveršnik, 2003): nodes are taken away in the
/// order of the number of neighbours that are left.
pub(super) fn core_numbers(neighbours: &[Vec<usize>]) -> Vec<usize> {
    let mut left: Vec<usize> = neighbours.iter().map(Vec::len).collect();
    let mut is_gone = vec![false; neighbours.len()];
    let most = left.iter().copied().max().unwrap_or_default();
    let mut nodes_with = vec![Vec::new(); most + 1];
    for (node, left) in left.iter().enumerate() {
        nodes_with[*left].push(node);
    }
    for core in 0..=most {
        while let Some(node) = nodes_with[core].pop() {
            // A node is listed again whenever it loses a neighbour; only the last entry counts.
            if is_gone[node] || left[node] != core {
                continue;
            }
            is_gone[node] = true;
            for &other in &neighbours[node] {
                if !is_gone[other] && left[other] > core {
                    left[other] -= 1;
                    nodes_with[left[other]].push(other);
                }
            }
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_core_is_what_is_left_without_nodes_of_few_neighbours() {
        // A clique of four, a triangle that shares a node with it, a path that hangs from the triangle, and a pair.
        let clique = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];
        let rest = [(3, 4), (3, 5), (4, 5), (5, 6), (6, 7), (8, 9)];
        let neighbours = neighbours(11, &[clique, rest].concat());
        assert_eq!(core_numbers(&neighbours), [3, 3, 3, 3, 2, 2, 1, 1, 1, 1, 0]);
    }
}
