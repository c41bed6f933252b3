//! What templates see of a tree.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// The entities of a type in its hierarchy, for a page with `view = { kind = "tree", … }`.
    Tree {
        /// `tree`.
        kind: &'static str,
        /// The type, a [TypeInfo](#typeinfo).
        of: Value,
        /// The entities, each before those below it, a list of [TreeNode](#treenode).
        nodes: Vec<Value>,
        /// The number of entities beyond 1,000 that are left out.
        left_out: usize,
    }

    /// An entity in a tree.
    TreeNode {
        /// The entity, a [Card](#card).
        card: Value,
        /// Its depth; 0 for roots. What is deeper than 20 is shown at 20.
        depth: usize,
        /// The number of entities below it; the list that holds them opens after this node if there are any.
        below: usize,
        /// The number of lists that end after this node.
        closes: usize,
        /// What the view counts, a list of [TreeCount](#treecount).
        counts: Vec<Value>,
    }

    /// How many entities lead to an entity in a tree, or to one below it.
    TreeCount {
        /// The label of the inverse relation.
        label: Words,
        /// The number of entities.
        count: usize,
    }
}
