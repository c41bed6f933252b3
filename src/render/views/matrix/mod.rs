//! A matrix: the entities of a type by two of their fields or relations. Empty cells show gaps.

mod shapes;
mod keys;
mod classes;
mod axis;

use std::collections::HashMap;

use tera::Value;

use self::axis::{Axis, AxisSpec, Head, Unused};
use self::classes::Classes;
use super::kind::{self, View};
use super::spec::Spec;
use crate::model::EntityId;
use crate::render::parts::{cards, facets, type_value};
use crate::render::scope::Scope;
use crate::schema::{self, Property, TypeId};
use crate::site;
use crate::values::Kind as ValueKind;

/// The maximum numbers of rows and columns.
const MOST_ROWS: usize = 400;
const MOST_COLUMNS: usize = 100;

const KEYS: [&str; 9] =
    ["of", "rows", "columns", "row_classes", "column_classes", "level", "column_level", "empty_rows", "empty_columns"];

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "matrix"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a matrix", &KEYS);
        let entity_type = spec.entity_type()?;
        let rows = axis(spec, entity_type, ["rows", "row_classes", "level", "empty_rows"], MOST_ROWS);
        let columns =
            axis(spec, entity_type, ["columns", "column_classes", "column_level", "empty_columns"], MOST_COLUMNS);
        let ((rows, empty_rows), (columns, empty_columns)) = (rows?, columns?);
        let unused = if empty_rows == Some(false) { Unused::NamedElsewhere } else { Unused::All };
        let rows = AxisSpec { unused, ..rows };
        let unused = if empty_columns == Some(true) { Unused::All } else { Unused::NamedElsewhere };
        let columns = AxisSpec { unused, ..columns };
        let (empty_rows, empty_columns) = (empty_rows != Some(false), empty_columns != Some(false));
        Some(Box::new(Matrix { entity_type, rows, columns, empty_rows, empty_columns }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

/// Reads an axis, and whether it shows what is empty. The keys are those of the property, the classes, the level and of
/// what is empty.
fn axis(
    spec: &mut Spec<'_>,
    entity_type: TypeId,
    [key, classes, level, empty]: [&str; 4],
    most: usize,
) -> Option<(AxisSpec, Option<bool>)> {
    let is_axis = |kind: &ValueKind| ValueKind::facets().any(|name| name == kind.name());
    let property = spec.property(entity_type, key, is_axis)?;
    let schema = spec.schema;
    let field = match property {
        Property::Field(at) => Some(&schema.get(entity_type).fields[at]),
        _ => None,
    };
    let classes = Classes::read(spec, classes, field).ok()?;
    let level = spec.level(level)?;
    let empty = spec.optional_boolean(empty)?;
    Some((AxisSpec { property, classes, level, unused: Unused::All, most }, empty))
}

struct Matrix {
    /// The type that is counted.
    entity_type: TypeId,
    rows: AxisSpec,
    columns: AxisSpec,
    /// Whether rows are shown that have empty cells only.
    empty_rows: bool,
    /// The same of columns.
    empty_columns: bool,
}

impl View for Matrix {
    fn value(&self, scope: &Scope) -> Value {
        let rows = Axis::new(scope, self.entity_type, &self.rows);
        let columns = Axis::new(scope, self.entity_type, &self.columns);
        let index = scope.address(&site::index_path(&scope.ecosystem, self.entity_type, 1, scope.lang));
        let cells = cells(scope.order(self.entity_type), &rows, &columns);
        let used = |shows_empty: bool, axis: &Axis, part: fn(&(usize, usize)) -> usize| {
            let mut used = vec![shows_empty; axis.heads.len()];
            cells.keys().for_each(|cell| used[part(cell)] = true);
            (0..axis.heads.len()).filter(|at| used[*at]).collect::<Vec<usize>>()
        };
        let shown_rows = used(self.empty_rows, &rows, |(row, _)| *row);
        let shown_columns = used(self.empty_columns, &columns, |(_, column)| *column);
        let entities = |row: usize, column: usize| cells.get(&(row, column)).map(Vec::as_slice).unwrap_or_default();
        let is_empty = |row: usize| shown_columns.iter().all(|column| entities(row, *column).is_empty());
        let row = |(place, at): (usize, &usize)| -> Value {
            let Head { id, title, url, depth, total } = &rows.heads[*at];
            let later = shown_rows[place + 1..].iter();
            let below = later.take_while(|other| rows.heads[**other].depth > *depth);
            let names = |column: &usize| Value::from(cards(scope, entities(*at, *column).iter().copied()));
            shapes::Row {
                id: id.clone(),
                title: title.clone(),
                url: url.clone(),
                depth: *depth,
                below: below.filter(|other| !is_empty(**other)).count(),
                cells: shown_columns.iter().map(names).collect(),
                total: *total,
                empty: is_empty(*at),
                filter: self.query(scope, &self.rows, id).map(|query| [&index, "?", &query].concat()),
            }
            .into()
        };
        let mut in_cells = vec![0; columns.heads.len()];
        cells.iter().for_each(|((_, column), entities)| in_cells[*column] += entities.len());
        let sums: Vec<usize> = shown_columns.iter().map(|column| in_cells[*column]).collect();
        let column = |(place, at): (usize, &usize)| -> Value {
            let Head { id, title, url, total, .. } = &columns.heads[*at];
            let (id, title, url, total) = (id.clone(), title.clone(), url.clone(), *total);
            let is_before = |(other, sum): (usize, &usize)| (*sum, place) > (sums[place], other);
            let rank = sums.iter().enumerate().filter(|it| is_before(*it)).count();
            let query = self.query(scope, &self.columns, &id);
            shapes::Column { id, title, url, total, empty: sums[place] == 0, rank, query }.into()
        };
        let label = |axis: &AxisSpec| scope.words(scope.ecosystem.schema.label(self.entity_type, axis.property));
        shapes::Matrix {
            kind: "matrix",
            of: type_value(scope, self.entity_type),
            row_label: label(&self.rows),
            column_label: label(&self.columns),
            rows: shown_rows.iter().enumerate().map(row).collect(),
            columns: shown_columns.iter().enumerate().map(column).collect(),
            most: cells.values().map(Vec::len).max().unwrap_or_default(),
            left_out: rows.left_out + columns.left_out,
        }
        .into()
    }
}

impl Matrix {
    /// What the address of the index has after `?` so that it shows the entities of a row or a column alone; none if the
    /// index can't be filtered so.
    fn query(&self, scope: &Scope, axis: &AxisSpec, head: &str) -> Option<String> {
        let is_filtered = scope.settings.listings == Some(true)
            && facets::is_facet(&scope.ecosystem.schema, self.entity_type, axis.property)
            && axis.classes.is_none()
            && scope.ecosystem.schema.targets(self.entity_type, axis.property).len() < 2
            && schema::is_id(head, true);
        let id = scope.ecosystem.schema.properties(self.entity_type).find(|(_, it)| *it == axis.property)?.0;
        is_filtered.then(|| format!("{id}={head}"))
    }
}

/// The entities of each cell that is not empty, in the order of their type.
fn cells(counted: &[EntityId], rows: &Axis, columns: &Axis) -> HashMap<(usize, usize), Vec<EntityId>> {
    let mut cells: HashMap<(usize, usize), Vec<EntityId>> = HashMap::new();
    for (id, (rows, columns)) in counted.iter().zip(rows.of.iter().zip(&columns.of)) {
        for row in rows {
            for column in columns {
                cells.entry((*row, *column)).or_default().push(*id);
            }
        }
    }
    cells
}
