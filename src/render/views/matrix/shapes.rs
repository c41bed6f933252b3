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
        /// For each column, in order, the number of entities that have it, whatever their rows.
        totals: Vec<usize>,
        /// All rows, empty ones too, each after its parent in a [hierarchy](../FORMAT.md#relations), a list of [Row](#row).
        rows: Vec<Value>,
        /// The number of rows beyond 400 and columns beyond 100 that are left out: those with the fewest entities.
        left_out: usize,
    }

    /// A row of a matrix.
    Row {
        /// The entity of the row, a [Card](#card).
        card: Value,
        /// Its depth in the hierarchy; 0 for roots.
        depth: usize,
        /// For each column, in order, a list of the [Card](#card)s of the entities that have this row and this column, or descendants of them.
        cells: Vec<Value>,
        /// The number of entities in the row, whatever their columns.
        total: usize,
        /// Whether all its cells are empty.
        empty: bool,
    }
}
