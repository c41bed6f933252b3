//! What templates see of a matrix.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// The entities of a type by two of their relations, for a page with `view = { kind = "matrix", … }`.
    Matrix {
        /// `matrix`.
        kind: &'static str,
        /// The type of the entities in the cells, a [TypeInfo](#typeinfo).
        of: Value,
        /// The label of the relation of the rows.
        row_label: Words,
        /// The label of the relation of the columns.
        column_label: Words,
        /// The columns that any entity has, or that others name by a relation of the same id, a list of [Card](#card).
        columns: Vec<Value>,
        /// For each column, in their order, how many entities have it, whatever their rows.
        totals: Vec<usize>,
        /// All rows, empty ones too, each after the one above it in a [hierarchy](../FORMAT.md#relations), a list of [Row](#row).
        rows: Vec<Value>,
        /// How many rows beyond 400 and columns beyond 100 are left out, those with the fewest entities.
        left_out: usize,
    }

    /// A row of a matrix.
    Row {
        /// The entity of the row, a [Card](#card).
        card: Value,
        /// Its depth in the hierarchy; 0 for roots.
        depth: usize,
        /// For each column, in their order, a list of the [Card](#card)s that have both, or what is below them.
        cells: Vec<Value>,
        /// The number of entities in the row, whatever their columns.
        total: usize,
        /// Whether all its cells are empty.
        empty: bool,
    }
}
