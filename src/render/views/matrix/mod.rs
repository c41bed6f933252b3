//! A matrix: the entities of a type by two of their relations. Empty cells show gaps.

mod shapes;

use std::cmp::Reverse;
use std::collections::HashMap;

use tera::Value;

use super::kind::{self, View};
use super::spec::Spec;
use crate::model::{Ecosystem, EntityId};
use crate::render::parts::hierarchy::Ancestors;
use crate::render::parts::{card, cards, type_value};
use crate::render::scope::Scope;
use crate::schema::{RelationId, TypeId};

/// The maximum numbers of rows and columns. Those with the fewest entities are left out.
const MOST_ROWS: usize = 400;
const MOST_COLUMNS: usize = 100;

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "matrix"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a matrix", &["of", "rows", "columns"]);
        let entity_type = spec.entity_type()?;
        let (rows, columns) = (spec.relation(entity_type, "rows"), spec.relation(entity_type, "columns"));
        Some(Box::new(Matrix { entity_type, rows: rows?, columns: columns? }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

struct Matrix {
    /// The type that is counted.
    entity_type: TypeId,
    /// The relation whose targets are the rows.
    rows: RelationId,
    /// The relation whose targets are the columns.
    columns: RelationId,
}

impl View for Matrix {
    fn value(&self, scope: &Scope) -> Value {
        let members = Members::new(scope, self);
        let axes = Axes::new(scope, self, &members);
        let cells = members.by_cell();
        let rows = axes.rows.iter().map(|(row, depth)| {
            let entities = |column: &EntityId| cells.get(&(*row, *column)).map(Vec::as_slice).unwrap_or_default();
            let row_cells =
                axes.columns.iter().map(|column| Value::from(cards(scope, entities(column).iter().copied())));
            let total = total(&members.row_totals, row);
            let empty = axes.columns.iter().all(|column| entities(column).is_empty());
            shapes::Row { cells: row_cells.collect(), card: card(scope, *row), depth: *depth, total, empty }.into()
        });
        let label = |relation| scope.words(&scope.ecosystem.schema.relation(relation).label);
        shapes::Matrix {
            kind: "matrix",
            of: type_value(scope, self.entity_type),
            row_label: label(self.rows),
            column_label: label(self.columns),
            rows: rows.collect(),
            totals: axes.columns.iter().map(|column| total(&members.column_totals, column)).collect(),
            columns: cards(scope, axes.columns.iter().copied()),
            left_out: axes.left_out,
        }
        .into()
    }
}

/// The entities that are counted, with their rows and columns. An entity that has a row also has the ancestors of that
/// row.
struct Members {
    entities: Vec<(EntityId, Vec<EntityId>, Vec<EntityId>)>,
    row_totals: HashMap<EntityId, usize>,
    column_totals: HashMap<EntityId, usize>,
}

impl Members {
    fn new(scope: &Scope, matrix: &Matrix) -> Self {
        let mut ancestors = Ancestors::new(&scope.ecosystem);
        let mut reached = |id, relation| ancestors.with(scope.ecosystem.targets(id, relation));
        let entities = scope.order(matrix.entity_type).iter();
        let entities: Vec<_> =
            entities.map(|id| (*id, reached(*id, matrix.rows), reached(*id, matrix.columns))).collect();
        let row_totals = totals(entities.iter().flat_map(|(_, rows, _)| rows));
        let column_totals = totals(entities.iter().flat_map(|(.., columns)| columns));
        Self { entities, row_totals, column_totals }
    }

    fn by_cell(&self) -> HashMap<(EntityId, EntityId), Vec<EntityId>> {
        let mut cells: HashMap<(EntityId, EntityId), Vec<EntityId>> = HashMap::new();
        for (id, rows, columns) in &self.entities {
            for row in rows {
                for column in columns {
                    cells.entry((*row, *column)).or_default().push(*id);
                }
            }
        }
        cells
    }
}

/// The rows with their depths, and the columns.
struct Axes {
    rows: Vec<(EntityId, usize)>,
    columns: Vec<EntityId>,
    /// How many rows and columns are left out.
    left_out: usize,
}

impl Axes {
    /// One row per possible row entity, so that gaps show; one column per entity that is in use.
    fn new(scope: &Scope, matrix: &Matrix, members: &Members) -> Self {
        let ecosystem = &scope.ecosystem;
        let row_types = ecosystem.schema.relation(matrix.rows).to.iter();
        let rows: Vec<EntityId> = row_types.flat_map(|entity_type| ecosystem.of_type(*entity_type)).collect();
        let in_use = members.column_totals.keys().copied();
        let mut columns: Vec<EntityId> = in_use.chain(named_elsewhere(ecosystem, matrix.columns)).collect();
        columns.sort_unstable();
        columns.dedup();
        let left_out = rows.len().saturating_sub(MOST_ROWS) + columns.len().saturating_sub(MOST_COLUMNS);
        let mut rows = greatest(rows, &members.row_totals, MOST_ROWS);
        let mut columns = greatest(columns, &members.column_totals, MOST_COLUMNS);
        ecosystem.sort(&mut rows, scope.lang);
        ecosystem.sort(&mut columns, scope.lang);
        let mut ancestors = Ancestors::new(ecosystem);
        let columns = ancestors.tree(&columns).into_iter().map(|(column, _)| column).collect();
        Self { rows: ancestors.tree(&rows), columns, left_out }
    }
}

fn total(totals: &HashMap<EntityId, usize>, id: &EntityId) -> usize {
    totals.get(id).copied().unwrap_or_default()
}

/// How often each entity occurs in a list.
fn totals<'a>(entities: impl Iterator<Item = &'a EntityId>) -> HashMap<EntityId, usize> {
    let mut totals = HashMap::new();
    entities.for_each(|id| *totals.entry(*id).or_default() += 1);
    totals
}

/// The entities with the greatest totals, or all if there are at most `most`.
fn greatest(mut entities: Vec<EntityId>, totals: &HashMap<EntityId, usize>, most: usize) -> Vec<EntityId> {
    if entities.len() > most {
        entities.sort_by_key(|id| (Reverse(totals.get(id)), *id));
        entities.truncate(most);
    }
    entities
}

/// The targets of relations with the same id that other types have, as when a project names an approach that no actor
/// has yet. Such a column is empty, and a matrix is there to show such gaps.
fn named_elsewhere(ecosystem: &Ecosystem, columns: RelationId) -> Vec<EntityId> {
    let schema = &ecosystem.schema;
    let own = schema.relation(columns);
    let same: Vec<bool> = schema.relations.iter().map(|relation| relation.id == own.id).collect();
    let links = ecosystem.links.iter().filter(|link| same[link.relation.index()]);
    links.map(|link| link.to).filter(|to| own.to.contains(&ecosystem.entity(*to).entity_type)).collect()
}
