//! What templates see of a matrix.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// The entities of a type by two of their fields or relations, for a page with `view = { kind = "matrix", … }`.
    Matrix {
        /// `matrix`.
        kind: &'static str,
        /// The type of the entities in the cells, a [TypeInfo](#typeinfo).
        of: Value,
        /// The label of the field or relation of the rows.
        row_label: Words,
        /// The label of the field or relation of the columns.
        column_label: Words,
        /// The columns, a list of [Column](#column).
        columns: Vec<Value>,
        /// The rows, each after its parent in a [hierarchy](../FORMAT.md#relations), a list of [Row](#row).
        rows: Vec<Value>,
        /// The highest number of entities in a cell.
        most: usize,
        /// The number of rows beyond 400 and columns beyond 100 that are left out: those with the fewest entities.
        left_out: usize,
    }

    /// A column of a matrix.
    Column {
        /// The id of the entity or of the choice, or the value.
        id: String,
        /// The name of the entity, the value or the class of values that the column is of.
        title: Words,
        /// The page of the entity; none for values.
        url: Option<String>,
        /// The number of entities in the column, whatever their rows.
        total: usize,
        /// Whether all its cells are empty.
        empty: bool,
        /// The number of columns that are ahead of it by the sum of their cells.
        rank: usize,
        /// What follows `filter` of a row and `&` in the address of the index with the entities of one cell alone; none if the index can't be filtered so.
        query: Option<String>,
    }

    /// A row of a matrix.
    Row {
        /// The id of the entity or of the choice, or the value.
        id: String,
        /// The name of the entity, the value or the class of values that the row is of.
        title: Words,
        /// The page of the entity; none for values.
        url: Option<String>,
        /// Its depth in the hierarchy; 0 for roots.
        depth: usize,
        /// The number of rows below it in the hierarchy that are not empty. All rows below it follow it.
        below: usize,
        /// For each column, in order, a list of the [Card](#card)s of the entities that have this row and this column, or descendants of them.
        cells: Vec<Value>,
        /// The number of entities in the row, whatever their columns.
        total: usize,
        /// Whether all its cells are empty.
        empty: bool,
        /// The address of the index with the entities of the row alone; none if the index can't be filtered so.
        filter: Option<String>,
    }
}
